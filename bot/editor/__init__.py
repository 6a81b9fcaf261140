"""Changes to `data/` made by staff: phrasings, answers and amounts, each as one checked, atomic, signed change.

    workspace.py     the folders that may change, the way in and out of paths; content_lock.py one writer at a time
    nlu_document.py  one file of phrasings; yaml_text.py and scalars.py keep everything else in a file as it was
    future.py        the content as it would be
    changes.py       `Change`: a preview over several files; transaction.py writes it, all or nothing (journal.py, git.py); undo.py takes it back
    renew.py         a change that waited, made anew on the files of today
    validate.py      what a change must not break; phrasing_rules.py what a sentence must not be
    phrasings.py, faq_files.py, faq_ids.py, merge.py, faq_form.py, wert_form.py   the changes that staff can make
    four_eyes.py     which of them need a second person
    radar.py         warns while a sentence is typed; radar_result.py how it judges
    tables.py, table_import.py   phrasings as CSV and XLSX; table_read.py, table_xlsx.py what a stranger's file may do

No Rasa and no web in here: the console and the commands `lotse phrasings`, `faq` and `werte` call it.
"""

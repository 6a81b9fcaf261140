"""Changes that waited: sentences follow sentence by sentence, records line by line, and what touches the same place is refused."""

from __future__ import annotations

from bot.editor.faq_form import edit_faq, faq_values
from bot.editor.phrasings import add_phrasings, all_phrasings, move_phrasings, remove_phrasings
from bot.editor.renew import renewed
from bot.editor.transaction import apply
from bot.editor.workspace import Workspace
from tests.unit.editor.conftest import AYLIN, BEN

NEW, OTHER = "wie lese ich die liste der schulen aus tiflis", "wo steht meine fachschule aus batumi in der liste"


def test_untouched_files_leave_the_change_as_it_is(workspace: Workspace) -> None:
    change = add_phrasings("faq/anabin", [NEW], workspace)
    assert renewed(change, workspace) is change


def test_both_additions_at_the_same_place_stay(workspace: Workspace) -> None:
    change = add_phrasings("faq/anabin", [NEW], workspace)
    apply(add_phrasings("faq/anabin", [OTHER], workspace), BEN, workspace)
    fresh = renewed(change, workspace)
    assert fresh is not None and fresh.key != change.key
    apply(fresh, AYLIN, workspace)
    assert all_phrasings(workspace)["faq/anabin"][-2:] == [OTHER, NEW]


def test_what_somebody_else_removed_does_not_come_back(workspace: Workspace) -> None:
    first, second = all_phrasings(workspace)["faq/anabin"][:2]
    change = move_phrasings("faq/anabin", "faq/zsba", [first], workspace)
    apply(remove_phrasings("faq/anabin", [second], workspace), BEN, workspace)
    fresh = renewed(change, workspace)
    assert fresh is not None
    apply(fresh, AYLIN, workspace)
    now = all_phrasings(workspace)
    assert not {first, second} & set(now["faq/anabin"]) and first in now["faq/zsba"] and second not in now["faq/zsba"]


def test_change_that_is_made_already_becomes_empty(workspace: Workspace) -> None:
    change = add_phrasings("faq/anabin", [NEW], workspace)
    apply(change, BEN, workspace)
    fresh = renewed(change, workspace)
    assert fresh is not None and fresh.is_empty


def test_records_follow_unless_the_same_place_was_touched(workspace: Workspace) -> None:
    change = edit_faq("anabin", {"antwort": "anabin ist eine Datenbank. Dort stehen Hochschulen."}, workspace)
    apply(edit_faq("anabin", {"kurz": "anabin lesen"}, workspace), BEN, workspace)
    fresh = renewed(change, workspace)
    assert fresh is not None
    apply(edit_faq("anabin", {"antwort": "anabin ist die Datenbank der Länder."}, workspace), BEN, workspace)
    assert renewed(change, workspace) is None and renewed(fresh, workspace) is None
    assert faq_values("anabin", workspace)["kurz"] == "anabin lesen"

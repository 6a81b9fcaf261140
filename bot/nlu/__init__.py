"""Understanding: one Rasa component per file, plus the plain classes they are made of.

Components: `german_tokenizer.py`, `german_entities.py`, `intent_classifier.py`; `ranking.py` asks a loaded model for all its labels.
Plain parts, usable without Rasa: `german.py` (spaCy), `encoders.py`, `spelling.py`, `noise.py`, `language.py`, `terms.py`, `answer_words.py`, `aspects.py`, `hybrid.py`, `decision.py`.
"""

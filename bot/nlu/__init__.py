"""Understanding: one Rasa component per file, plus the plain classes they are made of.

Components: `spacy_pipeline.py` (tokens, entities), `language_hint.py`, `intent_classifier.py`.
Plain parts, usable without Rasa: `encoders.py`, `spelling.py`, `noise.py`, `hybrid.py`.
"""

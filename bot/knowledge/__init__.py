"""Everything the assistant knows, read from `data/`.

Standard library, PyYAML, rapidfuzz and holidays only: no Rasa, no web. Start at `base.py`.
"""

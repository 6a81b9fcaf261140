"""Everything the assistant knows, read from `data/`.

Standard library, PyYAML and rapidfuzz only: no Rasa, no web. Start at `base.py`.
"""

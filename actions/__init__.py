"""Custom actions, one per file: slots → `bot.knowledge` → dispatcher. The server finds every class below this package.

To add one: `<verb_noun>.py` with a class and its test, then `domain.yml` and a rule in `data/stories/rules.yml`.
"""

"""Earlier wordings of answers, from the repository's history: what stood where on which day, and what changed.

Reads with the git program only. Without git or without history every call says so in a `NoHistory`.
"""

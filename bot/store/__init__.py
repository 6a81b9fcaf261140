"""What is kept on disk: one database, SQLite by default or PostgreSQL by `DATABASE_URL`.

One module per table with the functions that others need; `database.py` connects, `tables.py` describes, `retention.py` deletes.
Texts of people are masked in here, before they are written (`bot.privacy.mask`). Needs no Rasa.
"""

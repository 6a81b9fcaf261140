"""The Anerkennungslotse's library. Importing it is cheap: no Rasa, no model, no file is read."""

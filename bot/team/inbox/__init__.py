"""The inbox: real, masked messages that teach the model most come first; a person says what they mean; approved wordings go to the training data.

    listing.py   filters, order, one page after the other      after.py     what the person did next
    near.py      near copies by meaning, grouped               nearest.py   nearest training sentences („warum“)
    choices.py   what a wording can mean                       takeover.py  approved labels as one change of the training data
    searches.py  what counsellors searched for and opened

The tables and the labels themselves: `bot/store/groups.py`, `bot/store/labels.py`.
"""

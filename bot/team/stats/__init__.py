"""Figures about use and quality, without figures about single people.

    quarter.py   fixed periods, so that two periods never differ by a few people
    cube.py      questions per topic × week × Kreis      protect.py  hides small numbers so that they cannot be worked out
    figures.py   answered, offered, declined; feedback; languages
    sample.py    fifty answers a week by lot, rated twice  agreement.py  how far two raters agree
    tables.py    all of it as CSV
"""

"""Words that decide whether something is a name: those of our own data are none, given names of a list are."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.knowledge.base import DATA

WORD = re.compile(r"[^\W\d_]+")
SOURCES = ("nlu/**/*.yml", "faq/*.yml", "berufe/*.yml", "laender.yml", "begriffe.yml", "angebote.yml", "texte.yml", "orte/gemeinden.csv", "orte/ortsteile.yml", "orte/andere_orte.csv")
# Words after which or with which no name goes on, in all languages of the patterns.
SMALL = frozenset("""
und oder aber ich du er sie es wir ihr bin ist sind war habe hat komme kommt aus in im am an auf mit von vom zu zum zur für bei der die das den dem des ein eine einen einem einer mein meine meinen meiner nicht kein keine auch noch nur schon
was wie wo wer wann warum wohne lebe arbeite suche brauche möchte will kann falsch richtig anders geändert verkehrt verschieden geschrieben unbekannt egal wrong incorrect different misspelled missing bitte danke hallo guten tag seit jahre jahr alt geboren so sehr gut hier jetzt dann wenn dass weil als mann frau herr sohn tochter
and or but i am is are was have has from in at on with my the a an to for not please thanks hello years old born live work need want where what how
ve veya ama ben geliyorum yaşıyorum bir için değil merhaba doktorum hemşireyim mühendisim öğretmenim
я и а но из в на мне лет живу работаю есть это не хочу нужен нужна приехал приехала і й та але з із у мені років живу працюю хочу потрібно приїхав приїхала маю
et ou mais je suis de du et la le les un une j ai viens pour pas bonjour y o pero yo soy de del tengo vengo la el los un una para no hola i si dar eu sunt din vin am de la nu oraz ale jestem mam z ze do nie pochodzę mieszkam
و من انا أنا في عمري لدي أعمل من مهنة سوريا ولدي ابحث أبحث هستم است که از در و به را دارم سال
""".split())
PARTICLES = frozenset("al el ul ur abu abd abdel bin ibn bint ben von van vom zu de da dos del della di le la ter ten mc san der den".split())


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Returns all words of `data/` in small letters: occupations, places, countries, questions. Read once, in about 0.2 s."""
    words: set[str] = set()
    for pattern in SOURCES:
        for path in DATA.glob(pattern):
            words.update(WORD.findall(path.read_text(encoding="utf-8", errors="replace").lower()))
    return frozenset(words - given_names())


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Returns the given names of `vornamen.txt` in small letters."""
    text = Path(__file__).with_name("vornamen.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


def is_ordinary(word: str) -> bool:
    """Tells whether `word` means something to the assistant, so that it is not taken for a name."""
    return all(part in SMALL or part in known_words() for part in WORD.findall(word.lower()))

"""Names of persons: after an introduction in eleven languages, after Herr and Frau, in a field, under a greeting, or beginning with a known given name.

How many words belong to the name: the first after a clear introduction always, the next while they are no ordinary words (`words.py`).
"""

from __future__ import annotations

import re

from bot.privacy.spans import Taken
from bot.privacy.words import PARTICLES, SMALL, given_names, is_ordinary

I = re.IGNORECASE  # noqa: E741
TOKEN = re.compile(r"[^\W\d_]+(?:['’`´-][^\W\d_]+)*\.?")
MOST = 4
SELF = re.compile(
    r"\bich\s+hei(?:ß|ss|s)e?\b(?:\s+mit\s+(?:vor|nach|familien)namen\b)?|\bhei(?:ß|ss)e\s+ich\b|(?:^|[.!?,\n]\s*)hei(?:ß|ss)e\s+(?-i:(?=[A-ZÄÖÜ]))|\b(?:mädchen|geburts)name\s+(?-i:(?=[A-ZÄÖÜ]))|\b(?:mein|unser|der|ihr|sein|dein)e?\s+(?:vor|nach|familien|mädchen|geburts|voll(?:ständig)?er\s+)?\s?nah?me\s+(?:ist|lautet|war)\b|\bname\s+ist\b|\bich\s+werde\b(?=.{1,30}\bgenannt)"
    r"|\b(?:first|last|family|given)\s+name\b(?:\s+is\b|\s*:)?(?=\s+(?-i:[A-Z]))|\bmy\s+(?:full\s+|first\s+|last\s+)?name(?:\s+is|['’`]s|\s*:)|\bi(?:\s+am|['’]m)\s+called\b|\bmyself\s+(?-i:(?=[A-Z]))|\bthis\s+is\s+(?-i:(?=[A-Z][a-z]+\s[A-Z]))"
    r"|\b(?:benim\s+)?ad[ıi]m\b|\b[iİ]smim\b|\bsoyad[ıi]m\b|(?:اسمي|إسمي|أسمي|انا اسمي|أُدعى|ادعى)\b|(?:اسم من|نام من|اسمم|من اسمم)\b"
    r"|\bмене\s+зв(?:ати|уть)\b|\bмо[єе]\s+(?:ім['’ʼ]?я|прізвище)\b(?:\s+та\s+прізвище)?|\bменя\s+зовут\b|\bмо[её]\s+имя\b|\bмоя\s+фамилия\b"
    r"|\bje\s+m['’\s]?\s?appelle\b|\bmon\s+(?:pré)?nom\s+(?:est|c['’]est)\b|\bje\s+me\s+nomme\b|\bme\s+llamo\b|\bmi\s+(?:nombre|apellido)\s+es\b"
    r"|\bm[ăa]\s+(?:numesc|cheam[ăa])\b|\bnumele\s+meu\s+(?:este|e)\b|\bnazywam\s+si[ęe]\b|\bmam\s+na\s+imi[ęe]\b|\bna\s+imi[ęe]\s+(?:mi|mam)\b|\bmoje\s+(?:imi[ęe]|nazwisko)(?:\s+i\s+nazwisko)?\s+to\b", I)
FIELD = re.compile(r"(?:^|[\n;,|\s])\s*(?:vor- und nachname|vorname|nachname|familienname|name|geburtsname|first name|last name|surname|full name|ad(?:ı)? soyad(?:ı)?|ім['’]я|прізвище|имя|фамилия|ф\.?и\.?о\.?|الاسم|نام(?: و نام خانوادگی)?|nom|prénom|nombre|apellidos?|nume|prenume|imię(?: i nazwisko)?|nazwisko|absender(?:in)?|unterschrift|gezeichnet|gez\.|bewerber(?:in)?|antragsteller(?:in)?)\s*[:=]", I)
OTHER = re.compile(r"\b(?:sohn|tochter|mann|ehemann|frau|ehefrau|bruder|schwester|vater|mutter|freund|freundin|kolleg(?:e|in)|kind|chef|chefin|er|sie|partner(?:in)?|cousin|cousine|onkel|tante|son|daughter|husband|wife|brother|sister)\s+(?:hei(?:ß|ss)t|namens|genannt|is\s+called|called|named|name\s+is)\b", I)
KIN = re.compile(r"\b(?:mein(?:e[mnr]?)?|unser(?:e[mnr]?)?|my)\s+(?:sohn|tochter|mann|ehemann|frau|ehefrau|bruder|schwester|vater|mutter|freund|freundin|kollege|kollegin|chef|chefin|partner|partnerin|son|daughter|husband|wife|brother|sister|friend)\s*,?\s+(?-i:(?=[A-ZÄÖÜÀ-ŽА-ЯІЇЄ]))", I)
TITLE = re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Familie|Fam\.|Mr\.?|Mrs\.?|Ms\.?|Mister|Madame|Monsieur|Señora?|Pani|Pan|Bay|Bayan|Dr\.|Prof\.)\s+(?:(?:Dr\.|Prof\.|med\.|Ing\.|Dipl\.-Ing\.)\s+)*(?=[A-ZÄÖÜÀ-Ž])|\b(?:господин|госпожа|пан|пані)\s+(?=[А-ЯІЇЄҐ])|(?:السيدة|السيد|آقای|خانم)\s+")
POSSESSIVE = re.compile(r"\b(?:mein|meine[rn]?|eine[rn]?|die|der|als|ihre|seine)\s$", I)
LOWER_TITLE = re.compile(r"(?<!mein )(?<!meine )(?<!meiner )(?<!eine )(?<!die )(?<!der )(?<!als )\b(?:herrn?|frau|hr\.|familie)\s+(?=[a-zäöü])")
GREETING = re.compile(r"(?:mit (?:freundlichen?|besten|herzlichen|lieben|vielen) gr(?:ü|ue)(?:ß|ss)en?\b|freundliche gr(?:ü|ue)(?:ß|ss)e\b|(?:viele|liebe|beste|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e\b|\bgr(?:ü|ue)(?:ß|ss)(?:e|t)\b|\bgru(?:ß|ss)\b|\bmfg\b|\blg\b|\bvg\b|hochachtungsvoll|(?:best|kind|warm) regards|regards|sincerely|yours|cheers|cordialement|saludos|pozdrawiam|z poważaniem|saygılarımla|selamlar|с уважением|з повагою|مع التحية|تحياتي|با احترام|cu stimă|с наилучшими пожеланиями|\bdank\b|\bdanke\b(?: schön| im voraus| vorab)?|\bthanks\b|\bthank you\b)\s*(?:von|from|aus\s\w+\b)?\s*[,.!:–-]*\s*(?:ihre?|eure?|your)?\s*(?:\n|,|[-–]|(?=\s*[A-ZÄÖÜÀ-ŽА-ЯІЇЄ؀-ۿ])|\s)\s*", I)
BEFORE_NAME = re.compile(r"^[\s:=\"'„“–,-]*(?:(?:herr|frau|mr|mrs|ms)\b\.?\s*)?(?:(?:prof|dr)\.\s*|med\.\s*)*", I)
WEAK_SELF = re.compile(r"\b(?:ich\s+bin|hier\s+ist|hier\s+schreibt|i\s+am|i['’]m|this\s+is|ben|soy|je\s+suis|jestem|sunt|hallo|hi|hello|liebe[rn]?|sehr geehrte[rn]?|wegen|für|von)\s+(?:die\s+|der\s+)?", I)


# SELF is slow: it runs only when one of these is in the text (in small letters).
SIGNS = ("heiß", "heiss", "name", "werde", "called", "myself", "this is", "nahme", "adım", "adim", "smim", "اسم", "نام", "зв", "зову", "им", "ім", "прізвище", "фамилия", "appelle", "nom", "llamo", "nombre", "apellido", "numesc", "cheam",
         "nazywam", "imię", "imie", "nazwisko", "أدعى", "ادعى", "أُدعى")


def find(text: str, taken: Taken) -> None:
    """Marks names."""
    low = text.lower()
    for match in SELF.finditer(text) if any(sign in low for sign in SIGNS) else ():
        _mask(text, match.end(), taken, sure=True)
    for match in FIELD.finditer(text):
        _mask(text, match.end(), taken, sure=True, field=True)
    for match in TITLE.finditer(text):
        _mask(text, match.end(), taken, sure=not match.group().startswith("Fam") and POSSESSIVE.search(text[max(0, match.start() - 10):match.start()]) is None)
    for pattern in (OTHER, KIN, LOWER_TITLE):
        for match in pattern.finditer(text):
            _mask(text, match.end(), taken, sure=False)
    for match in GREETING.finditer(text):
        rest = text[match.end():].split("\n", 1)[0]
        if len(TOKEN.findall(rest)) <= MOST:
            _mask(text, match.end(), taken, sure=False)
    for match in TOKEN.finditer(text):
        if match.group().strip(".").lower() in given_names() and _begins_a_name(text, match.start()):
            _mask(text, match.start(), taken, sure=False)


def _begins_a_name(text: str, start: int) -> bool:
    """Tells whether a given name counts here: written with a capital letter, or after „ich bin“."""
    return text[start].isupper() or WEAK_SELF.search(text[:start] + "") is not None and re.search(WEAK_SELF.pattern + r"$", text[:start], I) is not None


def _mask(text: str, start: int, taken: Taken, sure: bool, field: bool = False) -> None:
    """Masks the name that begins at `start`; a sure one takes its first word as it comes, one in a field also the others."""
    start += BEFORE_NAME.match(text[start:]).end()  # type: ignore[union-attr]
    end, count, position = start, 0, start
    while count < MOST:
        token = TOKEN.match(text, position)
        if token is None or not taken.free(*token.span()):
            break
        word = token.group().rstrip(".")
        if word.lower() in PARTICLES and TOKEN.match(text, _skip(text, token.end())) is not None:
            position = _skip(text, token.end())
            if count == 0 and word.lower() in SMALL and word.islower() and not sure:
                break
            continue
        if count and text[token.end():token.end() + 1] == ":":
            break
        if not _belongs(word, field or (sure and (count == 0 or (count == 1 and _like_a_surname(word)))), text[start].isupper()) and not (len(word) == 1 and token.group().endswith(".")):
            break
        end, count = token.start() + len(word), count + 1
        following = _skip(text, token.end() if len(word) == 1 or (sure and len(word) <= 3) else end)
        if following == end or "\n" in text[end:following]:
            break
        position = following
    if count:
        taken.mask(start, end, "NAME")


def _belongs(word: str, first_of_sure: bool, capitals: bool) -> bool:
    if word.lower() in given_names():
        return True
    if first_of_sure:
        return word.lower() not in SMALL
    if capitals and word.rsplit("-", 1)[-1][0].islower() and word[0].isascii():
        return False
    return not is_ordinary(word)


def _like_a_surname(word: str) -> bool:
    """Tells whether the second word after an introduction may be a surname that is also a word („Lis“, „Ткач“): capital, or a script without capitals."""
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _skip(text: str, position: int) -> int:
    """Returns the place after blanks."""
    while position < len(text) and text[position] in " \t\u00a0":
        position += 1
    return position

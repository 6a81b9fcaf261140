"""Streets with house number, in German and in the languages people bring along. PLZ and place are kept: they find the office."""

from __future__ import annotations

import re

from bot.privacy.spans import Taken

I = re.IGNORECASE  # noqa: E741
NO = r"(?:nr\.?\s?|no:?\s?|haus\s?)?\d{1,4}(?:\s?[a-h](?!\w))?(?:\s?[-–/+]\s?\d{1,4}\s?[a-h]?(?!\w))?(?:\s?[/,]?\s?(?:whg|wohnung|apartment|apt|app|zimmer|кв)\.?\s?\d+)?(?![\d.,]?\d)"
WORD = r"[^\W\d_]"
AFTER = r"(?=\s*(?:$|[,;.\n)]|in\b|und\b|\d{5}\b))"
# „…straße 5“: what stands before the ending is added in `_street`. Second group: endings that need a word of their own before them or a capital.
STREET = re.compile(rf"(?:(stra(?:ß|ss)en?|str\.?|gasse|allee|chaussee|promenade|siedlung|weg|platz|ring|ufer|damm)|(graben|steig|pfad|winkel|markt|anlage|hof|park|wall|stieg|zeile|berg|feld))\s?{NO}", I)
LEFT = re.compile(rf"(?:({WORD}[\w.'’-]*)([\s-]+))?([\w'’.-]*)$")
PREPOSITION = re.compile(rf"\b(?:Am|An der|An den|An dem|Auf dem|Auf der|Auf den|Im|In der|In den|In dem|Zum|Zur|Unter den|Hinter der|Hinter dem|Vor dem|Vor der|Bei der|Neue[rn]?|Alte[rn]?|Obere|Untere)\s([A-ZÄÖÜ][\wäöüß-]+(?:\s[A-ZÄÖÜ][\wäöüß-]+)?)\s{NO}{AFTER}")
NO_STREET = re.compile(r"jahr|monat|tag|woche|januar|februar|märz|april|mai\b|juni|juli|august|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|paragra|artikel|absatz|satz|nummer|kapitel|schritt|niveau|stufe|klasse|sprachniveau|punkt|uhr|fall|level|semester|anlage|regel|kurs|teil|stelle|prüfung|seite", I)
LIVING = re.compile(rf"\b(?:wohne|wohnt|wohnen|wohnhaft|lebe|adresse|anschrift|address|live|living)\b[^.\n\d]{{0,25}}?\b(?:in|an|am|auf|at|on|ist|is|:)\s(?:der\s|dem\s|den\s)?({WORD}+(?:\s[\w.-]+){{0,2}}?\s{NO}){AFTER}", I)
LIVING_STREET = re.compile(rf"\b(?:wohne|wohnt|wohnen|wohnhaft|lebe)\b[^.\n\d]{{0,25}}?\b(?:in|an)\s(?:der|dem)\s((?:(?-i:[A-ZÄÖÜ])\w+[\s-])?{WORD}*(?:straße|strasse|str\.|gasse|allee|weg))(?!\w)(?!\s?\d)", I)
BOX = re.compile(r"\bpostfach\s?\d[\d ]{2,8}", I)
FOREIGN = re.compile(
    rf"\b\d{{1,4}}[a-c]?,?\s(?:(?-i:[A-Z])[\w'-]+\s){{1,3}}(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Square)(?!\w)"
    rf"|(?:\bул(?:\.|ица|ице|иці)|\bвул(?:\.|иця|иці)|проспект|пр-т\.?|переулок|провулок)\s[\w'’.-]+(?:\s[\w'’.-]+)?,?\s?(?:д\.?|буд\.?|дом|будинок)?\s?{NO}"
    rf"|(?:شارع|خیابان|کوچه)\s\w+(?:\s\w+)?[،,]?\s?(?:رقم|پلاک|بناية)?\s?\d{{1,4}}"
    rf"|\b\d{{1,4}},?\s(?:rue|avenue|boulevard|place|chemin)\s(?:de la |de l['’]|des |du |de |d['’])?(?-i:[A-ZÀ-Ž])[\w'’-]+(?:\s(?-i:[A-ZÀ-Ž])[\w'’-]+)?"
    rf"|\b(?:rue|calle|avenida|strada|str\.|bulevardul|ulica|ul\.|aleja|al\.|osiedle|os\.|via)\s(?:(?:de|del|de la|des|du|la|le)\s)?(?-i:[A-ZÀ-Ž])[\w'’-]+(?:\s(?-i:[A-ZÀ-Ž])[\w'’-]+)?,?\s?(?:n[°º]\s?)?{NO}"
    rf"|(?<!\w)\w{{1,40}}\s(?:sokak|sokağı|sok\.|cad\.|caddesi|cadde|mah\.|mahallesi)\s?(?:no:?|numara)?\s?{NO}", I)


def find(text: str, taken: Taken) -> None:
    """Marks streets with their number; without one only after „ich wohne in der …“."""
    low = text.lower()
    if "wohn" in low or "lebe" in low:
        for match in LIVING_STREET.finditer(text):
            taken.mask(*match.span(1), "ADRESSE")
    if not any(c.isdigit() for c in text):
        return
    for match in STREET.finditer(text):
        start = _street(text, match)
        if start >= 0:
            taken.mask(start, match.end(), "ADRESSE")
    for pattern in (BOX, FOREIGN) if any(sign in low for sign in SIGNS) else ():
        for match in pattern.finditer(text):
            taken.mask(*match.span(), "ADRESSE")
    for match in PREPOSITION.finditer(text):
        if not NO_STREET.search(match.group(1)):
            taken.mask(*match.span(), "ADRESSE")
    for match in LIVING.finditer(text) if any(sign in low for sign in ("wohn", "leb", "adress", "anschrift", "address", "liv")) else ():
        if not NO_STREET.search(match.group(1)):
            taken.mask(*match.span(1), "ADRESSE")


SIGNS = ("postfach", "street", "st. ", "road", " rd", " ave", "lane", "drive", "square", "rue ", "boulevard", "place", "chemin", "calle ", "strada", "str. ", "bulevardul", "ulica", "ul. ", "aleja", "al. ", "osiedle", "os. ", "via ", "sok", "cad", "mah",
         "ул", "вул", "проспект", "пр-т", "провул", "переул", "شارع", "خیابان", "کوچه")


def _street(text: str, match: re.Match[str]) -> int:
    """Returns where the name of the street begins, or -1 when this is none."""
    left = LEFT.search(text, max(0, match.start() - 60), match.start())
    before, gap, part = (left.group(1) or "", left.group(2) or "", left.group(3)) if left else ("", "", "")
    start = match.start() - len(part)
    if part:
        if match.group(2) and (NO_STREET.match(text[start:match.end()]) or not (text[start].isupper() or len(part) > 3)):
            return -1
        if re.fullmatch(r"[A-ZÄÖÜ][\wäöüß]+(?:er|e|en|es)", before) and text[start].isupper() or gap == "-":
            return start - len(before) - len(gap)
        return start
    if match.group(2) or not before or (before.endswith(".") and len(before) > 4) or before.lower() in ("welche", "diese", "eine", "einer", "der", "die", "das", "ein", "den", "am", "auf", "im"):
        return -1
    return match.start() - len(before) - len(gap)

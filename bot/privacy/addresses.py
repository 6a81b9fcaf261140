"""Streets with house number, in German and in the languages people bring along. PLZ and place are kept: they find the office."""

from __future__ import annotations

import re

from bot.privacy.spans import Taken

I = re.IGNORECASE  # noqa: E741
NO = r"(?:nr\.?\s?|no:?\s?|haus\s?)?\d{1,4}(?:\s?[a-h](?![\w]))?(?:\s?[-–/+]\s?\d{1,4}\s?[a-h]?(?!\w))?(?:\s?(?:/|,)?\s?(?:whg|wohnung|apartment|apt|app|zimmer|кв|д\.)\.?\s?\d+)?(?![\d.,]?\d)"
ENDING = r"(?:stra(?:ß|ss)en?|str\.?|weg|gasse|platz|allee|ring|ufer|damm|chaussee|graben|steig|pfad|winkel|markt|anlage|promenade|siedlung|landstr\.?|hof|park|wall|stieg|zeile|berg|feld)"
COMPOUND = re.compile(rf"\b[a-zäöüß][\wäöüß.-]*?{ENDING}\s?{NO}", I)
TWO_WORDS = re.compile(rf"\b(?:[\wäöüß.-]+[\s-]){{1,2}}(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|ufer|damm|chaussee)\s?{NO}", I)
PREPOSITION = re.compile(r"\b(?:Am|An der|An den|An dem|Auf dem|Auf der|Auf den|Im|In der|In den|In dem|Zum|Zur|Unter den|Hinter der|Hinter dem|Vor dem|Vor der|Bei der|Neue[rn]?|Alte[rn]?|Obere|Untere)\s([A-ZÄÖÜ][\wäöüß-]+(?:\s[A-ZÄÖÜ][\wäöüß-]+)?)\s"
                         rf"{NO}(?=\s*(?:$|[,;.\n)]|in\b|und\b|\d{{5}}\b))")
NO_STREET = re.compile(r"jahr|monat|tag|woche|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|paragra|artikel|absatz|satz|nummer|kapitel|schritt|niveau|stufe|klasse|sprachniveau|punkt|uhr|fall|level|semester|anlage|regel|kurs|teil|stelle|prüfung|seite", I)
LIVING = re.compile(rf"\b(?:wohne|wohnt|wohnen|wohnhaft|lebe|adresse|anschrift|address|live|living)\b[^.\n\d]{{0,25}}?\b(?:in|an|am|auf|at|on|ist|is|:)\s(?:der\s|dem\s|den\s)?([\wäöüß-]+(?:\s[\wäöüß.-]+){{0,2}}?\s{NO})(?=\s*(?:$|[,;.\n)]|in\b|und\b|\d{{5}}\b))", I)
LIVING_STREET = re.compile(r"\b(?:wohne|wohnt|wohnen|wohnhaft|lebe)\b[^.\n\d]{0,25}?\b(?:in|an)\s(?:der|dem)\s((?:[A-ZÄÖÜ]\w+[\s-])?[\wäöüß-]*(?:straße|strasse|str\.|gasse|allee|weg))(?!\w)", I)
BOX = re.compile(r"\bpostfach\s?\d[\d ]{2,8}", I)
FOREIGN = re.compile(
    rf"\b\d{{1,4}}[a-c]?,?\s(?:[A-Z][\w'-]+\s){{1,3}}(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Square)(?!\w)"
    rf"|(?:\bул(?:\.|ица|ице|иці)?|\bвул(?:\.|иця|иці)?|проспект|пр-т\.?|переулок|провулок)\s[\w'’.-]+(?:\s[\w'’.-]+)?,?\s?(?:д\.?|буд\.?|дом|будинок)?\s?{NO}"
    rf"|(?:شارع|خیابان|کوچه)\s\w+(?:\s\w+)?[،,]?\s?(?:رقم|پلاک|بناية)?\s?\d{{1,4}}"
    rf"|\b(?:\d{{1,4}},?\s)?(?:rue|avenue|boulevard|calle|avenida|strada|str\.|bulevardul|ulica|ul\.|aleja|al\.|osiedle|os\.)\s(?:(?:de|del|de la|des|du|la|le)\s)?[A-ZÀ-Ž][\w'’-]+(?:\s[A-ZÀ-Ž][\w'’-]+)?,?\s?(?:nr\.?\s?|n[°º]\s?)?(?:{NO})?"
    rf"|[\wçğıöşüÇĞİÖŞÜ]+(?:\s[\wçğıöşüÇĞİÖŞÜ]+)?\s(?:sokak|sokağı|sok\.|cad\.|caddesi|cadde|mah\.|mahallesi)\s?(?:no:?|numara)?\s?{NO}", I)


def find(text: str, taken: Taken) -> None:
    """Marks streets with their number."""
    for match in LIVING_STREET.finditer(text):
        taken.mask(*match.span(1), "ADRESSE") if not text[match.end():match.end() + 8].strip()[:1].isdigit() else None
    if not any(c.isdigit() for c in text):
        return
    for match in TWO_WORDS.finditer(text):
        start, end = match.span()
        start = _first_capital(text, start, end)
        taken.mask(start, end, "ADRESSE")
    for pattern in (COMPOUND, BOX, FOREIGN):
        for match in pattern.finditer(text):
            if any(c.isdigit() for c in match.group()) and not NO_STREET.match(match.group()):
                taken.mask(*match.span(), "ADRESSE")
    for match in PREPOSITION.finditer(text):
        if not NO_STREET.search(match.group(1)):
            taken.mask(*match.span(), "ADRESSE")
    for match in LIVING.finditer(text):
        if not NO_STREET.search(match.group(1)):
            taken.mask(*match.span(1), "ADRESSE")


def _first_capital(text: str, start: int, end: int) -> int:
    """Leaves out small words before the street („in der Frankfurter Straße 5“); a street in small letters keeps one word before it."""
    words = list(re.finditer(r"\S+", text[start:end]))
    for word in words[:-1]:
        if word.group()[0].isupper() and word.group().lower() not in ("ich", "in", "die", "der", "meine", "adresse", "wohne"):
            return start + word.start()
    ending = next(i for i, word in enumerate(words) if re.match(r"(?:stra|str\.|weg|gasse|platz|allee|ring|ufer|damm|chaussee)", word.group(), I))
    return start + words[max(0, ending - 1)].start()

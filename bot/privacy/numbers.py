"""Personal data that shows by its form or by the word before it: e-mail, phone, IBAN, passport and file numbers, dates of birth."""

from __future__ import annotations

import re
from typing import Iterator

from bot.privacy.spans import Taken

I = re.IGNORECASE  # noqa: E741
MONTHS = (r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|märz|maerz|mar(?:ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sep(?:t(?:ember)?)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?"
          r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
          r"|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
          r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
          r"|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)")
DATE = re.compile(rf"(?<![\w./-])(?:(?:0?[1-9]|[12]\d|3[01])\s?(?P<gap>[./-])\s?(?:0?[1-9]|[12]\d|3[01])\s?(?P=gap)\s?(\d{{4}}|\d{{2}})|(\d{{4}})(?P<gap2>[-./])(?:0?[1-9]|1[0-2])(?P=gap2)(?:0?[1-9]|[12]\d|3[01])"
                  rf"|(?:0?[1-9]|[12]\d|3[01])\s(?:0?[1-9]|1[0-2])\s((?:19|20)\d\d)(?!\s\d)"
                  rf"|(?:\d{{1,2}}|[a-zäöüß]{{1,20}}te[rnm]?)(?:\.|st|nd|rd|th)?\s?(?:de |of )?{MONTHS}\.?(?:\s(?:de\s)?|,\s?)(\d{{4}})|{MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(\d{{4}}))(?!\d)", I)
BORN = re.compile(r"geboren|\bgeb\b|geburts|\bborn\b|birth|\bdob\b|doğum|dogum|doğdum|родил|рожд|народ[иж]|ميلاد|مواليد|ولدت|متولد|تولد|\bnée?\b|naissance|nacid[oa]|nací|nacimiento|născut|nascut|nașter|naster|urodz|\bur\.|(?:^|[\s(])\*\s?$", I)
YEAR = re.compile(r"(?:19|20)\d\d")
CLAUSE = re.compile(r"[,.;\n]")
BORN_AFTER = re.compile(r"^\W{0,3}(?:geboren|doğumlu|geb\b|рожд|г\.?\s?р|متولد)", I)
EVENTS = re.compile(r"abschlu|diplom|zeugnis|stud|ausbild|bescheid|gesetz|seit|stand|gilt|ab dem|vom\b|bis\b|frist|termin|arbeit|einreis|gültig|graduat|since|until|prüf|antrag|urkund|eingereist|geänder|approb", I)
KEPT = re.compile(
    r"§{1,2}\s?\d+[a-z]{0,2}(?:\s?(?:abs\.?|absatz|s\.|satz|nr\.?|nummer|i\.\s?v\.\s?m\.?|bis|und|oder|ff\.?|f\.|[,–-])\s?(?:§{1,2}\s?)?\d*[a-z]{0,2})*"
    r"|\b(?:art(?:ikel|\.)?|paragraf|paragraph|abs(?:atz|\.)?)\s?\d+[a-z]?\b"
    r"|(?<!\d)\d[\d.,'\u00a0 ]{0,14}(?:€|euro\b|eur\b|dollar\b|usd\b|cent\b|prozent\b|%|stunden\b|std\b|jahre?n?\b|monate?n?\b|wochen?\b|tagen?\b|uhr\b|einwohner|personen\b|years?\b|months?\b|hours?\b|ects\b|credits?\b|punkten?\b|km\b|grivna|грн|руб|tl\b|lira\b)"
    r"|(?:€|eur|\$)\s?\d[\d.,]*"
    r"|(?<!\d)(?:19|20)\d\d\s?(?:[-–/]|bis|und|until|to)\s?(?:(?:19|20)\d\d|\d\d)(?![\d./-])", I)
EMAIL = re.compile(r"(?<![\w.+%'-])[\w+%'-]{1,64}(?:(?:\.| \. )[\w+%'-]{1,64})*\s?@\s?[\w-]{1,64}(?:\s?\.\s?[\w-]{1,64})*")
HIDDEN_AT = re.compile(r"[(\[{<]\s?(?:at|ät|a|affe)\s?[)\]}>]|\s(?:at|ät|klammeraffe|arroba)\s", I)
HIDDEN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:[(\[{<]\s?(?:at|ät|a|affe)\s?[)\]}>]|\s(?:at|ät|klammeraffe|arroba)\s)\s?[\w-]{1,64}(?:\s?(?:\.|[(\[{]\s?(?:dot|punkt|point)\s?[)\]}]|\s(?:punkt|dot|point)\s)\s?[a-z]{2,})+", I)
IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\s?\d{2}(?:[A-Za-z0-9]{11,30}|(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0.-]?[A-Z0-9]{1,4})?)(?![A-Za-z0-9])")
ACCOUNT = re.compile(r"\b(?:iban|konto(?:nummer|-?nr\.?)?|kto\.?(?:-?nr\.?)?|account number|hesap no|номер счета|номер рахунку)\W{0,3}(?:ist|lautet|is|:)?\W{0,3}((?-i:[A-Z]{2})?\d(?:[ -]?(?-i:[A-Z0-9])){5,33})(?!\w)", I)
NUMBER_WORD = r"(?:[\s-]*(?:nummern?|nr\.?|no\.?|number|numarası|numaram|№|numéro|número|numărul|numer|номер|رقم|شماره|id))?"
IS = r"\s*(?:ist|lautet|is|war|это|est|es|este|to|:|=|#|–|-)*\s*(?:die|der|the)?\s*"
PASSPORT = re.compile(rf"(?:reisep(?:ass|ässe)|\bpass|passport|ausweis|aufenthaltstitels?|aufenthaltsgestattung|fiktionsbescheinigung|\beat\b|duldung|aufenthaltskarte|steuer-?id(?:entifikations)?|steuer|sozialversicherungs|versicherten|rentenversicherungs"
                      rf"|id-?\s?karte|id card|identity card|pasaport|kimlik|паспорта?|passeport|pasaporte|paszportu?|dowodu|pașaport(?:ul)?|جواز(?: السفر| سفري)?|گذرنامه|پاسپورت)(?:\s?(?:serie|series|série|серія|серия|seria))?{NUMBER_WORD}[\s(]*{IS}"
                      r"((?-i:[A-ZА-ЯІЇЄҐ]{1,3})[ -]?\d{5,9}[A-Z]?|(?=\w*\d\w*\d)(?-i:[A-Z0-9]{6,12})|(?=\w*\d\w*\d\w*\d\w*\d)[A-Za-z0-9]{6,12}|\d{2,3}(?:[ -]\d{2,7}){1,4}(?:\s?(?-i:[A-Z])\s?\d{3})?)(?!\w)", I)
TOKEN = re.compile(r"(?<![A-Za-z0-9./-])(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,12}(?![A-Za-z0-9])")
INSURANCE = re.compile(r"(?<!\d)\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}(?!\d)")
FILE_WORD = re.compile(rf"(?:aktenzeichen|aktenz|\baz|geschäftszeichen|\bgz|gesch\.?-?z|aktennummer|akten-?nr|vorgang\w*|bearbeitungs\w*|antrag(?=\s(?:nr|nummer|no))|antragsnummer|antrags-?nr|fallnummer|fall-?nr|kundennummer|kunden-?nr|kassenzeichen|kennzeichen"
                       rf"|(?:mein|ihr|unser) zeichen|\bbg-?nummer|bedarfsgemeinschaft\w*|referenz(?:nummer|-?nr)|matrikel(?:nummer|-?nr)|ausländerzentralregister|\bazr|\bbamf|case|file|reference|application|dosya|başvuru|numéro de dossier|dossier|expediente|dosar\w*|sygnatura(?: akt)?"
                       rf"|номер (?:справи|дела|заявления|заяви)|справа|дело|رقم (?:الملف|القضية)|شماره پرونده|پرونده){NUMBER_WORD}\.?{IS}"
                       r"((?:(?-i:[A-ZÄÖÜА-ЯІЇЄҐ]{1,6})[ .:/-]{0,3}){0,3}(?:\d|(?-i:[A-Z]\w{1,3})[/-])[\w./-]*(?:\s(?:[-–]\s)?(?:(?=[\w./-]*\d)[\w./-]+|(?-i:[A-Za-z]{1,2})(?=\s[\w./-]*\d)))*)(?!\w)", I)
ANY_NUMBER = re.compile(r"\b(?:nr\.?|nummer|no\.|№)\s?:?\s?((?-i:[A-Z]{0,4})[-/ ]?\d[\w/-]{4,})(?!\w)", I)
BAMF = re.compile(r"(?<![\d./-])\d{6,8}\s?[-–/]\s?\d{3}(?![\d-])")
COURT = re.compile(r"(?<!\w)\d{1,3}\s[A-Z]{1,2}\s\d{1,5}/\d{2}(?:\.[A-Z]{1,3}(?:\.[A-Z])?)?\b")
AGENCY = re.compile(r"(?<!\w)\d{3}[A-Z]\d{6}(?!\w)")
LONG = re.compile(r"(?<![\w.,/-])\d{7,14}(?![\w])")
GAP = r"[\s\u00a0./()–-]{0,3}"
INTERNATIONAL = re.compile(rf"(?<![\w])(?:\+|00)\s?[1-9]{GAP}(?:\d{GAP}){{6,13}}\d?(?!\d)")
NATIONAL = re.compile(r"(?<![\w.,/-])\(?0[1-9]\d{0,4}\)?[\s\u00a0/.–-]{0,3}\d(?:[\s/.–-]{0,3}\d){3,11}(?!\d)")
PHONE_WORD = re.compile(rf"(?:\btel\w*|telefon\w*|handy\w*|mobil\w*|phone|whats\s?app|signal|rufnummer|meine nummer|my number|call me|ruf\w* mich|erreichbar unter|fax|numaram|номер|телефон\w*|هاتف\w*|رقمي|تلفن|شماره(?: من)?|téléphone|teléfono|telefonul|móvil)\.?{NUMBER_WORD}{IS}(?:an|unter|at)?\s*([+(]?\d(?:[\s./()–-]{{0,3}}\d){{4,14}})", I)
DIGIT_WORD = r"(?:null|eins|ein|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun)"
SPOKEN = re.compile(rf"\b{DIGIT_WORD}(?:[\s,-]+{DIGIT_WORD}){{5,}}\b", I)


# Slow patterns run only when one of these is in the text (in small letters).
SIGNS = {
    FILE_WORD: ("zeichen", "aktenz", "az", "gz", "gesch", "akten", "vorgang", "bearbeitung", "antrag", "fall", "kunden", "bg", "bedarf", "referenz", "matrikel", "ausländerz", "bamf", "case", "file", "reference",
                "application", "dosya", "başvuru", "dossier", "expediente", "dosar", "sygnatura", "номер", "справа", "дело", "رقم", "پرونده"),
    PASSPORT: ("pass", "ausweis", "aufenthalt", "fiktion", "eat", "duldung", "steuer", "versicher", "karte", "card", "kimlik", "pasap", "паспорт", "paszport", "dowod", "pașaport", "جواز", "گذرنامه", "پاسپورت"),
    PHONE_WORD: ("tel", "handy", "mobil", "móvil", "phone", "whats", "signal", "ruf", "nummer", "number", "call", "erreichbar", "fax", "numara", "номер", "телефон", "هاتف", "رقم", "تلفن", "شماره", "tél"),
    ANY_NUMBER: ("nr", "nummer", "no.", "№"),
}
FEWEST = {IBAN: 10, SPOKEN: 0, PASSPORT: 2, ANY_NUMBER: 5}


def find(text: str, taken: Taken) -> None:
    """Marks all numbers of persons, and keeps what only looks like one."""
    if "@" in text:
        _all(EMAIL, text, taken, "E-MAIL")
    if HIDDEN_AT.search(text):
        _all(HIDDEN_EMAIL, text, taken, "E-MAIL")
    if SPOKEN.search(text):
        _all(SPOKEN, text, taken, "TELEFON")
    if not any(c.isdigit() for c in text):
        return
    for pattern, kind in ((IBAN, "IBAN"), (ACCOUNT, "IBAN")):
        _all(pattern, text, taken, kind)
    for match in DATE.finditer(text):
        _date(match, text, taken)
    for match in KEPT.finditer(text):
        if taken.free(*match.span()):
            taken.keep(*match.span())
    low = text.lower()
    for pattern, kind in ((FILE_WORD, "AKTENZEICHEN"), (PASSPORT, "AUSWEIS"), (PHONE_WORD, "TELEFON"), (BAMF, "AKTENZEICHEN"), (COURT, "AKTENZEICHEN"), (AGENCY, "AKTENZEICHEN"), (INSURANCE, "AUSWEIS"),
                          (INTERNATIONAL, "TELEFON"), (NATIONAL, "TELEFON"), (TOKEN, "AUSWEIS"), (ANY_NUMBER, "AKTENZEICHEN"), (LONG, "AKTENZEICHEN")):
        if pattern not in SIGNS or any(sign in low for sign in SIGNS[pattern]):
            _all(pattern, text, taken, kind)


def _all(pattern: re.Pattern[str], text: str, taken: Taken, kind: str) -> None:
    for start, end in _matches(pattern, text):
        if YEAR.fullmatch(text, start, end):
            continue
        if kind == "E-MAIL" or sum(c.isdigit() for c in text[start:end]) >= FEWEST.get(pattern, 3):
            taken.mask(start, end, kind)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yields the group of each match, or all of it."""
    for match in pattern.finditer(text):
        yield match.span(1) if pattern.groups else match.span()


def _date(match: re.Match[str], text: str, taken: Taken) -> None:
    """Masks a date of birth; every other date is kept, so that no pattern takes it for a number."""
    before, after = text[max(0, match.start() - 40):match.start()], text[match.end():match.end() + 15]
    year = max((int(group) for group in match.groups() if group and group.isdigit()), default=0)
    old = 1930 <= year <= 2008 and not EVENTS.search(before + " " + CLAUSE.split(text[match.end():match.end() + 40], 1)[0])
    if BORN.search(before) or BORN_AFTER.search(after) or old:
        taken.mask(*match.span(), "GEBURTSDATUM")
    elif taken.free(*match.span()):
        taken.keep(*match.span())

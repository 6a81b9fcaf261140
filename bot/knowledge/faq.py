"""FAQ records: one answer per file `data/faq/<id>.yml`; the file name is the id and the intent `faq/<id>`.

To add an FAQ: that file and `data/nlu/faq/<id>.yml`. `lotse data check` names every fault.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.plain import word_count
from bot.knowledge.werte import PLACEHOLDER, Wert
from bot.knowledge.yamlfile import Record, read_records

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
GILT = ("Hessen", "bundesweit")
SICHER = ("geprueft", "bekannt", "ungeklaert")
ASPEKTE = ("kosten", "dauer", "unterlagen", "zustaendig", "sprache", "foerderung")
ANSWER_WORDS = 80
BARE_AMOUNT = re.compile(r"\d[\d.,]*\s*(Euro|€)")


@dataclass(frozen=True)
class Norm:
    """A paragraph with its official address."""

    norm: str
    url: str


@dataclass(frozen=True)
class Quelle:
    """An official source with its address."""

    titel: str
    url: str


@dataclass(frozen=True)
class Faq:
    """One question with its answers, law, sources and dates. Texts may hold `{werte.…}`.

    `kurz` labels a button; `antwort` is clear German, `antwort_einfach` easy German, `mehr` the rest.
    `aspekte` maps a follow-up ("und was kostet das?") to the FAQ that answers it for this topic.
    `sicher` is `ungeklaert` when the answer says that something is not known and who can help.
    """

    id: str
    frage: str
    kurz: str
    thema: str
    antwort: str
    antwort_einfach: str
    mehr: str
    rechtsgrundlagen: tuple[Norm, ...]
    quellen: tuple[Quelle, ...]
    gilt: str
    stand: dt.date
    pruefen_bis: dt.date
    sicher: str
    verwandt: tuple[str, ...]
    aspekte: dict[str, str] = field(default_factory=dict)
    beratung_anbieten: bool = False

    def is_overdue(self, day: dt.date) -> bool:
        """Tells whether the review date has passed on `day`."""
        return day > self.pruefen_bis


def load_faq(folder: Path, themen: tuple[str, ...], werte: dict[str, Wert], errors: list[ContentError]) -> dict[str, Faq]:
    """Reads every record below `folder`; faults, dangling references included, go to `errors`."""
    faqs: dict[str, Faq] = {}
    records: dict[str, Record] = {}
    for path, record in read_records(folder, errors):
        faqs[path.stem] = build_faq(path, record, themen, werte)
        records[path.stem] = record
    _check_references(faqs, records)
    return faqs


def build_faq(path: Path, record: Record, themen: tuple[str, ...], werte: dict[str, Wert]) -> Faq:
    """Returns the FAQ that `record` describes; faults are noted there, references to other FAQs are not checked."""
    faq = Faq(
        id=path.stem,
        frage=record.take_text("frage", limit=160),
        kurz=record.take_text("kurz", limit=48),
        thema=record.take_choice("thema", themen),
        antwort=record.take_text("antwort", limit=900),
        antwort_einfach=record.take_text("antwort_einfach", limit=900),
        mehr=record.take_text("mehr", required=False, limit=4000),
        rechtsgrundlagen=record.take_records("rechtsgrundlagen", False, lambda r: Norm(r.take_text("norm"), r.take_url("url", required=False))),
        quellen=record.take_records("quellen", True, lambda r: Quelle(r.take_text("titel"), r.take_url("url"))),
        gilt=record.take_choice("gilt", GILT),
        stand=record.take_date("stand") or dt.date.min,
        pruefen_bis=record.take_date("pruefen_bis") or dt.date.min,
        sicher=record.take_choice("sicher", SICHER),
        verwandt=record.take_texts("verwandt", required=False),
        aspekte=take_aspekte(record),
        beratung_anbieten=record.take_bool("beratung_anbieten", False),
    )
    record.finish()
    _check_texts(faq, record, werte)
    return faq


def take_aspekte(record: Record) -> dict[str, str]:
    """Returns the FAQ id per follow-up aspect from the optional field `aspekte`."""
    nested = record.take_record("aspekte", required=False)
    if nested is None:
        return {}
    found = {key: nested.take_text(key, required=False) for key in ASPEKTE}
    nested.finish()
    return {key: target for key, target in found.items() if target}


def _check_texts(faq: Faq, record: Record, werte: dict[str, Wert]) -> None:
    if not ID.fullmatch(faq.id):
        record.fault("", f"Der Dateiname „{faq.id}“ ist keine Kennung.", "Nur a–z, 0–9 und Bindestrich; ae, oe, ue, ss statt Umlaut.")
    if faq.stand > dt.date.today():
        record.fault("stand", "Das Datum liegt in der Zukunft.", "Den Tag eintragen, an dem der Inhalt geprüft wurde.")
    if faq.pruefen_bis <= faq.stand:
        record.fault("pruefen_bis", "Die nächste Prüfung liegt nicht nach dem Stand.", "Ein späteres Datum eintragen.")
    if word_count(faq.antwort) > ANSWER_WORDS:
        record.fault("antwort", f"Die Antwort hat {word_count(faq.antwort)} Wörter, erlaubt sind {ANSWER_WORDS}.", "Kürzen oder nach „mehr“ verschieben.")
    for name in ("antwort", "antwort_einfach", "mehr"):
        text = getattr(faq, name)
        for match in PLACEHOLDER.finditer(text):
            if match[1] not in werte:
                record.fault(name, f"Den Wert „{match[1]}“ gibt es nicht.", "In data/werte.yml anlegen oder die Kennung berichtigen.")
        rest = PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            record.fault(name, "Eine geschweifte Klammer gehört zu keinem Wert.", "Als {werte.kennung} schreiben.")
        if "Prüfhinweis" in text:
            record.fault(name, "Ein Prüfhinweis steht im Antworttext.", "Prüfhinweise sind intern: herausnehmen.")
        amount = BARE_AMOUNT.search(rest)
        if amount:
            record.fault(name, f"Der Betrag „{amount[0]}“ steht fest im Text.", "In data/werte.yml pflegen und {werte.kennung} schreiben.")


def _check_references(faqs: dict[str, Faq], records: dict[str, Record]) -> None:
    questions: dict[str, str] = {}
    for faq in faqs.values():
        record = records[faq.id]
        for target in faq.verwandt:
            if target not in faqs or target == faq.id:
                record.fault("verwandt", f"Die FAQ „{target}“ gibt es nicht (oder sie ist diese selbst).", "Kennung berichtigen.")
        for aspekt, target in faq.aspekte.items():
            if target not in faqs:
                record.fault("aspekte", f"{aspekt}: Die FAQ „{target}“ gibt es nicht.", "Kennung berichtigen.")
        other = questions.setdefault(faq.frage.casefold(), faq.id)
        if other != faq.id:
            record.fault("frage", f"Dieselbe Frage steht in „{other}“.", "Die Fragen unterscheiden oder die FAQ zusammenlegen.")

"""Who runs the website, from `data/betreiber.yml`: what Impressum, data protection and accessibility pages must name.

Every field may be empty; a missing one is shown as missing on the page and by `lotse check-config`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

# field → (what it is, why it must be there)
FIELDS = {
    "name": ("Name der Organisation", "§ 5 DDG, Art. 13 Abs. 1 Buchst. a DSGVO"),
    "anschrift": ("Anschrift", "§ 5 Abs. 1 Nr. 1 DDG"),
    "vertreten_durch": ("Vertretungsberechtigte", "§ 5 Abs. 1 Nr. 1 DDG"),
    "email": ("E-Mail", "§ 5 Abs. 1 Nr. 2 DDG"),
    "telefon": ("Telefon", "§ 5 Abs. 1 Nr. 2 DDG"),
    "register": ("Register und Nummer", "§ 5 Abs. 1 Nr. 4 DDG"),
    "inhaltlich_verantwortlich": ("Inhaltlich verantwortlich", "§ 18 Abs. 2 MStV"),
    "datenschutz_kontakt": ("Datenschutzbeauftragte Stelle", "Art. 13 Abs. 1 Buchst. b DSGVO"),
    "datenschutz_aufsicht": ("Aufsichtsbehörde für den Datenschutz", "Art. 13 Abs. 2 Buchst. d DSGVO"),
    "rechtsgrundlage": ("Rechtsgrundlage der Verarbeitung", "Art. 13 Abs. 1 Buchst. c DSGVO"),
    "hosting": ("Wo der Server steht und wer ihn betreibt", "Art. 13 Abs. 1 Buchst. e, Art. 28 DSGVO"),
    "barriere_kontakt": ("Kontakt für gemeldete Barrieren", "§ 14 HessBGG"),
    "barriere_durchsetzung": ("Durchsetzungs- und Überwachungsstelle", "§ 14 HessBGG"),
    "barriere_stand": ("Stand der Erklärung zur Barrierefreiheit", "§ 14 HessBGG"),
}


@dataclass(frozen=True)
class Betreiber:
    """The operator: one text per field of `FIELDS`, "" where it is not known."""

    angaben: dict[str, str]

    def missing(self) -> list[str]:
        """Returns the fields that are empty, in order."""
        return [name for name in FIELDS if not self.angaben[name]]


def load_betreiber(path: Path, errors: list[ContentError]) -> Betreiber:
    """Reads the operator; faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    betreiber = Betreiber({name: record.take_text(name, required=False, limit=600) for name in FIELDS})
    record.finish()
    return betreiber

"""Finds the Hessian municipality that a person means: PLZ, name, district of a city, Kreis, nickname, typo.

Reads `data/orte/` (generated, see its README) once; works offline. To add a nickname or a district
of a city: one line in `data/orte/ortsteile.yml`.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.yamlfile import Record, read_yaml

PLZ = re.compile(r"(?<!\d)(?:d[- ]?)?(\d{5})(?!\d)", re.IGNORECASE)
DIGITS = re.compile(r"(?<!\d)\d{3,7}(?!\d)")
DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?")
CYRILLIC_ENDING = re.compile("(?:ом|ою|[аеиіїоуюяьйы])$")
TYPO_CUTOFF = 0.80  # share of letters that agree when the person was asked for a place
TYPO_CUTOFF_FREE = 0.86  # the same inside a sentence
MAX_WORDS = 5
# Municipalities whose names are everyday words: they count only alone or after a preposition of place.
EVERYDAY = frozenset("wetter langen linden sinn brechen elz lich hausen nied bieber waldau weimar muenster rosenthal staffel goldstein wolfgang burg "
                     "marbach biber tann hain felsberg wald mitte of da gi ks wi hu borken gallus".split())
BEFORE_PLACE = frozenset("in aus bei nach nahe naehe um raum stadt gemeinde ort nahe von wohne wohnort kreis plz gegend region "
                         "near at en à w z u в у во з із до біля из около من في قرب در از".split())
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Place:
    """A municipality, or a whole Kreis (`is_kreis`). `lat`, `lon` in degrees WGS84."""

    name: str
    kreis: str
    lat: float
    lon: float
    is_kreis: bool = False
    part: str = ""

    def label(self) -> str:
        """Returns the name with what tells it from namesakes: „Höchst (Frankfurt am Main)“, „Haiger (Lahn-Dill-Kreis)“."""
        if self.part:
            return f"{self.part} ({self.name})"
        if self.is_kreis or self.kreis == self.name:
            return self.name
        kreis = re.sub(r" \(Landkreis\)", "", self.kreis)
        kreis = kreis if "kreis" in kreis.lower() else f"Kreis {kreis}"
        return f"{self.name}, {kreis}" if "(" in self.name else f"{self.name} ({kreis})"


@dataclass(frozen=True)
class Resolution:
    """What a text says about a place.

    kind: `gefunden` (one place), `mehrdeutig` (ask which), `bestaetigen` (a typo: confirm), `ausserhalb`
    (not in Hessen; `land` may be empty), `plz_unbekannt`, `unbekannt` (no place in the text). `said`: the place as the person wrote it.
    """

    kind: str
    places: tuple[Place, ...] = ()
    said: str = ""
    land: str = ""
    lands: tuple[str, ...] = field(default=())


def fold(text: str) -> str:
    """Returns `text` in lower case with ae/oe/ue/ss, without other accents and punctuation."""
    text = unicodedata.normalize("NFC", text).lower().translate(GERMAN)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(_stem(w) for w in re.findall(r"\w+", text))


def fold_plain(text: str) -> str:
    """Returns `text` as `fold` does, but with umlauts reduced to a/o/u (people drop the dots)."""
    text = unicodedata.normalize("NFD", text.lower().replace("ß", "ss"))
    return " ".join(_stem(w) for w in re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c))))


def _stem(word: str) -> str:
    """Returns a Cyrillic word without its case ending („Касселі“, „Кассель“ → „кассел“); others unchanged."""
    return CYRILLIC_ENDING.sub("", word) if len(word) > 4 and "\u0400" <= word[0] <= "\u04ff" else word


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Returns the great-circle distance of two (lat, lon) points on WGS84's mean sphere in km (haversine)."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


class Places:
    """All places that can be named. Build once with `load`."""

    def __init__(self) -> None:
        self.municipalities: dict[str, Place] = {}
        self.kreise: dict[str, Place] = {}
        self.by_plz: dict[str, list[str]] = {}
        self.points: dict[str, tuple[float, float]] = {}  # PLZ in Hessen → lat, lon in degrees WGS84
        self.other_plz: dict[str, str] = {}
        self._names: dict[str, list[Place]] = defaultdict(list)
        self._outside: dict[str, list[str]] = defaultdict(list)
        self._fuzzy: list[str] = []
        self._whole: dict[str, Resolution] = {}  # what a button sends: a label, or a name with its Land

    @classmethod
    def load(cls, folder: Path, errors: list[ContentError]) -> "Places":
        """Reads the generated tables and `ortsteile.yml` below `folder`; faults go to `errors`.

        Raises:
            ContentErrors: a table is missing or has other columns.
        """
        self = cls()
        for row in _rows(folder / "gemeinden.csv", ("ags", "name", "kreis", "lat", "lon"), errors):
            self.municipalities[row["ags"]] = Place(row["name"], row["kreis"], float(row["lat"]), float(row["lon"]))
        for row in _rows(folder / "plz.csv", ("plz", "lat", "lon", "ags"), errors):
            self.points[row["plz"]] = float(row["lat"]), float(row["lon"])
            self.by_plz[row["plz"]] = [ags for ags in row["ags"].split() if ags in self.municipalities]
        self.other_plz = {row["plz"]: row["land"] for row in _rows(folder / "plz_andere.csv", ("plz", "land"), errors)}
        for row in _rows(folder / "andere_orte.csv", ("name", "land"), errors):
            for name in {fold(row["name"]), fold_plain(row["name"])}:
                self._outside[name].append(row["land"])
            self._whole[fold(f"{row['name']} {row['land']}")] = Resolution("ausserhalb", (), row["name"], row["land"])
        self._index_municipalities()
        self._index_kreise()
        self._index_parts(folder / "ortsteile.yml", errors)
        self._index_scripts(folder / "andere_schriften.csv", errors)
        self._fuzzy = [name for name in self._names if len(name) >= 4]
        for place in [p for places in self._names.values() for p in places]:
            self._whole[fold(place.label())] = Resolution("gefunden", (place,), place.label())
        for place in self.municipalities.values():  # a town goes before its Kreis of the same name
            self._whole[fold(place.label())] = Resolution("gefunden", (place,), place.label())
        return self

    def resolve(self, text: str, expected: bool = False) -> Resolution:
        """Returns the place that `text` names.

        Args:
            text: what the person wrote.
            expected: the person was asked for a place, so that everyday words and typos count.
        """
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)  # Arabic and Persian digits
        found = self._resolve_plz(text, expected)
        if found:
            return found
        words = fold(text).split()
        whole = self._whole.get(" ".join(words)) if len(words) > 1 else None
        if whole:
            return whole
        written = re.findall(r"[^\W_]+", text)
        written = written if len(written) == len(words) else words
        exact = self._longest_name(words, written, expected)
        if exact:
            return exact
        return self._typo(words, written, expected)

    def unique_name(self, place: Place) -> str:
        """Returns the name that `resolve` understands as this place again: the plain one, or with its Kreis."""
        return place.name if self.resolve(place.name, expected=True).kind == "gefunden" else place.label()

    def _resolve_plz(self, text: str, expected: bool) -> Resolution | None:
        match = PLZ.search(text)
        if match:
            plz = match[1]
            members = [self.municipalities[ags] for ags in self.by_plz.get(plz, [])]
            named = [p for p in members if any(w in fold(text).split() for w in fold(p.name).split() if len(w) > 3)]
            members = named if len(named) == 1 else members
            if len(members) == 1:
                return Resolution("gefunden", (members[0],), plz)
            if members:
                return Resolution("mehrdeutig", tuple(members), plz)
            if plz in self.other_plz:
                return Resolution("ausserhalb", (), plz, self.other_plz[plz])
            return Resolution("plz_unbekannt", (), plz)
        digits = DIGITS.search(text)
        if digits and (expected or "plz" in text.lower() or "postleitzahl" in text.lower()) and not re.search(r"[a-zA-ZäöüÄÖÜ]{4,}", re.sub("(?i)plz|postleitzahl", "", text)):
            return Resolution("plz_unbekannt", (), digits[0])
        return None

    def _longest_name(self, words: list[str], written: list[str], expected: bool) -> Resolution | None:
        for size in range(min(MAX_WORDS, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                name = " ".join(words[start : start + size])
                inside, outside = self._names.get(name, []), self._outside.get(name, [])
                if not inside and not outside:
                    continue
                alone = len(words) == size
                said = " ".join(written[start : start + size])
                introduced = start > 0 and words[start - 1] in BEFORE_PLACE
                if name in EVERYDAY and not (alone and (expected or len(name) > 2) or introduced):
                    continue
                if not inside:
                    if not (expected or introduced or alone):
                        continue
                    return Resolution("ausserhalb", (), said.title(), outside[0] if len(set(outside)) == 1 else "")
                if len(inside) == 1 and (not outside or name in ("frankfurt", "fuerth", "furth", "offenbach")):
                    return Resolution("gefunden", (inside[0],), said)
                return Resolution("mehrdeutig", tuple(inside), said, lands=tuple(sorted(set(outside))))
        return None

    def _typo(self, words: list[str], written: list[str], expected: bool) -> Resolution:
        candidates = []
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                name = " ".join(words[start : start + size])
                introduced = start > 0 and words[start - 1] in BEFORE_PLACE
                if len(name) >= 5 and (introduced or (expected and len(words) <= 6)) and name not in NO_PLACE:
                    candidates.append((name, " ".join(written[start : start + size])))
        best: tuple[float, str, str] = (0.0, "", "")
        for name, said in candidates:
            match = process.extractOne(name, self._fuzzy, scorer=OSA.normalized_similarity, score_cutoff=TYPO_CUTOFF if expected else TYPO_CUTOFF_FREE)
            if match and match[1] > best[0]:
                best = (match[1], match[0], said)
        if best[1]:
            return Resolution("bestaetigen", tuple(self._names[best[1]][:3]), best[2])
        return Resolution("unbekannt")

    def _add(self, name: str, place: Place) -> None:
        for key in {fold(name), fold_plain(name)}:
            if key and place not in self._names[key]:
                self._names[key].append(place)

    def _index_municipalities(self) -> None:
        for place in self.municipalities.values():
            name = place.name
            base = re.sub(r"\s*\(.*?\)", "", name)
            extra = re.findall(r"\((.*?)\)", name)
            long = base
            for short, full in ((r"\ba\. d\. ", "an der "), (r"\bv\. d\. ", "vor der "), (r"\bi\. Odw\.", "im Odenwald"), (r"\ba\. ", "am ")):
                long = re.sub(short, full, long)
            for variant in {name, base, long, *(f"{base} {e}" for e in extra), re.split(r" (?:am|im|an der|vor der|a\.|i\.|v\.) ", long)[0]}:
                self._add(variant, place)
            if "-" in base and len(base) > 12:
                self._add(base.replace("-", ""), place)

    def _index_kreise(self) -> None:
        by_kreis: dict[str, list[Place]] = defaultdict(list)
        for place in self.municipalities.values():
            by_kreis[place.kreis].append(place)
        for kreis, members in by_kreis.items():
            lat, lon = (sum(p.lat for p in members) / len(members), sum(p.lon for p in members) / len(members))
            self.kreise[kreis] = Place(kreis, kreis, lat, lon, is_kreis=len(members) > 1)
            if len(members) == 1:
                continue
            base = re.sub(r"\s*\(Landkreis\)|-?[Kk]reis$", "", kreis)
            for variant in (f"Landkreis {base}", f"Kreis {base}", f"{base}kreis", f"{base}-Kreis", f"LK {base}"):
                self._add(variant, self.kreise[kreis])
            for variant in (kreis, base):  # a town goes before its Kreis of the same name
                if fold(variant) not in self._names:
                    self._add(variant, self.kreise[kreis])

    def _index_scripts(self, path: Path, errors: list[ContentError]) -> None:
        """Adds the larger towns' names in Cyrillic, Arabic and Persian."""
        for row in _rows(path, ("ags", "name"), errors):
            if row["ags"] in self.municipalities:
                self._add(row["name"], self.municipalities[row["ags"]])

    def _index_parts(self, path: Path, errors: list[ContentError]) -> None:
        record = Record(read_yaml(path), path, errors)
        by_name = {p.name: p for p in self.municipalities.values()}
        for city, entry in record.entries():
            place = by_name.get(city)
            names, parts = entry.take_texts("andere_namen", required=False), entry.take_texts("ortsteile", required=False)
            if place is None:
                record.fault(city, "Diese Gemeinde gibt es in gemeinden.csv nicht.", "Den amtlichen Namen aus gemeinden.csv verwenden.")
                continue
            for name in names:
                self._names[fold(name)] = [place]
                self._names[fold_plain(name)] = [place]
            for part in parts:
                known = Place(place.name, place.kreis, place.lat, place.lon, part=part)
                self._add(part, known)
                base = re.split(r" (?:am|an der|a\.|v\.|im) ", city)[0]
                for variant in (f"{base} {part}", f"{base}-{part}"):
                    self._add(variant, known)


NO_PLACE = frozenset("deutschland hessen ausland beratung anerkennung ukraine syrien tuerkei polen iran irak indien russland "
                     "arbeit beruf hilfe keine weiss nicht egal ahnung meine heimat berlin".split())


def _rows(path: Path, columns: tuple[str, ...], errors: list[ContentError]) -> list[dict[str, str]]:
    def fault(line: int, problem: str) -> ContentError:
        return ContentError(path, line, "", problem, "Die Datei mit scripts/build_orte.py neu erzeugen oder wiederherstellen.")

    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = list(reader.fieldnames or ()), list(reader)
    except (OSError, ValueError, csv.Error):
        raise ContentErrors([fault(0, "Die Tabelle ist nicht lesbar.")]) from None
    missing = [column for column in columns if column not in header]
    if missing or not rows:
        raise ContentErrors([fault(1, f"In der Tabelle fehlt: {', '.join(missing) or 'jede Zeile'}.")])
    good = []
    for line, row in enumerate(rows, start=2):
        if all(row[c] for c in columns) and all(DEGREES.fullmatch(row[c]) for c in columns if c in ("lat", "lon")):
            good.append(row)
        else:
            errors.append(fault(line, "In der Zeile fehlt etwas, oder lat und lon sind keine Zahlen."))
    return good

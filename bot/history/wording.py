"""The wording of an answer on a day: the file of that day with the values of that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from bot.history.repository import NoHistory, Repository, Version
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentErrors
from bot.knowledge.faq import Faq, build_faq
from bot.knowledge.werte import PLACEHOLDER, Wert, build_werte, fill
from bot.knowledge.yamlfile import Record, parse_yaml


class NotYet(Exception):
    """On that day the answer did not exist; `first` is the day of its first version, None when it never had one."""

    def __init__(self, first: dt.date | None) -> None:
        super().__init__()
        self.first = first


@dataclass(frozen=True)
class Wording:
    """An answer as it stood on `day`, all values filled in; `version` is the commit it comes from."""

    faq: Faq
    day: dt.date
    version: Version


def wording_on(repository: Repository, knowledge: Knowledge, faq_id: str, day: dt.date) -> Wording:
    """Returns the answer's wording at the end of `day`.

    Raises:
        NotYet: the answer did not exist then.
        NoHistory: the history is not readable.
    """
    name = f"faq/{faq_id}.yml"
    version = repository.on(name, day)
    if version is None:
        versions = repository.versions(name)
        raise NotYet(versions[-1].day if versions else None)
    return Wording(_filled(_faq(repository, knowledge, faq_id, version), _werte(repository, knowledge, day), day), day, version)


def raw_version(repository: Repository, knowledge: Knowledge, faq_id: str, version: Version) -> Faq:
    """Returns the answer of one version with its values as of that day.

    Raises:
        NoHistory: the version is not readable.
    """
    return _filled(_faq(repository, knowledge, faq_id, version), _werte(repository, knowledge, version.day), version.day)


def _faq(repository: Repository, knowledge: Knowledge, faq_id: str, version: Version) -> Faq:
    path = Path(f"{faq_id}.yml")
    raw = repository.read(version, f"faq/{faq_id}.yml")
    try:
        if raw is None:
            raise NoHistory("Diese Fassung fehlt in der Versionsgeschichte.")
        return build_faq(path, Record(parse_yaml(raw, path), path, []), tuple(knowledge.themen), {})  # faults of that time are not ours to judge
    except ContentErrors:
        raise NoHistory("Die Datei war an diesem Tag nicht lesbar.") from None


def _werte(repository: Repository, knowledge: Knowledge, day: dt.date) -> dict[str, Wert]:
    """Returns the values as they were known on `day`; those that only exist today fill gaps."""
    version = repository.on("werte.yml", day)
    raw = repository.read(version, "werte.yml") if version else None
    try:
        old = build_werte(Record(parse_yaml(raw, Path("werte.yml")), Path("werte.yml"), [])) if raw else {}
    except ContentErrors:
        old = {}
    return {**knowledge.werte, **{key: wert for key, wert in old.items() if wert.stages}}


def _filled(faq: Faq, werte: dict[str, Wert], day: dt.date) -> Faq:
    def known(text: str) -> str:
        return fill(PLACEHOLDER.sub(lambda m: m[0] if m[1] in werte else "(Wert nicht mehr bekannt)", text), werte, day)

    return replace(faq, frage=known(faq.frage), antwort=known(faq.antwort), antwort_einfach=known(faq.antwort_einfach), mehr=known(faq.mehr))

"""Finds out of a sentence whether a person lives in Germany already or still abroad."""

from __future__ import annotations

import re

from bot.knowledge.find_land import LandFinder
from bot.knowledge.flat import flat
from bot.knowledge.places import Places

DEUTSCHLAND, AUSLAND, UNKNOWN = "deutschland", "ausland", "unbekannt"
LIVE = r"\b(?:lebe|leben|lebt|wohne|wohnen|wohnt|bin|sind|ist|arbeite|live)\b"
NOT_YET = re.compile(r"\bim ausland\b|\bnoch nicht (?:in deutschland|hier|da|eingereist|angekommen|dort)\b|\b(?:nicht|noch) in (?:meiner heimat|meinem (?:heimat)?land)\b"
                     rf"|{LIVE} (?:\w+ )?in (?:meiner heimat|meinem (?:heimat)?land)\b|\bwill (?:\w+ )?nach deutschland\b|\bvor der einreise\b")
HERE = re.compile(rf"{LIVE} (?:\w+ ){{0,4}}(?:in deutschland|in hessen|hier)\b|\bseit (?:\w+ ){{1,4}}(?:in deutschland|hier|in hessen)\b"
                  r"|\b(?:schon|bereits) (?:in deutschland|hier|da)\b|\b(?:in deutschland|hier) seit\b")
ELSEWHERE = re.compile(r"\b(?:lebe|wohne|leben|wohnen|bin (?:noch|gerade|jetzt|zurzeit|derzeit|aktuell))(?: \w+){0,2} (?:in|im) ((?:\w+ ?){1,3})")
BARE_HERE = re.compile(r"\b(?:deutschland|hessen|hier|germany)\b|^(?:ja|schon|bereits|seit|yes)\b")
BARE_NOT = re.compile(r"^(?:nein|noch|nicht|ausland|nee|no)\b|\bheimat|\bmeine?[mrn] land\b")
BARE = re.compile(r"(?:(?:ja|nein|ich|bin|wohne|lebe|schon|noch|nicht|jetzt) )*(?:(?:in |im )?(?:deutschland|hessen|hier|ausland)|in meine[mr] (?:heimat\w*|land))")
NO_IDEA = re.compile(r"\b(?:weiss (?:ich |es |ich es )?nicht|egal|keine ahnung|unklar)\b")


def stated_residence(text: str, lands: LandFinder) -> str:
    """Returns `deutschland` or `ausland` when a sentence says where the person lives, else ""."""
    words = flat(text)
    if NOT_YET.search(words):
        return AUSLAND
    abroad = ELSEWHERE.search(words)
    if abroad and lands.find(abroad[1]):
        return AUSLAND
    return DEUTSCHLAND if HERE.search(words) else ""


def bare_residence(text: str) -> str:
    """Returns what a few words alone say: „in Deutschland“, „nein, noch im Ausland“; else ""."""
    words = flat(text)
    if not BARE.fullmatch(words):
        return ""
    return AUSLAND if re.search(r"\b(?:ausland|heimat\w*|land)$|\bnoch nicht\b", words) else DEUTSCHLAND


def answered_residence(text: str, lands: LandFinder, places: Places) -> str:
    """Returns what the reply to „Leben Sie schon in Deutschland?“ means: `deutschland`, `ausland` or `unbekannt`."""
    stated = stated_residence(text, lands)
    if stated:
        return stated
    words = flat(text)
    if NO_IDEA.search(words):
        return UNKNOWN
    if places.resolve(text, expected=True).kind in ("gefunden", "mehrdeutig", "ausserhalb", "bestaetigen") and not lands.find(text):
        return DEUTSCHLAND
    if lands.find(text) or BARE_NOT.search(words):
        return AUSLAND
    return DEUTSCHLAND if BARE_HERE.search(words) else UNKNOWN

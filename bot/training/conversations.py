"""The regression conversations: `tests/stories/*.yml`, played over HTTP against a running Rasa. The tests and the comparison share them.

A file is a list; an item with `zuege` is a conversation turn by turn, one with `ist` a person whose recognition is checked.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Sequence

import requests
import yaml

from bot.knowledge.base import ROOT
from bot.processes import http

FOLDER = ROOT / "tests" / "stories"
WEBHOOK = "/webhooks/rest/webhook"
KNOWN = {"sagt", "faq", "text", "stufe", "typ", "frage", "enthaelt", "nicht", "knopf", "ohne_knopf"}
MOST_QUESTIONS = 2
SECONDS = 15.0
PROBE = "probe-"  # conversations of tests begin with this


@dataclass(frozen=True)
class Script:
    """One conversation as it must go: title, file name, and the item of the file."""

    title: str
    file: str
    item: dict[str, Any]


class Answer:
    """The messages of one turn."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.text = "\n".join(m["text"] for m in messages if m.get("text"))
        self.buttons = [b["title"] for m in messages for b in m.get("buttons", [])]
        self.custom: dict[str, Any] = {}
        for message in messages:
            self.custom.update(message.get("custom") or {})

    @property
    def faq(self) -> str:
        """The id of the FAQ that was answered, alone or at the end of the Anerkennungsprüfung, or ""."""
        return self.custom.get("faq", "") if self.custom.get("typ") in ("faq", "pruefung") else ""


Say = Callable[[str], Answer]


def load_scripts(folder: Path = FOLDER) -> list[Script]:
    """Returns all conversations of all files; each has a title of its own."""
    found: list[Script] = []
    times: Counter[str] = Counter()
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            title = item.get("titel") or f"Prüfung: {item['sagt'][:70]}"
            times[title] += 1
            found.append(Script(title if times[title] == 1 else f"{title} ({times[title]})", path.name, item))
    return found


def play(script: Script, say: Say) -> str:
    """Plays a conversation; returns "" when it went as written, else what went wrong, in German."""
    return _play_turns(script.item["zuege"], say) if "zuege" in script.item else _play_check(script.item, say)


def play_all(url: str, scripts: Sequence[Script], progress: Callable[[int, int], None] = lambda *_: None) -> dict[str, str]:
    """Plays all conversations against the Rasa at `url`; returns title → "" or what went wrong."""
    results = {}
    for number, script in enumerate(scripts, start=1):
        try:
            results[script.title] = play(script, talk(url))
        except (requests.RequestException, ValueError):
            results[script.title] = "Rasa hat nicht geantwortet."
        progress(number, len(scripts))
    return results


def talk(url: str) -> Say:
    """Returns a function that says a sentence in a new conversation and returns the answer."""
    sender = f"{PROBE}{uuid.uuid4().hex}"
    return lambda text: Answer(http.post(url + WEBHOOK, json={"sender": sender, "message": text}, timeout=SECONDS).json())


def _play_turns(turns: list[dict[str, Any]], say: Say) -> str:
    for turn in turns:
        answer = say(turn["sagt"])
        problem = _problem(turn, answer)
        if problem:
            return f"„{turn['sagt']}“: {problem} Antwort: „{answer.text[:120]}“"
    return ""


def _problem(turn: dict[str, Any], answer: Answer) -> str:
    unknown = set(turn) - KNOWN
    if unknown:
        return f"Unbekannte Angabe {', '.join(sorted(unknown))} in der Prüfdatei."
    if not answer.text:
        return "Die Antwort ist leer."
    if "faq" in turn and answer.faq != turn["faq"]:
        return f"Erwartet war die FAQ „{turn['faq']}“, es kam „{answer.faq or answer.custom.get('typ', 'keine')}“."
    for key in ("text", "stufe", "typ", "frage"):
        if key in turn and answer.custom.get(key) != turn[key]:
            return f"Erwartet war {key} „{turn[key]}“, es kam „{answer.custom.get(key)}“."
    missing = [word for word in turn.get("enthaelt", ()) if word not in answer.text]
    if missing:
        return f"In der Antwort fehlt „{missing[0]}“."
    extra = [word for word in turn.get("nicht", ()) if word in answer.text]
    if extra:
        return f"In der Antwort steht „{extra[0]}“."
    if "knopf" in turn and turn["knopf"] not in answer.buttons:
        return f"Der Knopf „{turn['knopf']}“ fehlt."
    return "Knöpfe waren nicht erwartet." if turn.get("ohne_knopf") and answer.buttons else ""


def _play_check(person: dict[str, Any], say: Say) -> str:
    asked, custom = run_check(person, say)
    if asked > MOST_QUESTIONS or custom.get("typ") != "pruefung":
        return f"Die Anerkennungsprüfung endet nicht nach {MOST_QUESTIONS} Fragen."
    wrong = [f"{key} „{custom.get(key)}“ statt „{value}“" for key, value in person["ist"].items() if custom.get(key) != value]
    return f"Verstanden wurde {', '.join(wrong)}." if wrong else ""


def run_check(person: dict[str, Any], say: Say) -> tuple[int, dict[str, Any]]:
    """Plays the Anerkennungsprüfung of one person; returns the number of questions and the data of the last answer."""
    asked, answer = 0, say(person["sagt"])
    while answer.custom.get("typ") == "pruefung_frage" and asked <= MOST_QUESTIONS:
        asked += 1
        answer = say(str(person.get(answer.custom["frage"], "weiß nicht")))
    return asked, answer.custom

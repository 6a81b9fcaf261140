"""`lotse chat`: a conversation in the terminal. Buttons by number, sources shown, Strg-D leaves."""

from __future__ import annotations

import json
import sys
import uuid
from contextlib import nullcontext
from typing import Any

import click
import requests
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel

from bot import pointer, processes
from bot.commands.serve import running
from bot.processes import HOST

PATH = "/webhooks/rest/webhook"
console = Console(highlight=False)


@click.command("chat")
@click.option("--url", default="", help="Adresse eines laufenden Rasa. Ohne Angabe der Lotse dieses Ordners.")
@click.option("--sprache", default="", help="Sprache fest wählen, zum Beispiel uk oder ar.")
def command(url: str, sprache: str) -> None:
    """Spricht mit dem Lotsen. Läuft keiner, wird einer gestartet und am Ende wieder beendet."""
    live = pointer.read()
    url = url or (live.url if live else f"http://{HOST}:5005")
    port, actions_port = processes.free_port(), processes.free_port()
    own = None if _answers(url) else running(port, actions_port)
    with own or nullcontext():
        _talk(f"http://{HOST}:{port}" if own else url, sprache)


def _talk(url: str, sprache: str) -> None:
    sender = uuid.uuid4().hex
    options: list[dict[str, str]] = []
    console.print(Panel("Anerkennungslotse Hessen. Stellen Sie Ihre Frage. Knöpfe wählen Sie mit ihrer Nummer. Ende: Strg-D.\n"
                        "Bitte keine Namen oder Aktenzeichen schreiben.", expand=False))
    while True:
        try:
            said = console.input("[bold]Sie:[/] ") if sys.stdin.isatty() else input()
        except EOFError:
            console.print("Auf Wiedersehen!")
            return
        said = said.strip()
        if said.isdigit() and 1 <= int(said) <= len(options):
            said = options[int(said) - 1]["payload"]
            console.print(f"[dim]→ {said}[/]")
        options = _show(_ask(url, sender, said, sprache))


def _ask(url: str, sender: str, text: str, sprache: str) -> list[dict[str, Any]]:
    body = {"sender": sender, "message": text, "metadata": {"sprache": sprache} if sprache else {}}
    try:
        return processes.http.post(url + PATH, data=json.dumps(body), headers={"Content-Type": "application/json"}, timeout=30).json()
    except (requests.RequestException, ValueError):
        return [{"text": "Der Lotse antwortet gerade nicht. Bitte versuchen Sie es noch einmal."}]


def _show(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Prints the messages and returns the buttons that can be chosen by number."""
    buttons = [b for m in messages for b in m.get("buttons", [])]
    for message in messages:
        if message.get("text"):
            console.print("[bold]Lotse:[/]")
            console.print(Markdown(message["text"].replace("\n", "  \n")))
        for source in (message.get("custom") or {}).get("quellen", []) if isinstance((message.get("custom") or {}).get("quellen"), list) else []:
            if isinstance(source, dict):
                console.print(f"[dim]  {source['titel']}: {source['url']}[/]")
    for number, button in enumerate(buttons, start=1):
        console.print(f"  [{number}] {button['title']}", markup=False)
    return buttons


def _answers(url: str) -> bool:
    try:
        return processes.http.get(f"{url}/webhooks/rest/", timeout=2).status_code == 200
    except requests.RequestException:
        return False

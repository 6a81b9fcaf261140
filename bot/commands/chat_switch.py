"""`lotse chat-switch`: turns the chat off with a reason that visitors read, and on again."""

from __future__ import annotations

import click

from bot import chat_switch


@click.group("chat-switch")
def command() -> None:
    """Schaltet den Chat aus (mit Grund) und wieder ein. Wirkt sofort; Seiten und Nachschlagen gehen weiter."""


@command.command("off")
@click.option("--grund", required=True, help="Ein Satz auf Deutsch, den Besucherinnen und Besucher lesen, höchstens 300 Zeichen.")
def off(grund: str) -> None:
    """Schaltet den Chat aus."""
    reason = " ".join(grund.split())
    if not reason or len(reason) > chat_switch.LONGEST:
        raise click.UsageError(f"--grund: ein Satz mit 1 bis {chat_switch.LONGEST} Zeichen.")
    chat_switch.turn_off(reason)
    click.echo(f"Der Chat ist aus. Besucher lesen: „{reason}“. Wieder ein: lotse chat-switch on")


@command.command("on")
def on() -> None:
    """Schaltet den Chat ein."""
    click.echo("Der Chat ist wieder ein." if chat_switch.turn_on() else "Der Chat war schon ein.")


@command.command("state")
def state() -> None:
    """Zeigt, ob der Chat ein ist; Ende mit 1, wenn er aus ist."""
    now = chat_switch.state()
    click.echo(f"Aus seit {now.since or 'unbekannt'}: {now.reason}" if now else "Ein.")
    if now:
        raise click.exceptions.Exit(1)

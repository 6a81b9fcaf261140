"""`lotse check-config`: what still has to be set before the public may use the website."""

from __future__ import annotations

import click

from bot.knowledge.base import Knowledge
from bot.knowledge.betreiber import FIELDS
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.web.settings import Settings, SettingsError


@click.command("check-config")
def command() -> None:
    """Prüft Einstellungen und Betreiberangaben. Ende mit 1, wenn für den öffentlichen Betrieb etwas fehlt."""
    findings = [*_operator(), *_settings(), *_database()]
    for finding in findings:
        click.echo(f"- {finding}")
    click.echo(f"{len(findings)} Punkte offen." if findings else "Alles gesetzt.")
    raise click.exceptions.Exit(1 if findings else 0)


def _operator() -> list[str]:
    missing = Knowledge.load().betreiber.missing()
    return [f"data/betreiber.yml, {name}: fehlt ({FIELDS[name][0]}; {FIELDS[name][1]})" for name in missing]


def _settings() -> list[str]:
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        return [str(error)]
    if settings.secure:
        return []
    return [f"LOTSE_BASE_URL: {settings.base_url} ist nicht https. Öffentlich nur hinter TLS betreiben und die https-Adresse eintragen."]


def _database() -> list[str]:
    try:
        database = Database()
        database.create_all()
        database.close()
    except StoreError as error:
        return [f"Datenbank: {error}"]
    return []

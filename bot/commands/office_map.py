"""`lotse offices map`: the offices for a place on a map of Hessen, as an SVG file for a page or a print."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from bot.knowledge.base import Knowledge
from bot.knowledge.map_svg import render_map
from bot.knowledge.routing import ADVICE, DEFAULT_GROUP, GROUPS, find_offices


@click.command("map")
@click.argument("ort")
@click.option("--bedarf", default=ADVICE, show_default=True, help="Zeile aus data/routing.yml.")
@click.option("--gruppe", default=DEFAULT_GROUP, show_default=True, type=click.Choice(GROUPS), help="Gruppe des Berufs.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Datei statt Ausgabe.")
@click.pass_obj
def office_map(data: Path, ort: str, bedarf: str, gruppe: str, out: Path | None) -> None:
    """Zeichnet die Stellen für einen Ort in Hessen als SVG."""
    knowledge, day = Knowledge.load(data), dt.date.today()
    if bedarf not in knowledge.needs:
        raise click.BadParameter(f"Eines von: {', '.join(knowledge.needs)}.", param_hint="--bedarf")
    found = knowledge.places.resolve(ort, expected=True)
    if found.kind != "gefunden":
        names = ", ".join(place.label() for place in found.places)
        raise click.BadParameter(f"„{ort}“ ist kein eindeutiger Ort in Hessen.{f' Gemeint sein könnte: {names}.' if names else ''}", param_hint="ORT")
    svg = render_map(knowledge, found.places[0], find_offices(knowledge.needs[bedarf], found.places[0], knowledge.offices, day, gruppe), day)
    if out is None:
        click.echo(svg)
        return
    out.write_text(svg, encoding="utf-8")
    click.echo(f"Geschrieben: {out}")

"""`lotse offices import`: a table into the office files; shows every change first and writes all of them or none."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from bot.geocode import NOTICE, Geocoder
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.office_csv import Row, read_table
from bot.knowledge.office_files import Change, plan_changes, write_changes

ADDRESS = ("strasse", "plz", "ort")
POINT = ("lat", "lon")
FACTS = (*ADDRESS, "telefon", "email", "website", "sprechzeiten", "sprachen")


@click.command("import")
@click.argument("table", metavar="DATEI.csv", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben.")
@click.option("--geocode", is_flag=True, help="Koordinaten zu vollständigen Adressen bei einem Nominatim-Dienst erfragen (LOTSE_NOMINATIM_URL, LOTSE_KONTAKT).")
@click.pass_obj
def import_table(data: Path, table: Path, yes: bool, geocode: bool) -> None:
    """Liest Stellen aus einer CSV-Tabelle. Eine Spalte, die fehlt, ändert nichts; eine leere Zelle löscht die Angabe."""
    knowledge, folder = Knowledge.load(data), data / "offices"
    rows = read_table(table)
    changes = plan_changes(rows, table, knowledge, folder)
    if geocode:
        changes = plan_changes(_with_points(changes, table, Geocoder.from_environment()), table, knowledge, folder)
    changed = [change for change in changes if change.fields]
    for change in changed:
        _show(change, list(knowledge.offices))
    new, lost = sum(c.old is None for c in changed), sum(not f.new for c in changed for f in c.fields)
    click.echo(f"Neu: {new}, geändert: {len(changed) - new}, unverändert: {len(changes) - len(changed)}, entfallende Angaben: {lost}")
    if not changed:
        return
    if not yes and click.prompt("Schreiben? [j/N]", default="n", show_default=False).lower() not in ("j", "ja", "y"):
        click.echo("Nichts geändert.")
        raise click.exceptions.Exit(1)
    write_changes(changes)
    click.echo(f"Geschrieben: {len(changed)} Dateien in {folder}")


def _with_points(changes: list[Change], table: Path, geocoder: Geocoder) -> list[Row]:
    """Returns the rows with the coordinates of all whole addresses, except those that the table itself gives.

    Raises:
        ContentErrors: the service does not know an address.
        GeocodeError: the service cannot be asked.
    """
    errors, rows = [], []
    click.echo(f"Koordinaten: {NOTICE}")
    for change in changes:
        row, office = change.row, change.office
        located = office.lage == "adresse" and not change.touches(*ADDRESS)
        if all(getattr(office, field) for field in ADDRESS) and not change.touches(*POINT) and not located:
            point = geocoder.find(office)
            if point is None:
                errors.append(ContentError(table, row.line, "strasse", f"OpenStreetMap kennt „{office.strasse}, {office.plz} {office.ort}“ nicht.",
                                           "Adresse prüfen, lat und lon eintragen oder ohne --geocode importieren."))
            else:
                row = row.with_cells(lat=str(point[0]), lon=str(point[1]), lage="adresse")
        rows.append(row)
    if errors:
        raise ContentErrors(errors)
    return rows


def _show(change: Change, known: list[str]) -> None:
    click.secho(f"{change.row.id}  ({'neu' if change.old is None else 'geändert'}, Zeile {change.row.line})", bold=True)
    for field in change.fields:
        if field.old:
            click.secho(f"  - {field.field}: {field.old}", fg="red")
        if field.new:
            click.secho(f"  + {field.field}: {field.new}", fg="green")
    if change.old is None:
        near = difflib.get_close_matches(change.row.id, known, 1, 0.85)
        if near:
            click.echo(f"  Hinweis: Es gibt schon „{near[0]}“.")
        return
    if change.touches(*ADDRESS) and not change.touches(*POINT):
        click.echo("  Hinweis: Die Adresse ändert sich, lat und lon bleiben. --geocode oder neue Werte?")
    if change.touches(*FACTS) and not change.touches("stand", "adresse_stand"):
        click.echo("  Hinweis: Angaben ändern sich, stand und adresse_stand bleiben.")

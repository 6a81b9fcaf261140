"""`lotse offices`: the advice centres as a list and a table, and whom to call."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections import Counter
from pathlib import Path

import click

from bot.commands.office_import import import_table
from bot.commands.office_map import office_map
from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.office_care import NEVER, calls, is_kept, missing_fields
from bot.knowledge.office_columns import office_cells, write_table, write_template
from bot.knowledge.offices import Office, german_partial
from bot.knowledge.places import fold


@click.group("offices")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATA, help="Ein anderer Ordner als data/, zum Ausprobieren.")
@click.pass_context
def command(ctx: click.Context, data: Path) -> None:
    """Beratungsstellen zeigen, prüfen, als Tabelle ausgeben und einlesen."""
    ctx.obj = data


command.add_command(import_table)
command.add_command(office_map)


@command.command("list")
@click.option("--kreis", default="", help="Nur Stellen, die für diesen Kreis da sind, auch landesweite und bundesweite.")
@click.option("--angebot", default="", help="Nur Stellen mit diesem Angebot (Kennung aus data/angebote.yml).")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def list_offices(data: Path, kreis: str, angebot: str, as_json: bool) -> None:
    """Zeigt alle Stellen oder die für einen Kreis oder ein Angebot."""
    knowledge, day = Knowledge.load(data), dt.date.today()
    kreis = _known(kreis, list(knowledge.places.kreise), "--kreis")
    angebot = _known(angebot, list(knowledge.angebote), "--angebot")
    offices = [o for o in knowledge.offices.values() if (not kreis or o.serves(kreis)) and (not angebot or o.angebot == angebot)]
    if as_json:
        click.echo(json.dumps([_as_json(office, day) for office in offices], ensure_ascii=False, indent=2))
        return
    rows = [("Kennung", "Angebot", "Ort", "Stand", "genannt", "Name")]
    rows += [(o.id, o.angebot, o.ort, german_partial(o.stand), "ja" if o.is_offered(day) else "nein", o.name) for o in offices]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:  # one line each, however wide: it can be searched with grep
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    click.echo(f"{len(offices)} Stellen")


@command.command("check")
@click.pass_obj
def check(data: Path) -> None:
    """Prüft alle Dateien und sagt je Stelle, welche Angaben unbekannt sind. Ende mit 2 nur bei Fehlern: Unbekanntes darf fehlen."""
    offices = [o for o in Knowledge.load(data).offices.values() if is_kept(o)]
    counts: Counter[str] = Counter()
    for office in offices:
        missing = missing_fields(office)
        counts.update(missing)
        click.echo(f"{office.id}: {'es fehlt ' + ', '.join(missing) if missing else 'vollständig'}")
    click.echo(f"\n{len(offices)} bestehende Stellen, keine Fehler im Aufbau. Unbekannt: {', '.join(f'{f} {n}-mal' for f, n in counts.most_common()) or 'nichts'}.")


@command.command("export")
@click.argument("path", metavar="[DATEI]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--excel", is_flag=True, help="Für Excel: mit BOM und Dezimalkomma.")
@click.option("--vorlage", is_flag=True, help="Nur die Spalten, mit Erklärung und Beispiel.")
@click.pass_obj
def export(data: Path, path: Path | None, excel: bool, vorlage: bool) -> None:
    """Gibt alle Stellen als CSV aus (UTF-8, Semikolon), in DATEI oder auf die Ausgabe."""
    table = write_template(excel) if vorlage else write_table(list(Knowledge.load(data).offices.values()), excel)
    if path is None:
        click.echo(table, nl=False)
        return
    try:
        with path.open("xb") as file:
            file.write(table)
    except FileExistsError:
        raise click.UsageError(f"{path} gibt es schon. Einen anderen Namen wählen oder die Datei vorher löschen.") from None
    except OSError as error:
        raise click.UsageError(f"{path} ist nicht schreibbar ({error.strerror}).") from None


@command.command("stale")
@click.option("--days", type=click.IntRange(0, 3650), default=30, show_default=True, help="Auch nennen, was in so vielen Tagen dran ist.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def stale(data: Path, days: int, as_json: bool) -> None:
    """Nennt die Stellen, die man anrufen muss, die dringendsten zuerst. Ende mit 1, wenn es welche gibt."""
    found = calls(list(Knowledge.load(data).offices.values()), dt.date.today(), days)
    if as_json:
        click.echo(json.dumps([{
            "kennung": o.id, "name": o.name, "telefon": o.telefon, "email": o.email, "website": o.website,
            "gruende": [{"grund": r.text, "faellig": None if r.due == NEVER else r.due.isoformat()} for r in reasons]} for o, reasons in found], ensure_ascii=False, indent=2))
    else:
        for o, reasons in found:
            click.echo(f"{o.id}: {o.name} ({o.telefon or o.email or o.website or 'kein Kontakt bekannt'})")
            for reason in reasons:
                click.echo(f"  - {reason.text}")
        click.echo(f"{len(found)} Stellen anrufen." if found else "Niemand muss angerufen werden.")
    if found:
        raise click.exceptions.Exit(1)


def _known(name: str, allowed: list[str], option: str) -> str:
    """Returns the allowed name that is meant, whatever its case and umlauts."""
    if not name:
        return ""
    found = {fold(other): other for other in allowed}
    if fold(name) not in found:
        near = difflib.get_close_matches(fold(name), found, 3, 0.5)
        raise click.UsageError(f"{option}: „{name}“ gibt es nicht. Gemeint sein könnte: {', '.join(found[n] for n in near) or ', '.join(allowed)}.")
    return found[fold(name)]


def _as_json(office: Office, day: dt.date) -> dict[str, object]:
    known = {field: getattr(office, field) for field, cell in office_cells(office).items() if cell}
    known = {field: value.isoformat() if isinstance(value, dt.date) else value for field, value in known.items()}
    return {"kennung": office.id, **known, "wird_genannt": office.is_offered(day), "frisch": office.is_fresh(day)}

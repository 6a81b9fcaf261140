"""Whatever staff can do in the console exists as a command: every route and every change of the editor, or a reason why not."""

from __future__ import annotations

import click
import pytest

from bot.cli import group
from bot.web import team
from bot.web.team.access import TABLE
from bot.web.team.editor.change import OPERATIONS

assert team.routes  # imported for the table

COMMANDS: dict[tuple[str, str], str] = {
    ("/team/", "GET"): "team waiting", ("/team/faellig", "GET"): "data overdue",
    ("/team/posteingang", "GET"): "inbox list", ("/team/posteingang/zurueck", "POST"): "inbox undo", ("/team/posteingang/{key}", "GET"): "inbox show",
    ("/team/posteingang/{key}/warum", "GET"): "inbox show --warum", ("/team/posteingang/{key}", "POST"): "inbox label",
    ("/team/uebernehmen", "GET"): "inbox waiting", ("/team/uebernehmen", "POST"): "inbox take", ("/team/uebernehmen/entfernen", "POST"): "inbox withdraw",
    ("/team/meldungen", "GET"): "reports list", ("/team/meldungen/{id}", "POST"): "reports set", ("/team/suchen", "GET"): "reports searches", ("/team/suchen/{key}", "POST"): "reports judge",
    ("/team/daten", "GET"): "phrasings list", ("/team/daten/{absicht:path}", "GET"): "phrasings list", ("/team/daten/radar", "POST"): "phrasings check",
    ("/team/daten/tabelle", "GET"): "phrasings import", ("/team/daten/export.{art}", "GET"): "phrasings export",
    ("/team/inhalte", "GET"): "faq list", ("/team/inhalte/{faq}", "GET"): "faq show", ("/team/inhalte/{faq}/ansicht", "POST"): "faq edit --dry-run",
    ("/team/inhalte/neu", "GET"): "faq new", ("/team/inhalte/neu", "POST"): "faq split",
    ("/team/werte", "GET"): "werte list", ("/team/werte/{wert}", "GET"): "werte show", ("/team/aendern", "POST"): "faq edit",
    ("/team/vorschlaege", "GET"): "proposals list", ("/team/vorschlaege/{id}", "GET"): "proposals show", ("/team/vorschlaege/{id}/annehmen", "POST"): "proposals accept",
    ("/team/vorschlaege/{id}/ablehnen", "POST"): "proposals reject",
    ("/team/modelle", "GET"): "models list", ("/team/modelle/stand", "GET"): "models status", ("/team/modelle/protokoll", "GET"): "models log", ("/team/modelle/trainieren", "POST"): "models train",
    ("/team/modelle/abbrechen", "POST"): "models cancel", ("/team/modelle/zurueck", "POST"): "models rollback", ("/team/modelle/{id}", "GET"): "models show",
    ("/team/modelle/{id}/{tabelle}.csv", "GET"): "models compare --csv", ("/team/modelle/{id}/vergleichen", "POST"): "models compare", ("/team/modelle/{id}/freigeben", "POST"): "models release",
    ("/team/modelle/{id}/ablehnen", "POST"): "models reject",
    ("/team/auswertung", "GET"): "stats", ("/team/auswertung.csv", "GET"): "stats csv", ("/team/luecken", "GET"): "gaps list", ("/team/luecken", "POST"): "gaps take", ("/team/luecken/{id}", "POST"): "gaps change",
    ("/team/stichprobe", "GET"): "stats sample", ("/team/stichprobe", "POST"): "stats sample", ("/team/stichprobe/{id}", "POST"): "stats rate",
    ("/team/konten", "GET"): "team list", ("/team/konten", "POST"): "team add", ("/team/konten/{id}", "POST"): "team change", ("/team/konto", "POST"): "team change --passwort",
    ("/team/protokoll", "GET"): "team log", ("/team/protokoll.csv", "GET"): "team log --csv",
    ("/team/gespraech", "GET"): "privacy show", ("/team/gespraech.json", "GET"): "privacy show", ("/team/gespraech", "POST"): "privacy erase",
}
CHANGES = {"hinzufuegen": "phrasings add", "entfernen": "phrasings remove", "verschieben": "phrasings move", "tabelle": "phrasings import", "umbenennen": "faq rename", "zusammenlegen": "faq merge",
           "faq": "faq edit", "neu": "faq new", "wert": "werte edit", "jahreswert": "werte new", "rueckgaengig": "faq undo"}
WITHOUT = {
    ("/team/abmelden", "POST"): "a command has no session to end", ("/team/konto", "GET"): "only the form for the own password",
    ("/team/modelle/verlauf", "GET"): "the stream behind „Stand“ of the page; „models train“ waits and tells by itself",
}


def test_every_action_of_the_console_has_a_command() -> None:
    assert set(COMMANDS) | set(WITHOUT) == set(TABLE), "a new route needs a command here, or a reason in WITHOUT"
    assert not set(COMMANDS) & set(WITHOUT)
    assert set(CHANGES) == set(OPERATIONS), "a new change of the editor needs a command"


@pytest.mark.parametrize("line", sorted({*COMMANDS.values(), *CHANGES.values()}))
def test_the_command_is_there_and_explains_itself(line: str) -> None:
    context, found = click.Context(group), group  # type: click.Context, click.Command
    for word in line.split():
        if word.startswith("--"):
            assert word in {name for option in found.params for name in option.opts}
        else:
            assert isinstance(found, click.Group)
            known = found.get_command(context, word)
            assert known is not None, line
            found = known
    assert (found.help or "").strip()


@pytest.mark.parametrize("line", sorted({*COMMANDS.values(), *CHANGES.values()}))
def test_the_guide_names_the_command(line: str) -> None:
    from bot.knowledge.base import ROOT

    guide = (ROOT / "docs" / "konsole.md").read_text(encoding="utf-8").split("## Als Befehl")[1]
    first, *rest = [word for word in line.split() if not word.startswith("--")]
    rows = [row for row in guide.splitlines() if f"`lotse {first} " in row or f"`lotse {first}`" in row]
    assert any(not rest or f"`{rest[0]}`" in row or f"`lotse {first} {rest[0]}`" in row for row in rows), line

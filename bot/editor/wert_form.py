"""An amount or deadline of data/werte.yml as a form, and a new value from a new day on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Mapping

from ruamel.yaml.comments import CommentedMap

from bot.editor.changes import Change, Draft
from bot.editor.errors import EditError, FieldError, refuse
from bot.editor.four_eyes import WERTE
from bot.editor.record_file import as_date, set_fields
from bot.editor.scalars import plain
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import Form, dump, load

FIELDS = ("bezeichnung", "einheit", "norm", "quelle", "geprueft_am", "pruefen_bis", "werte")
DATES = ("geprueft_am", "pruefen_bis")
STAGE = ("wert", "wert_bis", "ab", "bis")
ID = re.compile(r"[a-z0-9-]{1,60}")


def wert_values(wert: str, workspace: Workspace = Workspace()) -> dict[str, Any]:  # noqa: B008 (frozen)
    """Returns the fields of a value as the form shows them; `werte` is a list of {wert, wert_bis, ab, bis}.

    Raises:
        EditError: no such value.
    """
    entry = _open(Draft(workspace))[1].get(wert)
    if entry is None:
        raise _unknown(wert)
    return {field: plain(entry[field]) if field in entry else None for field in FIELDS}


def edit_wert(wert: str, values: Mapping[str, Any], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that sets fields of a value. Numbers may come as „50.700,50“.

    Raises:
        EditError: no such value or field, or no number.
    """
    draft = Draft(workspace)
    form, document = _open(draft)
    if wert not in document:
        raise _unknown(wert)
    values = dict(values)
    if "werte" in values:
        values["werte"] = [_stage(stage, number) for number, stage in enumerate(values["werte"] or [], start=1)]
    if set_fields(document[wert], values, FIELDS, DATES):
        draft.write(WERTE, form.raw(dump(document)))
    return draft.change(f"Wert „{wert}“: {', '.join(f for f in FIELDS if f in values)} geändert")


def new_stage(wert: str, stage: Mapping[str, Any], checked: str, review: str, workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that adds a value for a new time; the one that holds so far without an end gets its last day.

    Args:
        stage: {wert, wert_bis?, ab, bis?}.
        checked, review: `geprueft_am` and `pruefen_bis` of the value, as „2027-01-04“.

    Raises:
        EditError: no such value, no day from which it holds, or no number.
    """
    fresh = _stage(stage, 1)
    since = fresh.get("ab")
    if not isinstance(since, dt.date):
        raise refuse("Der erste Geltungstag fehlt.", "Als JJJJ-MM-TT eintragen, zum Beispiel 2027-01-01.", "werte[1].ab")
    older = []
    for known in wert_values(wert, workspace)["werte"] or []:
        if not known.get("bis") and (known.get("ab") or "") < since.isoformat():
            known = {**known, "bis": (since - dt.timedelta(days=1)).isoformat()}
        older.append(known)
    change = edit_wert(wert, {"werte": [fresh, *older], "geprueft_am": checked, "pruefen_bis": review}, workspace)
    return change.titled(f"Wert „{wert}“ gilt neu ab {since:%d.%m.%Y}")


def _open(draft: Draft) -> tuple[Form, CommentedMap]:
    raw = draft.need(WERTE)
    form = Form.of(raw)
    return form, load(form.text(raw, WERTE), WERTE)


def _unknown(wert: str) -> EditError:
    return refuse(f"Den Wert „{wert[:60]}“ gibt es nicht.", "Kennungen stehen in data/werte.yml.", "kennung")


def _stage(stage: Mapping[str, Any], number: int) -> dict[str, Any]:
    unknown = [field for field in stage if field not in STAGE]
    if unknown:
        raise EditError([FieldError(f"werte[{number}].{f}", "Dieses Feld gibt es nicht.", f"Bekannt sind: {', '.join(STAGE)}.") for f in unknown])
    found: dict[str, Any] = {}
    for field in STAGE:
        value = stage.get(field)
        if value not in (None, ""):
            found[field] = as_date(value.strip()) if isinstance(value, str) and (field in ("ab", "bis") or as_date(value.strip()) != value.strip()) else _number(value, f"werte[{number}].{field}")
    return found


def _number(value: Any, field: str) -> Any:
    if isinstance(value, (dt.date, int)):
        return value
    text = str(value).strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise refuse(f"„{str(value)[:40]}“ ist keine Zahl.", "Zum Beispiel 50700 oder 45.934,20 schreiben.", field)
    return float(text) if float(text) != int(float(text)) else int(float(text))

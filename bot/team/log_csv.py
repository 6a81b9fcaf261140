"""The audit as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from bot.editor.tables import escaped
from bot.store import audit
from bot.store.database import Database

MOST = 50_000
COLUMNS = ("zeit_utc", "wer", "was", "worauf", "angaben")


def log_csv(db: Database, actor_now: str, **wanted: Any) -> str:
    """Returns the audit as CSV with semicolons, newest first, and notes that `actor_now` took it out.

    Args:
        wanted: filters of `audit.search`.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = audit.search(db, most=MOST, **wanted)
    for row in rows:
        writer.writerow([row.created.isoformat(timespec="seconds"), *map(escaped, (row.actor, row.action, row.target or "", json.dumps(row.detail, ensure_ascii=False) if row.detail else ""))])
    audit.note(db, actor_now, "protokoll_ausgeleitet", None, {"zeilen": len(rows)})
    return out.getvalue()

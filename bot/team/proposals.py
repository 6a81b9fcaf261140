"""Changes that wait for a second person: proposed, looked at, accepted, rejected, taken back. Console and command line both come here."""

from __future__ import annotations

from typing import Any

from bot.editor import transaction
from bot.editor.changes import Change
from bot.editor.errors import EditError, Stale, refuse
from bot.editor.renew import renewed
from bot.editor.validate import check
from bot.editor.workspace import Author, Workspace
from bot.store import audit, proposals
from bot.store.database import Database
from bot.store.tables import ACCEPTED_PROPOSAL, OPEN, OVERTAKEN, REJECTED

STATES = {OPEN: "offen", ACCEPTED_PROPOSAL: "angenommen", REJECTED: "abgelehnt", OVERTAKEN: "überholt"}
SHORTEST_NOTE, LONGEST_NOTE, MOST_PATHS = 3, 1000, 20
DECIDED = "Über den Vorschlag ist schon entschieden."
OWN = "Den eigenen Vorschlag kann man nicht selbst annehmen. Bitten Sie eine zweite Person."
AGAIN = "Die Dateien wurden gerade geändert. Bitte sehen Sie den Vorschlag noch einmal an; nichts wurde geschrieben."
LOST = "Dieselbe Stelle wurde geändert, seit der Vorschlag gemacht wurde. Er ist jetzt „überholt“; nichts wurde geschrieben."
NO_REASON = "Bitte schreiben Sie, warum."
SEEN_AGAIN = "Den Vorschlag neu ansehen."


def propose(db: Database, author: Author, actor: str, change: Change, workspace: Workspace, how: str) -> str:
    """Keeps a change for a second person and returns its id; nothing is written.

    Args:
        how: what was done, for the audit.

    Raises:
        EditError: the change would break a rule.
        StoreError: it is too large, or the database is in trouble.
    """
    findings = check(change, workspace)
    if findings.errors:
        raise EditError(findings.errors)
    id = proposals.propose(db, str(author), change.title, change.to_json())
    audit.note(db, actor, "vorschlag_gemacht", id, {"vorgang": how, "dateien": paths(change)})
    return id


def accept(db: Database, row: Any, second: Author, actor: str, workspace: Workspace, key: str) -> tuple[Change, transaction.Applied]:
    """Writes an open proposal under its author's name, with the second person in the commit.

    Args:
        row: the proposal.
        key: `Change.key` of what the second person saw.

    Raises:
        EditError: it is decided, one's own, overtaken, no longer as it was seen (`Stale`), or breaks a rule; nothing was written.
    """
    if row.state != OPEN:
        raise refuse(DECIDED, SEEN_AGAIN)
    if is_by(row, second):
        raise refuse(OWN, "Ohne zweite Person lässt er sich nur zurückziehen.")
    name, _, mail = row.author.removesuffix(">").partition(" <")
    change = renewed(Change.from_json(row.change), workspace)
    if change is None:
        proposals.decide(db, row.id, OVERTAKEN, str(second), "Dieselbe Stelle wurde inzwischen geändert.")
        audit.note(db, actor, "vorschlag_ueberholt", row.id, {})
        raise refuse(LOST, "Die Änderung auf den Dateien von heute neu vorschlagen.")
    if key != change.key:
        raise Stale(refuse(AGAIN, SEEN_AGAIN).errors)
    applied = transaction.apply(change, Author(name, mail), workspace, second)
    proposals.decide(db, row.id, ACCEPTED_PROPOSAL, str(second))
    audit.note(db, actor, "vorschlag_angenommen", row.id, {"commit": applied.commit[:12], "von": row.author, "dateien": paths(change)})
    return change, applied


def reject(db: Database, row: Any, who: Author, actor: str, why: str) -> None:
    """Rejects an open proposal, or takes one's own back, with the reason.

    Raises:
        EditError: no reason, or somebody has decided already.
    """
    why = why.strip()[:LONGEST_NOTE]
    if len(why) < SHORTEST_NOTE:
        raise refuse(NO_REASON, f"Mindestens {SHORTEST_NOTE} Zeichen.", "notiz")
    if not proposals.decide(db, row.id, REJECTED, str(who), why):
        raise refuse(DECIDED, SEEN_AGAIN)
    audit.note(db, actor, "vorschlag_abgelehnt", row.id, {})


def is_by(row: Any, person: Author) -> bool:
    """Tells whether a proposal was made by this person, by mail address."""
    return bool(proposals.mail_of(row.author) == proposals.mail_of(str(person)))


def change_of(row: Any) -> Change | None:
    """Returns the change of a proposal, or None when it cannot be read."""
    try:
        return Change.from_json(row.change)
    except EditError:
        return None


def paths(change: Change) -> list[str]:
    """Returns the files of a change for the audit."""
    return [edit.path for edit in change.edits][:MOST_PATHS]

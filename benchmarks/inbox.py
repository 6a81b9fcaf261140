"""The inbox with 100,000 messages: how long a page of the console takes, through the whole application, signed in.

    python -m benchmarks.inbox [messages]

Makes a database in a temporary folder with generated messages (made-up sentences, no real ones) and prints a table. SQLite, one process.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from starlette.testclient import TestClient

from bot.knowledge.base import ROOT
from bot.knowledge.nlu_files import read_examples
from bot.store import accounts, groups
from bot.store.database import Database
from bot.store.tables import feedback, journal
from bot.store.values import new_id
from bot.team import passwords, roles
from bot.web.app import create_app
from bot.web.settings import Settings

MESSAGES, REPEATS, CHUNK = 100_000, 20, 5000
PASSWORD = "Zaunkönig-Regal-Montag"
PLACES = "Kassel Fulda Gießen Hanau Marburg Wetzlar Darmstadt Offenbach Limburg Eschwege Korbach Bensheim".split()
PAGES = {
    "first page": "", "unsure only": "sicherheit=unsicher", "bad feedback": "rueckmeldung=schlecht", "outdated (rare)": "rueckmeldung=veraltet", "Ukrainian": "sprache=uk",
    "declined": "entscheidung=ablehnung", "a week, a language and unsure": "woche={woche}&sprache=uk&sicherheit=unsicher", "page in the middle": "nach={mitte}",
}


def fill(db: Database, messages: int) -> None:
    """Writes generated messages with rankings, decisions, follow-ups and feedback, half a year long."""
    rng = random.Random(7)
    examples = [e for e in read_examples(ROOT / "data" / "nlu") if e.intent.startswith("faq/")]
    intents = sorted({e.intent for e in examples})
    db.create_all()
    start = db.now() - dt.timedelta(days=170)
    conversation = new_id()
    for first in range(0, messages, CHUNK):
        rows, opinions = [], []
        for number in range(first, min(first + CHUNK, messages)):
            if rng.random() < 0.35:
                conversation = new_id()
            example = rng.choice(examples)
            text = example.text if rng.random() < 0.4 else f"{example.text} {rng.choice(PLACES)} {rng.randrange(400)}"
            best = round(rng.betavariate(5, 2), 4)
            decision = "antwort" if best > 0.5 else rng.choice(["vorschlag", "ablehnung"])
            id = new_id()
            rows.append({"id": id, "conversation": conversation, "client_id": new_id(), "created": start + dt.timedelta(seconds=number * 146), "text": text, "masked_kinds": [],
                         "language": rng.choice(["de"] * 8 + ["uk", "en"]), "source": "text" if rng.random() < 0.85 else "knopf", "page": "/chat", "state": "beantwortet",
                         "reply": [{"text": "Antwort " * 40, "knoepfe": [], "daten": {}}], "intent": example.intent, "confidence": best,
                         "ranking": [[example.intent, best], [rng.choice(intents), round((1 - best) * rng.random(), 4)], [rng.choice(intents), 0.01]], "decision": decision,
                         "faq": example.intent[4:] if decision == "antwort" else None, "model": "lotse", "duration_ms": 40})
            if rng.random() < 0.03:
                opinions.append({"id": new_id(), "message": id, "conversation": conversation, "faq": example.intent[4:], "reason": rng.choice(["falsch", "hilft", "hilft", "unverstaendlich"]),
                                 "text": None, "created": start})
        with db.write() as connection:
            connection.execute(journal.insert(), rows)
            connection.execute(feedback.insert(), opinions)


def measure(messages: int = MESSAGES) -> dict[str, Any]:
    """Returns seconds for sorting in, wordings, and per kind of page p50 and p95 of the time and the median of CPU time in ms."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lotse.db"
        db = Database(url)
        fill(db, messages)
        begin = time.perf_counter()
        while groups.sort_in(db, messages):
            pass
        sorting = time.perf_counter() - begin
        client = TestClient(create_app(Settings("127.0.0.1", 8080, "https://lotse.example", "x" * 40, (), "http://127.0.0.1:9", url)), base_url="https://lotse.example")
        accounts.add(db, "a@lotse.example", "A", roles.ADMIN, passwords.hashed(PASSWORD))
        form = client.get("/team/anmelden").text.split('name="schutz" value="', 1)[1].split('"', 1)[0]
        client.post("/team/anmelden", data={"schutz": form, "login": "a@lotse.example", "passwort": PASSWORD, "weiter": ""})
        from bot.team.inbox import listing

        words = {"woche": groups.week_of(db.now() - dt.timedelta(days=60)), "mitte": _middle(db)}
        _warm(client)
        times = {name: [_once(client, query.format(**words)) for _ in range(REPEATS)] for name, query in PAGES.items()}
        return {"messages": messages, "wordings": listing.counts(db)["wortlaute"], "sorting": sorting, "size_mb": Path(folder, "lotse.db").stat().st_size / 1e6,
                "pages": {name: (*(float(np.percentile([wall for wall, _ in t], share)) for share in (50, 95)), float(np.median([cpu for _, cpu in t]))) for name, t in times.items()}}


def _middle(db: Database) -> str:
    import sqlalchemy as sa

    from bot.store.tables import inbox

    with db.read() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar() or 0
        row = connection.execute(sa.select(inbox.c.value, inbox.c.key).order_by(inbox.c.value.desc(), inbox.c.key.desc()).offset(total // 2).limit(1)).one()
    return f"{row.value:.4f}_{row.key}"


def _warm(client: TestClient) -> None:
    """Waits until the sentence vectors are loaded, so that the pages are measured and not that."""
    client.app.state.team.warm.wait()  # type: ignore[attr-defined]
    for _ in range(3):
        _once(client, "")


def _once(client: TestClient, query: str) -> tuple[float, float]:
    begin, worked = time.perf_counter(), time.process_time()
    answer = client.get(f"/team/posteingang?{query}")
    assert answer.status_code == 200
    return (time.perf_counter() - begin) * 1000, (time.process_time() - worked) * 1000


def main() -> None:
    """Measures and prints."""
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
    print(f"{found['messages']} messages, {found['wordings']} wordings, {found['size_mb']:.0f} MB; sorting all in took {found['sorting']:.1f} s")
    print("| page | p50 ms | p95 ms | CPU ms |\n|---|---|---|---|")
    for name, (p50, p95, cpu) in found["pages"].items():
        print(f"| {name} | {p50:.0f} | {p95:.0f} | {cpu:.0f} |")


if __name__ == "__main__":
    main()

"""Fifty marker texts typed by visitors, in every way: none in any log file."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.processes import LOGS
from tests.faults.conftest import kill
from tests.web.chat.visitor import API, JSON, Visitor, new_id

pytestmark = pytest.mark.slow
MARKERS = [f"markierung{number:02d}geheim" for number in range(50)]


def test_no_log_holds_what_people_wrote(lotse: Any) -> None:
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        visitor = Visitor(client)
        for number, marker in enumerate(MARKERS[:36]):
            if number % 12 == 0:
                client.cookies.clear()
                visitor.start()
            visitor.send([marker, f"/{marker}", f"ich wohne in {marker}", f"Beratung in {marker}", f"Ich heiße {marker}", marker * 100][number % 6])
        client.cookies.clear()
        visitor.start(seite=f"/{MARKERS[36]}")
        visitor.post("feedback", id=new_id(), grund=MARKERS[37], text=MARKERS[38])
        visitor.post("message", id=MARKERS[39], text="x")
        visitor.post("message", id=new_id(), knopf=MARKERS[40])
        client.post(f"{API}/message", content=f"{{{MARKERS[41]}".encode(), headers=JSON)
        client.get(f"{API}/history", headers={"Cookie": f"lotse={MARKERS[42]}", "User-Agent": MARKERS[43], "Referer": f"https://{MARKERS[44]}.example"})
        client.get(f"/faq?q={MARKERS[45]}")
        client.get(f"/{MARKERS[46]}")
        client.post(f"{API}/start", content=f'{{"sprache": "{MARKERS[47]}"}}'.encode(), headers=JSON)
        kill(lotse.actions)
        try:
            visitor.send(f"brauche hilfe in Marburg {MARKERS[48]}")
        finally:
            lotse.actions.start()
            lotse.actions.wait_ready()
        httpx.post(f"{lotse.url}/webhooks/rest/turn", json={"sender": MARKERS[49], "text": MARKERS[49]}, timeout=30)
    for path in LOGS.glob("*.log"):
        content = path.read_text(encoding="utf-8", errors="replace")
        assert [marker for marker in MARKERS if marker in content] == [], path.name
    assert '"ereignis": "zug"' in (LOGS / "web.log").read_text(encoding="utf-8")

"""The console's start page: what waits, with links that the role may open."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from starlette.testclient import TestClient

from bot.knowledge.live import shared
from bot.knowledge.overdue import overdue
from bot.store import labels, reports
from bot.store.groups import key_of, sort_in
from bot.team import roles
from bot.team.overview import waiting
from bot.web.team.access import TABLE
from tests.web.team.nachrichten import say


@pytest.fixture
def db(client: TestClient):
    return client.app.state.database  # type: ignore[attr-defined]


def test_everything_that_waits_is_counted_urgent_first(db) -> None:
    knowledge, later = shared().current(), dt.date(2030, 1, 1)
    assert waiting(db, knowledge, "anna", dt.date(2020, 1, 1)) == []
    reports.report(db, "anabin", "veraltet", "alt")
    for text in ("eins", "zwei", "drei"):
        say(db, text)
    sort_in(db)
    labels.give(db, "anna", [key_of("eins")], "richtig", "faq/anabin")
    found = {w.area: w for w in waiting(db, knowledge, "anna", later)}
    assert {area: w.number for area, w in found.items() if area != "ueberfaellig"} == {"meldungen": 1, "posteingang": 2, "uebernehmen": 1}
    assert found["ueberfaellig"].number == len(overdue(knowledge, later)) > 200
    assert [w.urgent for w in waiting(db, knowledge, "anna", later)] == [True, True, False, False]


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_link_leads_where_the_role_may_go(client: TestClient, sign_in, db, role: str) -> None:
    reports.report(db, "anabin", "veraltet", "alt")
    say(db, "eine Frage")
    sign_in(role)
    page = client.get("/team/").text
    assert "1</span> <span>Frage im Posteingang" in page and "antwortet gerade nicht" in page
    links = set(re.findall(r'href="(/team/[^"#?]*)"', page))
    assert {"/team/posteingang", "/team/meldungen", "/team/modelle"} <= links
    for link in links:
        assert roles.may(role, TABLE[(link, "GET")]) and client.get(link).status_code == 200, link


def test_due_contents_link_to_their_pages(client: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    assert client.get("/team/faellig").status_code == 200

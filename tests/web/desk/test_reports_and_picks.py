"""What readers send: reports, and which result they opened; both without a name."""

from __future__ import annotations

from starlette.testclient import TestClient

from bot.store import picks, reports

PAGE = "/faq/anabin"


def send(client: TestClient, hidden_field, headers: dict[str, str] | None = None, **fields: str):
    """Sends the form of the page as a browser does."""
    form = {"schutz": hidden_field(client.get(PAGE).text, "schutz"), "grund": "veraltet", "text": ""} | fields
    return client.post(PAGE, data=form, headers={"sec-fetch-site": "same-origin"} | (headers or {}))


def test_report_lands_masked_in_the_inbox(client: TestClient, hidden_field) -> None:
    answer = send(client, hidden_field, text="Der Link ist tot. Rückfragen an maria@beispiel.example")
    assert answer.status_code == 303 and answer.headers["location"] == f"{PAGE}?gemeldet=1#melden"
    assert "Danke für Ihre Meldung" in client.get(answer.headers["location"]).text
    (row,) = reports.waiting(client.app.state.database)
    assert (row.faq, row.reason, row.state, row.page) == ("anabin", "veraltet", "neu", PAGE)
    assert "maria@" not in row.text and "<E-MAIL>" in row.text


def test_report_needs_our_own_page(client: TestClient, hidden_field) -> None:
    assert send(client, hidden_field, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert send(client, hidden_field, schutz="gefälscht").status_code == 403
    other = hidden_field(client.get("/faq/blaue-karte").text, "schutz")
    assert send(client, hidden_field, schutz=other).status_code == 403
    assert reports.waiting(client.app.state.database) == []


def test_report_without_a_reason_keeps_what_was_written(client: TestClient, hidden_field) -> None:
    answer = send(client, hidden_field, grund="", text="Mein Hinweis")
    assert answer.status_code == 400 and "Bitte wählen Sie aus, was nicht stimmt." in answer.text and "Mein Hinweis</textarea>" in answer.text
    assert send(client, hidden_field, text="x" * 1001).status_code == 400


def test_reports_are_limited_per_address(client: TestClient, hidden_field) -> None:
    statuses = [send(client, hidden_field).status_code for _ in range(7)]
    assert statuses == [303] * 5 + [429] * 2 and len(reports.waiting(client.app.state.database)) == 5


def test_report_on_an_unknown_answer_is_missing(client: TestClient) -> None:
    assert client.post("/faq/gibts-nicht", data={"grund": "veraltet"}).status_code == 404


def test_opened_result_is_noted_masked(client: TestClient) -> None:
    client.get(PAGE, params={"q": "maria@beispiel.example anabin", "rang": "2"}, headers={"sec-fetch-site": "same-origin"})
    (row,) = picks.recent(client.app.state.database)
    assert (row.faq, row.rank) == ("anabin", 2) and "maria@" not in row.query and "anabin" in row.query


def test_only_clicks_on_our_list_are_noted(client: TestClient) -> None:
    for params, headers in (({"q": "x", "rang": "1"}, {"sec-fetch-site": "cross-site"}), ({"q": "x", "rang": "1"}, {}), ({"q": "x"}, {"sec-fetch-site": "same-origin"}),
                            ({"q": "x", "rang": "99"}, {"sec-fetch-site": "same-origin"}), ({"q": "x", "rang": "1"}, {"sec-fetch-site": "same-origin", "sec-purpose": "prefetch"})):
        assert client.get(PAGE, params=params, headers=headers).status_code == 200
    assert picks.recent(client.app.state.database) == []


def opened(client: TestClient, faq: str, *queries: str) -> None:
    for query in queries:
        picks.pick(client.app.state.database, query, faq, 1)


def test_often_opened_answers_are_listed_from_five_openings_on(client: TestClient) -> None:
    opened(client, "anabin", *"abcde")
    opened(client, "blaue-karte", *"abcd")
    opened(client, "gibts-nicht-mehr", *"abcdef")
    page = client.get("/faq").text
    often = page.split("Häufig nachgeschlagen", 1)[1].split("Zuletzt geändert", 1)[0]
    assert "/faq/anabin" in often and "/faq/blaue-karte" not in often and "gibts-nicht-mehr" not in often
    assert "Häufig nachgeschlagen" not in client.get("/faq", params={"q": "anabin"}).text


def test_the_same_search_makes_no_answer_popular(client: TestClient) -> None:
    opened(client, "anabin", *["Anabin", "anabin"] * 5)
    assert "Häufig nachgeschlagen" not in client.get("/faq").text


def test_list_of_answers_is_served_while_the_database_is_away(settings) -> None:
    from dataclasses import replace

    from bot.web.app import create_app

    app = create_app(replace(settings, database_url="sqlite:////proc/nirgends/lotse.db"))
    page = TestClient(app, base_url="https://lotse.example", raise_server_exceptions=False).get("/faq")
    assert page.status_code == 200 and "Themen" in page.text and "Häufig nachgeschlagen" not in page.text


def test_answers_are_served_while_the_database_is_away(settings) -> None:
    from dataclasses import replace

    from bot.web.app import create_app

    app = create_app(replace(settings, database_url="sqlite:////proc/nirgends/lotse.db"))
    visitor = TestClient(app, base_url="https://lotse.example", raise_server_exceptions=False)
    page = visitor.get(PAGE, params={"q": "x", "rang": "1"}, headers={"sec-fetch-site": "same-origin"})
    assert page.status_code == 200
    form = {"schutz": page.text.split('name="schutz" value="', 1)[1].split('"', 1)[0], "grund": "falsch", "text": "Bitte merken"}
    answer = visitor.post(PAGE, data=form)
    assert answer.status_code == 503 and "konnte gerade nicht gespeichert werden" in answer.text and "Bitte merken" in answer.text

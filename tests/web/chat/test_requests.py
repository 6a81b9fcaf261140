"""What a message must look like. Nothing here reaches Rasa: there is none."""

from __future__ import annotations

from typing import Any, Callable

import pytest

from tests.web.chat.visitor import API, Visitor, new_id

JSON = {"Content-Type": "application/json"}


def art(visitor: Visitor, **fields: Any) -> tuple[int, str]:
    answer = visitor.post("message", **fields)
    return answer.status_code, answer.json()["art"]


@pytest.mark.parametrize("id", [None, 5, True, [], {}, "", "1" * 31, "1" * 33, "A" * 32, "g" * 32, "1" * 31 + "\n", "1" * 31 + "\u0660", "../" * 10])
def test_id_must_be_32_hex_digits(visitor: Visitor, id: Any) -> None:
    assert art(visitor, id=id, text="hallo") == (400, "format")


@pytest.mark.parametrize("fields", [{}, {"text": "a", "knopf": "b"}, {"text": None}, {"text": 5}, {"text": ["a"]}, {"text": {"a": 1}}, {"knopf": None}, {"knopf": 5}, {"knopf": []}, {"message": "a"}])
def test_either_a_text_or_a_button(visitor: Visitor, fields: dict[str, Any]) -> None:
    assert art(visitor, id=new_id(), **fields) == (400, "format")


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\ufeff\u2060", "/", "／／", " / ", "\u202e", "\U000e0041", "\u0000"])
def test_text_without_content_is_told(visitor: Visitor, text: str) -> None:
    assert art(visitor, id=new_id(), text=text) == (400, "leer")


@pytest.mark.parametrize(("text", "expected"), [("x" * 1001, (400, "zu_lang")), ("🙂" * 1001, (400, "zu_lang")), ("x" * 1000, (503, "keine_antwort")), ("\u200b" * 500 + "x" * 1000, (503, "keine_antwort"))])
def test_a_thousand_characters_are_the_limit(visitor: Visitor, text: str, expected: tuple[int, str]) -> None:
    answer = visitor.client.post(f"{API}/message", content=f'{{"id": "{new_id()}", "text": "{text}"}}'.encode(), headers=JSON)
    assert (answer.status_code, answer.json()["art"]) == expected


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\ud800", "\u0000", "." * 100, "ä" * 50, "x" * 6000])
def test_button_that_is_not_ours(visitor: Visitor, token: str) -> None:
    assert art(visitor, id=new_id(), knopf=token) == (400, "knopf_abgelaufen")


def test_button_of_another_conversation(site: Callable[..., Any]) -> None:
    first, second = Visitor(site()), Visitor(site())
    token = first.start()["begruessung"][0]["knoepfe"][0]["token"]
    second.start()
    assert art(second, id=new_id(), knopf=token) == (400, "knopf_abgelaufen")
    assert art(first, id=new_id(), knopf=token) == (503, "keine_antwort")


@pytest.mark.parametrize("body", [b"", b"null", b"5", b'"a"', b"[]", b"{", b"{]", b"\xff\xfe", b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b"[" * 8000, b'{"a":' * 1500, b'{"id": ' + b"9" * 7000 + b"}", b"id=1", "{\"id\": \"ä\"}".encode("latin-1")])
def test_body_must_be_a_json_object(visitor: Visitor, body: bytes) -> None:
    answer = visitor.client.post(f"{API}/message", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["art"]) == (400, "format")


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "application/jsonp"}, {"Content-Type": "multipart/form-data; boundary=x"}, {**JSON, "Content-Encoding": "gzip"}])
def test_only_json_comes_in(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = visitor.client.post(f"{API}/message", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["art"]) == (415, "typ")


@pytest.mark.parametrize("chunked", [False, True])
def test_eight_kib_are_the_limit(visitor: Visitor, chunked: bool) -> None:
    body = b'{"text": "' + b"x" * 9000 + b'"}'
    answer = visitor.client.post(f"{API}/message", content=iter([body[:5000], body[5000:]]) if chunked else body, headers=JSON)
    assert (answer.status_code, answer.json()["art"]) == (413, "zu_gross")


@pytest.mark.parametrize("sprache", [None, 5, [], "xx", "de\u0000", "DE", "uk; rm", "x" * 500])
def test_unknown_language_is_left_out(visitor: Visitor, sprache: Any) -> None:
    answer = visitor.post("message", id=new_id(), text="/", sprache=sprache)
    assert answer.json()["art"] == "leer" and "uebersetzung" not in answer.json()


@pytest.mark.parametrize("seite", [None, 5, "ohne-schraegstrich", "/a?b=c", "/x" * 200, "/\u0000", "/ä", "javascript:alert(1)"])
def test_page_is_a_plain_path_or_left_out(client: Any, rows: Callable[[], list[Any]], seite: Any) -> None:
    visitor = Visitor(client)
    visitor.start(seite=seite)
    visitor.send("hallo")
    assert [row.page for row in rows()] == [None]


def test_only_language_and_page_are_kept_besides_the_text(client: Any, rows: Callable[[], list[Any]]) -> None:
    visitor = Visitor(client)
    visitor.start(seite="/faq/kosten-ueberblick", name="geheimeswort")
    visitor.send("hallo", sprache="uk", metadata={"a": "geheimeswort"}, sender="geheimeswort")
    (row,) = rows()
    assert (row.page, row.language, row.source) == ("/faq/kosten-ueberblick", "uk", "text")
    assert "geheimeswort" not in str(dict(row))


@pytest.mark.parametrize("fields", [{}, {"id": 5, "grund": "hilft"}, {"id": "0" * 32, "grund": "toll"}, {"id": "0" * 32, "grund": []}, {"id": "0" * 32, "grund": "hilft", "text": 5}])
def test_feedback_is_checked(visitor: Visitor, fields: dict[str, Any]) -> None:
    assert visitor.post("feedback", **fields).json()["art"] == "format"


def test_feedback_on_a_message_that_is_not_there(visitor: Visitor) -> None:
    assert visitor.post("feedback", id="0" * 32, grund="hilft").status_code == 404

"""Hostile requests, made from a seed: JSON structure, text, injection, ids and cookies. Each is (method, path, headers, body)."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any, Iterator

from itsdangerous import URLSafeTimedSerializer

from tests.web.chat.visitor import API, JSON, new_id

OLD_SECRET = "z" * 64
ABSENT = object()
RAW = ["null", "0", "-1", "1e400", "NaN", "-Infinity", "true", "[]", "{}", '""', '" "', "[[[]]]", '{"a": {"b": 1}}', '["x"]', "9" * 400, "0.1", '"\\ud800"', '"\\u0000"', "[" * 900 + "]" * 900, '{"a":' * 200 + "1" + "}" * 200]
FIELDS = {"message": ("id", "text", "knopf", "sprache", "seite", "metadata", "sender"), "start": ("sprache", "seite", "neu"), "feedback": ("id", "grund", "text")}
ALPHABETS = ["abc äöüß", "مرحبا بالعالم", "سلام دنیا", "ሰላም ዓለም", "Привіт світе", "Xin chào thế giới", "こんにちは", "שלום עולם", "👨‍👩‍👧‍👦🏳️‍🌈", "a\u0301\u0302\u0303", "\u200b\u200c\u200d\u2060\ufeff", "\u202a\u202e\u2066\u2069\u200f", "\U000e0041\U000e007f", "\u2028\u2029\u0085",
             "\x00\x01\x1b\x7f", "\ud800\udfff", "\ufffe\uffff\U0010ffff", "0123456789", "§€„“–…", "\t\n\r "]
PHRASES = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "[x](javascript:alert(1))", "![a](https://x.example/a.png)", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "' OR 1=1 --", "; DROP TABLE journal;", "${HOME}", "{slot}", "{hotline}", "{{7*7}}",
           "{% raw %}", "&a [*a]", "!!python/object:os.system", "\n2026-11-25 ERROR gefälscht", "\r\nSet-Cookie: a=b", "/restart", '/faq{"ort": "x"}', "／neustart", "\u200b/back", "EXTERNAL: x", "../../etc/passwd", "%00", "%2e%2e%2f", "\\x00", "NULL", "undefined", "None", "NaN", "event: antwort\ndata: {}\n\n"]


@dataclass(frozen=True)
class Hostile:
    """One request; `part` names what it tries."""

    part: str
    path: str
    body: bytes
    headers: dict[str, str]
    method: str = "POST"


def structure(rng: random.Random) -> Iterator[Hostile]:
    """Yields every field with every kind of value, alone and two at once, double keys, wrong types of content, other encodings."""
    for path, fields in FIELDS.items():
        for field in fields:
            for value in RAW:
                yield Hostile("json", path, _object({**_good(path), field: value}), JSON)
        for field in _good(path):
            yield Hostile("json", path, _object({**_good(path), field: ABSENT}), JSON)
        for _ in range(120):
            chosen = rng.sample(fields, 2)
            yield Hostile("json", path, _object({**_good(path), **{field: rng.choice(RAW) for field in chosen}}), JSON)
        good = _object(_good(path))
        for body in (b"", good + good, good[:-1], good[1:], b"\xef\xbb\xbf" + good, good.decode().encode("utf-16"), good.decode().encode("utf-32"), b"\xff" + good, good.replace(b"{", b'{"id": 1, "text": 2, ', 1), b"[" + good + b"]", b"[" * 8000, b"x" * 9000, b"\x1f\x8b" + good, b"\x00" * 50, b'"' * 50):
            for headers in (JSON, {"Content-Type": "application/json; charset=latin-1"}, {"Content-Type": "text/plain"}, {}, {**JSON, "Content-Encoding": "deflate"}, {"Content-Type": "multipart/form-data"}, {"Content-Type": "application/json" * 50}):
                yield Hostile("json", path, body, headers)


def texts(rng: random.Random) -> Iterator[Hostile]:
    """Yields messages in all scripts and lengths, with characters that nobody types."""
    for alphabet in ALPHABETS:
        for length in (1, 2, 20, 500, 999, 1000, 1001, 2500):
            yield _message("text", "".join(rng.choice(alphabet) for _ in range(length)))
    while True:
        pieces = ["".join(rng.choice(rng.choice(ALPHABETS)) for _ in range(rng.randint(0, 40))) for _ in range(rng.randint(1, 5))]
        yield _message("text", rng.choice(["", " ", "\u200b", "/"]).join(pieces), sprache=rng.choice(["de", "uk", "ar", "xx", None]))


def injections(rng: random.Random) -> Iterator[Hostile]:
    """Yields phrases that do something elsewhere, as text, button, page, language and opinion."""
    while True:
        phrase = rng.choice(["", "Was kostet ", "\u202e"]) + rng.choice(PHRASES) + rng.choice(["", " das?", rng.choice(PHRASES)])
        kind = rng.randrange(6)
        if kind < 3:
            yield _message("injection", phrase)
        elif kind == 3:
            yield Hostile("injection", "message", _json({"id": new_id(), "knopf": phrase}), JSON)
        elif kind == 4:
            yield Hostile("injection", "start", _json({"seite": phrase, "sprache": phrase, "neu": phrase}), {**JSON, "X-Lotse-Embed": _ascii(phrase)})
        else:
            yield Hostile("injection", "feedback", _json({"id": new_id(), "grund": rng.choice(["hilft", phrase]), "text": phrase}), JSON)


def identities(rng: random.Random, good: str, secret: str) -> Iterator[Hostile]:
    """Yields cookies and tokens that are cut, changed, swapped, signed with an old key, huge or no text at all."""
    kinds = [URLSafeTimedSerializer(key, salt=salt) for key in (secret, OLD_SECRET) for salt in ("chat-cookie", "chat-token", "chat-knopf", "formular", "itsdangerous")]
    contents: list[Any] = ["x", 5, None, [], ["a"], ["0" * 32], ["0" * 32, None], ["0" * 31 + "\n", ""], ["A" * 32, ""], [["0" * 32], ""], {"0": 1}, ["0" * 32, "", ""], ["\u0000" * 32, ""], [True, False]]
    while True:
        place, kind = rng.randrange(len(good)), rng.randrange(6)
        if kind < 2:
            forged = good[:place] + (rng.choice("AZaz09-_.=") + good[place + 1:] if kind else "")
        elif kind == 2:
            forged = str(rng.choice(kinds).dumps(rng.choice(contents)))
        elif kind == 3:
            forged = "." * rng.randint(1, 50)
        else:
            forged = "a" * rng.choice([1, 100, 4000, 8000]) if kind == 4 else _ascii(rng.choice(PHRASES)) + good
        headers = rng.choice([{"Cookie": f"lotse={forged}"}, {"Cookie": f"lotse={forged}; lotse=x; a"}, {"Authorization": f"Bearer {forged}"}, {"Authorization": forged}, {"Cookie": forged}, {"Authorization": f"Basic {forged}", "Cookie": f"lotse={good}"}])
        name = rng.choice(["message", "history", "feedback", "delete"])
        yield Hostile("ids", name, _json({"id": new_id(), "text": "Danke", "grund": "hilft"}) if name != "history" else b"", {**JSON, **headers}, "GET" if name == "history" else "POST")


def _good(path: str) -> dict[str, Any]:
    return {"message": {"id": json.dumps(new_id()), "text": '"Danke"'}, "start": {"sprache": '"de"', "seite": '"/chat"'}, "feedback": {"id": json.dumps(new_id()), "grund": '"hilft"'}}[path]


def _object(fields: dict[str, Any]) -> bytes:
    """Returns a JSON object whose values are given as JSON."""
    return ("{" + ", ".join(f'"{key}": {value}' for key, value in fields.items() if value is not ABSENT) + "}").encode()


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _message(part: str, text: str, **more: Any) -> Hostile:
    escaped = json.dumps({"id": new_id(), "text": text, **more})
    try:
        plain = json.dumps({"id": new_id(), "text": text, **more}, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # lone surrogates exist only as escapes
        plain = escaped.encode()
    return Hostile(part, "message", plain, JSON)


def _ascii(text: str) -> str:
    """Returns a header value that HTTP can carry."""
    return "".join(c for c in text if " " <= c <= "~").strip() or "x"


def url(hostile: Hostile) -> str:
    """Returns the path of a request."""
    return f"{API}/{hostile.path}"

"""Reads the editor's pages as a browser does: fields of a form, and sending it again."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._area: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            self.forms.append([])
        elif not self.forms:
            return
        elif tag == "input" and a.get("name") and a.get("type") not in ("checkbox", "radio", "file"):
            self.forms[-1].append((str(a["name"]), a.get("value") or ""))
        elif tag == "input" and a.get("type") in ("checkbox", "radio") and "checked" in a:
            self.forms[-1].append((str(a["name"]), a.get("value") or "on"))
        elif tag == "textarea" and a.get("name"):
            self._area = (str(a["name"]), [])
        elif tag == "select":
            self._select = str(a.get("name"))
        elif tag == "option" and self._select and "selected" in a:
            self.forms[-1].append((self._select, a.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)


def forms(html: str) -> list[list[tuple[str, str]]]:
    """Returns the fields of every form on a page, as a browser would send them."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def form_with(html: str, name: str, value: str = "") -> list[tuple[str, str]]:
    """Returns the first form that has a field (with this value)."""
    return next(f for f in forms(html) if any(key == name and value in ("", v) for key, v in f))


def post(client: TestClient, pairs: list[tuple[str, str]], address: str = "/team/aendern", **more: Any):
    """Posts a form; `more` sets or adds fields, a list sends a name several times."""
    kept = [(k, v) for k, v in pairs if k not in more]
    kept += [(k, str(v)) for k, values in more.items() for v in (values if isinstance(values, list) else [values])]
    data: dict[str, list[str]] = {}
    for key, value in kept:
        data.setdefault(key, []).append(value)
    return client.post(address, data=data)


def take_over(client: TestClient, preview: Any):
    """Presses „Übernehmen“ or „Vorschlagen“ on a preview."""
    assert preview.status_code == 200, preview.text
    return post(client, form_with(preview.text, "schluessel"), schritt="uebernehmen")

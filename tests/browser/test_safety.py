"""Text stays text: 30 injections, typed by the person and sent by the server, run nothing and make no link outside the allow-list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.slow
INJECTIONS = [
    "<script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>", "<svg><script>window.hit=1</script></svg>", "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<iframe src=javascript:parent.hit=1>", "<body onload=window.hit=1>", "<details open ontoggle=window.hit=1>", "<input autofocus onfocus=window.hit=1>", "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
    "<a href=javascript:window.hit=1>klick</a>", "[klick](javascript:window.hit=1)", "[klick](JaVaScRiPt:window.hit=1)", "[klick](\tjavascript:window.hit=1)", "[klick](data:text/html,<script>window.hit=1</script>)",
    "[klick](vbscript:msgbox)", "[klick](file:///etc/passwd)", "[klick](blob:https://x/1)", "[klick](//evil.example/)", "[klick](https://ok.example\" onclick=\"window.hit=1)", "[**<img src=x onerror=window.hit=1>**](https://ok.example)",
    "**<b onmouseover=window.hit=1>fett</b>**", "javascript:window.hit=1", "javascript://www.evil.de/%0Awindow.hit=1", "data:text/html;base64,PHNjcmlwdD4=", "https://ok.example/\"onmouseover=window.hit=1",
    "- <img src=x onerror=window.hit=1>\n- [x](javascript:window.hit=1)", "1. **<img src=x onerror=window.hit=1>**", "\u202e<script>window.hit=1</script>", "{{constructor.constructor('window.hit=1')()}}${window.hit=1}",
]
ALLOWED = ("http://", "https://", "mailto:", "tel:", "geo:")
HARMED = """() => { const root = document.querySelector('anerkennungslotse-chat').shadowRoot; return { hit: window.hit || null,
  elements: [...root.querySelectorAll('.verlauf script, .verlauf iframe, .verlauf svg script, .verlauf object, .verlauf embed, .verlauf form, .verlauf input, .verlauf img')].map((one) => one.outerHTML),
  handlers: [...root.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith('on')).map((one) => one.name),
  links: [...root.querySelectorAll('a')].map((one) => one.getAttribute('href')) }; }"""


def check(seen: Any) -> None:
    """Fails when something ran, or stands there that may not."""
    for link in seen.page.locator("article a").all():
        link.dispatch_event("mouseover")
    state = seen.page.evaluate(HARMED)
    assert state["hit"] is None
    assert state["elements"] == []
    assert state["handlers"] == []
    assert [link for link in state["links"] if link != "/" and not link.startswith(ALLOWED)] == []
    assert seen.errors == []


def test_there_are_thirty() -> None:
    assert len(INJECTIONS) == 30


@pytest.mark.parametrize("foreign", [False, True], ids=["chat", "foreign site"])
def test_injections_that_the_server_sends_stay_text(visit: Any, foreign: bool) -> None:
    def answer(route: Route) -> None:
        text = route.request.post_data_json["text"]
        injection = INJECTIONS[int(text)]
        office = {"id": "x", "name": injection, "traeger": injection, "zweck": injection, "warum": injection, "hinweis": injection, "zustaendig": injection, "entfernung": injection, "adresse": injection,
                  "karte": "javascript:window.hit=1", "telefon": injection, "email": injection, "website": "javascript:window.hit=1", "sprechzeiten": injection, "geoeffnet": injection,
                  "sprechtage": [{"ort": injection, "rhythmus": injection}], "mitbringen": [injection], "stand": injection, "aktuell": False, "quellen": ["javascript:window.hit=1"], "unbekannt": ["adresse"]}
        messages: list[dict[str, Any]] = [
            {"text": injection, "knoepfe": [{"titel": injection, "token": injection}], "daten": {"typ": "text"}},
            {"text": f"Kopf\n\n1. **{injection}**", "knoepfe": [], "daten": {"typ": "stellen", "ort": injection, "stellen": [office]}},
            {"text": f"{injection}\n\nQuelle", "knoepfe": [], "daten": {"typ": "faq", "faq": injection, "quellenzeile": "Quelle", "stand": injection, "pruefen_bis": injection, "gilt": injection, "sprache": injection,
                                                                    "absaetze": [injection], "quellen": [{"titel": injection, "url": "javascript:window.hit=1"}], "rechtsgrundlagen": [{"norm": injection, "url": injection}]}},
        ]
        body = "".join(f"event: antwort\ndata: {json.dumps(one)}\n\n" for one in messages) + 'event: ende\ndata: {"id": "x"}\n\n'
        route.fulfill(status=200, content_type="text/event-stream", headers={"Access-Control-Allow-Origin": "*"}, body=body)

    seen = visit(foreign=foreign)
    seen = seen.open() if foreign else seen.ready()
    seen.page.route("**/api/chat/message", answer)
    for number in range(len(INJECTIONS)):
        seen.ask(str(number))
    assert seen.answers.count() == 1 + 3 * len(INJECTIONS)
    check(seen)


def test_injections_that_are_typed_stay_text_also_after_a_reload(visit: Any) -> None:
    seen = visit().ready()
    typed = INJECTIONS[:12]
    for text in typed:
        seen.ask(text)
    check(seen)
    assert [text.strip() for text in seen.page.locator("article.ich .text").all_text_contents()] == typed
    seen.page.reload()
    seen.ready()
    check(seen)


@pytest.mark.parametrize("text", INJECTIONS[12:])
def test_injection_that_is_typed_stays_text(visit: Any, text: str) -> None:
    seen = visit().ready()
    seen.ask(text)
    check(seen)
    assert seen.page.locator("article.ich .text").text_content() == text.strip()

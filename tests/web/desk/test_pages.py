"""Every page of the desk: it is there, small, without inline code, and its links lead somewhere."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
import qrcode
from starlette.testclient import TestClient

from bot.knowledge.base import DATA, Knowledge
from tests.web.desk.conftest import BASE

LISTS = ("/faq", "/faq?q=16d", "/faq?q=geb%C3%BChr", "/faq?q=xqzzvw", "/faq?thema=aufenthaltstitel", "/faq?recht=BQFG", "/faq?gruppe=pflege&q=kosten", "/faq/druck", "/faq/druck?ids=anabin,blaue-karte",
         "/werte", "/berufe", "/berufe?q=elektro", "/stellen", "/stellen?ort=34117", "/stellen?ort=Lautertal", "/stellen?ort=M%C3%BCnchen", "/stellen?ort=Kasel", "/stellen?kreis=Kassel", "/stellen?angebot=aqb",
         "/stellen?ort=Fulda&bedarf=arbeitgeber&beruf=Koch", "/glossar", "/faq/anabin/verlauf")
FAQS = sorted(path.stem for path in (DATA / "faq").glob("*.yml"))
OCCUPATIONS = sorted(path.stem for path in (DATA / "berufe").glob("*.yml"))
OFFICES = sorted(path.stem for path in (DATA / "offices").glob("*.yml"))
EVERY_PAGE = [*LISTS, *(f"/faq/{i}" for i in FAQS), *(f"/berufe/{i}" for i in OCCUPATIONS), *(f"/stellen/{i}" for i in OFFICES)]
LATER = ("/chat",)  # pages of other packages


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_page_is_there_small_and_without_inline_code(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 200 and len(answer.content) <= 60_000
    assert " style=" not in answer.text and " onclick" not in answer.text and "<style" not in answer.text
    assert re.findall(r"<script(?! src=)[^>]*>", answer.text) in ([], ['<script type="application/ld+json">'])
    assert answer.text.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_all_internal_links_lead_somewhere(reader: TestClient) -> None:
    found: dict[str, str] = {}
    for address in EVERY_PAGE:
        for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', reader.get(address).text):
            found.setdefault(unescape(link).split("#")[0], address)
    broken = [(link, page) for link, page in found.items() if not link.startswith(LATER) and reader.get(link).status_code not in (200, 303)]
    assert broken == [] and len(found) > 700


@pytest.mark.parametrize("faq_id", FAQS)
def test_answer_shows_all_that_makes_it_usable(reader: TestClient, knowledge: Knowledge, faq_id: str) -> None:
    faq, text = knowledge.faqs[faq_id], unescape(reader.get(f"/faq/{faq_id}").text)
    assert faq.frage in text and "{werte" not in text
    assert all(n.norm in text and n.url in text for n in faq.rechtsgrundlagen)
    assert all(q.titel in text and q.url in text for q in faq.quellen)
    assert f"{faq.stand:%d.%m.%Y}" in text and "Nächste Prüfung" in text and f"{BASE}/faq/{faq_id}" in text
    assert all(f'href="/faq/{v}"' in text for v in faq.verwandt)


def test_overdue_answer_is_marked(reader: TestClient, knowledge: Knowledge) -> None:
    from bot.web.desk.state import today

    for faq in knowledge.faqs.values():
        assert ("Prüfung überfällig" in reader.get(f"/faq/{faq.id}").text) == faq.is_overdue(today())


def test_unknown_ids_get_a_page_with_a_search(reader: TestClient) -> None:
    for address, field in (("/faq/blaue-katre", 'value="blaue katre"'), ("/berufe/kosmonaut", 'value="kosmonaut"'), ("/stellen/nirgends", 'name="ort"')):
        answer = reader.get(address)
        assert answer.status_code == 404 and field in answer.text
    assert reader.get("/faq/%3Cscript%3E").status_code == 404 and "<script>" not in reader.get("/faq/%3Cscript%3E").text
    assert reader.get("/api/faq/nirgends").json() == {"fehler": "Diese Seite gibt es nicht.", "art": "404"}


def test_json_ld_is_what_the_page_says(reader: TestClient, knowledge: Knowledge) -> None:
    for faq in list(knowledge.faqs.values())[:20]:
        raw = re.search(r'<script type="application/ld\+json">(.*?)</script>', reader.get(f"/faq/{faq.id}").text, re.DOTALL)
        assert raw
        data = json.loads(raw[1])
        assert data["@type"] == "FAQPage" and data["mainEntity"][0]["name"] == faq.frage and "{werte" not in data["mainEntity"][0]["acceptedAnswer"]["text"]


def test_qr_code_draws_the_modules_of_the_stable_link(reader: TestClient) -> None:
    answer = reader.get("/faq/anabin/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml" and "style" not in answer.text and "script" not in answer.text
    svg = ElementTree.fromstring(answer.content)
    size = int(svg.attrib["viewBox"].split()[2])
    drawn = [[False] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg[1].attrib["d"]):
        drawn[int(y)][int(x) : int(x) + int(length)] = [True] * int(length)
    expected = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    expected.add_data(f"{BASE}/faq/anabin")
    assert drawn == expected.get_matrix()
    assert reader.get("/faq/nirgends/qr.svg").status_code == 404


@pytest.mark.parametrize("path", ["/faq/feed.atom", "/faq/feed.atom?thema=kosten"])
def test_feed_is_valid_atom(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(answer.content)
    assert all(feed.find(f"a:{name}", atom) is not None for name in ("title", "id", "updated", "author"))
    entries = feed.findall("a:entry", atom)
    assert entries and all(entry.find(f"a:{name}", atom) is not None for entry in entries for name in ("title", "id", "updated", "link", "summary"))
    ids = [entry.findtext("a:id", "", atom) for entry in entries]
    assert len(ids) == len(set(ids))
    times = [entry.findtext("a:updated", "", atom) for entry in entries]
    assert times == sorted(times, reverse=True)


def test_feed_of_an_unknown_topic_is_missing(reader: TestClient) -> None:
    assert reader.get("/faq/feed.atom?thema=wetter").status_code == 404


def test_sitemap_names_every_answer(reader: TestClient) -> None:
    tree = ElementTree.fromstring(reader.get("/sitemap.xml").content)
    found = {loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {f"{BASE}/faq/{i}" for i in FAQS} <= found and f"{BASE}/werte" in found
    assert "Sitemap: https://lotse.example/sitemap.xml" in reader.get("/robots.txt").text

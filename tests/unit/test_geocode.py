"""Coordinates from a Nominatim service: a small server on loopback speaks its API, with every fault we have to expect."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from bot import geocode
from bot.geocode import GeocodeError, Geocoder
from bot.knowledge.base import Knowledge
from bot.knowledge.offices import Office
from tests.unit.test_imports import FILES, imports, module

HIT = {"place_rank": 30, "lat": "51.3127112", "lon": "9.4797461", "address": {"postcode": "34117"}, "licence": "Data © OpenStreetMap contributors"}
# Street → status and body of the answer; any other street is found.
ANSWERS: dict[str, tuple[int, Any]] = {
    "Nirgends 1": (200, []),
    "Nur der Ort 1": (200, [{**HIT, "place_rank": 16}]),
    "Andere PLZ 1": (200, [{**HIT, "address": {"postcode": "99084"}}]),
    "Ausland 1": (200, [{**HIT, "lat": "8.1"}]),
    "Zu oft 1": (429, {"error": "Too many requests"}),
    "Gesperrt 1": (403, {"error": "Access blocked"}),
    "Umzug 1": (301, {}),
    "Kaputt 1": (200, "[{"),
    "Webseite 1": (200, "<html>Willkommen</html>"),
    "Fehlertext 1": (200, {"error": "Unable to geocode"}),
    "Ohne Punkt 1": (200, [{"place_rank": 30, "address": {"postcode": "34117"}}]),
    "Wort 1": (200, [{**HIT, "lat": "nan"}]),
}


class Nominatim(BaseHTTPRequestHandler):
    """Answers /search as Nominatim does and remembers what was asked."""

    def do_GET(self) -> None:
        asked: list[tuple[float, dict[str, str], str]] = self.server.asked  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked.append((time.monotonic(), query, self.headers["User-Agent"]))
        if query.get("street") == "Langsam 1":
            self.server.closing.wait(5)  # type: ignore[attr-defined]
        status, body = ANSWERS.get(query.get("street", ""), (200, [HIT])) if parts.path == "/search" else (404, {})
        self.send_response(status)
        self.end_headers()
        self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

    def log_message(self, *_: Any) -> None:
        """Keeps the test output clean."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A running service; `asked` holds time, query and user agent of every request."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Nominatim)
    running.asked, running.closing = [], threading.Event()  # type: ignore[attr-defined]
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("LOTSE_NOMINATIM_URL", f"http://127.0.0.1:{running.server_port}/")
    monkeypatch.setenv("LOTSE_KONTAKT", "technik@beispiel.example")
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.closing.set()  # type: ignore[attr-defined]
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def geocoder(server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Geocoder:
    monkeypatch.setattr(geocode, "CACHE", tmp_path / "cache" / "geocode.json")
    return Geocoder.from_environment()


@pytest.fixture
def office(knowledge: Knowledge) -> Office:
    return replace(knowledge.offices["zab"], strasse="Musterstraße 1", plz="34117", ort="Kassel")


def test_address_is_sent_and_its_point_returned(geocoder: Geocoder, server, office: Office) -> None:
    assert geocoder.find(office) == (51.31271, 9.47975)
    [(_, query, agent)] = server.asked
    assert query == {"street": "Musterstraße 1", "postalcode": "34117", "city": "Kassel", "countrycodes": "de", "format": "jsonv2", "addressdetails": "1", "limit": "1"}
    assert agent == "anerkennungslotse (technik@beispiel.example)"


@pytest.mark.parametrize("street", ["Nirgends 1", "Nur der Ort 1", "Andere PLZ 1", "Ausland 1", "Wort 1"])
def test_address_that_is_not_known_exactly_has_no_point(geocoder: Geocoder, office: Office, street: str) -> None:
    assert geocoder.find(replace(office, strasse=street)) is None


@pytest.mark.parametrize(("street", "message"), [
    ("Zu oft 1", "429"), ("Gesperrt 1", "Status 403"), ("Umzug 1", "Status 301"), ("Kaputt 1", "nicht mit JSON"), ("Webseite 1", "nicht mit JSON"), ("Fehlertext 1", "anders als Nominatim"),
    ("Ohne Punkt 1", "anders als Nominatim"),
])
def test_fault_of_the_service_is_named(geocoder: Geocoder, office: Office, street: str, message: str) -> None:
    with pytest.raises(GeocodeError, match=message):
        geocoder.find(replace(office, strasse=street))


def test_silent_service_is_given_up_after_the_time_limit(geocoder: Geocoder, server, office: Office, tmp_path: Path) -> None:
    impatient = Geocoder(f"http://127.0.0.1:{server.server_port}", "technik@beispiel.example", tmp_path / "c.json", timeout=0.2)
    with pytest.raises(GeocodeError, match="in 0.2 Sekunden nicht geantwortet"):
        impatient.find(replace(office, strasse="Langsam 1"))


def test_service_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, office: Office) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(GeocodeError, match="127.0.0.1 ist nicht erreichbar"):
        Geocoder("http://127.0.0.1:9", "technik@beispiel.example", tmp_path / "c.json").find(office)


def test_at_most_one_request_in_a_second(geocoder: Geocoder, server, office: Office) -> None:
    geocoder.find(office)
    geocoder.find(replace(office, strasse="Musterstraße 2"))
    (first, *_), (second, *_) = server.asked
    assert second - first >= 1.0


def test_known_address_is_not_asked_again(geocoder: Geocoder, server, office: Office) -> None:
    point = geocoder.find(office)
    assert Geocoder.from_environment().find(office) == point
    assert len(server.asked) == 1


def test_damaged_memory_counts_as_empty(geocoder: Geocoder, server, office: Office) -> None:
    geocode.CACHE.parent.mkdir()
    geocode.CACHE.write_text('{"a": 5}', encoding="utf-8")
    assert Geocoder.from_environment().find(office) == (51.31271, 9.47975)


@pytest.mark.parametrize(("name", "value"), [
    ("LOTSE_KONTAKT", ""), ("LOTSE_KONTAKT", "wir"), ("LOTSE_KONTAKT", "a@b.de\r\nX: y"), ("LOTSE_NOMINATIM_URL", ""), ("LOTSE_NOMINATIM_URL", "nominatim"),
    ("LOTSE_NOMINATIM_URL", "https://name:wort@dienst.example"), ("LOTSE_NOMINATIM_URL", "file:///etc/passwd"),
])
def test_settings_are_required(server, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(GeocodeError, match=name):
        Geocoder.from_environment()


def test_import_asks_nobody_without_the_switch(run_offices, geocoder: Geocoder, server, write) -> None:
    run_offices("import", str(write("neu.csv", "kennung;strasse\nnord;Neue Straße 1\n")), "--yes")
    assert server.asked == []


def test_import_writes_the_point_and_names_the_source(run_offices, geocoder: Geocoder, office_data: Path, write) -> None:
    code, out, _ = run_offices("import", str(write("neu.csv", "kennung;strasse\nnord;Neue Straße 1\n")), "--yes", "--geocode")
    assert (code, "© OpenStreetMap contributors" in out) == (0, True)
    assert "lat: 51.31271\nlon: 9.47975\nlage: adresse\n" in (office_data / "offices" / "nord.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("cells", ["kennung;strasse;lat;lon\nnord;Neue Straße 1;51.3;9.4\n", "kennung;strasse\nnord;\n", "kennung;plz\nnord;3411\n"], ids=["given", "no-street", "faulty"])
def test_import_asks_only_for_whole_addresses_without_a_point_in_good_tables(run_offices, geocoder: Geocoder, server, write, cells: str) -> None:
    run_offices("import", str(write("neu.csv", cells)), "--geocode", "--yes")
    assert server.asked == []


@pytest.mark.parametrize(("street", "expected", "message"), [("Nirgends 1", 2, "neu.csv:2: Feld „strasse“: OpenStreetMap kennt"), ("Zu oft 1", 3, "429")])
def test_import_changes_nothing_when_an_address_is_not_answered(run_offices, geocoder: Geocoder, office_data: Path, write, street: str, expected: int, message: str) -> None:
    before = (office_data / "offices" / "nord.yml").read_bytes()
    code, _, err = run_offices("import", str(write("neu.csv", f"kennung;strasse;telefon\nnord;{street};+49 561 000-0\n")), "--geocode", "--yes")
    assert (code, message in err) == (expected, True)
    assert (office_data / "offices" / "nord.yml").read_bytes() == before


def test_only_the_import_of_tables_can_ask_the_service() -> None:
    assert [module(path) for path in FILES if any(name.startswith("bot.geocode") for name in imports(path))] == ["bot.commands.office_import"]

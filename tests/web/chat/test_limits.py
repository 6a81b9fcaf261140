"""How often somebody may write, and that addresses are not kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.chat.limits import MOST_KEYS, PER_ADDRESS, PER_CONVERSATION, DailyHash, Rate, per_address
from tests.web.chat.visitor import API, Visitor, new_id


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 5))
def test_never_more_than_the_limit_in_any_minute(pauses: list[float], limit: int) -> None:
    clock, allowed = Clock(), []
    rate = Rate(limit, clock)
    for pause in pauses:
        clock.time += pause
        if rate.allows("a"):
            allowed.append(clock.time)
    assert all(later - earlier >= 60 for earlier, later in zip(allowed, allowed[limit:]))


def test_refused_ones_do_not_count_and_others_are_not_touched() -> None:
    clock = Clock()
    rate = Rate(2, clock)
    assert [rate.allows("a") for _ in range(5)] == [True, True, False, False, False]
    assert rate.allows("b")
    clock.time = 60.1
    assert rate.allows("a")


def test_memory_stays_small_under_a_flood_of_addresses() -> None:
    clock = Clock()
    rate = Rate(1, clock)
    for number in range(MOST_KEYS + 500):
        rate.allows(str(number))
    assert len(rate._seen) <= MOST_KEYS + 1
    clock.time = 61
    rate.allows("a")
    assert len(rate._seen) == 1


def test_address_is_hashed_with_a_salt_of_the_day() -> None:
    days = [dt.date(2026, 11, 25)]
    names = DailyHash(lambda: days[0])
    today = names.of_address("192.0.2.7")
    assert today == names.of_address("192.0.2.7") != names.of_address("192.0.2.8")
    assert today != DailyHash(lambda: days[0]).of_address("192.0.2.7")
    days[0] = dt.date(2026, 11, 26)
    assert today != names.of_address("192.0.2.7")
    assert "192" not in today and len(today) == 16


@pytest.mark.parametrize(("first", "second", "same"), [("2001:db8::1", "2001:db8::ffff", True), ("2001:db8::1", "2001:db8:0:1::1", False), ("testclient", "testclient", True), ("", "\ud800", False)])
def test_one_ipv6_connection_counts_once(first: str, second: str, same: bool) -> None:
    names = DailyHash()
    assert (names.of_address(first) == names.of_address(second)) is same


@pytest.mark.parametrize(("value", "expected"), [("", 60), ("200", 200), ("0", 60), ("-5", 60), ("viel", 60), ("²", 60)])
def test_setting_for_offices_that_share_an_address(value: str, expected: int) -> None:
    assert per_address({"LOTSE_PRO_ADRESSE": value}) == expected


def test_sixty_requests_a_minute_from_one_address(site: Callable[..., Any]) -> None:
    client = site(per_address=PER_ADDRESS)
    statuses = [client.post(f"{API}/start", json={}).status_code for _ in range(PER_ADDRESS + 3)]
    assert statuses == [200] * PER_ADDRESS + [429] * 3
    refused = client.post(f"{API}/start", json={})
    assert refused.json()["art"] == "zu_schnell" and int(refused.headers["retry-after"]) > 0
    assert client.get(f"{API}/state").status_code == 200


def test_twenty_messages_a_minute_in_one_conversation(site: Callable[..., Any], counting: tuple[str, list[str]]) -> None:
    visitor = Visitor(site(counting[0]))
    visitor.start()
    statuses = [visitor.post("message", id=new_id(), text="hallo").json()["art"] for _ in range(PER_CONVERSATION + 2)]
    assert statuses == ["keine_antwort"] * PER_CONVERSATION + ["zu_schnell"] * 2
    assert len(counting[1]) == PER_CONVERSATION

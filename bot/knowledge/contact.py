"""The nationwide contacts that every fallback names, taken from `data/offices/`."""

from __future__ import annotations

from bot.knowledge.offices import Office, german_partial

HOTLINE = "hotline-alid"


def hotline_text(offices: dict[str, Office]) -> str:
    """Returns the hotline's number with its date, or its website when no number is known."""
    office = offices.get(HOTLINE)
    if office is None:
        return "www.make-it-in-germany.com"
    contact = office.telefon or office.website or "www.make-it-in-germany.com"
    return f"{contact} (Stand {german_partial(office.stand)})" if office.stand else contact

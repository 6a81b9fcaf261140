"""Jinja templates with what every page needs: interface strings, language, versioned assets, dates and safe Markdown.

`page(request, "recht/impressum.html", …)` renders a template; undefined names are errors, everything is escaped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.knowledge.offices import german_partial
from bot.knowledge.opening_hours import BERLIN
from bot.knowledge.sprachen import GERMAN

HERE = Path(__file__).parent
STATIC = HERE / "static"
SCHEMES = ("https://", "http://", "mailto:", "tel:", "geo:", "/", "#")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()

_markdown = MarkdownIt("zero", {"breaks": True}).enable(["emphasis", "list", "link", "newline", "escape", "backticks", "autolink"])
_markdown.validateLink = lambda url: url.casefold().startswith(SCHEMES)  # type: ignore[method-assign]


def markdown(text: str) -> Markup:
    """Returns answer text (bold, lists, links) as HTML; any HTML inside is shown as text."""
    return Markup(_markdown.render(text))  # noqa: S704 - the renderer escapes everything


def date_text(day: dt.date) -> str:
    """Returns „19. August 2026“."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def day_text(day: dt.date) -> str:
    """Returns „19.08.2026“."""
    return f"{day:%d.%m.%Y}"


def host(url: str) -> str:
    """Returns the host of an address without „www.“."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def short_link(url: str) -> str:
    """Returns an address as people read it: no scheme, no „www.“, long paths cut."""
    text = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return text if len(text) <= 60 else f"{text[:57]}…"


def local_time(moment: dt.datetime) -> str:
    """Returns a time in UTC without zone, as the database keeps it, as „19.08.2026, 14:05“ in Germany."""
    return moment.replace(tzinfo=dt.timezone.utc).astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M")


@cache
def asset(name: str) -> str:
    """Returns the address of a static file with a hash of its content, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Returns the template environment of this process."""
    env = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters.update(markdown=markdown, datum=date_text, tag=day_text, wirt=host, kurzlink=short_link, teildatum=german_partial, ortszeit=local_time)
    env.globals.update(asset=asset)
    return env


def language_of(request: Request) -> str:
    """Returns the interface language: `?sprache=` of this request, else German."""
    chosen = request.query_params.get("sprache", GERMAN)
    return chosen if chosen in request.app.state.knowledge.current().oberflaeche else GERMAN


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Renders a page in the interface language of the request."""
    knowledge = request.app.state.knowledge.current()
    language = language_of(request)
    sprache = knowledge.sprachen[language]
    values = {
        "request": request, "settings": request.app.state.settings, "sprache": language, "richtung": sprache.richtung,
        "t": knowledge.oberflaeche[language], "sprachen": knowledge.sprachen, "pfad": request.url.path, "betreiber": knowledge.betreiber,
    }
    return HTMLResponse(environment().get_template(template).render(values | context), status_code=status)

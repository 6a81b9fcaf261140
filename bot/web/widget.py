"""The chat as a page, and the words that the widget shows: `static/chat.js` brings none but the caption of its launcher."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.knowledge.contact import HOTLINE
from bot.knowledge.sprachen import GERMAN
from bot.web.templating import page

SHOWN = ("chat_", "stelle_", "titel", "menue", "sprache_waehlen", "nav_faq", "nav_stellen", "datenschutz", "impressum", "barrierefreiheit", "keine_rechtsberatung", "knopf_mensch")
BUTTON = "knopf_"
CACHED = "public, max-age=300"


async def chat(request: Request) -> Response:
    """The chat as a full page."""
    knowledge = request.app.state.knowledge.current()
    hotline = knowledge.offices.get(HOTLINE)
    return page(request, "chat.html", hotline=hotline.telefon if hotline else "")


async def strings(request: Request) -> Response:
    """The widget's words in one language, for every site that embeds it.

    Answers {"sprache", "texte": {key: text}, "knoepfe": {German caption: caption}, "sprachen": [{"id", "name", "richtung"}]}.
    """
    knowledge = request.app.state.knowledge.current()
    asked = request.path_params["sprache"]
    language = asked if asked in knowledge.oberflaeche else GERMAN
    own, german = knowledge.oberflaeche[language], knowledge.oberflaeche[GERMAN]
    return JSONResponse({
        "sprache": language,
        "texte": {key: text for key, text in own.items() if key.startswith(SHOWN)},
        "knoepfe": {german[key]: text for key, text in own.items() if key.startswith(BUTTON)},
        "sprachen": [{"id": one.id, "name": one.name, "richtung": one.richtung} for one in knowledge.sprachen.values()],
    }, headers={"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": CACHED})


routes = [Route("/chat", chat), Route("/api/oberflaeche/{sprache}", strings)]

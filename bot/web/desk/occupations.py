"""`/berufe` and `/berufe/<id>`: is it reglementiert, who decides, which law, which answers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.web.desk.filters import GROUPS
from bot.web.desk.state import knowledge_of, today
from bot.web.desk.texts import ASPECTS, SURE
from bot.web.templating import page

REGULATED = {"ja": ("reglementiert", "Die Anerkennung ist Pflicht, bevor man in diesem Beruf arbeitet."),
             "nein": ("nicht reglementiert", "Arbeiten geht ohne Anerkennung, wenn das Aufenthaltsrecht es erlaubt."),
             "teilweise": ("teilweise reglementiert", "Es kommt darauf an, wie und wo man arbeitet.")}


async def browse(request: Request) -> Response:
    """The list by group, or what a search finds; one exact hit leads to its page."""
    knowledge = knowledge_of(request)
    q, group = " ".join(request.query_params.get("q", "").split())[:100], request.query_params.get("gruppe", "")
    found = search(knowledge, q) if q else []
    if len(found) == 1:
        return RedirectResponse(f"/berufe/{found[0].id}", status_code=303)
    groups = [(key, title, sorted((b for b in knowledge.berufe.values() if b.gruppe == key), key=lambda b: b.name.casefold())) for key, title in GROUPS.items() if group in ("", key)]
    return page(request, "desk/berufe.html", q=q, gruppe=group if group in GROUPS else "", treffer=found, gruppen=[g for g in groups if g[2]], titel=GROUPS, reglementiert=REGULATED, anzahl=len(knowledge.berufe))


def search(knowledge: Knowledge, text: str) -> list[Beruf]:
    """Returns the occupation of exactly this name, else what `text` might mean: misspelt and similar names, names that hold it."""
    found, said = knowledge.beruf_finder.find(text), text.casefold()
    exact = [b for b in knowledge.berufe.values() if any(said == name.casefold() for name in b.all_names())]
    if exact:
        return exact
    inside = [b for b in knowledge.berufe.values() if len(said) >= 3 and any(said in name.casefold() for name in b.all_names())]
    named = [found.beruf] if found.beruf else []
    return list({b.id: b for b in (*named, *inside, *found.vorschlaege)}.values())[:20]


async def show(request: Request) -> Response:
    """One occupation."""
    knowledge = knowledge_of(request)
    beruf = knowledge.berufe.get(request.path_params["id"])
    if beruf is None:
        return page(request, "desk/unbekannt_beruf.html", gesucht=request.path_params["id"].replace("-", " ")[:80], status=404)
    answers = [(ASPECTS[key], knowledge.faqs[target]) for key, target in beruf.aspekte.items()]
    return page(request, "desk/beruf.html", beruf=beruf, gruppe=GROUPS[beruf.gruppe], reglementiert=REGULATED[beruf.reglementiert], stellen=[knowledge.offices[i] for i in beruf.stellen],
                haupt=knowledge.faqs[beruf.faq], antworten=answers, sicher=SURE[beruf.sicher], heute=today(), sprachen_namen=knowledge.sprachen)


routes = [Route("/berufe", browse), Route("/berufe/{id}", show)]

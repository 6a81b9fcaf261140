"""The staff console `/team`. One module per area with its `routes`; add it below and in `console.MENU`."""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from bot.team import roles
from bot.web.team import editor, gaps, inbox, models, people, privacy, reports, sample, signin, sso, stats, takeover
from bot.web.team.access import staff_route
from bot.web.team.console import console
from bot.web.team.state import Team

__all__ = ["Team", "routes"]


async def start(request):  # type: ignore[no-untyped-def]
    """The overview."""
    return console(request, "team/start.html")


async def without_slash(request):  # type: ignore[no-untyped-def]
    """/team → /team/"""
    return RedirectResponse("/team/", status_code=308)


routes: list[BaseRoute] = [
    Route("/team", without_slash), staff_route("/team/", start, roles.READ),
    *signin.routes, *sso.routes,
    *inbox.routes, *takeover.routes, *reports.routes, *stats.routes, *gaps.routes, *sample.routes,
    *editor.routes, *models.routes,
    *people.routes, *privacy.routes,
]

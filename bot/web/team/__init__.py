"""The staff console `/team`. One module per area with its `routes`; add it below and in `console.MENU`."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.team import editor, gaps, inbox, models, people, privacy, reports, sample, signin, sso, start, stats, takeover
from bot.web.team.state import Team

__all__ = ["Team", "routes"]

routes: list[BaseRoute] = [
    *start.routes, *signin.routes, *sso.routes,
    *inbox.routes, *takeover.routes, *reports.routes, *stats.routes, *gaps.routes, *sample.routes,
    *editor.routes, *models.routes,
    *people.routes, *privacy.routes,
]

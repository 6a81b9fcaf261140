"""The answer desk for counsellors: search, answers with paragraph, source and date, amounts, occupations, offices, terms.

To add a page: a handler with its `Route` in a module here and a template below `templates/desk/`.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.desk import answer, changes, glossary, interfaces, occupations, offices, printing, qr, report, search, sitemap, values

routes: list[BaseRoute] = [
    *search.routes, *printing.routes, *changes.routes, *qr.routes, *report.routes, *answer.routes, *interfaces.routes,
    *values.routes, *occupations.routes, *offices.routes, *glossary.routes, *sitemap.routes,
]

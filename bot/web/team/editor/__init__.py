"""The editor in the console: phrasings, answers and amounts. Pages and forms only; what they do is `bot.editor`, every change also exists as `lotse phrasings …` and `lotse faq …`.

    shared.py      the project folder, names of intents, diffs for people
    forms.py       what a posted form says, kept so that it can be shown again
    change.py      preview → take over, for every change: `offer(Operation(…))` adds one
    agreement.py   who has to agree to a change
    radar.py       the conflict radar, for typing and for the preview
    data.py, phrasing_forms.py, tables.py   /team/daten
    contents.py, faq_fields.py, amounts.py  /team/inhalte, /team/werte
    proposals.py   /team/vorschlaege
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.team.editor import amounts, change, contents, data, proposals, tables

routes: list[BaseRoute] = [*tables.routes, *data.routes, *contents.routes, *amounts.routes, *proposals.routes, *change.routes]

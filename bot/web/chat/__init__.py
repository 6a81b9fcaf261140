"""The chat gateway: what the widget calls."""

from __future__ import annotations

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []

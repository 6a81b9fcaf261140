"""The web process: the only part that is reachable from outside. Pages, chat gateway, answer desk and staff console.

To add a page: a handler with its `Route` in the package it belongs to (`pages`, `chat`, `desk`, `team`) and a template below `templates/`.
"""

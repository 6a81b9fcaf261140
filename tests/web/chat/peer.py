"""Stands in Rasa's place where a test needs what Rasa would not do on demand: refuse, answer nothing, break off, answer rubbish, or answer at once without a model."""

from __future__ import annotations

import http.server
import json
import threading
from typing import Any

ANSWER = json.dumps({"antwort": {"text": "Das ist die Antwort.", "buttons": [{"title": "Mehr", "payload": "Mehr dazu"}], "custom": {"typ": "faq", "faq": "chancenkarte", "modell": "m@1"}}}) + "\n"
END = json.dumps({"ende": {"verstanden": {"intent": "faq/chancenkarte", "konfidenz": 0.9, "rang": [["faq/chancenkarte", 0.9]], "entscheidung": "antwort", "sprache": "de"}, "fehler": None}}) + "\n"
BEHAVIOURS = {
    "answers": ANSWER + END, "nothing": "", "end-only": END, "cut": ANSWER[:40], "no-end": ANSWER, "no-json": "Hallo!\n", "html": "<html>Fehler</html>", "list": "[1]\n", "null": "null\n", "wrong-types": '{"antwort": 5}\n{"ende": 7}\n',
    "text-number": '{"antwort": {"text": 5, "buttons": "x", "custom": []}}\n' + END, "trouble": '{"ende": {"verstanden": null, "fehler": "panne"}}\n', "trouble-after": ANSWER + '{"ende": {"verstanden": null, "fehler": "zeit"}}\n', "empty-end": ANSWER + '{"ende": {}}\n',
    "long": json.dumps({"antwort": {"text": "x" * 5_000_000}}) + "\n" + END, "blank-lines": "\n\n" + ANSWER + "\n" + END,
}


class Peer:
    """A server on a free port; `behaviour` is one of BEHAVIOURS, or "refuses"."""

    def __init__(self) -> None:
        self.behaviour, self.seen, self.bodies = "refuses", [], []  # type: str, list[str], list[dict[str, Any]]
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                peer.seen.append(self.path)
                peer.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if peer.behaviour == "refuses":
                    self.send_error(500)
                    return
                self.send_response(200)
                self.end_headers()
                self.wfile.write(BEHAVIOURS[peer.behaviour].encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Peer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

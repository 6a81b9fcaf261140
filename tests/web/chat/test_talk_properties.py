"""Any order of starting, sending, sending again, deleting: the talk shown is exactly what was said and answered since the start."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from starlette.testclient import TestClient

from bot.input_text import clean
from bot.privacy.mask import mask
from bot.web.app import create_app
from bot.web.settings import Settings
from tests.web.chat.conftest import BASE
from tests.web.chat.peer import Peer
from tests.web.chat.visitor import Visitor, new_id
from tests.web.conftest import SECRET

TEXT = st.text(st.characters(), max_size=60)


class Talk(RuleBasedStateMachine):
    """`said` is what the model of the test knows: client id → [raw text, answered?]."""

    @initialize()
    def begin(self) -> None:
        self.stack = contextlib.ExitStack()
        self.peer = self.stack.enter_context(Peer())
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        app = create_app(Settings("127.0.0.1", 8080, BASE, SECRET, (), self.peer.url, f"sqlite:///{Path(folder)}/lotse.db"))
        self.client: Any = self.stack.enter_context(TestClient(app, base_url=BASE, raise_server_exceptions=False))
        app.state.chat._per_conversation._limit = app.state.chat._per_address._limit = 10**9
        self.visitor = Visitor(self.client)
        self.visitor.start()
        self.said: dict[str, list[Any]] = {}

    @rule(text=TEXT, works=st.booleans())
    def send(self, text: str, works: bool) -> None:
        self.peer.behaviour = "answers" if works else "refuses"
        id, before = new_id(), len(self.peer.bodies)
        status = self.visitor.send(text, id=id).status_code
        if not clean(text):
            assert status == 400 and len(self.peer.bodies) == before
            return
        assert status == (200 if works else 503) and len(self.peer.bodies) == before + 1
        self.said[id] = [text, works, 1]

    @precondition(lambda self: self.said)
    @rule(data=st.data(), works=st.booleans())
    def again(self, data: Any, works: bool) -> None:
        self.peer.behaviour = "answers" if works else "refuses"
        id = data.draw(st.sampled_from(sorted(self.said)))
        text, answered, tries = self.said[id]
        before = len(self.peer.bodies)
        status = self.visitor.send(text, id=id).status_code
        runs = not answered and tries == 1
        assert len(self.peer.bodies) == before + runs
        assert status == (200 if answered or (runs and works) else 503)
        self.said[id] = [text, answered or (runs and works), tries + runs]

    @rule()
    def delete(self) -> None:
        assert self.visitor.post("delete").status_code == 204
        assert self.client.get("/api/chat/history").status_code == 401
        self.visitor.start()
        self.said = {}

    @rule()
    def reload(self) -> None:
        assert self.visitor.start()["fortgesetzt"] is True

    @invariant()
    def shown_as_said(self) -> None:
        expected = []
        for text, answered, _ in self.said.values():
            expected += [("person", mask(clean(text)).text)] + ([("lotse", "Das ist die Antwort.")] if answered else [])
        assert [(one["von"], one["text"]) for one in self.visitor.history()] == expected

    def teardown(self) -> None:
        self.stack.close()


TestTalk = Talk.TestCase
TestTalk.settings = settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))

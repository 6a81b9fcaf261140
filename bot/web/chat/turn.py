"""One message from journal to answer. It runs to its end whether or not anybody still listens: a closed tab loses nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool

from bot.store import journal
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.tables import ANSWERED
from bot.web.chat.errors import ChatError
from bot.web.chat.identity import Identity
from bot.web.chat.limits import TURNS
from bot.web.chat.rasa import Ask, ask
from bot.web.chat.replies import stored
from bot.web.log import log
from bot.web.upstream import Upstream

SECONDS = 9.0  # from the message to the answer of Rasa
STORE_SECONDS = 0.8  # longer nobody waits for the note of how it ended
STORE_TRIES = 3


@dataclass(frozen=True)
class Said:
    """What a person said: as it is kept (a button's title) and as Rasa gets it."""

    text: str
    payload: str
    source: str
    sprache: str | None


class Turn:
    """A turn; whoever sends the same message again listens to the same one."""

    def __init__(self, database: Database, upstream: Upstream, identity: Identity, client_id: str, said: Said) -> None:
        self.identity, self.client_id, self.finished = identity, client_id, asyncio.Event()
        self.id, self.model, self.replies, self.result, self.duration_ms = "", "", [], "", 0  # type: str, str, list[dict[str, Any]], str, int
        self.task: asyncio.Future[None] | None = None
        self._database, self._upstream, self._said = database, upstream, said
        self._problem: ChatError | None = None
        self._told, self._news = False, asyncio.Event()
        self._begin = time.monotonic()

    async def listen(self) -> AsyncIterator[dict[str, Any]]:
        """Yields the replies as the journal keeps them, as they come.

        Raises:
            ChatError: there is no answer, or no more of it.
        """
        sent = 0
        while True:
            news = self._news
            while sent < len(self.replies):
                yield self.replies[sent]
                sent += 1
            if self._told:
                if self._problem is not None:
                    raise self._problem
                return
            await news.wait()

    async def run(self) -> None:
        """Journal, Rasa, journal. Never raises: listeners learn of trouble."""
        try:
            said, identity = self._said, self.identity
            row = await run_in_threadpool(journal.accept, self._database, identity.conversation, self.client_id, said.text, language=said.sprache, source=said.source,
                                          page=identity.page or None, one_at_a_time=True, most=TURNS)
            self.id = row.id
            if row.state == ANSWERED:
                self.replies, self.result = list(row.reply or []), "noch_einmal"
                self.model = _model(self.replies)
                self._tell()
            elif row.new or await run_in_threadpool(journal.retry, self._database, row.id, said.text):
                await self._answer(again=not row.new)
            else:
                self._tell(ChatError("keine_antwort"))
        except StoreError as error:
            log("speicher_fehler", art=error.art, pfad="zug")
            self._tell(ChatError("nicht_gespeichert"))
        except journal.TurnOpen:
            self._tell(ChatError("noch_offen"))
        except journal.ConversationFull:
            self._tell(ChatError("gespraech_voll"))
        except Exception as error:
            log("fehler", art=type(error).__name__, pfad="zug")
            self._tell(ChatError("stoerung"))

    async def _answer(self, again: bool) -> None:
        question = Ask(self.identity.conversation, self.id, self._said.payload, self._said.sprache, again)
        try:
            end = await asyncio.wait_for(ask(self._upstream, question, self._add), SECONDS - (time.monotonic() - self._begin))
            problem = end.get("fehler") or (None if self.replies else "leer")
        except Exception as error:  # no connection, cut off, too late, or not what we agreed on
            end, problem = {}, type(error).__name__
        self.duration_ms = round((time.monotonic() - self._begin) * 1000)
        if problem:
            log("ohne_antwort", grund=problem, dauer_ms=self.duration_ms)
            self.model = self._upstream.target().model
            await self._close(lambda: journal.fail(self._database, self.id, duration_ms=self.duration_ms, model=self.model), ChatError("keine_antwort"))
            return
        known = end.get("verstanden") or {}
        faq = next((reply["daten"]["faq"] for reply in self.replies if isinstance(reply["daten"].get("faq"), str)), None)
        kreis = next((reply["daten"]["kreis"] for reply in self.replies if isinstance(reply["daten"].get("kreis"), str)), None)
        self.model = _model(self.replies) or self._upstream.target().model
        await self._close(lambda: journal.answer(
            self._database, self.id, self.replies, raw=self._said.text, intent=known.get("intent"), confidence=known.get("konfidenz"), ranking=known.get("rang") or (),
            decision=known.get("entscheidung"), faq=faq, model=self.model, duration_ms=self.duration_ms, kreis=kreis or None))

    def _add(self, reply: dict[str, Any]) -> None:
        self.replies.append(stored(reply))
        self._wake()

    async def _close(self, write: Callable[[], object], problem: ChatError | None = None) -> None:
        """Notes the outcome and says that nothing more comes. A locked database does not keep it from whoever waits."""
        noted = asyncio.ensure_future(self._store(write))
        await asyncio.wait({noted}, timeout=STORE_SECONDS)
        self._tell(problem)
        await noted

    async def _store(self, write: Callable[[], object]) -> None:
        for attempt in range(STORE_TRIES):
            try:
                await run_in_threadpool(write)
                return
            except StoreError as error:
                log("speicher_fehler", art=error.art, pfad="zug_ende")
            await asyncio.sleep(attempt + 1)

    def _tell(self, problem: ChatError | None = None) -> None:
        """Says that nothing more comes."""
        if not self._told:
            self._problem, self._told = problem, True
            self.result = problem.art if problem else self.result or "beantwortet"
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def _model(replies: list[dict[str, Any]]) -> str:
    """Returns the version that is stamped into the replies, or ""."""
    return next((str(reply["daten"]["modell"]) for reply in replies if reply["daten"].get("modell")), "")

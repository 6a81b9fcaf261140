"""What the chat keeps in memory: turns that are open, rates, and the conversations deleted today. One web process holds it all."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from bot import chat_switch
from bot.knowledge.live import LiveKnowledge
from bot.store import journal
from bot.store.database import Database
from bot.store.erase import erase
from bot.store.errors import StoreError
from bot.web.chat.errors import ChatError
from bot.web.chat.identity import Identity, Signer
from bot.web.chat.limits import OPEN_TURNS, PER_CONVERSATION, DailyHash, Rate, per_address
from bot.web.chat.turn import Said, Turn
from bot.web.log import log
from bot.web.settings import Settings
from bot.web.upstream import Upstream

MOST_DELETED = 20_000
LATE_SECONDS = 60.0


class Gateway:
    """One for the application, in `app.state.chat`."""

    def __init__(self, settings: Settings, database: Database, upstream: Upstream, knowledge: LiveKnowledge) -> None:
        self.database, self.upstream, self.knowledge = database, upstream, knowledge
        self.signer = Signer(settings)
        self.names = DailyHash()
        self._per_address, self._per_conversation = Rate(per_address()), Rate(PER_CONVERSATION)
        self._open: dict[str, Turn] = {}
        self._deleted: OrderedDict[str, None] = OrderedDict()
        self._late: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Notes that messages which an earlier process left open have failed."""
        try:
            await run_in_threadpool(journal.fail_stale, self.database, dt.timedelta(0))
        except StoreError as error:
            log("speicher_fehler", art=error.art, pfad="start")

    async def close(self) -> None:
        """Waits for the open turns, ten seconds at most by their own limit."""
        await asyncio.gather(*(turn.finished.wait() for turn in list(self._open.values())))
        for task in self._late:
            task.cancel()

    def address_allows(self, address: str) -> bool:
        """Counts a request of this address and tells whether it is within the limit."""
        return self._per_address.allows(self.names.of_address(address))

    def identity(self, request: Request) -> Identity:
        """Returns whose conversation the request is about.

        Raises:
            ChatError: no conversation, an old one, or one that was deleted.
        """
        found = self.signer.of(request)
        if found is None or found.conversation in self._deleted:
            raise ChatError("kein_gespraech")
        return found

    def turn(self, identity: Identity, client_id: str, said: Said) -> Turn:
        """Returns the turn of this message: the open one when it came before, else a new one that begins now.

        Raises:
            ChatError: another message is open, too many came, or the chat is off.
        """
        running = self._open.get(identity.conversation)
        if running is not None:
            if running.client_id == client_id:
                return running
            raise ChatError("noch_offen")
        off = chat_switch.state()
        if off is not None:
            raise ChatError("aus", off.reason)
        if not self._per_conversation.allows(identity.conversation):
            raise ChatError("zu_schnell")
        if len(self._open) >= OPEN_TURNS:
            raise ChatError("ueberlastet")
        turn = self._open[identity.conversation] = Turn(self.database, self.upstream, identity, client_id, said)
        turn.task = asyncio.ensure_future(turn.run())
        turn.task.add_done_callback(lambda _: self._finish(turn))
        return turn

    async def erase(self, conversation: str, actor: str = "gespraech") -> None:
        """Deletes a conversation everywhere, after its open turn; what Rasa may save of a turn that came too late is deleted a minute later."""
        turn = self._open.get(conversation)
        if turn is not None:
            await turn.finished.wait()
        await run_in_threadpool(erase, self.database, conversation, actor)
        self._deleted[conversation] = None
        while len(self._deleted) > MOST_DELETED:
            self._deleted.popitem(last=False)
        task = asyncio.ensure_future(self._erase_again(conversation))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _erase_again(self, conversation: str) -> None:
        await asyncio.sleep(LATE_SECONDS)
        try:
            await run_in_threadpool(erase, self.database, conversation)
        except StoreError as error:
            log("speicher_fehler", art=error.art, pfad="loeschen")

    def _finish(self, turn: Turn) -> None:
        self._open.pop(turn.identity.conversation, None)
        turn.finished.set()
        log("zug", gespraech=self.names.of(turn.identity.conversation), ergebnis=turn.result, dauer_ms=turn.duration_ms, nachrichten=len(turn.replies))

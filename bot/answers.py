"""Rasa's NLG: renders every message of the assistant from `data/`, in the Rasa process.

FAQ answers therefore need no action server, and a corrected text is live without training.
`Conversation` reads from the tracker what the renderer needs; the texts come from `bot.knowledge`.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any, Callable, Dict, Optional

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.knowledge.base import Knowledge
from bot.knowledge.check_text import render_check, render_check_question
from bot.knowledge.contact import hotline_text
from bot.knowledge.faq import Faq
from bot.knowledge.fixed import render_text
from bot.knowledge.live import shared
from bot.knowledge.merkzettel import render_note
from bot.knowledge.paragraphs import paragraph_languages
from bot.knowledge.person import Person, render_remembered, variant_for
from bot.knowledge.place_question import render_place_question
from bot.knowledge.render import aspect_target, render_faq, render_offer
from bot.knowledge.reply import Reply
from bot.knowledge.sprachen import Sprache, spoken
from bot.privacy.mask import mask

OFFERED = 3
ADVICE_FAQ = "aqb"
TOPICS = ("faq", "pruefung", "stellen")  # kinds of answers that follow-ups refer to
CHECK_QUESTION = "ask_pruefung_form_"
CHECK_INTENT = "anerkennung_pruefen"
CASE = ("typ", "beruf", "land", "ort", "aufenthalt", "stufe")


class Conversation:
    """What has been said so far, as far as a reply depends on it."""

    def __init__(self, tracker: DialogueStateTracker, knowledge: Knowledge) -> None:
        """Reads the tracker; nothing is kept between turns."""
        self._tracker, self._knowledge = tracker, knowledge

    def last_answer(self) -> Dict[str, Any]:
        """Returns the data of the last FAQ answer or Anerkennungsprüfung since the last restart, or {}."""
        for event in reversed(self._tracker.applied_events()):
            if isinstance(event, BotUttered):
                custom = (event.data or {}).get("custom") or {}
                if custom.get("typ") in ("faq", "pruefung") and custom.get("faq") in self._knowledge.faqs:
                    return custom
        return {}

    def topic(self) -> Optional[Faq]:
        """Returns the FAQ that a bare follow-up refers to: the last answer, the occupation told since, or after a list of offices the one on advice."""
        events = list(self._tracker.applied_events())
        said = max((number for number, event in enumerate(events) if isinstance(event, UserUttered)), default=0)
        for event in reversed(events[:said]):
            custom = ((event.data or {}).get("custom") or {}) if isinstance(event, BotUttered) else {}
            if custom.get("typ") in TOPICS:
                return self._knowledge.faqs.get(ADVICE_FAQ if custom["typ"] == "stellen" else custom.get("anker", ""))
            if isinstance(event, SlotSet) and event.key == "beruf" and event.value in self._knowledge.berufe:
                return self._knowledge.faqs.get(self._knowledge.berufe[event.value].faq)
        return None

    def wants_easy(self) -> bool:
        """Tells whether the person asked for easy German."""
        return self._tracker.get_slot("stufe") == "einfach"

    def sprache(self) -> Optional[Sprache]:
        """Returns the person's language when it is not German."""
        said = [e.as_dict() for e in reversed(self._tracker.applied_events()) if isinstance(e, UserUttered)]
        return spoken(said, self._knowledge.sprachen)

    def person(self) -> Person:
        """Returns what the person told about herself."""
        return Person.from_slots(self._tracker.current_slot_values(), self._knowledge)

    def aspect(self) -> str:
        """Returns what the last answer was about („kosten“, „dauer“ …), or "" for the topic as a whole."""
        return self.last_answer().get("aspekt", "")

    def tells_personal(self) -> bool:
        """Tells whether the last message holds a name, an address or a number of a person, and nothing has been said to it yet."""
        latest = next((event for event in reversed(self._tracker.events) if isinstance(event, (UserUttered, BotUttered))), None)
        return isinstance(latest, UserUttered) and bool(mask(latest.text or "").found)

    def guesses(self) -> list[str]:
        """Returns the ids of the most likely FAQs for the last message, best first."""
        latest = self._tracker.latest_message
        ranking = ((latest.parse_data or {}).get("intent_ranking") or []) if latest else []
        names = [r["name"] for r in ranking if r["name"].startswith("faq/")]
        return [n[4:] for n in names if n[4:] in self._knowledge.faqs][:OFFERED]


class LotseAnswers(TemplatedNaturalLanguageGenerator):
    """Finds the renderer for an utterance; falls back to the fixed texts."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None) -> None:
        """Loads the knowledge once; `LiveKnowledge` follows later edits."""
        super().__init__(domain.responses if domain else {})
        self._live = shared()
        self._today: Callable[[], dt.date] = dt.date.today

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> Optional[Dict[str, Any]]:
        """Returns the message for `utter_action` as a Rasa response."""
        knowledge = self._live.current()
        conversation = Conversation(tracker, knowledge)
        name = utter_action.removeprefix("utter_")
        reply = self._reply(name, knowledge, conversation, tracker)
        if name != "notfall" and conversation.tells_personal():
            reply = Reply(f"{reply.text}\n\n{render_text(knowledge, 'persoenlich', conversation.wants_easy(), conversation.sprache()).text}", reply.buttons, reply.custom)
        message = reply.as_rasa()
        sprache = conversation.sprache()
        if sprache:
            message.setdefault("custom", {})["absaetze"] = paragraph_languages(reply.text, sprache)
        message.setdefault("custom", {}).update(self._metadata(tracker))
        return message

    def _reply(self, name: str, knowledge: Knowledge, conversation: Conversation, tracker: DialogueStateTracker) -> Reply:
        if name.startswith("faq/") and name[4:] in knowledge.faqs:
            return self._faq(knowledge, conversation, knowledge.faqs[name[4:]])
        if name.startswith("faq/"):  # the model still knows an FAQ whose file is gone
            name = "unsicher"
        if name == "anschluss/beruf":
            return self._same_for_occupation(knowledge, conversation)
        if name.startswith("anschluss/"):
            return self._follow_up(knowledge, conversation, name.split("/")[1])
        if name.startswith(CHECK_QUESTION):
            again = tracker.get_slot("rueckfrage") or {}
            return render_check_question(knowledge, name.removeprefix(CHECK_QUESTION), conversation.person(), again, self._today(), conversation.wants_easy(), conversation.sprache())
        special: Dict[str, Callable[[], Reply]] = {
            "unsicher": lambda: render_offer(knowledge, conversation.guesses(), conversation.wants_easy(), conversation.sprache()),
            "wiederholen": lambda: self._again(knowledge, conversation, ""),
            "einfacher": lambda: self._again(knowledge, conversation, "einfach"),
            "ausfuehrlicher": lambda: self._again(knowledge, conversation, "mehr"),
            "klarer": lambda: self._again(knowledge, conversation, "klar"),
            "pruefung": lambda: self._end_of_check(knowledge, conversation, tracker),
            "merkzettel": lambda: render_note(knowledge, conversation.person(), self._today(), conversation.wants_easy() or conversation.sprache() is not None),
            "gemerkt": lambda: render_remembered(knowledge, conversation.person()),
            "ask_ort": lambda: render_place_question(knowledge, tracker.get_slot("rueckfrage") or {}, conversation.wants_easy(), conversation.sprache()),
        }
        if name in special:
            return special[name]()
        return render_text(knowledge, name if name in knowledge.texte else "default", conversation.wants_easy(), conversation.sprache(), hotline=hotline_text(knowledge.offices))

    def _faq(self, knowledge: Knowledge, conversation: Conversation, faq: Faq) -> Reply:
        person = conversation.person()
        target, lead = variant_for(knowledge, faq, person)
        sprache = conversation.sprache()
        stufe = "einfach" if conversation.wants_easy() or sprache else "klar"
        return render_faq(knowledge, target, stufe, self._today(), sprache=sprache, lead=lead)

    def _follow_up(self, knowledge: Knowledge, conversation: Conversation, aspekt: str) -> Reply:
        topic = conversation.topic()
        person = conversation.person()
        target = aspect_target(knowledge, topic, aspekt)
        lead = ""
        if topic is None or target.id not in (topic.aspekte.get(aspekt), topic.id):
            target, lead = variant_for(knowledge, target, person)
        sprache = conversation.sprache()
        stufe = "einfach" if conversation.wants_easy() or sprache else "klar"
        return render_faq(knowledge, target, stufe, self._today(), anchor=topic.id if topic else "", sprache=sprache, lead=lead, aspekt=aspekt)

    def _same_for_occupation(self, knowledge: Knowledge, conversation: Conversation) -> Reply:
        """Answers „und für Ärzte?“: what was asked last, now for the occupation just named."""
        beruf = conversation.person().beruf
        if beruf is None:
            return render_text(knowledge, "beruf_frage", conversation.wants_easy(), conversation.sprache())
        aspekt = conversation.aspect()
        faq = knowledge.faqs[beruf.aspekte.get(aspekt, beruf.faq)]
        sprache = conversation.sprache()
        stufe = "einfach" if conversation.wants_easy() or sprache else "klar"
        return render_faq(knowledge, faq, stufe, self._today(), anchor=beruf.faq, sprache=sprache, lead=f"Für Ihren Beruf ({beruf.name}):", aspekt=aspekt)

    def _end_of_check(self, knowledge: Knowledge, conversation: Conversation, tracker: DialogueStateTracker) -> Reply:
        """Returns the path, or why the form ended without one; a path that has not changed is not told twice unless it was asked for."""
        end = (tracker.get_slot("rueckfrage") or {}).get("ende", "")
        if end in knowledge.texte:
            return render_text(knowledge, end, conversation.wants_easy(), conversation.sprache())
        path, last = self._check(knowledge, conversation), conversation.last_answer()
        asked = tracker.latest_message is not None and (tracker.latest_message.intent or {}).get("name") == CHECK_INTENT
        if asked or any(path.custom[key] != last.get(key) for key in CASE):
            return path
        told = render_text(knowledge, "pruefung_unveraendert", conversation.wants_easy(), conversation.sprache())
        return Reply(told.text, told.buttons + path.buttons, told.custom)

    def _check(self, knowledge: Knowledge, conversation: Conversation) -> Reply:
        return render_check(knowledge, conversation.person(), self._today(), conversation.wants_easy(), conversation.sprache())

    def _again(self, knowledge: Knowledge, conversation: Conversation, stufe: str) -> Reply:
        last = conversation.last_answer()
        easy, sprache = conversation.wants_easy(), conversation.sprache()
        if not last:
            name = {"einfach": "einfach_ab_jetzt", "klar": "klar_ab_jetzt"}.get(stufe, "nichts_zu_wiederholen")
            return render_text(knowledge, name, easy, sprache)
        if last["typ"] == "pruefung" and stufe != "mehr":
            return self._check(knowledge, conversation)
        faq = knowledge.faqs[last["faq"]]
        if stufe == "mehr" and (last["stufe"] == "mehr" or not faq.mehr):
            return render_text(knowledge, "kein_mehr", easy, sprache, quelle=f"{faq.quellen[0].titel}, {faq.quellen[0].url}")
        return render_faq(knowledge, faq, stufe or last["stufe"], self._today(), anchor=last["anker"], sprache=sprache if stufe == "einfach" else None)

    @staticmethod
    def _metadata(tracker: DialogueStateTracker) -> Dict[str, Any]:
        latest = tracker.latest_message
        data = (latest.parse_data or {}).get("lotse", {}) if latest else {}
        confidence = latest.intent.get("confidence") if latest and latest.intent else None
        return {"entscheidung": data.get("entscheidung"), "konfidenz": round(confidence, 3) if confidence is not None else None, "modell": os.environ.get("LOTSE_MODELL", "")}

"""Answer, offer three, or decline: the decision that follows from a prediction and two thresholds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.nlu.hybrid import OUT_OF_SCOPE, Prediction
from bot.nlu.language import GERMAN

UNSURE = "unsicher"
OFFICE = "beratung_finden"
ASKS_WHERE = (OFFICE, "anschluss/zustaendig", "faq/zustaendige-stelle-finden")
ASKS_FOR_ADVICE = re.compile(r"\b(beratung\w*|berater\w*|berät|beraet|anlaufstelle\w*|büro|buero|aqb|wer hilft|hilfe|termin|консультац\w*|advice|counsell\w*|danışma\w*)\b|استشار|مشاور", re.IGNORECASE)


@dataclass(frozen=True)
class Thresholds:
    """From `config.yml`. answer_from: probability; decline_below, answer_margin: log-odds against "out of scope"
    (`…_foreign`: for other languages than German, whose scores lie closer together).

    Between the two margins an FAQ is offered, not answered: near the border of the topic a question back is the honest reply.
    """

    answer_from: float
    decline_below: float
    answer_margin: float
    answer_margin_foreign: float


class Decision(str, Enum):
    """What the dialogue does with a message."""

    ANSWER = "antwort"
    OFFER = "vorschlag"
    DECLINE = "ablehnung"

    def intent(self, label: str) -> str:
        """Returns Rasa's intent name for the best label under this decision."""
        if self is Decision.DECLINE:
            return OUT_OF_SCOPE
        if self is Decision.OFFER:
            return UNSURE
        return label.split("/")[0]


def wants_office(text: str, names_place: bool, decision: Decision, label: str = "") -> bool:
    """Tells whether an unclear message is a search for an office: it names a place and asks for advice, or who decides, or where to go (`label`)."""
    asks = bool(ASKS_FOR_ADVICE.search(text)) or (decision is Decision.OFFER and label in ASKS_WHERE)
    return names_place and decision is not Decision.ANSWER and asks


def decide(prediction: Prediction, thresholds: Thresholds) -> Decision:
    """Returns the decision. An exact training sentence or question title is always answered; of two questions in one message none alone."""
    label, confidence = prediction.ranking[0]
    if prediction.exact:
        return Decision.DECLINE if label == OUT_OF_SCOPE else Decision.ANSWER
    if label == OUT_OF_SCOPE or prediction.margin < thresholds.decline_below:
        return Decision.DECLINE
    enough = thresholds.answer_margin if prediction.language == GERMAN else thresholds.answer_margin_foreign
    near_border = label.startswith("faq/") and prediction.margin < enough
    return Decision.OFFER if prediction.two or confidence < thresholds.answer_from or near_border else Decision.ANSWER

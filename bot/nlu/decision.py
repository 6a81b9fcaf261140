"""Answer, offer three, or decline: the decision that follows from a prediction and two thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.nlu.hybrid import OUT_OF_SCOPE, Prediction

UNSURE = "unsicher"


@dataclass(frozen=True)
class Thresholds:
    """answer_from: probability; decline_below: log-odds against "out of scope". Both come from `config.yml`."""

    answer_from: float
    decline_below: float


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


def decide(prediction: Prediction, thresholds: Thresholds) -> Decision:
    """Returns the decision. An exact training sentence or question title is always answered."""
    label, confidence = prediction.ranking[0]
    if prediction.exact:
        return Decision.DECLINE if label == OUT_OF_SCOPE else Decision.ANSWER
    if label == OUT_OF_SCOPE or prediction.margin < thresholds.decline_below:
        return Decision.DECLINE
    return Decision.ANSWER if confidence >= thresholds.answer_from else Decision.OFFER

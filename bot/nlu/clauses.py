"""A clear question inside a long message: „ich heiße … und wohne in …, was kostet die Anerkennung?“

When a German message as a whole is not answered, its sentences and clauses are looked at one by one. One of them counts only when it alone is
almost certainly a question about one FAQ; two such clauses about different FAQs leave the message as it was.
"""

from __future__ import annotations

import re
from typing import Callable, Sequence

from bot.nlu.decision import Decision, Thresholds, decide
from bot.nlu.hybrid import Prediction
from bot.nlu.language import GERMAN

END = re.compile(r"[.!?;:,\n]+\s*|\s[-–]\s")
SHORTEST = 3  # words: „und wie lange“ needs the sentence before it
MOST = 8  # clauses, the last ones: people greet first and ask last
CERTAIN, CERTAIN_MARGIN = 0.9, 9.0


def clauses(text: str) -> list[str]:
    """Returns the parts of a message that may stand alone, or [] when there is only one."""
    parts = [part.strip() for part in END.split(text)]
    return [part for part in parts if len(part.split()) >= SHORTEST][-MOST:] if sum(bool(p) for p in parts) > 1 else []


def clear_clause(text: str, whole: Prediction, thresholds: Thresholds, predict: Callable[[Sequence[str]], list[Prediction]]) -> Prediction:
    """Returns the prediction of the one clear clause of `text`, or `whole` when it is answered itself or no clause is clear.

    Args:
        predict: returns one prediction per clause.
    """
    if whole.language != GERMAN or whole.two or decide(whole, thresholds) is Decision.ANSWER:
        return whole
    clear = [p for p in predict(clauses(text)) if _is_clear(p, thresholds)] if clauses(text) else []
    return clear[-1] if len({p.ranking[0][0] for p in clear}) == 1 else whole


def _is_clear(prediction: Prediction, thresholds: Thresholds) -> bool:
    label, confidence = prediction.ranking[0]
    sure = prediction.exact or (confidence >= CERTAIN and prediction.margin >= CERTAIN_MARGIN)
    return label.startswith("faq/") and sure and decide(prediction, thresholds) is Decision.ANSWER

"""The whole ranking of a loaded model, for search and health checks: Rasa's own parse result holds only its first ten labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, List, Optional, Tuple

from bot.nlu.decision import Decision

if TYPE_CHECKING:
    from bot.nlu.intent_classifier import HybridIntentClassifier


@dataclass(frozen=True)
class Ranking:
    """How one text is understood. labels: (intent or `faq/<id>`, probability 0 to 1), best first; language as ISO code."""

    labels: List[Tuple[str, float]]
    decision: Decision
    language: str


def rank(agent: Any, text: str) -> Optional[Ranking]:
    """Returns the ranking of a loaded Rasa agent's classifier for `text`; None when it has none of ours or it is not trained."""
    classifier = loaded_classifier(agent)
    return classifier.rank(text) if classifier is not None else None


def loaded_classifier(agent: Any) -> Optional[HybridIntentClassifier]:
    """Returns our classifier inside a loaded Rasa agent, or None. Rasa 3.6 offers no public way to its components; this is the one place that knows how."""
    from bot.nlu.intent_classifier import HybridIntentClassifier

    nodes = getattr(agent.processor.graph_runner, "_instantiated_nodes", {})
    return next((n._component for n in nodes.values() if isinstance(getattr(n, "_component", None), HybridIntentClassifier)), None)

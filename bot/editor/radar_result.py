"""What the conflict radar says about a sentence, and how it judges."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Near:
    """A phrasing with its intent and the cosine to the sentence in question."""

    text: str
    intent: str
    cosine: float


@dataclass(frozen=True)
class RadarResult:
    """What the radar sees. `verdict`: „gut“, „doppelt“ (teaches nothing new) or „konflikt“ (pulls at other intents).

    duplicates: same intent; conflicts: other intents; both nearest first, `exact` when a word-for-word copy is among them. intents: nearest intents with their nearness.
    closer: phrasings of other intents that would be nearer to this sentence than to their own intent. harm: for how many of them the
    nearest phrasing would turn from another one to this sentence. message: one German sentence.
    """

    verdict: str
    message: str
    exact: bool
    duplicates: tuple[Near, ...]
    conflicts: tuple[Near, ...]
    intents: tuple[tuple[str, float], ...]
    closer: tuple[Near, ...]
    harm: int


def judge(intent: str, nearest_own: float, taken: bool, duplicates: tuple[Near, ...], conflicts: tuple[Near, ...], ranking: tuple[tuple[str, float], ...], harm: int) -> tuple[str, str]:
    """Judges: a near sentence of another intent is a conflict only where none of the own intent is nearer. `taken`: the very words stand at another intent."""
    if conflicts and (taken or conflicts[0].cosine >= nearest_own):
        near = conflicts[0]
        cost = f" {harm} Formulierungen anderer Absichten hätten dann diesen Satz als nächsten." if harm > 1 else ""
        return "konflikt", f"Sagt fast dasselbe wie „{near.text}“ bei „{near.intent}“.{cost} Unterscheidend umschreiben, verschieben oder weglassen."
    if duplicates:
        return "doppelt", f"Sagt fast dasselbe wie „{duplicates[0].text}“ und bringt dem Modell nichts Neues."
    if harm > 1:
        return "konflikt", f"{harm} Formulierungen anderer Absichten hätten dann diesen Satz als nächsten. Unterscheidender schreiben."
    if ranking and ranking[0][0] != intent:
        return "gut", f"Kein Konflikt. Klingt bisher eher nach „{ranking[0][0]}“: lehrreich, wenn die Absicht stimmt."
    return "gut", "Kein Konflikt gefunden."

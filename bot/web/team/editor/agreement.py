"""Who has to agree to a change, and what it takes to come into force."""

from __future__ import annotations

from dataclasses import dataclass

from bot.editor.changes import Change
from bot.editor.four_eyes import change_needs_second_person
from bot.editor.workspace import Workspace
from bot.team import roles
from bot.web.team.editor.shared import FAQ, WERTE, needs_training

LAW = "Die Antwort nennt eine Rechtsgrundlage oder einen Betrag. Eine zweite Person mit der Rolle „freigeben“ muss zustimmen."
ROLE = "Ihre Änderung wird ein Vorschlag. Annehmen kann ihn jemand mit der Rolle „freigeben“."
NOBODY = "Niemand muss zustimmen."
TRAINING = "Wirkt erst nach einem Training und der Freigabe des neuen Modells."
LIVE = "Wirkt sofort im Chat und auf den Seiten, ohne Training."
BOTH = "Die Antwort wirkt sofort, die Formulierungen erst nach einem Training und der Freigabe des neuen Modells."


@dataclass(frozen=True)
class Agreement:
    """`second`: whether somebody else has to agree; `why` and `effect` say so in German."""

    second: bool
    why: str
    effect: str


def agreement(change: Change, workspace: Workspace, role: str) -> Agreement:
    """Returns who has to agree when somebody with `role` makes the change.

    The role „beschriften“ only proposes. „freigeben“ writes at once, except law and amounts: these need somebody else whoever makes the change.
    """
    contents = any(edit.path.startswith((FAQ, WERTE)) for edit in change.edits)
    effect = BOTH if contents and needs_training(change) else TRAINING if needs_training(change) else LIVE
    if change_needs_second_person(change, workspace):
        return Agreement(True, LAW, effect)
    if not roles.may(role, roles.PUBLISH):
        return Agreement(True, ROLE, effect)
    return Agreement(False, NOBODY, effect)

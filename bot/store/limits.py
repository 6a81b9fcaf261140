"""How long what is kept, in days, from the environment. What is older is hidden at once and deleted by the next `lotse privacy purge`."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import Mapping

from bot.store.errors import SETTING, StoreError

SHORTEST = dt.timedelta(hours=1)  # 0 days: no longer than a conversation lives
# Field → environment variable, default, most.
VARIABLES = {
    "conversations": ("LOTSE_TAGE_GESPRAECHE", 30, 180),
    "journal": ("LOTSE_TAGE_JOURNAL", 180, 365),
    "feedback": ("LOTSE_TAGE_RUECKMELDUNGEN", 180, 365),
    "audit": ("LOTSE_TAGE_PROTOKOLL", 180, 3650),
}


@dataclass(frozen=True)
class Limits:
    """How long each kind is kept. `feedback` also covers reports and picks, `audit` also decided proposals."""

    conversations: dt.timedelta = dt.timedelta(days=30)
    journal: dt.timedelta = dt.timedelta(days=180)
    feedback: dt.timedelta = dt.timedelta(days=180)
    audit: dt.timedelta = dt.timedelta(days=180)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Reads the variables.

        Raises:
            StoreError: a value is no whole number of days within its bounds.
        """
        return cls(**{field: _days(environment, *variable) for field, variable in VARIABLES.items()})

    @property
    def history(self) -> dt.timedelta:
        """How long a person sees her own conversation."""
        return min(self.conversations, self.journal)


def _days(environment: Mapping[str, str], name: str, default: int, most: int) -> dt.timedelta:
    value = environment.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or int(value) > most:
        raise StoreError(SETTING, f"{name} muss eine ganze Zahl von 0 bis {most} sein (Tage).", f"den Wert berichtigen, oder die Variable weglassen: dann gilt {default}")
    return max(dt.timedelta(days=int(value)), SHORTEST)

"""What people type, cleaned before Rasa sees it. Used by the channel; needs no Rasa."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def clean(text: str) -> str:
    """Returns `text` with composed umlauts, without control and invisible characters, lone surrogates and leading slashes (Rasa's intent syntax)."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).replace("\uff0f", "/")
    return re.sub(r"^[\s/⁄∕]+", "", text).strip()

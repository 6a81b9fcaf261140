"""Passwords of staff: argon2id hashes and the rules for a new one."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 200
COMMON = ("passwort", "password", "123456", "qwert", "hallo", "anerkennung", "lotse", "hessen", "willkommen", "sommer", "winter")
_hasher = PasswordHasher()
_DECOY = _hasher.hash("niemand hat dieses Passwort")


def hashed(password: str) -> str:
    """Returns the argon2id hash of a password."""
    return str(_hasher.hash(password))


def matches(password_hash: str, password: str) -> bool:
    """Tells whether the password fits; takes as long for an account that does not exist (empty hash)."""
    try:
        return bool(_hasher.verify(password_hash or _DECOY, password)) and bool(password_hash)
    except (Argon2Error, InvalidHashError):
        return False


def problem(password: str, login: str) -> str:
    """Returns why a new password is not good enough, in German, or ""."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"Das Passwort braucht {SHORTEST} bis {LONGEST} Zeichen."
    folded = password.casefold()
    if login.split("@")[0].casefold() in folded:
        return "Das Passwort darf den Anmeldenamen nicht enthalten."
    rest = folded
    for word in COMMON:
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2 or len(set(folded)) < 5:
        return "Das Passwort ist zu leicht zu erraten. Nehmen Sie mehrere Wörter, die nichts miteinander zu tun haben."
    return ""

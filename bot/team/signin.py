"""Signing staff in: five failures in a quarter of an hour close the door for that login and for that address."""

from __future__ import annotations

import datetime as dt
import secrets

from bot.store import accounts, audit
from bot.store.database import Database
from bot.team import passwords

FAILURES, WINDOW = 5, dt.timedelta(minutes=15)


class SignInError(Exception):
    """Sign-in refused; the text may be shown. It does not tell whether the login exists."""


def sign_in(database: Database, login: str, password: str, address: str) -> str:
    """Returns the token of a new session.

    Raises:
        SignInError: wrong login or password, or too many failures.
    """
    return start_session(database, identify(database, login, password, address))


def identify(database: Database, login: str, password: str, address: str) -> accounts.Account:
    """Returns the active account with this login and password; failures count.

    Args:
        address: where the person is: network address, or the command line.

    Raises:
        SignInError: wrong login or password, or too many failures.
    """
    seen = (f"login:{login.strip().casefold()}", f"adresse:{address}")
    if any(accounts.failure_count(database, who, WINDOW) >= FAILURES for who in seen):
        raise SignInError("Zu viele Fehlversuche. Bitte warten Sie 15 Minuten oder lassen Sie Ihr Passwort von einer Verwalterin neu setzen.")
    account = accounts.find(database, login)
    good = passwords.matches(account.password if account else "", password)
    if account is None or not good or not account.active:
        for who in seen:
            accounts.note_failure(database, who)
        audit.note(database, actor="unbekannt", action="anmeldung_gescheitert", target="")
        raise SignInError("Anmeldename oder Passwort stimmt nicht.")
    accounts.forget_failures(database, seen[0])
    return account


def start_session(database: Database, account: accounts.Account) -> str:
    """Opens a session for an account whose identity is certain, and returns its token."""
    token = secrets.token_urlsafe(32)
    accounts.open_session(database, account, token, secrets.token_urlsafe(24))
    audit.note(database, actor=account.login, action="anmeldung", target=account.login)
    return token

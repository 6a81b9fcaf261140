"""Accounts of staff as an administrator cares for them: add, role, block, new password. Every change is noted in the audit."""

from __future__ import annotations

import re
import secrets

from bot.store import accounts, audit
from bot.store.accounts import Account
from bot.store.database import Database
from bot.team import passwords, roles

LOGIN = re.compile(r"[a-z0-9][a-z0-9._+-]*(@[a-z0-9-]+(\.[a-z0-9-]+)+)?")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
LONGEST_LOGIN = 120


class PeopleError(Exception):
    """A change was refused; the text is German and says what to do."""


def one_time_password() -> str:
    """Returns a random password of about 79 bits that can be read out: four groups of four letters or digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def checked_login(login: str) -> str:
    """Returns the login as it is kept.

    Raises:
        PeopleError: it cannot be one.
    """
    login = login.strip().casefold()
    if not LOGIN.fullmatch(login) or len(login) > LONGEST_LOGIN:
        raise PeopleError("Der Anmeldename ist eine E-Mail-Adresse oder besteht aus Buchstaben ohne Umlaute, Ziffern, Punkt und Bindestrich.")
    return login


def add(db: Database, actor: str, login: str, name: str, role: str, elsewhere: bool = False) -> tuple[Account, str]:
    """Adds an account and returns it with its one-time password.

    Args:
        elsewhere: it signs in at the operator's own service only; there is no password ("").

    Raises:
        PeopleError: login, name or role is wrong, or the login is taken.
    """
    login, name = checked_login(login), " ".join(name.split())
    if not name or any(c in "<>\"" for c in name) or len(name) > 100:
        raise PeopleError("Der Name fehlt oder enthält Zeichen wie <. Er steht im Protokoll und bei Änderungen.")
    if role not in roles.ROLES:
        raise PeopleError(f"Die Rolle „{role}“ gibt es nicht. Möglich: {', '.join(roles.ROLES)}.")
    if accounts.find(db, login):
        raise PeopleError(f"Das Konto „{login}“ gibt es schon.")
    password = "" if elsewhere else one_time_password()
    account = accounts.add(db, login, name, role, passwords.hashed(password) if password else "", temporary=bool(password))
    audit.note(db, actor, "konto_angelegt", account.login, {"rolle": role})
    return account, password


def set_role(db: Database, actor: str, account: Account, role: str) -> None:
    """Gives an account another role.

    Raises:
        PeopleError: no such role, or nobody would be left to administrate.
    """
    if role not in roles.ROLES:
        raise PeopleError(f"Die Rolle „{role}“ gibt es nicht. Möglich: {', '.join(roles.ROLES)}.")
    if role != roles.ADMIN:
        _somebody_else_administrates(db, account)
    accounts.change(db, account.login, role=role)
    audit.note(db, actor, "konto_rolle", account.login, {"vorher": account.role, "rolle": role})


def set_active(db: Database, actor: str, account: Account, active: bool) -> None:
    """Blocks an account at once, or opens it again.

    Raises:
        PeopleError: nobody would be left to administrate.
    """
    if not active:
        _somebody_else_administrates(db, account)
    accounts.change(db, account.login, active=active)
    audit.note(db, actor, "konto_entsperrt" if active else "konto_gesperrt", account.login)


def renew_password(db: Database, actor: str, account: Account) -> str:
    """Gives an account a one-time password and returns it: it is kept nowhere and has to be changed at the next sign-in. Failures are forgotten."""
    password = one_time_password()
    accounts.change(db, account.login, password=passwords.hashed(password), temporary=True)
    accounts.forget_failures(db, f"login:{account.login}")
    audit.note(db, actor, "konto_passwort_neu", account.login)
    return password


def _somebody_else_administrates(db: Database, account: Account) -> None:
    if account.role == roles.ADMIN and account.active and not any(a.role == roles.ADMIN and a.active and a.id != account.id for a in accounts.everyone(db)):
        raise PeopleError("Das ist die letzte Verwaltung. Machen Sie zuerst ein anderes Konto dazu.")

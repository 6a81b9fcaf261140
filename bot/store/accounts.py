"""Staff accounts, their sessions and failed sign-ins. Passwords arrive hashed, session tokens are kept as hashes only."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.values import clean_name, new_id

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)

accounts = sa.Table(
    "accounts", metadata,
    sa.Column("id", sa.String(32), primary_key=True), sa.Column("login", sa.String(200), nullable=False, unique=True), sa.Column("name", sa.String(200), nullable=False),
    sa.Column("password", sa.String(200)), sa.Column("role", sa.String(20), nullable=False), sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created", sa.DateTime, nullable=False), sa.Column("temporary", sa.Boolean, nullable=False, server_default=sa.false()),
)
staff_sessions = sa.Table(
    "staff_sessions", metadata,
    sa.Column("token", sa.String(64), primary_key=True), sa.Column("account", sa.String(32), nullable=False, index=True), sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created", sa.DateTime, nullable=False), sa.Column("seen", sa.DateTime, nullable=False),
)
failures = sa.Table(
    "signin_failures", metadata,
    sa.Column("id", sa.String(32), primary_key=True), sa.Column("who", sa.String(64), nullable=False, index=True), sa.Column("created", sa.DateTime, nullable=False),
)


@dataclass(frozen=True)
class Account:
    """A member of staff: `login` is the mail address or user name, in lower case; `role` one of `bot.team.roles.ROLES`.

    `password` is a hash, "" for an account that signs in elsewhere; `temporary` when it was made by somebody else and has to be changed.
    """

    id: str
    login: str
    name: str
    role: str
    active: bool
    password: str = ""
    temporary: bool = False


@dataclass(frozen=True)
class StaffSession:
    """A signed-in account with the token that every form must carry and the time (UTC) of signing in."""

    account: Account
    csrf: str
    since: dt.datetime


def add(database: Database, login: str, name: str, role: str, password_hash: str, temporary: bool = False) -> Account:
    """Stores a new account and returns it."""
    account = Account(new_id(), login.strip().casefold(), str(clean_name(name)), role, True, password_hash, temporary)
    row = {"id": account.id, "login": account.login, "name": account.name, "role": role, "active": True, "password": password_hash, "created": database.now(), "temporary": temporary}
    with database.write() as connection:
        connection.execute(accounts.insert().values(row))
    return account


def find(database: Database, login: str) -> Account | None:
    """Returns the account with this login, active or not."""
    with database.read() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.login == login.strip().casefold())).mappings().first()
    return _account(row) if row else None


def find_id(database: Database, id: str) -> Account | None:
    """Returns the account with this id."""
    with database.read() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.id == id)).mappings().first()
    return _account(row) if row else None


def everyone(database: Database) -> list[Account]:
    """Returns all accounts by login."""
    with database.read() as connection:
        return [_account(row) for row in connection.execute(sa.select(accounts).order_by(accounts.c.login)).mappings()]


def change(database: Database, login: str, **values: object) -> None:
    """Changes `name`, `role`, `active`, `password` or `temporary` of an account and ends its sessions."""
    account = find(database, login)
    with database.write() as connection:
        connection.execute(accounts.update().where(accounts.c.login == login.strip().casefold()).values(**values))
        if account:
            connection.execute(staff_sessions.delete().where(staff_sessions.c.account == account.id))


def open_session(database: Database, account: Account, token: str, csrf: str) -> None:
    """Stores a session for a token that only the browser keeps."""
    now = database.now()
    with database.write() as connection:
        connection.execute(staff_sessions.delete().where(staff_sessions.c.seen < now - LONGEST))
        connection.execute(staff_sessions.insert().values(token=_hash(token), account=account.id, csrf=csrf, created=now, seen=now))


def session(database: Database, token: str) -> StaffSession | None:
    """Returns the session of a token when it is neither idle nor too old and its account is active; remembers that it was used."""
    now = database.now()
    with database.read() as connection:
        both = sa.select(accounts, staff_sessions.c.csrf, staff_sessions.c.created.label("since"), staff_sessions.c.seen).join(accounts, accounts.c.id == staff_sessions.c.account)
        row = connection.execute(both.where(staff_sessions.c.token == _hash(token))).mappings().first()
    if row is None or not row["active"] or now - row["seen"] > IDLE or now - row["since"] > LONGEST:
        return None
    if now - row["seen"] > dt.timedelta(minutes=1):
        with database.write() as connection:
            connection.execute(staff_sessions.update().where(staff_sessions.c.token == _hash(token)).values(seen=now))
    return StaffSession(_account(row), row["csrf"], row["since"])


def close_session(database: Database, token: str) -> None:
    """Ends a session."""
    with database.write() as connection:
        connection.execute(staff_sessions.delete().where(staff_sessions.c.token == _hash(token)))


def note_failure(database: Database, who: str) -> None:
    """Notes a failed sign-in of a login or address; only its hash is kept."""
    with database.write() as connection:
        connection.execute(failures.insert().values(id=new_id(), who=_hash(who), created=database.now()))


def failure_count(database: Database, who: str, within: dt.timedelta) -> int:
    """Returns how often `who` failed lately."""
    with database.read() as connection:
        query = sa.select(sa.func.count()).where(failures.c.who == _hash(who), failures.c.created > database.now() - within)
        return int(connection.execute(query).scalar() or 0)


def forget_failures(database: Database, who: str) -> None:
    """Removes the failures of `who` after a good sign-in, and those of everybody that are older than a day."""
    with database.write() as connection:
        connection.execute(failures.delete().where((failures.c.who == _hash(who)) | (failures.c.created < database.now() - dt.timedelta(days=1))))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _account(row: sa.engine.RowMapping) -> Account:
    return Account(row["id"], row["login"], row["name"], row["role"], bool(row["active"]), row["password"] or "", bool(row["temporary"]))

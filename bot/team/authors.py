"""The signed-in member of staff as the author of commits."""

from __future__ import annotations

from bot.editor.workspace import Author
from bot.store.accounts import Account

NO_MAIL = "lotse.invalid"  # a login that is no mail address: the domain says that there is none


def author_of(account: Account) -> Author:
    """Returns name and mail address for a commit.

    Raises:
        EditError: the account's name cannot stand in a commit.
    """
    return Author(account.name, account.login if "@" in account.login else f"{account.login}@{NO_MAIL}")

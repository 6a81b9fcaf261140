"""Settings of the web process, from environment variables (`.env.example` lists them). Wrong values end the start with a German message."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping
from urllib.parse import urlsplit

from bot.knowledge.base import ROOT

SECRET_FILE = ROOT / "var" / "geheimnis"
SECRET_LENGTH = 32
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


class SettingsError(Exception):
    """A setting is wrong; the text names the variable and what to do, in German."""


@dataclass(frozen=True)
class Oidc:
    """An OpenID Connect service that staff may sign in with; `claim` of its token names the account's login."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "email"


@dataclass(frozen=True)
class Settings:
    """Where the website listens and what it may do.

    `base_url` is the public address without a slash at its end; `embed_origins` are the foreign sites that may embed the chat;
    `oidc` is the operator's own sign-in service for staff, if any. `rasa_url` is empty when `var/run/rasa.json` tells where Rasa is; `database_url` is empty for the SQLite file below `var/`.
    """

    host: str
    port: int
    base_url: str
    secret: str
    embed_origins: tuple[str, ...]
    rasa_url: str
    database_url: str
    oidc: Oidc | None = None

    @property
    def secure(self) -> bool:
        """Tells whether visitors come over https, so that cookies may demand it."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, port: int | None = None) -> "Settings":
        """Reads the variables.

        Raises:
            SettingsError: a value is wrong.
        """
        env = os.environ if environment is None else environment
        host = env.get("LOTSE_HOST", "127.0.0.1")
        number = port if port is not None else _port(env.get("LOTSE_PORT", "8080"))
        base = env.get("LOTSE_BASE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{number}").rstrip("/")
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc:
            raise SettingsError(f"LOTSE_BASE_URL: „{base}“ ist keine Webadresse. Beispiel: https://lotse.example")
        origins = tuple(o.strip().rstrip("/") for o in env.get("LOTSE_EMBED_ORIGINS", "").split(",") if o.strip())
        for origin in origins:
            if not ORIGIN.fullmatch(origin):
                raise SettingsError(f"LOTSE_EMBED_ORIGINS: „{origin}“ ist keine Herkunft. Beispiel: https://www.stadt.example, mehrere mit Komma, nie *.")
        return cls(host, number, base, _secret(env), origins, env.get("LOTSE_RASA_URL", "").rstrip("/"), env.get("DATABASE_URL", ""),
                   _oidc(env))


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingsError(f"LOTSE_PORT: „{text}“ ist kein Port. Eine Zahl von 1 bis 65535 eintragen.")
    return int(text)


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    names = ("LOTSE_OIDC_ISSUER", "LOTSE_OIDC_CLIENT_ID", "LOTSE_OIDC_CLIENT_SECRET")
    values = [env.get(name, "").strip() for name in names]
    if not any(values):
        return None
    for name, value in zip(names, values):
        if not value:
            raise SettingsError(f"{name} fehlt. Für die Anmeldung über den eigenen Dienst gehören {', '.join(names)} zusammen.")
    address = urlsplit(values[0])
    if not address.netloc or not (address.scheme == "https" or (address.scheme == "http" and address.hostname in ("127.0.0.1", "localhost"))):
        raise SettingsError(f"LOTSE_OIDC_ISSUER: „{values[0]}“ muss mit https:// beginnen.")
    return Oidc(values[0], values[1], values[2], env.get("LOTSE_OIDC_CLAIM", "") or "email")


def _secret(env: Mapping[str, str], file: Path = SECRET_FILE) -> str:
    """Returns LOTSE_SECRET, else the one that was made at the first start and kept in a file only its owner can read."""
    secret = env.get("LOTSE_SECRET", "")
    if secret:
        if len(secret) < SECRET_LENGTH:
            raise SettingsError(f"LOTSE_SECRET ist zu kurz: mindestens {SECRET_LENGTH} Zeichen. Zum Beispiel: openssl rand -hex 32")
        return secret
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        file.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secret)
    return secret

"""`python -m bot.web`: serves the website. `lotse serve` starts it beside Rasa and the action server."""

from __future__ import annotations

import argparse
import sys

import uvicorn

from bot.knowledge.errors import ContentErrors
from bot.web.app import create_app
from bot.web.connections import PatientProtocol
from bot.web.log import configure
from bot.web.settings import Settings, SettingsError

SHUTDOWN_SECONDS = 12  # an open answer takes ten at most


def main() -> None:
    """Reads the settings and serves until a signal comes. Wrong settings or contents end it with code 2 and one German message."""
    parser = argparse.ArgumentParser(prog="python -m bot.web", description="Webseite des Anerkennungslotsen")
    parser.add_argument("--port", type=int, default=None, help="Port (Vorgabe: LOTSE_PORT oder 8080)")
    options = parser.parse_args()
    configure()
    try:
        settings = Settings.from_environment(port=options.port)
        app = create_app(settings)
    except (SettingsError, ContentErrors) as error:
        print(f"Fehler: {error}", file=sys.stderr)
        sys.exit(2)
    # ws="none": Rasa's pins leave websockets 10.4, with which uvicorn's default crashes at start.
    uvicorn.run(app, host=settings.host, port=settings.port, ws="none", server_header=False, access_log=False, log_config=None, timeout_keep_alive=60,
                http=PatientProtocol, timeout_graceful_shutdown=SHUTDOWN_SECONDS)


if __name__ == "__main__":
    main()

"""`lotse`: the command line. Staff see German; every command has `--help`.

Exit codes: 0 good, 1 a finding, 2 wrong usage or content, 3 the environment (port, model, service).
Commands live in `bot/commands/`, one file each; to add one, put it there and list it below.
"""

from __future__ import annotations

import importlib
import sys

import click

from bot.knowledge.errors import ContentErrors
from bot.processes import StartError
from bot.store.errors import StoreError

COMMANDS = {
    "serve": "bot.commands.serve",
    "chat": "bot.commands.chat",
    "train": "bot.commands.train",
    "evaluate": "bot.commands.evaluate",
    "explain": "bot.commands.explain",
    "data": "bot.commands.data",
    "phrasings": "bot.commands.phrasings",
    "faq": "bot.commands.faq",
    "werte": "bot.commands.werte",
    "proposals": "bot.commands.proposals",
    "offices": "bot.commands.offices",
    "privacy": "bot.commands.privacy", "models": "bot.commands.models",
    "team": "bot.commands.team",
    "inbox": "bot.commands.inbox",
    "reports": "bot.commands.reports",
    "gaps": "bot.commands.gaps",
    "stats": "bot.commands.stats",
    "check-config": "bot.commands.check_config",
    "chat-switch": "bot.commands.chat_switch",
}


class LazyGroup(click.Group):
    """Imports a command's module only when it is used, so that `lotse --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return importlib.import_module(COMMANDS[name]).command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Anerkennungslotse Hessen: starten, sprechen, trainieren, Inhalte prüfen."""


def main() -> None:
    """Runs the command line; known troubles become one German message instead of a traceback."""
    try:
        code = group(standalone_mode=False)  # click returns the code of an Exit instead of raising it
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as help_text:
        click.echo(help_text.format_message(), err=True)
        sys.exit(help_text.exit_code)
    except click.ClickException as error:
        click.echo(f"Fehler: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Abgebrochen.", err=True)
        sys.exit(130)
    except ContentErrors as faults:
        click.echo(f"{len(faults.errors)} Fehler in den Inhalten:\n{faults}", err=True)
        sys.exit(2)
    except (StartError, StoreError) as error:
        click.echo(f"Fehler: {error}", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()

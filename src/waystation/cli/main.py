"""The group of all commands, and how a command gets a ready node."""

import os
import sys
from pathlib import Path

import click

COMMANDS = {
    "init": "waystation.cli.node:init",
    "serve": "waystation.cli.node:serve",
    "lock": "waystation.cli.node:lock",
    "check": "waystation.cli.node:check",
    "backup": "waystation.cli.backup:backup",
    "restore": "waystation.cli.backup:restore",
    "token": "waystation.cli.node:token",
    "demo": "waystation.cli.demo:demo",
    "audit": "waystation.cli.audit:audit",
    "exchange": "waystation.cli.exchange:exchange",
    "offline-key": "waystation.cli.offline_key:offline_key",
    "match": "waystation.cli.match:match",
    "pfif": "waystation.cli.pfif:pfif",
    "bench": "waystation.cli.bench:bench",
    "docs": "waystation.cli.docs:docs",
}
PORT = click.IntRange(1, 65535)


class Rooms(click.Group):
    """Loads a command only when it is called, so that `waystation --help` is quick and never touches a node."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command = getattr(__import__(module, fromlist=[attribute]), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Rooms)
@click.option("--data", type=click.Path(file_okay=False), help="The node's folder (default: node-data here).")
def main(data: str | None) -> None:
    """Waystation: the book a helper keeps of the people it helps on the move."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    if data:
        os.environ["WAYSTATION_DATA"] = data


def ready_node(*, needs_database: bool = True) -> Path:
    """Set Django up on the node's folder and bring its tables up to date. Returns the folder."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    folder = Path(settings.DATA)
    if needs_database:
        os.umask(0o077)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    django.setup()
    if needs_database:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as problem:
            fail(f"The database cannot be opened: {problem}. Free some space, or check DATABASE_URL, and start again.")
    return folder


def fail(message: str) -> None:
    """Say what to mend and end with exit code 1."""
    click.echo(message, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()

"""Mail between nodes by stick, and how it stands."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from waystation.cli.main import fail, ready_node

FOLDER = click.Path(file_okay=False, path_type=Path)
OUTCOMES = {
    "taken": "taken",
    "again": "known already, answered again",
    "answer": "receipts",
    "relayed": "kept for nodes whose mail we hold",
    "held": "could not be taken; see the page Other nodes",
    "dropped": "not for this node, or of nobody it trusts",
    "damaged": "damaged on the stick; ask for them again",
}


@click.group()
def exchange() -> None:
    """Sealed messages between nodes: carry them on a stick, see what waits."""


def _signed_in(command: Callable[..., None]) -> Callable[..., None]:
    """Ask for both factors, open the node, and give the command its actor as `by`; a problem is told in words."""

    @click.option("--handle", required=True, help="Who does it: a sign-in name.")
    @click.password_option("--passphrase", confirmation_prompt=False, help="Passphrase of that account.")
    @click.option("--code", prompt="Code from your app, or a spare code", help="The second step.")
    @wraps(command)
    def run(*, handle: str, passphrase: str, code: str, **given: Any) -> None:
        ready_node()
        from waystation.accounts.tokens import actor_with_passphrase
        from waystation.kernel.errors import Problem
        from waystation.vault import node

        try:
            command(by=actor_with_passphrase(handle=handle, passphrase=passphrase, code=code), **given)
        except Problem as problem:
            fail(str(problem))
        finally:
            node.lock("command")

    return run


@exchange.command("export")
@click.argument("folder", type=FOLDER)
@_signed_in
def export_(*, by: Any, folder: Path) -> None:
    """Put everything that waits into FOLDER (on a stick), as sealed files."""
    from waystation.exchange import folders

    carried = folders.export(by=by, folder=folder, progress=_tell)
    click.echo(
        f"{carried.messages} messages, {carried.receipts} receipts, {carried.for_others} sealed files for others."
    )
    click.echo("They go on every stick until a receipt comes back, so that a lost stick loses nothing.")


@exchange.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_signed_in
def import_(*, by: Any, folder: Path) -> None:
    """Take in what is in FOLDER (on a stick); doing it again does no harm."""
    from waystation.exchange import folders

    carried = folders.take_in(by=by, folder=folder, progress=_tell)
    for outcome, words in OUTCOMES.items():
        if carried.outcomes[outcome]:
            click.echo(f"{carried.outcomes[outcome]} {words}")
    click.echo("Done. Receipts go along with the next export, or by the line.")


@exchange.command()
def status() -> None:
    """Say what waits, left, came, is missing and is held. The node may be locked."""
    ready_node()
    from waystation.exchange import standing

    for line in standing.lines():
        click.echo(line)


@exchange.command()
def peers() -> None:
    """List the nodes this one knows, with the words to compare. The node may be locked."""
    ready_node()
    from waystation.exchange import standing

    for line in standing.peers():
        click.echo(line)


@exchange.command()
@click.option("--file", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write it there instead.")
def descriptor(path: Path | None) -> None:
    """Print this node's descriptor as one line of text, to give to another node. The node may be locked."""
    ready_node()
    from waystation.exchange import descriptors, standing

    file = standing.own_descriptor()
    if file is None:
        fail("This node has no descriptor yet: it is made when the node is unlocked for the first time.")
    elif path is None:
        click.echo(descriptors.to_text(file))
    else:
        path.write_bytes(file)
        click.echo(f"Written to {path}. Its words: {descriptors.read(file).fingerprint}")


def _tell(count: int) -> None:
    if count % 1000 == 0:
        click.echo(f"{count} files", err=True)

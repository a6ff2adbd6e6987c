"""The demo: a node with invented people, made once and served."""

import os
from pathlib import Path

import click

from waystation.cli.main import PORT, fail, ready_node

MARK = "this-is-a-demo"
"""A file that only a demo's folder holds, so that no real node is ever taken for one."""
OF_A_REAL_NODE = ("DATABASE_URL", "WAYSTATION_SECRET_KEY")
"""What an environment says of a node that is no demo: invented people never go into its database."""
ROAD = "road"
"""Where in it the nodes of a road stand: a folder with a mark of its own."""


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--data", type=click.Path(file_okay=False), default="demo-data", show_default=True, help="Its folder.")
@click.option("--fresh", is_flag=True, help="Throw the earlier demo away and begin anew.")
@click.option("--road", is_flag=True, help="Four nodes that exchange messages, on four ports from PORT on.")
def demo(*, port: int, data: str, fresh: bool, road: bool) -> None:
    """Make a node with invented people, or a road of four, and serve it on this machine."""
    folder = Path(data).absolute()
    refuse_foreign(folder, road=road)
    if road:
        from waystation.cli.road import serve_road

        serve_road(folder / ROAD, port, fresh=fresh)
        return
    from waystation.config import renewal

    # After a lock the program begins anew by itself: what is there stays, and stays locked.
    again = renewal.is_renewal()
    if fresh and not again:
        _throw_away(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / MARK).touch()
    for name in OF_A_REAL_NODE:
        os.environ.pop(name, None)
    os.environ |= {"WAYSTATION_DATA": str(folder), "WAYSTATION_DEMO": "yes", "WAYSTATION_IDLE_MINUTES": "240"}
    ready_node()
    from waystation.config.serving import CannotServe, serve_node
    from waystation.demo import build
    from waystation.demo.accounts import OFFICER
    from waystation.demo.staff import unlock
    from waystation.vault import node

    if again:
        pass
    elif node.is_initialised():
        click.echo("The demo is there already; it is opened as you left it (--fresh begins anew).")
        unlock(OFFICER)
    else:
        click.echo("Inventing people …")
        build.build()
    if not again:
        _introduce()
    try:
        serve_node(host="127.0.0.1", port=port, ready=lambda url: click.echo(f"Waystation is ready at {url}"))
    except CannotServe as problem:
        fail(str(problem))


def refuse_foreign(folder: Path, *, road: bool) -> None:
    """End where a folder holds anything and bears no mark: whatever it is, it is somebody's, and stays as it is.

    A road marks only its own folder in this one; where an earlier version made it beside other things it still opens.
    """
    held = {path.name for path in folder.iterdir()} if folder.exists() else set()
    has_road = (folder / ROAD / MARK).exists()
    if not held or MARK in held or (has_road and (road or held == {ROAD})):
        return
    fail(
        f"{folder} holds something that is no demo; nothing in it was touched. "
        f"Choose a folder that is empty or new, such as --data {folder / 'demo'}"
    )


def _introduce() -> None:
    from waystation.accounts.roles import CARDS
    from waystation.demo import build
    from waystation.demo.accounts import PASSPHRASE

    click.echo(f"\nSign in with any of these; the passphrase is always: {PASSPHRASE}")
    click.echo("The second step shows its code on the page, because this is a demo.\n")
    for account in build.demo_accounts():
        click.echo(f"  {account.handle:<8} {CARDS[account.role].label}")
    click.echo("\nFour nodes, and the road between them: waystation demo --road (make demo ROAD=yes)")
    click.echo("Stop it with Ctrl-C.\n")


def _throw_away(folder: Path) -> None:
    for part in (*folder.glob("waystation.sqlite3*"), *folder.glob("keys/epoch-*.key")):
        part.unlink()

"""Making, serving, locking and checking one node."""

import click

from waystation.cli.main import PORT, fail, ready_node

HINT = "Several words you will remember; nobody can look it up for you."


@click.command()
@click.option("--organisation", prompt="Name of your organisation")
@click.option("--country", prompt="Country (two letters, such as KE)")
@click.option("--post", prompt="Name of the first post")
@click.option("--handle", prompt="Sign-in name of the first officer (need not be a real name)")
@click.password_option("--passphrase", prompt="Passphrase of the first officer", help=HINT)
def init(organisation: str, country: str, post: str, handle: str, passphrase: str) -> None:
    """Make a node: keys, database, first officer. The same as the set-up page of a node that was only served."""
    folder = ready_node()
    from waystation.accounts.setup import set_up
    from waystation.kernel.errors import Invalid, Problem
    from waystation.vault import node

    if node.is_initialised():
        fail(f"There is a node in {folder} already; nothing was changed. Another one: waystation --data FOLDER init")
    try:
        made = set_up(organisation=organisation, country=country, post=post, handle=handle, passphrase=passphrase)
    except Invalid as problem:
        fail("\n".join(f"{field}: {says}" for field, says in problem.fields.items()))
    except Problem as problem:
        fail(str(problem))
    else:
        click.echo(f"The node is made in {folder}.")
        click.echo(
            f"Recovery code, shown once; write it down and keep it away from this machine:\n\n  {made.recovery}\n"
        )
        click.echo(f"Start it with: waystation --data {folder} serve")


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int, host: str) -> None:
    """Serve the node's pages. It starts locked; an officer opens it by signing in."""
    ready_node()
    from waystation.config.serving import CannotServe, serve_node

    try:
        serve_node(host=host, port=port, ready=lambda url: click.echo(f"Waystation is ready at {url}"))
    except CannotServe as problem:
        fail(str(problem))


@click.command()
def lock() -> None:
    """Lock the node that runs on this folder, now: its keys leave memory and everyone is signed out."""
    folder = ready_node(needs_database=False)
    from waystation.config.serving import ask_to_lock

    click.echo("Locked." if ask_to_lock(folder) else "No node is running on this folder, so it is locked already.")


@click.command()
def check() -> None:
    """Check the node: settings, models, and that nothing asks for legal or immigration status."""
    ready_node(needs_database=False)
    from django.core import checks

    found = [one for one in checks.run_checks(include_deployment_checks=False) if not one.is_silenced()]
    for message in found:
        click.echo(str(message), err=True)
    if any(message.is_serious(checks.ERROR) for message in found):
        fail("The node may not start until this is mended.")
    click.echo("All checks passed. Nothing asks for legal or immigration status.")


@click.command()
@click.option("--handle", required=True, help="Whose token: a sign-in name.")
@click.option("--label", required=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1, 90), default=30, show_default=True, help="Valid for this many days.")
@click.password_option("--passphrase", confirmation_prompt=False, help="Passphrase of that account.")
@click.option("--code", prompt="Code from your app, or a spare code", help="The second step.")
def token(*, handle: str, label: str, days: int, passphrase: str, code: str) -> None:
    """Make a personal token for the HTTP API: the same permissions, the same log. It is shown once."""
    ready_node()
    from waystation.accounts.tokens import issue_with_passphrase
    from waystation.kernel.errors import Problem

    try:
        click.echo(issue_with_passphrase(handle=handle, passphrase=passphrase, code=code, label=label, days=days))
    except Problem as problem:
        fail(str(problem))

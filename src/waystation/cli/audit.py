"""Proving that the log was not rewritten."""

import click

from waystation.cli.main import fail, ready_node


@click.group()
def audit() -> None:
    """The log of every read and every write."""


@audit.command()
def verify() -> None:
    """Recompute the whole log and compare it with every checkpoint ever made."""
    ready_node()
    from waystation.audit.verify import verify_log

    verdict = verify_log()
    for problem in verdict.problems:
        click.echo(problem, err=True)
    if not verdict.ok:
        fail(f"The log of {verdict.size} entries is NOT as it was written.")
    click.echo(f"The log of {verdict.size} entries is whole. Root {verdict.root}")


@audit.command()
def checkpoint() -> None:
    """Print the newest signed checkpoint (C2SP), to be kept by someone else."""
    ready_node()
    from waystation.audit.verify import checkpoint_text

    click.echo(checkpoint_text())

"""Proving that the log was not rewritten."""

from pathlib import Path

import click

from waystation.cli.main import fail, ready_node


@click.group()
def audit() -> None:
    """The log of every read and every write."""


@audit.command()
@click.option(
    "--held",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that someone else kept, as a file; may be given several times.",
)
def verify(*, held: tuple[Path, ...]) -> None:
    """Recompute the whole log and compare it with every checkpoint ever made."""
    ready_node()
    from waystation.audit.verify import verify_log

    verdict = verify_log(progress=_tell, held=[path.read_text(encoding="utf-8", errors="replace") for path in held])
    for problem in verdict.problems:
        click.echo(problem, err=True)
    if not verdict.ok:
        fail(f"The log of {verdict.size} entries is NOT as it was written.")
    click.echo(f"The log of {verdict.size} entries is whole. Root {verdict.root}")
    click.echo(f"The first {verdict.signed_size} are covered by a signed checkpoint.")


@audit.command()
def key() -> None:
    """Print the key that checks this log's checkpoints (a signed-note verifier key)."""
    ready_node()
    from waystation.audit.verify import verifier_key

    click.echo(verifier_key() or "There is no key yet: it is made with the first checkpoint.")


@audit.command()
def checkpoint() -> None:
    """Print the newest signed checkpoint (C2SP), to be kept by someone else."""
    ready_node()
    from waystation.audit.verify import checkpoint_text

    click.echo(checkpoint_text(), nl=False)


def _tell(done: int, total: int) -> None:
    if done != total and done % 100_000 == 0:
        click.echo(f"{done} of {total} entries", err=True)

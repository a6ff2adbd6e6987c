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
@click.option(
    "--proof",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A proof that someone took along (of an erasure, say): check it instead of the whole log.",
)
@click.option("--key", "vkey", default="", help="With --proof: the log's key, so that no node is needed.")
def verify(*, held: tuple[Path, ...], proof: Path | None, vkey: str) -> None:
    """Recompute the whole log and compare it with every checkpoint ever made, or check one proof."""
    ready_node(needs_database=proof is None or not vkey)
    if proof is not None:
        _check_proof(proof.read_text(encoding="utf-8", errors="replace"), vkey)
        return
    from waystation.audit.verify import verify_log

    verdict = verify_log(progress=_tell, held=[path.read_text(encoding="utf-8", errors="replace") for path in held])
    for problem in verdict.problems:
        click.echo(problem, err=True)
    if not verdict.ok:
        fail(f"The log of {verdict.size} entries is NOT as it was written.")
    click.echo(f"The log of {verdict.size} entries is whole. Root {verdict.root}")
    click.echo(f"The first {verdict.signed_size} are covered by a signed checkpoint.")


def _check_proof(text: str, vkey: str) -> None:
    from waystation.audit.receipts import ReceiptError, checked, verifier_of
    from waystation.audit.verify import check_held, verifier_key

    try:
        proven = checked(text, verifier_of(vkey or verifier_key()))
    except ReceiptError as problem:
        fail(f"The proof is NOT valid. {problem}")
    else:
        click.echo(f"The proof is valid: entry {proven.index}, {proven.action}, {proven.at:%Y-%m-%d %H:%M:%S} UTC.")
        if not vkey and (wrong := check_held(proven.checkpoint)):
            fail(f"But this node's log is not the one that was signed. {wrong}")


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

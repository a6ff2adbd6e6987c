"""The organisation's offline key: made and used on another machine, never on a node."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from waystation.cli.main import fail
from waystation.vault.offline_keys import OfflineKey, OfflineKeyProblem, Request, mark_of, show_public

IN = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group(name="offline-key")
def offline_key() -> None:
    """The key that opens records sealed away. Use it on a machine that runs no node and is on no network."""


@offline_key.command()
@click.argument("out", type=OUT)
def make(out: Path) -> None:
    """Make a key pair and write it to OUT. Print it, and keep file and paper in two safe places."""
    key = OfflineKey.new()
    try:
        _write(out, key.to_text(f"{datetime.now(UTC):%Y-%m-%d}"))
    except FileExistsError:
        fail(f"{out} is there already; nothing was changed. Choose another name.")
    click.echo(f"The key stands in {out}. Print it, and keep it away from every node.")
    click.echo(f"For the node, under “Sealed away”:\n\n  public: {mark_of(key.public)} {show_public(key.public)}")


@offline_key.command(name="list")
@click.argument("packages", type=IN)
@click.argument("key", type=IN)
def names(packages: Path, key: Path) -> None:
    """Tell whose the records in PACKAGES are, a file that a node gave under "Take the list"."""
    private, asked = _read(packages, key)
    for record, sealed in asked.records.items():
        try:
            who = " / ".join(dict.fromkeys(private.open(one, asked.node).label for one in sealed))
        except OfflineKeyProblem as problem:
            who = f"({problem})"
        click.echo(f"{record.hex[:4]}-{record.hex[4:8]}".upper() + f"  {who}")


@offline_key.command(name="open")
@click.argument("package", type=IN)
@click.argument("key", type=IN)
@click.option("--answer", type=OUT, default="answer.json", show_default=True, help="Where the answer is written.")
def open_(package: Path, key: Path, answer: Path) -> None:
    """Answer the question in PACKAGE with KEY. Only the node that asked can read the answer."""
    private, asked = _read(package, key)
    try:
        text = private.answer(asked)
        labels = [private.open(one, asked.node).label for sealed in asked.records.values() for one in sealed]
        _write(answer, text)
    except OfflineKeyProblem as problem:
        fail(str(problem))
    except FileExistsError:
        fail(f"{answer} is there already; nothing was changed. Choose another name: --answer FILE")
    else:
        click.echo(f"This brings back: {' / '.join(dict.fromkeys(labels))}")
        click.echo(f"The answer stands in {answer}. Take it to the node that asked.")


def _read(packages: Path, key: Path) -> tuple[OfflineKey, Request]:
    try:
        private = OfflineKey.from_text(key.read_text(encoding="utf-8", errors="replace"))
        asked = Request.from_text(packages.read_text(encoding="utf-8", errors="replace"))
    except OfflineKeyProblem as problem:
        fail(str(problem))
        raise
    if asked.mark != mark_of(private.public):
        fail(f"These records are sealed to the key {asked.mark}; this is the key {mark_of(private.public)}.")
    return private, asked


def _write(path: Path, text: str) -> None:
    """Write a file that is for its owner only, never over another one."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)

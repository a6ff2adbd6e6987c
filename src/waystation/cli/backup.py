"""Copying a node for a bad day, and bringing it back."""

import sqlite3
from pathlib import Path

import click

from waystation.cli.main import fail, ready_node

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--keys", type=FOLDER, required=True, help="Where the one copy of the keys is replaced; another stick.")
def backup(folder: Path, keys: Path) -> None:
    """Copy the book and the sealed files into FOLDER, and the keys to another place. The node may run and be locked.

    Keep as many books as you like, and one copy of the keys: who was erased is gone from all books once the keys are
    copied again. Neither opens without an officer's passphrase or the recovery code.
    """
    ready_node(needs_database=False)
    from waystation.config.backups import CannotCopy, copy_book, copy_files, copy_keys

    if folder.resolve() == keys.resolve():
        fail("Keep the keys in another place than the books: whoever finds both needs only a passphrase.")
    try:
        book = copy_book(folder)
        click.echo(f"The book: {book}")
        click.echo(f"Sealed files beside it: {copy_files(folder, book)} new parts.")
        click.echo(f"The keys: {copy_keys(keys)} and the epoch files beside it. Older copies of them were replaced.")
    except CannotCopy as problem:
        fail(str(problem))
    except (OSError, sqlite3.Error) as problem:
        fail(
            f"The copy could not be written: {problem}. Nothing of the node was changed. Free some space and try again."
        )


@click.command()
@click.argument("book", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--keys", type=FOLDER, required=True, help="The folder with the newest copy of the keys.")
def restore(book: Path, keys: Path) -> None:
    """Bring BOOK, the files beside it and the keys back into an empty node folder; it stays locked."""
    ready_node(needs_database=False)
    from waystation.config.backups import CannotCopy
    from waystation.config.backups import restore as bring_back

    try:
        target = bring_back(book, keys)
    except CannotCopy as problem:
        fail(str(problem))
    except (OSError, sqlite3.Error) as problem:
        fail(f"It could not be brought back: {problem}. Neither copy was changed; empty the folder and try again.")
    else:
        ready_node()
        click.echo(f"The node is back in {target.parent}, locked. Start it with: waystation serve")

"""Looking through a file of PFIF before it is sent or brought: for whoever keeps it. Nothing is taken, nothing kept."""

from pathlib import Path

import click

from waystation.cli.main import fail, ready_node


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def pfif(file: Path) -> None:
    """Read FILE (PFIF 1.1 to 1.4) and tell each fault with its line, its element and what to mend. No node is needed,
    and none is touched."""
    ready_node(needs_database=False)
    from waystation.familylinks.pfif import reading
    from waystation.familylinks.pfif.codes import SAYS

    found = reading.read(file.read_bytes())
    for one in found.faults:
        element = f" {one.element}" if one.element else ""
        left_out = "" if one.taken else " The record is left out." if one.record else ""
        click.echo(f"line {one.line}{element}: {SAYS[one.why]}{left_out}")
    notes = sum(len(one.person.notes) for one in found.people)
    click.echo(f"{len(found.people)} people, {notes} notes, {len(found.faults)} faults.")
    if found.faults:
        fail("Mend what stands above.")

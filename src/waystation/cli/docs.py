"""Reference pages that are made from the code, so that they cannot drift from it."""

from pathlib import Path

import click

from waystation.cli.main import COMMANDS, fail, ready_node

RETENTION = """An organisation may shorten a clock at once (page "How long records are kept"), and lengthen it only by
a decision of two officers. What is about a person is never erased by a clock alone: it comes up for review, where a
coordinator keeps it until a day with a reason, seals it to the offline key, or asks a second officer to erase it. A
legal hold stops both. Automatic clocks only take words and hours that nobody needs any more. Every run is logged."""


def pages() -> dict[str, str]:
    """Each generated page by its path from the checkout."""
    import json

    from waystation.casework.retention import periods
    from waystation.config.addresses import permissions_table, table
    from waystation.config.api import api

    made = "Made by `waystation docs` from the code."
    permissions = ["# Who may do what", made, permissions_table(), "## Every address, every role", table()]
    retention = ["# How long records are kept", made, RETENTION, periods.table()]
    contract = json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True)
    return {
        "docs/reference/permissions.md": "\n\n".join(permissions) + "\n",
        "docs/reference/retention.md": "\n\n".join(retention) + "\n",
        "docs/reference/commands.md": f"# The `waystation` command\n\n{made}\n\n{command_help()}",
        "tests/contracts/openapi.json": contract + "\n",
    }


def command_help() -> str:
    """What each command says with --help."""
    from waystation.cli.main import main

    texts = []
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        if command is None:
            continue
        context = click.Context(command, info_name=f"waystation {name}", terminal_width=100, max_content_width=100)
        texts.append(f"## waystation {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(texts)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a page is not what the code says.")
def docs(*, check: bool) -> None:
    """Write what is made from the code: reference pages and the API's contract."""
    ready_node(needs_database=False)
    if not Path("src/waystation").is_dir():
        fail("Reference pages are written in a checkout of the source: call this in its folder.")
    stale = []
    for name, text in pages().items():
        path = Path(name)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        fail(f"Not what the code says: {', '.join(stale)}. Run: make docs")
    click.echo(f"{len(stale)} pages written." if not check else "The reference pages say what the code says.")

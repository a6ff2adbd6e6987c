"""Benches of the checkout's `benchmarks/` folder, each a module with `main(size=…, as_json=…)`."""

import sys
from importlib import import_module
from pathlib import Path

import click

import waystation
from waystation.cli.main import fail

NAMES = ("asking", "desk", "envelopes", "exchange", "faults", "match", "mutate", "names", "worklist")
FAULTS = "faults"


@click.command()
@click.argument("name", type=click.Choice(NAMES))
@click.option(
    "--size",
    "--messages",
    "size",
    type=click.IntRange(min=100),
    default=10_000,
    show_default=True,
    help="How many people, records, envelopes or messages.",
)
@click.option("--kills", type=click.IntRange(min=0), help="faults: how often a node is killed (default: 100).")
@click.option("--seed", type=int, help="faults: another run, or the same again (default: 1).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object of figures on the last line.")
def bench(*, name: str, size: int, kills: int | None, seed: int | None, as_json: bool) -> None:
    """Measure this node's speed with invented people, in a folder of its own that is thrown away."""
    checkout = Path(waystation.__file__).resolve().parents[2]
    if not (checkout / "benchmarks").is_dir():
        fail("Benches run from a checkout of the source: the benchmarks folder is not here.")
    given = {option: value for option, value in (("kills", kills), ("seed", seed)) if value is not None}
    if given and name != FAULTS:
        raise click.UsageError("--kills and --seed belong to the bench named faults.")
    sys.path.insert(0, str(checkout))
    import_module(f"benchmarks.{name}").main(size=size, as_json=as_json, **given)

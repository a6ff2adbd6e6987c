"""A line that is cut, to try the road without it: a file in a demo's folder, and nothing anywhere else."""

from pathlib import Path

from django.conf import settings

MARK = "line-is-cut"


def mark() -> Path:
    """The file that cuts the line."""
    return Path(settings.DATA) / MARK


def is_cut() -> bool:
    """Whether nothing leaves or comes by the line; never outside a demo, whatever lies in the folder."""
    return bool(settings.DEMO) and mark().exists()

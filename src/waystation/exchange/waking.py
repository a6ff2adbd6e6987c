"""Telling the sender that something waits, so that it need not look every moment."""

import threading

_waiting = threading.Event()


def wake() -> None:
    """Something waits to leave."""
    _waiting.set()


def wait(seconds: float) -> None:
    """Until something waits, or the time is over."""
    _waiting.wait(seconds)
    _waiting.clear()

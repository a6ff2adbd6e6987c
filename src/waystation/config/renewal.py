"""After a lock the serving process becomes a new one, so that no name of the unlocked time stays in its memory.

Python cannot overwrite each string it ever held; the kernel drops all of a process's memory at `exec`. The process
number and the listening sockets stay: whoever connects meanwhile waits a moment and is answered. Where there is POSIX.
"""

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from waystation.vault.keyring import keyring

INHERITED = "WAYSTATION_INHERITED_SOCKETS"
PATIENCE = 1.0
"""Seconds that answers which are under way may take before they are cut off."""
MOMENT = 0.02
READING = frozenset({"GET", "HEAD", "OPTIONS"})
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger(__name__)


def is_renewal() -> bool:
    """Whether this process replaces one that was locked; ask before the sockets are taken."""
    return INHERITED in os.environ


def inherited_sockets() -> list[socket.socket]:
    """The listening sockets of the process that this one replaces, once; none at an ordinary start."""
    numbers = [int(number) for number in os.environ.pop(INHERITED, "").split(",") if number.isdigit()]
    for number in numbers:
        os.set_inheritable(number, False)  # noqa: FBT003 - takes no names
    return [socket.socket(fileno=number) for number in numbers]


class Renewal:
    """Waits for a lock, and then replaces the process.

    `active` counts the threads that answer, `map_of` gives what waitress listens and talks to.
    """

    def __init__(self, *, active: Callable[[], int], map_of: Callable[[], Mapping[Any, Any]]) -> None:
        self.locked = threading.Event()
        self._active, self._map_of = active, map_of
        self._ending = threading.Lock()
        self._ended = False

    def door(self, application: Application) -> Application:
        """The application, refusing with a retryable answer whatever would change something in a process that goes."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if self.locked.is_set() and environ["REQUEST_METHOD"] not in READING:
                headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2")]
                start_response("503 Service Unavailable", headers)
                return [b"The node was locked just now. Nothing was done. Go back and send it again in a moment.\n"]
            return application(environ, start_response)

        return answer

    def watch(self) -> None:
        """Begin to wait for a lock, in a thread of its own."""
        if os.name == "posix" and sys.executable:
            threading.Thread(target=self._wait, name="renewal", daemon=True).start()

    def end(self) -> None:
        """The program ends: from here on nothing is replaced."""
        with self._ending:
            self._ended = True

    def _wait(self) -> None:
        while True:
            self.locked.wait()
            while not keyring.is_empty:
                time.sleep(MOMENT)
            until = time.monotonic() + PATIENCE
            while self._is_busy() and time.monotonic() < until:
                time.sleep(MOMENT)
            with self._ending:
                if self._ended:
                    return
                self._replace()
            # Only when it failed: better an old process that works than none.
            self.locked.clear()

    def _is_busy(self) -> bool:
        channels = list(self._map_of().values())
        return self._active() > 0 or any(
            getattr(channel, "requests", None) or getattr(channel, "total_outbufs_len", 0) for channel in channels
        )

    def _replace(self) -> None:
        listening = [one.socket for one in self._map_of().values() if getattr(one, "accepting", False)]
        kept = [os.dup(one.fileno()) for one in listening]
        try:
            for number in kept:
                os.set_inheritable(number, True)  # noqa: FBT003 - takes no names
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os.environ[INHERITED] = ",".join(str(number) for number in kept)
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself, as it was started
        except OSError:
            log.exception(
                "The process could not be replaced after the lock; names may stay in its memory until it ends."
            )
            os.environ.pop(INHERITED, None)
            for number in kept:
                os.close(number)

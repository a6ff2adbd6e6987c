"""Serving one node: the web server, its housekeeping, and how another command asks it to lock."""

import errno
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from waitress.server import create_server

from waystation.accounts import approvals
from waystation.casework.handover import notices
from waystation.casework.retention import housekeeping as retention
from waystation.config import renewal
from waystation.exchange import housekeeping as exchange
from waystation.exchange.sender import Sender
from waystation.familylinks.asking import housekeeping as asking
from waystation.familylinks.matches import watching
from waystation.vault import housekeeping, node

LOCK_REQUEST = "lock.request"
RUNNING = "running"
LOOPBACK = {"127.0.0.1", "::1"}
BEAT_SECONDS = 0.5
MOST_BYTES = 16 * 1024 * 1024
BYTES_AT_ONCE = 128 * 1024
"""Waitress's own 8 KiB cost as much for a bundle of sealed files as opening them does."""
TIDY_SECONDS = 3600
log = logging.getLogger(__name__)


class CannotServe(Exception):  # noqa: N818 - told to a person as it is
    """The server cannot start; the text says what to mend."""


def serve_node(*, host: str, port: int, ready: Callable[[str], None], threads: int = 6, checked: bool = False) -> None:
    """Serve until interrupted; the node is locked when this returns. Raises CannotServe.

    `checked`: whoever started this process checked the same program just now.

    After each lock the process is replaced by a fresh one, which goes on at the same place with the same program,
    checked when it began: see `renewal`.
    """
    is_renewal = renewal.is_renewal()
    if not (checked or is_renewal):
        refuse_unsound_node()
    server, renewing = _server(host, port, threads)
    folder = Path(settings.DATA)
    stop = threading.Event()
    beat = threading.Thread(target=keep_house, args=(folder, stop), name="housekeeping", daemon=True)
    beat.start()
    threading.Thread(target=Sender().run, args=(stop,), name="sender", daemon=True).start()
    renewing.watch()
    signal.signal(signal.SIGTERM, _stop)
    if not is_renewal:
        # Passkeys need a name, not a bare address: browsers treat localhost as secure.
        ready(f"http://{'localhost' if host in LOOPBACK else host}:{port}")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        renewing.end()
        stop.set()
        beat.join(timeout=2)
        node.lock("stopped")
        (folder / RUNNING).unlink(missing_ok=True)


def _server(host: str, port: int, threads: int) -> tuple[Any, renewal.Renewal]:
    """The web server, listening at the sockets of the process before it where there was one. Raises CannotServe."""
    channels: dict[Any, Any] = {}
    renewing = renewal.Renewal(active=lambda: int(server.task_dispatcher.active_count), map_of=channels.copy)
    sockets = renewal.inherited_sockets()
    try:
        server = create_server(
            renewing.door(get_wsgi_application()),
            map=channels,
            **({"sockets": sockets} if sockets else {"host": host, "port": port}),
            threads=threads,
            ident="",
            clear_untrusted_proxy_headers=True,
            **behind(settings.PROXY),
            # What comes and goes stays in memory: waitress would put it into a file, in plain. It stops asking for
            # more of an answer at 16 MB.
            inbuf_overflow=MOST_BYTES,
            max_request_body_size=MOST_BYTES,
            outbuf_overflow=2 * MOST_BYTES,
            recv_bytes=BYTES_AT_ONCE,
        )
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Port {port} is in use. Choose another: --port {port + 77} (make demo PORT={port + 77})"
            ) from problem
        raise CannotServe(f"Cannot listen on {host}:{port}: {problem.strerror}.") from problem
    except socket.gaierror as problem:
        raise CannotServe(f"{host} is not an address of this machine.") from problem
    node.on_lock(renewing.locked.set, first=True)
    return server, renewing


def behind(proxy: str) -> dict[str, Any]:
    """What the web server must know of the one before it: whom to believe who calls, and whether by TLS."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def refuse_unsound_node() -> None:
    """Raise CannotServe with every finding of the checks that is an error."""
    serious = [str(found) for found in checks.run_checks() if found.is_serious(checks.ERROR)]
    if serious:
        raise CannotServe("\n".join(["This node may not start:", *serious]))


def keep_house(folder: Path, stop: threading.Event) -> None:
    """Until told to stop: obey lock requests, lock when idle, let the vault tidy up."""
    next_tidying = 0.0
    was_open = False
    while not stop.wait(BEAT_SECONDS):
        (folder / RUNNING).touch()
        if (folder / LOCK_REQUEST).exists():
            node.lock("command")
            (folder / LOCK_REQUEST).unlink(missing_ok=True)
        node.lock_if_idle()
        # At once after unlocking, too: a laptop that is on for half an hour a day would never come to it.
        opened, was_open = node.is_unlocked() and not was_open, node.is_unlocked()
        if opened or time.monotonic() >= next_tidying:
            next_tidying = time.monotonic() + TIDY_SECONDS
            tidy_vault()


def tidy_vault() -> None:
    """While the node is open: change epoch and exchange keys when due; end erasures, counts, old questions, clocks."""
    close_old_connections()
    try:
        housekeeping.tidy()
        if node.is_unlocked():
            approvals.end_overdue()
            retention.tidy()
            exchange.tidy()
            asking.tidy()
            notices.notice()
            watching.notice()
    except Exception:
        log.exception("The vault's housekeeping failed; it is tried again in an hour.")
    finally:
        close_old_connections()


def ask_to_lock(folder: Path, *, patience: float = 10) -> bool:
    """Ask the server on this folder to lock, and wait until it has. False when none is running."""
    if not is_running(folder):
        return False
    request = folder / LOCK_REQUEST
    request.touch()
    deadline = time.monotonic() + patience
    while request.exists():
        if time.monotonic() > deadline:
            request.unlink(missing_ok=True)
            return False
        time.sleep(BEAT_SECONDS / 5)
    return True


def is_running(folder: Path) -> bool:
    """Whether a server runs on this folder, or did a few seconds ago."""
    try:
        return time.time() - (folder / RUNNING).stat().st_mtime < BEAT_SECONDS * 10
    except FileNotFoundError:
        return False

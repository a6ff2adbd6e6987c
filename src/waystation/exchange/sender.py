"""Sending by the line: a thread of the server that brings what waits to whom it is for, patiently.

Byte for byte the same files go again until a receipt comes; after each try that brought none, it waits twice as long,
give or take, so that many nodes coming back at once do not all call at once.
"""

import hashlib
import logging
import random
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Protocol
from uuid import UUID

from django.db import close_old_connections

from waystation.exchange import bundles, calling, cutting, identity, inbox, outbox, relaying, sealing, waking
from waystation.exchange.codes import OPEN, PeerState, Road, SentState
from waystation.exchange.line import CONTENT
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel.errors import NodeLocked
from waystation.vault import node

PATH = "/exchange/inbox"
FILES_AT_ONCE = 500
FIRST_WAIT, LONGEST_WAIT = 15.0, 3600.0
SOONEST_AGAIN = 2.0
FETCH_EVERY = 60.0
BEAT = 2.0
PATIENCE, WHOLE_PATIENCE = 30.0, 90.0
"""Seconds for one step of a call, and for the whole of it: who answers slowly is not waited for for ever."""
KEPT_NOTHING = {400, 404, 405, 413, 429, 503}
NEVER_CONNECTED = (ConnectionRefusedError, socket.gaierror)
log = logging.getLogger(__name__)


class NotReached(Exception):  # noqa: N818 - it is no error: it is tried again
    """Nobody answered, or nothing of use. `stayed`: surely nothing left this machine, or nothing of it was kept."""

    def __init__(self, *, stayed: bool) -> None:
        super().__init__()
        self.stayed = stayed


class Post(Protocol):
    """Brings a body to an address and gives the answer's. Raises NotReached."""

    def __call__(self, address: str, body: bytes) -> bytes: ...


def post(address: str, body: bytes) -> bytes:
    """Bring files to a node's address. Raises NotReached."""
    request = urllib.request.Request(address + PATH, data=body, headers={"Content-Type": CONTENT}, method="POST")  # noqa: S310 - descriptors hold http(s) addresses only
    try:
        return calling.ask(request, step=PATIENCE, whole=WHOLE_PATIENCE, most=2 * bundles.MOST_BYTES)
    except urllib.error.HTTPError as problem:
        raise NotReached(stayed=problem.code in KEPT_NOTHING) from problem
    except urllib.error.URLError as problem:
        raise NotReached(stayed=isinstance(problem.reason, NEVER_CONNECTED)) from problem
    except (OSError, HTTPException, ValueError) as problem:
        raise NotReached(stayed=False) from problem


@dataclass
class Patience:
    """When a peer is tried again, how often it was in vain, and what was fetched and not yet told."""

    again_at: float = 0.0
    tried_at: float = -SOONEST_AGAIN
    fetched_at: float = -FETCH_EVERY
    in_vain: int = 0
    got: list[bytes] = field(default_factory=list)

    def wait_longer(self, moment: float) -> None:
        """Twice as long as last time, give or take a quarter."""
        pause = min(FIRST_WAIT * 2**self.in_vain, LONGEST_WAIT)
        self.again_at = moment + pause * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
        self.in_vain = min(self.in_vain + 1, 12)


class Sender:
    """Goes round the trusted peers for as long as the node is open."""

    def __init__(self, carry: Post = post, clock: Callable[[], float] = time.monotonic) -> None:
        self.carry, self.clock = carry, clock
        self.known: dict[UUID, Patience] = {}

    def run(self, stop: threading.Event) -> None:
        """Until told to stop."""
        while not stop.is_set():
            waking.wait(BEAT)
            if stop.is_set() or not node.is_unlocked():
                continue
            close_old_connections()
            try:
                self.go_round()
            except NodeLocked:
                continue
            except Exception:
                log.exception("Sending failed; it is tried again.")
            finally:
                close_old_connections()

    def go_round(self) -> None:
        """Once to each peer for whom something waits, or from whom something may be fetched. Raises NodeLocked."""
        own = identity.ensure()
        if own is None or cutting.is_cut():
            return
        for peer in Peer.objects.filter(state=PeerState.TRUSTED).select_related("relay"):
            addresses = _addresses(peer)
            if addresses:
                self._go_to(peer, addresses, fetch=not own.addresses and bool(peer.addresses))

    def _go_to(self, peer: Peer, addresses: list[str], *, fetch: bool) -> None:
        patience, moment = self.known.setdefault(peer.pk, Patience()), self.clock()
        states: Collection[str] = OPEN if moment >= patience.again_at else (SentState.WAITING,)
        fetch = fetch and moment - patience.fetched_at >= FETCH_EVERY and moment >= patience.again_at
        something = peer.owes or Outgoing.objects.filter(peer=peer, state__in=states).exists()
        if not (something or fetch) or moment - patience.tried_at < SOONEST_AGAIN:
            return
        patience.tried_at = moment
        first, files = outbox.bundle(peer, most_files=FILES_AT_ONCE, most_bytes=bundles.MOST_BYTES // 2, states=states)
        if fetch:
            patience.fetched_at = moment
            files.append(sealing.envelope(peer, relaying.FETCH, {"got": patience.got[:1000]}, 0)[1])
        try:
            answers = self._carry(addresses, files)
        except NotReached as problem:
            Peer.objects.filter(pk=peer.pk).update(owes=peer.owes, cosigns=peer.cosigns)
            if problem.stayed:
                outbox.stayed(first)
            patience.wait_longer(moment)
            return
        if fetch:
            patience.got = [hashlib.sha256(file).digest() for file in answers]
        inbox.take_some(answers, Road.HTTPS)
        self._look_again(peer, states, patience, moment)

    def _carry(self, addresses: list[str], files: list[bytes]) -> list[bytes]:
        body, stayed = bundles.pack(files), True
        for address in addresses:
            try:
                return bundles.unpack(self.carry(address, body))
            except bundles.NotABundle:
                stayed = False
            except NotReached as problem:
                stayed = stayed and problem.stayed
        raise NotReached(stayed=stayed)

    def _look_again(self, peer: Peer, states: Collection[str], patience: Patience, moment: float) -> None:
        """On with what never left at once; what left and was not answered is tried again, later and later."""
        patience.tried_at = moment - SOONEST_AGAIN
        if not Outgoing.objects.filter(peer=peer, state=SentState.LEFT).exists():
            patience.in_vain, patience.again_at = 0, moment
        elif states == OPEN:
            patience.wait_longer(moment)
        if Outgoing.objects.filter(peer=peer, state=SentState.WAITING).exists():
            waking.wake()


def _addresses(peer: Peer) -> list[str]:
    """Where a peer's files go: to itself, else to who holds its mail."""
    through = peer.relay.addresses if peer.relay is not None and peer.relay.state == PeerState.TRUSTED else []
    return [*peer.addresses, *through]

"""A stick through the browser: what waits as one .zip, and the files of a stick as they were chosen on a page."""

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from waystation.exchange import bundles, folders, inbox, outbox, receipts, relaying, wire
from waystation.exchange.codes import OPEN, PeerState, Road, SentState
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel import journal, policies
from waystation.kernel.actors import Actor

ZIP = b"PK\x03\x04"
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError)
"""What reading a .zip raises whose bytes were changed."""


def packed(*, by: Actor) -> bytes:
    """What waits, receipts, and mail we hold, in one .zip of at most `bundles.MOST_BYTES`; it counts as left.

    Raises NotAllowed, NodeLocked.
    """
    policies.require(by, "exchange.carry")
    out, total, messages = io.BytesIO(), 0, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parcel:
        for number, file in _leaving():
            if total + len(file) > bundles.MOST_BYTES:
                outbox.stayed([number] if number is not None else [])
                break
            total += len(file)
            messages += number is not None
            # Without a day, as on a stick: an entry made so is of 1 January 1980.
            parcel.writestr(zipfile.ZipInfo(hashlib.sha256(file).hexdigest() + folders.SUFFIX), file)
    journal.record(by, journal.Entry(action="exchange.carry_out", detail={"messages": messages}))
    return out.getvalue()


def take(*, by: Actor, uploads: "Iterable[UploadedFile[Any]]") -> Counter[str]:
    """Take files as they were chosen, and those in a .zip; how many by outcome. Raises NotAllowed, NodeLocked."""
    policies.require(by, "exchange.carry")
    outcomes: Counter[str] = Counter()
    for upload in uploads:
        for file in _files(upload):
            outcomes[inbox.take_one(file, Road.STICK).outcome if file else folders.DAMAGED] += 1
    journal.record(by, journal.Entry(action="exchange.carry_in", detail={"files": outcomes.total()}))
    return outcomes


def _leaving() -> Iterator[tuple[UUID | None, bytes]]:
    """What goes along, each counted as left as it is given. What never left goes first: a parcel has an end."""
    for peer in Peer.objects.filter(state=PeerState.TRUSTED):
        if peer.owes or peer.last_in_at is not None:
            yield None, receipts.made(peer)
        for number in [*outbox.numbers(peer, (SentState.WAITING,)), *outbox.numbers(peer, (SentState.LEFT,))]:
            outbox.left([number])
            if file := outbox.file_of(number):
                yield number, file
    for file in relaying.held_mail():
        yield None, file


def _files(upload: "UploadedFile[Any]") -> Iterator[bytes]:
    """The files of an upload; empty for each that is damaged."""
    begins = upload.read(len(ZIP))
    upload.seek(0)
    if begins != ZIP:
        yield upload.read(wire.LARGEST + 1)
        return
    try:
        with zipfile.ZipFile(upload) as parcel:
            for entry in parcel.infolist()[: bundles.MOST_FILES]:
                if entry.filename.endswith(folders.SUFFIX) and entry.file_size <= wire.LARGEST:
                    yield _unpacked(parcel, entry)
    except DAMAGE:
        yield b""


def _unpacked(parcel: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file of a .zip; empty when it is damaged, which takes nothing from those behind it."""
    try:
        return parcel.read(entry) if entry.compress_type in PACKED else b""
    except DAMAGE:
        return b""


def anything_to_carry() -> bool:
    """Whether a stick would hold anything."""
    return (
        Outgoing.objects.filter(state__in=OPEN).exists()
        or Peer.objects.filter(state=PeerState.TRUSTED, last_in_at__isnull=False).exists()
        or relaying.holds_any()
    )

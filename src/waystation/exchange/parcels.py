"""A stick through the browser: what waits as one .zip, and the files of a stick as they were chosen on a page."""

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from waystation.exchange import bundles, folders, inbox, outbox, receipts, relaying, wire
from waystation.exchange.codes import OPEN, PeerState, Road, SentState
from waystation.exchange.inbox import Outcome
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


@dataclass(slots=True)
class Opened:
    """What became of chosen files: how many by outcome (`inbox.Outcome`, "damaged"); of those that could not be taken
    the name and the code of the reason, empty for a damaged one."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take(*, by: Actor, uploads: "Iterable[UploadedFile[Any]]") -> Opened:
    """Take files as they were chosen, and those in a .zip. Raises NotAllowed, NodeLocked."""
    policies.require(by, "exchange.carry")
    opened = Opened()
    for name, file in (one for upload in uploads for one in _files(upload)):
        taken = inbox.take_one(file, Road.STICK) if file else None
        opened.outcomes[taken.outcome if taken else folders.DAMAGED] += 1
        if taken is None or taken.outcome == Outcome.HELD:
            opened.refused.append((name, taken.reason if taken else ""))
    journal.record(by, journal.Entry(action="exchange.carry_in", detail={"files": opened.outcomes.total()}))
    return opened


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


def _files(upload: "UploadedFile[Any]") -> Iterator[tuple[str, bytes]]:
    """The files of an upload, each with its name; empty for each that is damaged."""
    begins = upload.read(len(ZIP))
    upload.seek(0)
    if begins != ZIP:
        yield str(upload.name), upload.read(wire.LARGEST + 1)
        return
    try:
        with zipfile.ZipFile(upload) as parcel:
            for entry in parcel.infolist()[: bundles.MOST_FILES]:
                if entry.filename.endswith(folders.SUFFIX) and entry.file_size <= wire.LARGEST:
                    yield entry.filename, _unpacked(parcel, entry)
    except DAMAGE:
        yield str(upload.name), b""


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

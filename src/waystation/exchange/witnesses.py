"""Two logs that watch each other: a checkpoint in every receipt, verified, held, cosigned (EXCHANGE.md section 5)."""

import logging
from collections.abc import Mapping
from typing import Any

from waystation.audit import checkpoints, merkle, notes, proofs
from waystation.exchange.codes import LogProblem
from waystation.exchange.kinds import Field
from waystation.exchange.models import Peer

log = logging.getLogger(__name__)
FIELDS = {
    "checkpoint": Field("text", most=2000),
    "size_before": Field("number", most=2**53),
    "proof": Field("byte_strings", most=130),
    "cosigned": Field("text", most=2000),
}


def told(peer: Peer) -> dict[str, Any]:
    """What a receipt says of the logs: ours as it is now, with the proof from what they cosigned last, and our name
    under what we hold of theirs. Raises NodeLocked."""
    checkpoint = checkpoints.make()
    before = min(peer.seen_size, checkpoint.size) if checkpoint else 0
    return {
        "checkpoint": checkpoint.note if checkpoint else "",
        "size_before": before,
        "proof": proofs.consistency(before, checkpoint.size) if checkpoint else [],
        "cosigned": _cosigned(peer),
    }


def look(peer: Peer, body: Mapping[str, Any]) -> None:
    """Verify what they say of their log and of ours; hold what is right, and warn of what is not."""
    problem = _look_at_theirs(peer, body) or _look_at_ours(peer, body["cosigned"])
    if problem and problem != peer.log_problem:
        log.warning("Peer %s: %s.", peer.pk, LogProblem(problem).value)
        peer.log_problem = problem
    peer.save(update_fields=["their_size", "their_note", "seen_size", "seen_note", "log_problem", "cosigns"])


def _look_at_theirs(peer: Peer, body: Mapping[str, Any]) -> str:
    """A newer checkpoint is held when it goes on from the one held: the proof starts there, or it is the first.

    A proof from elsewhere (an older receipt on a late stick) says nothing either way; they are told again what we hold.
    """
    if not body["checkpoint"]:
        return ""
    verifier = _verifier(peer)
    try:
        said = checkpoints.read(body["checkpoint"], verifier)
        held = checkpoints.read(peer.their_note, verifier) if peer.their_note else None
    except notes.NoteError:
        return LogProblem.REWRITTEN
    if said.origin != verifier.name or (held is not None and _contradicts(said, held, body)):
        return LogProblem.REWRITTEN
    if held is not None and said.size == held.size:
        return ""
    peer.cosigns = True
    if held is None or (said.size > held.size and body["size_before"] == held.size):
        peer.their_size, peer.their_note = said.size, body["checkpoint"]
    return ""


def _contradicts(said: checkpoints.Statement, held: checkpoints.Statement, body: Mapping[str, Any]) -> bool:
    if said.size == held.size:
        return said.root != held.root
    if said.size < held.size or body["size_before"] != held.size:
        return False
    return not merkle.verify_consistency(held.size, said.size, body["proof"], held.root, said.root)


def _look_at_ours(peer: Peer, cosigned: str) -> str:
    """What they hold of our log must stand in it; what they hold beyond its end was lost with a database."""
    if not cosigned:
        return ""
    try:
        text = notes.opened(cosigned, _verifier(peer))
        said = checkpoints.stated(text)
    except notes.NoteError:
        return ""
    if said.origin != checkpoints.origin():
        return ""
    if said.size > proofs.size() or proofs.root_at(said.size) != said.root:
        return LogProblem.RESTORED
    if said.size > peer.seen_size:
        peer.seen_size, peer.seen_note = said.size, cosigned
    return ""


def _cosigned(peer: Peer) -> str:
    if not peer.their_note:
        return ""
    return checkpoints.cosign(checkpoints.read(peer.their_note, _verifier(peer)))


def _verifier(peer: Peer) -> notes.Verifier:
    return notes.Verifier(f"waystation/{peer.pk}", bytes(peer.log_key))

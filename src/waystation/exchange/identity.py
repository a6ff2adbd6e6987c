"""This node as others know it: its root, its signing key, the hybrid keys of each month, its descriptor."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from waystation.audit import checkpoints
from waystation.exchange import keys
from waystation.exchange.codes import KEY_KEPT, KEY_LASTS
from waystation.exchange.descriptors import Descriptor, SealingKey
from waystation.exchange.models import OwnIdentity, OwnKey
from waystation.kernel.actors import Actor, Via
from waystation.kernel.clock import now
from waystation.kernel.errors import Conflict
from waystation.organisations.queries import own_organisation
from waystation.vault import node, open_for_node, seal_for_node
from waystation.vault.actors import system_actor
from waystation.vault.epochs import NEVER_BEFORE
from waystation.vault.keyring import keyring
from waystation.vault.models import NodeIdentity

ROOT, SIGNING, SEALING = "exchange-root", "exchange-signing", "exchange-sealing"
CLOCK_TOLERANCE = timedelta(days=1)


def node_id() -> UUID:
    """The id of this node."""
    if keyring.is_full:
        return UUID(bytes=keyring.node_id)
    return NodeIdentity.objects.values_list("id", flat=True).get()


def ensure() -> OwnIdentity | None:
    """This node's identity, made when it is not there yet; None before set-up is done. Raises NodeLocked."""
    known = OwnIdentity.objects.first()
    if known is not None and known.number:
        return known
    if own_organisation() is None:
        return None
    with transaction.atomic():
        identity = OwnIdentity.objects.select_for_update().first() or _made()
        if not OwnKey.objects.exists():
            add_key()
        return identity if identity.number else describe(identity)


def ensure_at_unlock() -> None:
    """As `ensure`, when the node was opened."""
    if node.is_unlocked():
        ensure()


def required() -> OwnIdentity:
    """This node's identity. Raises Conflict before set-up is done, NodeLocked."""
    identity = ensure()
    if identity is None:
        raise Conflict
    return identity


def describe(identity: OwnIdentity) -> OwnIdentity:
    """Write the descriptor anew, under the next number, from how things are now. Raises NodeLocked."""
    organisation = own_organisation()
    if organisation is None:
        raise Conflict
    identity.number += 1
    newest = OwnKey.objects.latest("pk")
    made = Descriptor(
        node=node_id(),
        number=identity.number,
        at=now(),
        name=organisation.name,
        country=organisation.country,
        root=bytes(identity.root_public),
        signing=bytes(identity.signing_public),
        log=checkpoints.ensured_verifier().public,
        keys=(SealingKey(public=bytes(newest.public), until=newest.until),),
        addresses=tuple(identity.addresses),
    )
    root = Ed25519PrivateKey.from_private_bytes(open_for_node(ROOT, bytes(identity.root_private)))
    identity.descriptor = made.signed(root)
    identity.save()
    return identity


def signing_key() -> Ed25519PrivateKey:
    """What signs our envelopes. Raises NodeLocked, Conflict."""
    return Ed25519PrivateKey.from_private_bytes(open_for_node(SIGNING, bytes(required().signing_private)))


def opening_keys() -> Iterable[Any]:
    """Our private hybrid keys that are left, the newest first, each opened when it is asked for. Raises NodeLocked."""
    for stored in OwnKey.objects.filter(destroyed_at__isnull=True).order_by("-pk"):
        yield keys.private_of(open_for_node(SEALING, bytes(stored.private)))


def add_key() -> OwnKey:
    """A new hybrid key for the coming month. Raises NodeLocked."""
    private, moment = keys.new_private(), now()
    return OwnKey.objects.create(
        public=keys.public_bytes_of(private),
        private=seal_for_node(SEALING, private),
        made_at=moment,
        until=moment + KEY_LASTS,
    )


def key_is_due() -> bool:
    """Whether a new key has to be made: the newest is a month old, or was made under a clock that ran ahead."""
    newest = OwnKey.objects.order_by("-pk").first()
    if newest is None or now() < NEVER_BEFORE:
        return False
    return newest.until <= now() or newest.made_at > now() + CLOCK_TOLERANCE


def oldest_key_made_at() -> datetime:
    """When the oldest key was made that still opens mail: what came before was sealed to keys that are destroyed."""
    return OwnKey.objects.filter(destroyed_at__isnull=True).earliest("pk").made_at


def destroy_old_keys() -> int:
    """Destroy the private half of keys whose time is over for `KEY_KEPT`; how many.

    A clock that runs ahead for an hour must not cost mail: the key that came after has to be as old, too.
    """
    edge = now() - KEY_KEPT
    stored = list(OwnKey.objects.order_by("pk").values_list("pk", "until", "made_at", "destroyed_at"))
    old = [
        key
        for (key, until, _made_at, gone), (_next, _until, next_made_at, _gone) in pairwise(stored)
        if gone is None and until < edge and next_made_at < edge
    ]
    return OwnKey.objects.filter(pk__in=old).update(private=b"", destroyed_at=now())


def _made() -> OwnIdentity:
    root, signing = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    return OwnIdentity.objects.create(
        root_public=root.public_key().public_bytes_raw(),
        root_private=seal_for_node(ROOT, root.private_bytes_raw()),
        signing_public=signing.public_key().public_bytes_raw(),
        signing_private=seal_for_node(SIGNING, signing.private_bytes_raw()),
    )


def exchange_actor() -> Actor:
    """The node itself, through the exchange."""
    return replace(system_actor(), via=Via.EXCHANGE)

"""Sealing people to the organisation's offline key, and taking them back (EXCHANGE.md section 1, "closed cases").

The package stands in the place of the wrapped person key, itself wrapped under the epoch key: so the next change of
epoch makes every older copy worthless, also for whoever holds the offline key, and an erasure takes the package along.
"""

from uuid import UUID

from django.db import transaction

from waystation.kernel.errors import NotFound
from waystation.vault import ciphers, epoch_files, locks
from waystation.vault.erasure import forget_surely
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey
from waystation.vault.offline_keys import Package, mark_of, seal_package
from waystation.vault.persons import key_of, person_bound
from waystation.vault.problems import SealBroken


def seal_away(person: UUID, *, public: bytes, label: str) -> None:
    """Replace a person's key by a package that only the offline key opens. Inside the caller's transaction.

    `label` goes into the package: a name and a year, for whoever looks for her on the offline machine. A copy of the
    database made before opens with this node's keys until the epoch changes. Raises PersonErased, NodeLocked.
    """
    package = seal_package(key_of(person), label, public=public, node=node_id(), person=person)
    _put(person, package, mark_of(public))
    forget_surely()


def package_of(person: UUID) -> Package:
    """The package of someone sealed away. Raises NotFound, NodeLocked, SealBroken."""
    row = PersonKey.objects.filter(person=person).exclude(away_to="").first()
    epoch_key = epoch_files.key(row.epoch) if row else None
    if row is None or epoch_key is None:
        raise NotFound
    try:
        return Package(person, ciphers.unwrap(epoch_key, bytes(row.wrapped), person_bound(person.bytes)))
    except ciphers.CannotOpen as problem:
        raise SealBroken from problem


def take_back(person: UUID, key: bytes) -> None:
    """Put a person's key back in its place. The caller opens something with it, to be sure. Raises NotFound."""
    if not PersonKey.objects.filter(person=person).exclude(away_to="").exists():
        raise NotFound
    _put(person, key, "")


def node_id() -> UUID:
    """The node to which packages are bound. Raises NodeLocked."""
    return UUID(bytes=keyring.node_id)


def _put(person: UUID, plain: bytes, away_to: str) -> None:
    with transaction.atomic():
        locks.share_epoch()
        epoch, epoch_key = epoch_files.current()
        wrapped = ciphers.wrap(epoch_key, plain, person_bound(person.bytes))
        PersonKey.objects.filter(person=person).update(epoch=epoch, wrapped=wrapped, away_to=away_to)

"""Sealing records away: afterwards nobody on this node can open them, only the organisation's offline key can."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework import clocks
from waystation.casework.retention import queries as waiting
from waystation.casework.retention.codes import OfTwo
from waystation.casework.retention.models import OfflinePublicKey, SealedRecord
from waystation.casework.retention.slips import card_mac
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid
from waystation.kernel.journal import Entry
from waystation.people import erasure, hiding, queries
from waystation.people.documents import IdentityDocument
from waystation.people.models import Disclosure, Person
from waystation.vault import offline
from waystation.vault.offline_keys import Request

MOST = 50


class NoOfflineKey(Conflict):
    """There is nothing to seal to."""

    code = "no-offline-key"
    message = _("This node has no offline key yet. Name one first, under “Sealed away”.")


class StillNeeded(Conflict):
    """Something is open about the person."""

    code = "still-needed"


@action("retention.seal")
def seal_away(*, by: Actor, person_ids: Sequence[UUID]) -> list[SealedRecord]:
    """Seal people to the offline key, all or none: every record of theirs, with what hangs on it.

    Raises NotFound, NoOfflineKey, StillNeeded (a legal hold, or work is open), Invalid (`people`).
    """
    if not 0 < len(set(person_ids)) <= MOST:
        raise Invalid({"people": _("Tick the people this is about, at most fifty.")})
    key = OfflinePublicKey.objects.select_for_update().filter(state=OfTwo.STANDS).first()
    if key is None:
        raise NoOfflineKey
    people = {person.pk: person for person in (queries.get_for(by, one) for one in person_ids)}
    return [_seal(by, person, key) for person in people.values()]


@action("retention.bring-back")
def export_packages(*, by: Actor) -> Request:
    """The packages of everyone sealed away, for the machine that holds the offline key: there they have names.

    Noise for anyone else. Only those of the key in use.
    """
    key = OfflinePublicKey.objects.filter(state=OfTwo.STANDS).first()
    if key is None:
        raise NoOfflineKey
    records = {row.pk: waiting.packages_of(row) for row in waiting.still_away().filter(offline_key=key)}
    journal.record(by, Entry(action="retention.export", detail={"records": len(records)}))
    return Request(offline.node_id(), key.mark, records)


def _seal(by: Actor, person: Person, key: OfflinePublicKey) -> SealedRecord:
    ids = queries.one_person_ids(person)
    if held := erasure.refusal(ids):
        raise StillNeeded(held.message)
    _refuse_open_work(ids)
    identity = queries.identity_of(person, by=by)
    now = clock.now()
    record = SealedRecord.objects.create(
        person=person,
        offline_key=key,
        at=now,
        by=by.account_id,
        card_mac=card_mac(identity.card_code) if identity.card_code else b"",
    )
    # Logged while the key is still here: her own history, once she is back, tells of it.
    journal.record(by, *(Entry(action="retention.seal", subject=record.pk, person=one) for one in ids))
    for one in ids:
        offline.seal_away(one, public=bytes(key.public), label=_label(identity))
    hiding.hide(ids, now)
    return record


def _label(identity: IdentityDocument) -> str:
    born = str(identity.birth_date or identity.birth_year or "")
    return " · ".join(part for part in (identity.display_name, identity.alias, born, identity.origin) if part)


def _refuse_open_work(ids: Sequence[UUID]) -> None:
    if Disclosure.objects.filter(person__in=ids, sent_at__isnull=True).exists():
        raise StillNeeded(_("Something about this person waits for a second officer. Let that be decided first."))
    for says in clocks.blocked(ids).values():
        raise StillNeeded(says)

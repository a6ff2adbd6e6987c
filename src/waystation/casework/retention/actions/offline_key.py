"""Which offline key this node seals to: named by one officer, taken into use by another.

Who could do that alone could seal everyone to a key of their own.
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework.retention.codes import OF_TWO, OfTwo
from waystation.casework.retention.models import OfflinePublicKey
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.vault import offline_keys

USE = "retention.offline-key"


@action("retention.offline-key")
def name_offline_key(*, by: Actor, text: str) -> OfflinePublicKey:
    """Name the public half, as it stands in the key's file; a second officer compares it with the paper and agrees.

    Raises Invalid (`public`), also when the text holds the private half.
    """
    if offline_keys.PRIVATE in text.lower():
        says = _("This holds the private half, which must never be on this machine. Copy only the line “public:”.")
        raise Invalid({"public": says})
    try:
        public = offline_keys.read_public(text)
    except offline_keys.OfflineKeyProblem as problem:
        raise Invalid(
            {"public": _("This is not the line “public:” of an offline key. Compare each group.")}
        ) from problem
    mark = offline_keys.mark_of(public)
    if OfflinePublicKey.objects.filter(mark=mark, state=OfTwo.STANDS).exists():
        raise Invalid({"public": _("This key is in use already.")})
    OfflinePublicKey.objects.filter(state=OfTwo.ASKED).update(state=OF_TWO.after(OfTwo.ASKED, "end"))
    key = OfflinePublicKey.objects.create(public=public, mark=mark, at=clock.now(), by=by.account_id)
    journal.record(by, Entry(action="retention.offline-key.name", subject=key.pk, detail={"key": mark}))
    approvals.request(by=by, kind=USE, subject=key.pk, reason=mark)
    return key


def use(by: Actor, key_id: UUID) -> None:
    """The second officer agreed: from now on records are sealed to this key. Raises NotFound, WrongState."""
    key = _locked(key_id)
    state = OF_TWO.after(key.state, "approve")
    OfflinePublicKey.objects.filter(state=OfTwo.STANDS).update(state=OF_TWO.after(OfTwo.STANDS, "end"))
    key.state, key.approved_by = state, by.account_id
    key.save(update_fields=["state", "approved_by"])
    journal.record(by, Entry(action="retention.offline-key.use", subject=key.pk, detail={"key": key.mark}))


def refuse(by: Actor, key_id: UUID) -> None:
    """The second officer refused."""
    key = _locked(key_id)
    if OF_TWO.allows(key.state, "refuse"):
        key.state = OF_TWO.after(key.state, "refuse")
        key.save(update_fields=["state"])
        journal.record(by, Entry(action="retention.offline-key.refuse", subject=key.pk))


def _locked(key_id: UUID) -> OfflinePublicKey:
    key = OfflinePublicKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound
    return key

"""What two officers decide in this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from waystation.accounts import approvals
from waystation.accounts.approvals import About, Kind
from waystation.accounts.roles import Role
from waystation.casework import clocks
from waystation.casework.retention.actions import holding, offline_key, periods, requests, returning, reviewing
from waystation.casework.retention.models import (
    AuthorityRequest,
    Batch,
    Hold,
    OfflinePublicKey,
    Period,
    RequestDocument,
    SealedRecord,
)
from waystation.casework.retention.words import lasting
from waystation.kernel.actors import Actor
from waystation.people.approvals import who
from waystation.vault import offline_keys, open_documents

DECIDERS = frozenset({Role.COORDINATOR})


def about_hold(by: Actor, subject: UUID) -> About | None:
    """Who is to be held, and until when."""
    hold = Hold.objects.filter(pk=subject).first()
    person = who(by, hold.person_id) if hold else None
    return About(f"{person.text} → {hold.until}", person.url) if hold and person else None


def person_of_hold(subject: UUID) -> UUID | None:
    """Whose hold it is."""
    return Hold.objects.filter(pk=subject).values_list("person_id", flat=True).first()


def about_key(_by: Actor, subject: UUID) -> About | None:
    """The whole public half, to be compared with the paper."""
    key = OfflinePublicKey.objects.filter(pk=subject).first()
    shown = f"{key.mark} {offline_keys.show_public(bytes(key.public))}" if key else ""
    return About(shown, reverse("retention:offline-key")) if key else None


def about_period(_by: Actor, subject: UUID) -> About | None:
    """Which clock, and for how long."""
    period = Period.objects.filter(pk=subject).first()
    one = clocks.get(period.clock) if period else None
    if period is None or one is None:
        return None
    return About(f"{one.says}: {lasting(period.days)}", reverse("retention:clocks"))


def about_batch(_by: Actor, subject: UUID) -> About | None:
    """How many people, and where their names stand."""
    batch = Batch.objects.filter(pk=subject).first()
    if batch is None:
        return None
    count = batch.people.count()
    text = ngettext("%(count)d person: see who", "%(count)d people: see who", count) % {"count": count}
    return About(text, reverse("retention:batch", args=[batch.pk]))


def about_record(_by: Actor, subject: UUID) -> About | None:
    """The number of a sealed record: nobody here knows whose it is."""
    record = SealedRecord.objects.filter(pk=subject).first()
    return About(record.number, reverse("retention:sealed", args=[record.pk])) if record else None


def about_request(by: Actor, subject: UUID) -> About | None:
    """Who asks, and exactly what would be given."""
    row = AuthorityRequest.objects.filter(pk=subject).first()
    opened = open_documents([row], RequestDocument, by=by) if row else {}
    if row is None or row.pk not in opened:
        return None
    told = opened[row.pk]
    return About(f"{told.who}: {', '.join(told.fields)}", reverse("retention:request", args=[row.pk]))


def key_of_request(subject: UUID) -> UUID | None:
    """Under whose key the reason is sealed."""
    row = AuthorityRequest.objects.filter(pk=subject).first()
    return row.sealed_for if row else None


KINDS = (
    Kind(
        code=holding.HOLD,
        says=gettext_lazy("Place a legal hold: until it ends, this person can be neither erased nor sealed away."),
        decide_roles=DECIDERS,
        perform=holding.place,
        refuse=holding.refuse,
        about=about_hold,
        person=person_of_hold,
    ),
    Kind(
        code=offline_key.USE,
        says=gettext_lazy("Use this offline key from now on. Compare every group with the paper."),
        decide_roles=DECIDERS,
        perform=offline_key.use,
        refuse=offline_key.refuse,
        about=about_key,
    ),
    Kind(
        code=periods.LENGTHEN,
        says=gettext_lazy("Keep records of this kind longer than now."),
        decide_roles=DECIDERS,
        perform=periods.lengthen,
        refuse=periods.refuse,
        about=about_period,
    ),
    Kind(
        code=reviewing.ERASE,
        says=gettext_lazy("Erase people for good after a review: the time for keeping their records is over."),
        decide_roles=DECIDERS,
        perform=reviewing.erase_batch,
        refuse=reviewing.leave_batch,
        about=about_batch,
        for_good=True,
    ),
    Kind(
        code=returning.BACK,
        says=gettext_lazy("Bring a sealed record back, so that helpers can open it again."),
        decide_roles=DECIDERS,
        perform=returning.let_back,
        refuse=returning.leave_sealed,
        about=about_record,
    ),
    Kind(
        code=returning.ERASE_SEALED,
        says=gettext_lazy("Erase a sealed record for good, without opening it."),
        decide_roles=DECIDERS,
        perform=returning.erase_sealed,
        about=about_record,
        for_good=True,
    ),
    Kind(
        code=requests.GIVE,
        says=gettext_lazy("Give an authority exactly these fields, because a court of this country ordered it."),
        decide_roles=DECIDERS,
        perform=requests.give,
        refuse=requests.refuse,
        about=about_request,
        person=key_of_request,
        for_good=True,
    ),
)


def declare() -> None:
    """Tell `accounts`."""
    for kind in KINDS:
        approvals.register_kind(kind)

"""Counting free calls, Wi-Fi and charging without names: each stands in the day's tally too."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.tally.actions import ContactDraft, count
from waystation.familylinks.news.codes import LONGEST_CALL, Contact, Reached
from waystation.familylinks.news.models import ContactSession
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.codes import AgeBand, Sex


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """One call, one phone on the Wi-Fi or at the socket. Whoever counts makes the id: sent twice it counts once."""

    id: UUID
    kind: str
    minutes: int | None = None
    reached: str = Reached.NOT_SAID


@action("news.count")
def count_session(*, by: Actor, draft: SessionDraft) -> ContactSession:
    """Count one now, at one's own post. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(Contact, draft.kind, "kind", errors)
    cleaning.require_code(Reached, draft.reached, "reached", errors)
    if draft.minutes is not None and not 0 <= draft.minutes <= LONGEST_CALL:
        errors["minutes"] = _("Write minutes from 0 to %(most)d, or leave it empty.") % {"most": LONGEST_CALL}
    cleaning.refuse(errors)
    if by.post_id is None:
        raise Invalid({}, _("Choose the post where you are, then count."))
    contact = ContactDraft(
        id=draft.id,
        post_id=by.post_id,
        at=clock.now(),
        sex=Sex.NOT_KNOWN,
        age_band=AgeBand.NOT_KNOWN,
        services=(draft.kind,),
    )
    count(by=by, draft=contact)
    row, _fresh = ContactSession.objects.get_or_create(
        contact_id=draft.id, defaults={"kind": draft.kind, "minutes": draft.minutes, "reached": draft.reached}
    )
    return row

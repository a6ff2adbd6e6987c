"""What goes to an authority: only what the person agreed to, and only once a second officer agreed too."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.models import Referral
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Problem
from waystation.people import actions as consents
from waystation.people import permission
from waystation.people import queries as people
from waystation.people.codes import Purpose
from waystation.people.documents import DisclosureDocument
from waystation.people.models import Consent


class SecondOfficer(Problem):
    """A second officer has not agreed yet; that they were asked stays written."""

    code = "second-officer"
    status = 409
    keeps = True
    message = _(
        "It goes to an authority, so a second officer decides first. They have been asked: send it once they agreed."
    )


def require_both(by: Actor, referral: Referral, kind: str, document: DisclosureDocument) -> None:
    """Go on only if the person's consent stands and a second officer agreed; the first time, ask one.

    Raises SecondOfficer, ConsentMissing, Invalid.
    """
    if referral.disclosure is None:
        referral.disclosure = consents.request_authority_disclosure(
            by=by, person_id=referral.person_id, purpose=Purpose.REFERRAL, kind=kind, document=document
        )
        referral.save(update_fields=["disclosure"])
    if referral.disclosure.sent_at is None:
        raise SecondOfficer
    everything = Consent.objects.filter(person__in=people.one_person_ids(referral.person))
    if referral.consent is None or not permission.stands(referral.consent, everything):
        raise ConsentMissing

"""Referring by a sealed message: asked without a name, told only once they would help. The case stays with us."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.referrals import moving, queries, telling
from waystation.casework.referrals.codes import (
    ON_THEIR_WAY,
    TABLE,
    TELL_WITHIN,
    Act,
    ReferralClock,
    Service,
    State,
    Way,
)
from waystation.casework.referrals.models import Referral
from waystation.casework.talk import cleaned_words, refuse_names
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, Text
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import coverage, permission
from waystation.people import queries as people
from waystation.people.codes import DisclosureKind, Purpose
from waystation.people.documents import DisclosureDocument
from waystation.people.models import Consent

UNDER_CONSENT = (State.CONSENTED, *ON_THEIR_WAY)
AFTER = (State.COMPLETED, State.FAILED, State.FEEDBACK, State.CLOSED)
"""Where help has ended, and what was told may still lie there."""


@action("referrals.work")
def offer(*, by: Actor, referral_id: UUID) -> Referral:
    """Ask the other organisation by its node, without saying who it is.

    Raises NotFound, WrongState, ConsentMissing, Invalid where no trusted node is theirs.
    """
    referral = _locked(by, referral_id, Act.SEND)
    node = queries.node_of(referral)
    if node is None:
        raise Invalid({"way": _("No trusted node of theirs is known here. Choose another way.")})
    _require_yes(by, referral)
    referral.peer, referral.way, referral.sent_at = node, Way.NODE, clock.now()
    said = queries.preview(referral, by=by)
    number = moving.tell(by, referral, moving.OFFER, said)
    _disclose(by, referral, number, lambda: [label for label, _value in telling.preview_lines(said)])
    moving.move(by, referral, Act.SEND, "peer", "way", "sent_at")
    return referral


@action("referrals.work")
def tell(*, by: Actor, referral_id: UUID) -> Referral:
    """They would help: what was agreed leaves now. Raises NotFound, WrongState, ConsentMissing, PeerNotTrusted."""
    referral = _locked(by, referral_id, Act.TELL)
    _require_yes(by, referral)
    said = queries.content(referral, by=by)
    number = moving.tell(by, referral, moving.CONTENT, {"feedback": referral.tell_back, **said})
    _disclose(by, referral, number, lambda: [label for _code, label, _value in telling.lines(said)])
    referral.told_at = clock.now()
    moving.move(by, referral, Act.TELL, "told_at")
    return referral


@action("referrals.work")
def reply(*, by: Actor, referral_id: UUID, words: str) -> Referral:
    """Answer their question; nothing by which one could know who it is. Raises NotFound, WrongState, Invalid."""
    coverage.locked(queries.get_for(by, referral_id).person_id)
    referral = queries.get_for(by, referral_id, lock=True)
    if referral.state not in ON_THEIR_WAY or not referral.by_message:
        raise WrongState
    said = cleaned_words(words)
    refuse_names(by, referral.person, said)
    _require_yes(by, referral)
    moving.say(referral, said, at=clock.now(), theirs=False)
    moving.tell(by, referral, moving.REPLY, {"words": said})
    followups.finish_follow_up(by=by, kind=ReferralClock.QUESTION, subject=referral.pk)
    moving.note(by, "reply", referral)
    return referral


def call_off(by: Actor, referral: Referral) -> None:
    """Nothing more comes of it: what waits never leaves, and they are told, unless they were never asked.

    Inside the caller's action.
    """
    stopped = moving.call_back(by, referral)
    if moving.OFFER in stopped:
        referral.sent_at = None
    else:
        moving.tell_surely(by, referral, moving.WITHDRAW)
    if moving.CONTENT in stopped:
        referral.told_at = None
    referral.save(update_fields=["sent_at", "told_at"])


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back: what did not leave goes back to draft, what did is recalled. Inside that action."""
    for referral in Referral.objects.select_for_update().filter(consent=consent, state__in=UNDER_CONSENT):
        left = referral.state != State.CONSENTED
        moving.move(by, referral, Act.WITHDRAW)
        if left and referral.by_message:
            call_off(by, referral)
        elif left:
            moving.remind(by, referral, ReferralClock.TELL, TELL_WITHIN)
    for referral in Referral.objects.select_for_update().filter(consent=consent, state__in=AFTER, way=Way.NODE):
        call_off(by, referral)


def _locked(by: Actor, referral_id: UUID, act: str) -> Referral:
    """A referral from which something is to leave; its person's consents are locked first, as in `actions.send`."""
    coverage.locked(queries.get_for(by, referral_id).person_id)
    referral = queries.get_for(by, referral_id, lock=True)
    TABLE.after(referral.state, act)
    return referral


def _require_yes(by: Actor, referral: Referral) -> None:
    """Raise ConsentMissing unless the very consent that names these fields stands and nobody withheld the name."""
    everything = Consent.objects.filter(person__in=people.one_person_ids(referral.person))
    if referral.consent is None or not permission.stands(referral.consent, everything):
        raise ConsentMissing
    queries.require_consent(referral, by=by)


def _disclose(by: Actor, referral: Referral, number: UUID, fields: Callable[[], Sequence[Text]]) -> None:
    """Write down what the message of this number tells, in its transaction; refused, nothing of it is kept."""
    with translation.override("en"):  # each page then says it in the language of who reads
        document = DisclosureDocument(
            recipient=referral.to_name,
            fields=tuple(str(one) for one in fields()) or (str(_("That help is asked for")),),
            why=str(Service(referral.service).label),
        )
    consents.record_disclosure(
        by=by,
        person_id=referral.person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=queries.recipient_kind(referral),
        kind=DisclosureKind.MESSAGE,
        document=document,
        number=number,
    )

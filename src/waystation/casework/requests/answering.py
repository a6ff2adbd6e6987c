"""Every write on what is asked of us. An officer finds the person by hand and decides field by field; whoever asks
learns the same when nobody is known and when nothing may be told."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.handover import told
from waystation.casework.referrals.queries import kind_of_node
from waystation.casework.requests import moving, queries, telling
from waystation.casework.requests.codes import (
    ANSWERER,
    NAME_WITHIN,
    TELL_WITHIN,
    AnswererAct,
    Answering,
    Refusal,
    RequestClock,
)
from waystation.casework.requests.models import TheirRequest
from waystation.casework.requests.problems import NotStated
from waystation.casework.talk import cleaned_words
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import cleaning, coverage
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import (
    CHILDREN,
    LONGEST_CONSENT,
    ConsentState,
    GivenBy,
    Purpose,
    RecipientKind,
)
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person
from waystation.people.tongues import LANGUAGES
from waystation.web.components.cldr import day

ZONES = timedelta(days=1)
"""A day there may be the next day here."""


class Under(TextChoices):
    """Under which consent it is told."""

    OURS = "ours", _("The consent that the person gave here")
    STATED = "stated", _("The consent that the person gave them, as they state it")


@action("requests.work")
def accept(*, by: Actor, request_id: UUID) -> TheirRequest:
    """Say that we will look; whom they mean comes next. Raises NotFound, WrongState, Invalid once it is over."""
    row = queries.theirs_for(by, request_id, lock=True)
    ANSWERER.after(row.state, AnswererAct.ACCEPT)
    if row.until is not None and row.until < clock.today():
        raise Invalid({}, _("The time for an answer is over. Ask them to ask again."))
    row.accepted_by = by.account_id
    moving.theirs(by, row, AnswererAct.ACCEPT, "accepted_by")
    moving.tell(by, row, moving.ANSWER, {"answer": "accept"})
    moving.remind(by, row, RequestClock.NAME, clock.now() + NAME_WITHIN)
    return row


@action("requests.work")
def refuse(*, by: Actor, request_id: UUID, reason: str) -> TheirRequest:
    """Say that we do not look, and why; before we know whom they mean. Who is trusted no more is not told.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.theirs_for(by, request_id, lock=True)
    ANSWERER.after(row.state, AnswererAct.REFUSE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Refusal, reason, "reason", errors)
    cleaning.refuse(errors)
    row.refused = reason
    moving.theirs(by, row, AnswererAct.REFUSE, "refused")
    moving.tell_surely(by, row, moving.ANSWER, answer="refuse", reason=reason)
    return row


@action("requests.work")
def ask(*, by: Actor, request_id: UUID, words: str) -> TheirRequest:
    """Ask something before we know whom they mean; afterwards a question would tell that somebody is known here.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.theirs_for(by, request_id, lock=True)
    if row.state not in {Answering.ASKED, Answering.ACCEPTED}:
        raise WrongState
    said = cleaned_words(words)
    moving.say(row, said, at=clock.now(), theirs=False)
    moving.tell(by, row, moving.ANSWER, {"answer": "ask", "words": said})
    moving.note(by, "requests.asked_back", row)
    return row


@action("requests.work")
def tell(
    *, by: Actor, request_id: UUID, person_id: UUID, parts: Sequence[str], under: str, recipient_kind: str
) -> TheirRequest:
    """Tell exactly these parts of the person whom the officer found, under a consent that stands here now.

    Raises NotFound, WrongState, Invalid, ConsentMissing, NotStated, AuthorityRefused, PeerNotTrusted.
    """
    row = queries.theirs_for(by, request_id, lock=True)
    ANSWERER.after(row.state, AnswererAct.TELL)
    person = people.get_for(by, person_id)
    coverage.locked(person)
    kind = _checked(row, recipient_kind, under)
    document = queries.said_by(row, by=by)
    if set(parts) - set(document.parts):
        raise Invalid({"parts": _("Choose from what they ask.")})
    said = telling.to_tell(queries.known(row, person, by=by), parts)
    if not said:
        raise Invalid({"parts": _("Tick what is told, or say that there is nothing to tell.")})
    if under == Under.STATED:
        _record_stated(by, row, person, kind, told.remembered(document.who))
    row.consent = coverage.consent_for(
        by, person, purpose=Purpose.REFERRAL, recipient_kind=kind, recipient=row.peer.name, lock=True
    )
    number = moving.tell(by, row, moving.TOLD, said)
    fields = [label for _code, label, _value in telling.lines(said)]
    moving.disclose(by, person.pk, row, kind, number, fields)
    row.person = person
    moving.theirs(by, row, AnswererAct.TELL, "person", "consent")
    return row


@action("requests.work")
def nothing(*, by: Actor, request_id: UUID) -> TheirRequest:
    """Say that there is nothing to tell: nobody is known, or nothing may be told. Raises NotFound, WrongState."""
    row = queries.theirs_for(by, request_id, lock=True)
    moving.theirs(by, row, AnswererAct.NOTHING)
    moving.tell_surely(by, row, moving.NOTHING)
    return row


@action("requests.work")
def seen_to(*, by: Actor, request_id: UUID) -> TheirRequest:
    """They were told that the consent was taken back. Raises NotFound."""
    row = queries.theirs_for(by, request_id, lock=True)
    followups.finish_follow_up(by=by, kind=RequestClock.TELL, subject=row.pk)
    moving.note(by, "requests.theirs.seen_to", row)
    return row


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back: what waits never leaves, and they hear that there is nothing; what has left, somebody
    must ask them to forget. Inside that action."""
    rows = TheirRequest.objects.select_for_update(of=("self",)).select_related("peer")
    for row in rows.filter(consent=consent, state=Answering.TOLD):
        if moving.nothing_instead(by, row):
            moving.theirs(by, row, AnswererAct.RECALL, "person", "consent")
        else:
            moving.remind(by, row, RequestClock.TELL, clock.now() + TELL_WITHIN)
            moving.note(by, "requests.recall", row)


def _checked(row: TheirRequest, recipient_kind: str, under: str) -> str:
    errors: cleaning.Errors = {}
    cleaning.require_code(RecipientKind, recipient_kind, "recipient_kind", errors)
    cleaning.require_code(Under, under, "under", errors)
    cleaning.refuse(errors)
    kind = kind_of_node(row.peer, recipient_kind)
    if RecipientKind.AUTHORITY in {kind, recipient_kind}:
        raise AuthorityRefused
    return kind


def _record_stated(by: Actor, row: TheirRequest, person: Person, kind: str, said: dict[str, Any]) -> None:
    """Write the consent down that they state, so that it is listed here and can be taken back here.

    Raises NotStated where it does not hold, or the person said otherwise here since; Invalid.
    """
    given_on, until = telling.day_of(said["consent_on"]), telling.day_of(said["consent_until"])
    if not said["consent_read_back"] or given_on > clock.today() + ZONES or until < clock.today():
        raise NotStated
    if person.age_band in CHILDREN and said["consent_given_by"] != GivenBy.GUARDIAN:
        raise NotStated(_("For a child a parent or guardian decides, and they do not say that one did."))
    _refuse_later_no(person, kind, given_on)
    words = _("Given to them on %(day)s, as %(name)s states.") % {"day": day(given_on), "name": row.peer.name}
    consents.give_consent(
        by=by,
        person_id=person.pk,
        purpose=Purpose.REFERRAL,
        recipient_kind=kind,
        document=ConsentDocument(
            recipients=(row.peer.name,),
            given_by=said["consent_given_by"],
            language=said["consent_language"] if said["consent_language"] in LANGUAGES else "",
            explained_by=row.peer.name,
            read_back=True,
            note=str(words),
        ),
        expires_on=min(until, clock.today() + LONGEST_CONSENT),
    )


def _refuse_later_no(person: Person, kind: str, given_on: date) -> None:
    """What the person said here on that day or since stands above it. Raises NotStated."""
    answers = Consent.objects.filter(
        person__in=people.one_person_ids(person), purpose=Purpose.REFERRAL, recipient_kind=kind
    ).exclude(state=ConsentState.GIVEN)
    if any(localdate(one.withdrawn_at or one.given_at) >= given_on for one in answers):
        raise NotStated(_("The person said no here to the same, on that day or since. Nothing may be told."))

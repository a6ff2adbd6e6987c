"""What people who saw a photo write: taken from anybody, also while the node is locked; read by officers alone."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import cbor2
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.photos import queries
from waystation.familylinks.photos.codes import (
    ANSWER_TABLE,
    LONGEST,
    LONGEST_REACH,
    MOST_A_PHOTO,
    MOST_AN_HOUR,
    READ_WITHIN,
    AnswerAct,
    AnswerState,
    Outcome,
    PhotoClock,
)
from waystation.familylinks.photos.documents import AnswerDocument
from waystation.familylinks.photos.models import Answer, Posting
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.people import cleaning
from waystation.vault import PersonErased, SealBroken, letterbox, node, open_document, seal
from waystation.vault.actors import system_actor

PAD = 512
"""Letters are filled up to a multiple of this many bytes: their length tells less."""


class TooManyAnswers(Problem):
    """More answers came in this hour than are taken."""

    code = "too-many-answers"
    status = 429
    message = _("Very many people write at this moment. Please try again in an hour; your words stay here.")


def receive(*, number: UUID, text: str, reach: str = "") -> None:
    """Take what anybody writes who saw a photo. Nothing is confirmed to them.

    Raises NotFound for a number that was never shown or is long down, Invalid, TooManyAnswers, NodeLocked on a node
    that was never opened.
    """
    said = _checked(text, reach)
    posting = queries.still_heard(number)
    if posting is None:
        raise NotFound
    _spare(posting)
    with transaction.atomic():
        now = clock.now()
        row = Answer(posting=posting, person_id=posting.person_id, came_at=now, state_at=now)
        if node.is_unlocked():
            _seal_for_person(row, said)
        else:
            row.letter = letterbox.put_in(_filled(said), bound_to=row.pk.bytes)
        row.save(force_insert=True)
        by = system_actor()
        followups.open_follow_up(
            by=by,
            kind=PhotoClock.ANSWER,
            subject=row.pk,
            compartment=Compartment.FAMILY_LINKS,
            # What the log says of a person is sealed for them, which a locked node cannot do: `settle` adds whom.
            person_id=row.person_id if row.letter is None else None,
            due_at=now + READ_WITHIN,
        )
        journal.record(by, journal.Entry(action="photos.answer_came", subject=row.pk))


def _seal_for_person(row: Answer, said: AnswerDocument) -> None:
    try:
        seal(row, "sealed", said)
    except PersonErased as problem:
        # Whose record was sealed away since the photo came down is not known here any more.
        raise NotFound from problem


def settle(row: Answer) -> None:
    """What came while the node was locked is sealed with the person's record. Raises NodeLocked, PersonErased."""
    if row.letter is None:
        return
    text, reach = cbor2.loads(letterbox.take_out(bytes(row.letter), bound_to=row.pk.bytes))
    row.letter = None
    seal(row, "sealed", AnswerDocument(text=text, reach=reach))
    row.save(update_fields=["letter", "sealed"])
    FollowUp.objects.filter(kind=PhotoClock.ANSWER, subject=row.pk).update(person=row.person_id)


def settle_all(chunk: int) -> int:
    """The next of those that wait; how many. What cannot be opened stays where it is."""
    done = 0
    for row in Answer.objects.filter(letter__isnull=False)[:chunk]:
        try:
            settle(row)
        except (PersonErased, SealBroken):
            continue
        done += 1
    return done


@action("photos.answers")
def go_on(*, by: Actor, answer_id: UUID, act: str, note: str = "", outcome: str = "") -> Answer:
    """Look into an answer, or close it with what came of it. Raises NotFound, WrongState, Invalid."""
    row = queries.answer_for(by, answer_id, lock=True)
    end = ANSWER_TABLE.after(row.state, act)
    settle(row)
    errors: cleaning.Errors = {}
    if act == AnswerAct.CLOSE:
        cleaning.require_code(Outcome, outcome, "outcome", errors)
        row.outcome = outcome
    said = open_document(row, AnswerDocument, by=by)
    noted = cleaning.texts(replace(said, note=note or said.note), errors, note=cleaning.LONGEST_NOTE)
    cleaning.refuse(errors)
    seal(row, "sealed", noted)
    row.state, row.state_at, row.taken_by = AnswerState(end), clock.now(), by.account_id
    row.save(update_fields=["state", "state_at", "taken_by", "outcome", "sealed"])
    if act == AnswerAct.CLOSE:
        followups.finish_follow_up(by=by, kind=PhotoClock.ANSWER, subject=row.pk)
    else:
        followups.give_all(subject=row.pk, owner=by.account_id)
    journal.about(by, f"photos.answer_{act}", row)
    return row


def _checked(text: str, reach: str) -> AnswerDocument:
    errors: cleaning.Errors = {}
    said = AnswerDocument(text=cleaning.note(text), reach=cleaning.note(reach))
    if not said.text:
        errors["text"] = _("Write what you know.")
    for name, longest in (("text", LONGEST), ("reach", LONGEST_REACH)):
        if problem := cleaning.too_long(getattr(said, name), longest):
            errors[name] = problem
    if errors:
        raise Invalid(errors)
    return said


def _spare(posting: Posting) -> None:
    fresh = Answer.objects.filter(came_at__gte=clock.now() - timedelta(hours=1))
    if fresh.count() >= MOST_AN_HOUR or fresh.filter(posting=posting).count() >= MOST_A_PHOTO:
        raise TooManyAnswers


def _filled(said: AnswerDocument) -> bytes:
    plain = cbor2.dumps([said.text, said.reach])
    return plain + bytes(-len(plain) % PAD)

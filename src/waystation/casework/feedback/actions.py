"""Every write on feedback. What comes from outside is taken from anybody, also while the node is locked."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from waystation.casework.feedback import letters, queries
from waystation.casework.feedback.codes import (
    ANSWER_WITHIN,
    LONGEST,
    MOST_AN_HOUR,
    READ_WITHIN,
    SENSITIVE,
    TABLE,
    Act,
    FeedbackClock,
    Kind,
    Outcome,
    State,
    Via,
)
from waystation.casework.feedback.models import Feedback, Letter
from waystation.casework.followups import actions as followups
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Problem
from waystation.people import cleaning
from waystation.people.tongues import LANGUAGES
from waystation.vault import letterbox
from waystation.vault.actors import system_actor


class TooMany(Problem):
    """More letters came in this hour than a node takes."""

    code = "too-many-letters"
    status = 429
    message = _("Very much is being written to us at this moment. Please try again in an hour; your words stay here.")


def receive(*, kind: str, text: str, post_id: UUID | None = None, language: str = "") -> str:
    """Take what anybody says, locked or not, and give the reply code; it is told once and not kept.

    Raises Invalid, TooMany, NodeLocked on a node that was never opened.
    """
    cleaned = _checked(kind, text, language)
    _spare()
    with transaction.atomic():
        return _keep(system_actor(), kind, cleaned, post_id, language, Via.PAGE)


@action("feedback.take")
def take_down(*, by: Actor, kind: str, text: str, via: str, language: str = "") -> str:
    """Write down for somebody what they say, at the actor's post; gives the reply code for them. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(Via, via, "via", errors)
    cleaning.refuse(errors)
    return _keep(by, kind, _checked(kind, text, language), by.post_id, language, via)


def write_again(*, code: str, text: str) -> bool:
    """The holder of a code adds something. False for a wrong code. Raises Invalid, TooMany."""
    _spare()
    found = queries.by_code(code)
    if found is None:
        return False
    errors: cleaning.Errors = {}
    cleaned = _words(text, errors)
    cleaning.refuse(errors)
    with transaction.atomic():
        row = Feedback.objects.select_for_update().get(pk=found[0].pk)
        letters.write(row, cleaned, from_us=False)
        row.state, row.state_at = State(TABLE.after(row.state, Act.WRITE_AGAIN)), clock.now()
        row.outcome = ""
        row.save(update_fields=["state", "state_at", "outcome"])
        _open_clock(system_actor(), row)
        journal.record(system_actor(), journal.Entry(action="feedback.write_again", subject=row.pk))
    return True


@action("feedback.work")
def go_on(*, by: Actor, feedback_id: UUID, act: str, words: str = "", outcome: str = "") -> Feedback:
    """Read, look into, answer, give on, close. An answer needs words and goes to the holder of the code; a closing
    needs what came of it; words with any other act are a note among us. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, feedback_id, lock=True)
    end = TABLE.after(row.state, act)
    errors: cleaning.Errors = {}
    if act == Act.ANSWER and not words.strip():
        errors["words"] = _("Write the answer.")
    if act == Act.CLOSE:
        cleaning.require_code(Outcome, outcome, "outcome", errors)
        row.outcome = outcome
    cleaned = _words(words, errors, needed=False)
    cleaning.refuse(errors)
    if cleaned:
        letters.write(row, cleaned, from_us=True, by=by.account_id, inside=act != Act.ANSWER)
    row.state, row.state_at, row.taken_by = State(end), clock.now(), by.account_id
    row.save(update_fields=["state", "state_at", "taken_by", "outcome"])
    _move_clocks(by, row)
    journal.record(by, journal.Entry(action=f"feedback.{act}", subject=row.pk))
    return row


@action("feedback.work")
def mark_sensitive(*, by: Actor, feedback_id: UUID) -> Feedback:
    """What was sent as something else is about the conduct of one of us: fewer may read it from now on."""
    row = queries.get_for(by, feedback_id, lock=True)
    row.sensitive = True
    row.save(update_fields=["sensitive"])
    followups.drop_all(by=by, subject=row.pk)
    if row.state != State.CLOSED:
        _open_clock(by, row)
    journal.record(by, journal.Entry(action="feedback.mark_sensitive", subject=row.pk))
    return row


def _keep(by: Actor, kind: str, text: str, post_id: UUID | None, language: str, via: str) -> str:
    code = letterbox.new_code()
    key = letterbox.reply_key(code)
    row = Feedback(
        kind=kind,
        sensitive=kind in SENSITIVE,
        via=via,
        post_id=post_id,
        language=language,
        received_on=clock.today(),
        state_at=clock.now(),
        number=key.number,
        reply_to=key.public,
    )
    row.save(force_insert=True)
    letters.write(row, text, from_us=False)
    _open_clock(by, row)
    journal.record(by, journal.Entry(action="feedback.receive", subject=row.pk))
    return letterbox.shown(code)


def _checked(kind: str, text: str, language: str) -> str:
    errors: cleaning.Errors = {}
    cleaning.require_code(Kind, kind, "kind", errors)
    if language and language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    cleaned = _words(text, errors)
    cleaning.refuse(errors)
    return cleaned


def _words(text: str, errors: cleaning.Errors, *, needed: bool = True) -> str:
    cleaned = cleaning.note(text)
    if needed and not cleaned:
        errors["text"] = _("Write what you want to say.")
    if len(cleaned) > LONGEST:
        errors["text"] = _("This is longer than 5000 letters. Send it in two parts.")
    return cleaned


def _spare() -> None:
    hour_ago = clock.now() - timedelta(hours=1)
    if Letter.objects.filter(from_us=False, feedback__state_at__gte=hour_ago).count() >= MOST_AN_HOUR:
        raise TooMany


def _open_clock(by: Actor, row: Feedback) -> None:
    kind = FeedbackClock.CONDUCT if row.sensitive else FeedbackClock.READ
    _clock(by, row, kind, READ_WITHIN[row.sensitive])


def _move_clocks(by: Actor, row: Feedback) -> None:
    for kind in (FeedbackClock.READ, FeedbackClock.CONDUCT, FeedbackClock.ANSWER):
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk)
    if row.state in {State.ACKNOWLEDGED, State.EXAMINED, State.REFERRED}:
        # That somebody complained of conduct at all is only for those who look into it.
        kind = FeedbackClock.CONDUCT if row.sensitive else FeedbackClock.ANSWER
        _clock(by, row, kind, ANSWER_WITHIN)


def _clock(by: Actor, row: Feedback, kind: str, within: timedelta) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=Compartment.PROTECTION,
        due_at=clock.now() + within,
        owner=row.taken_by,
    )

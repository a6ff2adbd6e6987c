"""Every write on what is referred to us."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.asked import moving, queries
from waystation.casework.asked.codes import OF_HELP, OPEN, TABLE, Act, AskedClock, State
from waystation.casework.asked.models import Asked
from waystation.casework.followups import actions as followups
from waystation.casework.problems import NotAgreed
from waystation.casework.referrals.codes import Declined, Verdict
from waystation.casework.talk import NOTE, cleaned_words
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.states import WrongState
from waystation.people import cleaning


@action("asked.work")
def accept(*, by: Actor, asked_id: UUID) -> Asked:
    """Say that we would help; what is needed for it comes next, and is registered in this name.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.get_for(by, asked_id, lock=True)
    TABLE.after(row.state, Act.ACCEPT)
    if by.post_id is None:
        raise Invalid({}, _("Choose the post where you are, then accept."))
    row.accepted_by = by.account_id
    moving.move(by, row, Act.ACCEPT, "accepted_by")
    moving.tell(by, row, moving.ANSWER, {"answer": "accept"})
    return row


@action("asked.work")
def decline(*, by: Actor, asked_id: UUID, declined: str) -> Asked:
    """Say that we do not help, and why (`Declined`). Who is trusted no more is not told, and is rid of all the same.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.get_for(by, asked_id, lock=True)
    TABLE.after(row.state, Act.DECLINE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Declined, declined, "declined", errors)
    cleaning.refuse(errors)
    row.declined = declined
    moving.move(by, row, Act.DECLINE, "declined")
    moving.tell_surely(by, row, moving.ANSWER, answer="decline", reason=declined)
    return row


@action("asked.work")
def ask(*, by: Actor, asked_id: UUID, words: str) -> Asked:
    """Ask them something. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, asked_id, lock=True)
    if row.state not in OPEN:
        raise WrongState
    said = cleaned_words(words)
    moving.say(row, said, at=clock.now(), theirs=False)
    moving.tell(by, row, moving.ANSWER, {"answer": "ask", "words": said})
    moving.note(by, "ask", row)
    return row


@action("asked.work")
def go_on(*, by: Actor, asked_id: UUID, act: str, words: str = "") -> Asked:
    """Say that help has begun, was given, or did not work out: they are told, in words only where the person agreed.

    Raises NotFound, WrongState, Invalid, NotAgreed.
    """
    if act not in OF_HELP:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    row = queries.get_for(by, asked_id, lock=True)
    TABLE.after(row.state, act)
    said = _words(row, words)
    moving.move(by, row, act)
    if said:
        moving.write(row, replace(queries.document_of(row, by=by), outcome=said))
    moving.tell(by, row, moving.NEWS, {"news": row.state, "words": said})
    return row


@action("asked.work")
def tell_feedback(*, by: Actor, asked_id: UUID, verdict: str, words: str = "") -> Asked:
    """Tell them what the person says of our help, once, where the person agreed.

    Raises NotFound, WrongState, Invalid, NotAgreed.
    """
    row = queries.get_for(by, asked_id, lock=True)
    if row.state not in {State.COMPLETED, State.FAILED} or row.verdict:
        raise WrongState
    if not row.tell_back:
        raise NotAgreed
    errors: cleaning.Errors = {}
    cleaning.require_code(Verdict, verdict, "verdict", errors)
    cleaning.refuse(errors)
    said = _words(row, words)
    row.verdict = verdict
    row.save(update_fields=["verdict"])
    moving.write(row, replace(queries.document_of(row, by=by), feedback=said))
    moving.tell(by, row, moving.FEEDBACK, {"news": row.state, "verdict": verdict, "said": said})
    followups.finish_follow_up(by=by, kind=AskedClock.FEEDBACK, subject=row.pk)
    moving.note(by, "feedback", row)
    return row


@action("asked.work")
def seen_to(*, by: Actor, asked_id: UUID) -> Asked:
    """Somebody looked at what stands here of a person who took the consent back. Raises NotFound."""
    row = queries.get_for(by, asked_id, lock=True)
    followups.finish_follow_up(by=by, kind=AskedClock.GONE, subject=row.pk)
    moving.note(by, "seen_to", row)
    return row


def _words(row: Asked, words: str) -> str:
    said = cleaning.note(words)
    if said and not row.tell_back:
        raise NotAgreed
    if problem := cleaning.too_long(said, NOTE):
        raise Invalid({"words": problem})
    return said

"""The only door to postings, pictures and answers."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from waystation.familylinks.photos.codes import STILL_TAKEN, State
from waystation.familylinks.photos.documents import AnswerDocument, PictureDocument, PostingDocument
from waystation.familylinks.photos.models import Answer, Picture, Posting
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.codes import ConsentState
from waystation.people.models import Person
from waystation.vault import node, open_document, open_documents
from waystation.vault.sealing import open_for_keeping


def shown() -> QuerySet[Posting]:
    """What anybody may see at this moment, in an order that tells nothing.

    The day is asked here each time, so that a photo is gone the day after its last even if nothing else has run.
    """
    today = clock.today()
    return Posting.objects.filter(
        state=State.SHOWN, until__gte=today, consent__state=ConsentState.GIVEN, consent__expires_on__gte=today
    ).order_by("number")


def shown_one(number: UUID) -> Posting | None:
    """One of them by its public number."""
    return shown().filter(number=number).first()


def still_heard(number: UUID) -> Posting | None:
    """What an answer may be to: a photo that is shown, or was a few days ago, when somebody had the page open."""
    since = clock.now() - STILL_TAKEN
    rows = Posting.objects.filter(number=number, shown_at__isnull=False)
    row = rows.first()
    if row is None or (row.state == State.DOWN and row.state_at < since):
        return None
    return row if row.until >= clock.today() - timedelta(days=STILL_TAKEN.days) else None


def public_picture(number: UUID) -> PictureDocument | None:
    """The picture of a photo that is shown: under its consent it is for anybody, so it is no opening that is counted
    or logged; that it was put there is. Raises NodeLocked."""
    row = Picture.objects.filter(posting__in=shown().filter(number=number)).first()
    return open_for_keeping(row, PictureDocument) if row else None


def can_be_shown() -> bool:
    """Pictures are sealed: while the node is locked there are none."""
    return node.is_unlocked()


def visible_to(actor: Actor) -> QuerySet[Posting]:
    """Postings this actor may see."""
    return Posting.objects.filter(policies.rows(actor, "photos.work"))


def get_for(actor: Actor, posting_id: UUID, *, lock: bool = False) -> Posting:
    """One. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "consent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=posting_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person | UUID, *, by: Actor) -> list[Posting]:
    """A person's postings, the newest first."""
    return list(visible_to(by).filter(person__in=people.one_person_ids(person)))


def words(row: Posting, *, by: Actor) -> PostingDocument:
    """What officers said about a posting."""
    return open_documents([row], PostingDocument, by=by).get(row.pk, PostingDocument())


def picture_for(actor: Actor, posting_id: UUID) -> PictureDocument:
    """The picture of a posting that waits or is shown, for an officer. Raises NotFound, BudgetSpent, NodeLocked."""
    row = Picture.objects.filter(posting=get_for(actor, posting_id)).first()
    if row is None:
        raise NotFound
    return open_document(row, PictureDocument, by=actor)


def answers(actor: Actor) -> QuerySet[Answer]:
    """Answers this actor may read."""
    return Answer.objects.filter(policies.rows(actor, "photos.answers"))


def answer_for(actor: Actor, answer_id: UUID, *, lock: bool = False) -> Answer:
    """One. Raises NotFound."""
    rows = answers(actor).select_related("person", "posting")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=answer_id).first()
    if row is None:
        raise NotFound
    return row


def answer_texts(rows: Iterable[Answer], *, by: Actor) -> dict[UUID, AnswerDocument]:
    """What people wrote, by answer."""
    return open_documents(list(rows), AnswerDocument, by=by)

"""Words of a person sought: the enquirer is told exactly them."""

from datetime import date
from uuid import UUID

from waystation.casework.followups import actions as followups
from waystation.familylinks.asking import queries
from waystation.familylinks.asking.documents import WordDocument
from waystation.familylinks.asking.models import Word
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing import queries as requests
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.states import WrongState
from waystation.vault import open_document


@action("asking.ask")
def tell(*, by: Actor, word_id: UUID, how: str, on: date | None, answer: str) -> Word:
    """The enquirer heard them. Raises NotFound, WrongState, Invalid."""
    row = queries.word_for(by, word_id, lock=True)
    if row.told_at is not None:
        raise WrongState
    request = requests.get_for(by, row.question.asking.request_id, lock=True)
    said = open_document(row, WordDocument, by=by)
    tracing.tell_found(by, request, tracing.NewsDraft(how=how, on=on, words=said.words, answer=answer))
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])
    followups.drop_all(by=by, subject=row.pk)
    journal.record(by, journal.Entry(action="asking.tell", subject=row.pk, person=request.person_id))
    return row

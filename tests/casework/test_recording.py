"""What a meeting may hold: the same bounds for a page, the API and a command."""

import pytest

from tests.casework.factories import someone_in_need
from waystation.casework.actions import MOST_AT_ONCE, HelpDraft, NeedDraft, record_help
from waystation.casework.models import Encounter
from waystation.casework.queries import needs_of
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people.cleaning import LONGEST_NOTE
from waystation.people.queries import get_for


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (HelpDraft(needs=[NeedDraft(code="food", note="x" * (LONGEST_NOTE + 1))]), "note"),
        (HelpDraft(needs=[NeedDraft(code="food")] * (MOST_AT_ONCE + 1)), "needs"),
        (HelpDraft(given=["food"] * (MOST_AT_ONCE + 1)), "needs"),
    ],
)
def test_more_than_a_meeting_can_hold_is_refused_and_nothing_is_written(
    actors: dict[str, Actor], draft: HelpDraft, field: str
) -> None:
    person = someone_in_need(actors["volunteer"])["person_id"]
    before = Encounter.objects.count()
    with pytest.raises(Invalid) as refused:
        record_help(by=actors["volunteer"], person_id=person, draft=draft)
    assert list(refused.value.fields) == [field]
    assert Encounter.objects.count() == before


def test_a_note_keeps_its_lines_and_loses_what_hides_in_it(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = someone_in_need(by)["person_id"]
    encounter = record_help(
        by=by, person_id=person, draft=HelpDraft(needs=[NeedDraft(code="health", note="cough\n\u202eonly at night ")])
    )
    ((_need, document),) = [row for row in needs_of(get_for(by, person), by=by) if row[0].encounter_id == encounter.pk]
    assert document is not None
    assert document.note == "cough\nonly at night"

"""Promise 1: no queue, search or report reads a procedure, whatever stands in it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waystation
from tests.casework.procedures.factories import (
    NOON,
    begun,
    said_of,
    stepped,
    with_day,
)
from tests.people.factories import draft
from waystation.casework import queries as desk
from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
from waystation.casework.disparity import queries as disparity
from waystation.casework.disparity.codes import Ground, Measure
from waystation.casework.models import Need
from waystation.casework.procedures.codes import (
    TABLE,
    UNDER_WAY,
    Act,
    DayKind,
    ProcedureKind,
)
from waystation.kernel.actors import Actor
from waystation.people import search
from waystation.people.drafts import MemberDraft
from waystation.people.models import Person

kinds_of_days = st.fixed_dictionaries(
    {"kind": st.sampled_from([one.value for one in DayKind]), "days": st.integers(0, 60), "place": st.text(max_size=9)}
)
procedures = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([one.value for one in ProcedureKind]),
        "step": st.sampled_from([one.value for one in UNDER_WAY]),
        "about": st.sampled_from(["must leave tomorrow", "sans papiers", "won the appeal", ""]),
    }
)


ACTS = st.lists(st.sampled_from(Act.values), max_size=4)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=procedures, days=st.lists(kinds_of_days, max_size=3), acts=st.lists(st.sampled_from(Act.values), max_size=4)
)
def test_no_procedure_changes_a_place_in_the_queue_nor_a_search_nor_a_report(
    actors: dict[str, Actor], said: dict[str, str], days: list[dict[str, Any]], acts: list[str]
) -> None:
    by = replace(actors["caseworker"], people_per_hour=100_000)
    Need.objects.all().delete()
    people_ids = [
        register_at_desk(
            by=by,
            members=[MemberDraft(person=draft(name, "Tekle"), relation="first")],
            draft=HelpDraft(needs=[NeedDraft(code="food", severity=severity)], at=NOON),
        )[0].person.pk
        for name, severity in (("Miriam", "low"), ("Selam", "high"), ("Hana", "low"))
    ]

    def read() -> list[Any]:
        lines = [(line.number, line.person and line.person.pk, line.position) for line in desk.waiting_list(by)]
        found = [one.person.pk for one in search.find("Tekle", by=by)]
        table = disparity.report(actors["coordinator"], measure=Measure.WAITING, ground=Ground.SEX, months=24)
        return [lines, found, table]

    before = read()
    row = begun(by, Person.objects.get(pk=people_ids[0]), **said)
    for one in days:
        with_day(by, row, **one)
    for act in acts:
        if TABLE.allows(said_of(by, row).step, act):
            stepped(by, row, act)
    assert read() == before


def test_no_other_room_imports_procedures() -> None:
    source = Path(waystation.__file__).parent
    readers = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if "casework.procedures" in path.read_text(encoding="utf-8") and "casework/procedures" not in path.as_posix()
    }
    assert readers <= {"config/settings.py", "config/urls.py", "demo/build.py", "demo/procedures.py"}

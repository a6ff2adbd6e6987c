"""The desk over HTTP: register, record help, count, and who waits."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import StrictInt

from waystation.accounts.api import Body, PersonalToken, actor_of_request, example
from waystation.casework import actions, queries
from waystation.casework.actions import MOST_AT_ONCE, HelpDraft, NeedDraft
from waystation.casework.codes import NEEDS, NeedState, Service, Severity, Threat
from waystation.people import queries as people
from waystation.people.actions.registering import LARGEST_HOUSEHOLD
from waystation.people.api import PersonIn
from waystation.people.cleaning import LONGEST_NOTE
from waystation.people.codes import AgeBand, Sex

router = Router(tags=["desk"])
NeedCode = Annotated[
    str, Field(json_schema_extra={"enum": sorted(code for code, card in NEEDS.items() if card.chosen)})
]
"""A code of the list of needs; whether it is one is for the action to say."""
Given = Annotated[list[Service], Field(max_length=MOST_AT_ONCE)]


class NeedIn(Body):
    """One need."""

    code: NeedCode
    severity: Severity = Severity.MEDIUM
    threats: list[Threat] = []

    def draft(self) -> NeedDraft:
        """What the actions take."""
        return NeedDraft(code=self.code, severity=self.severity, threats=frozenset(self.threats))


class NotedNeedIn(NeedIn):
    """One need of a registered person, with a note sealed in the compartment of its code."""

    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""

    def draft(self) -> NeedDraft:
        """What the actions take."""
        return replace(super().draft(), note=self.note)


class HelpIn(Body):
    """What was needed and given in one meeting."""

    model_config = example(needs=[{"code": "health", "severity": "high", "note": "cough"}], given=["food", "water"])

    needs: Annotated[list[NotedNeedIn], Field(max_length=MOST_AT_ONCE)] = []
    given: Given = []

    def draft(self, kind: str) -> HelpDraft:
        """What the actions take."""
        return HelpDraft(needs=[need.draft() for need in self.needs], given=self.given, kind=kind)


class RegistrationIn(Body):
    """A person, or a household with the one first from whom relations are told, and the first one's meeting."""

    model_config = example(
        members=[
            {"identity": {"given_name": "Selam", "family_name": "Takle", "origin": "ER"}, "sex": "female"},
            {"identity": {"given_name": "Abel"}, "age_band": "5-11", "relation": "child"},
        ],
        help={"needs": [{"code": "food"}], "given": ["food"]},
    )

    members: Annotated[list[PersonIn], Field(min_length=1, max_length=LARGEST_HOUSEHOLD)]
    help: HelpIn = HelpIn()


class RegisteredOut(Schema):
    """A registered person and the code for the slip."""

    person_id: UUID
    card_code: str
    household_id: UUID | None


class UrgentIn(Body):
    """Urgent help before any registration; there is no key yet to seal a note with."""

    model_config = example(needs=[{"code": "health", "threats": ["survival"]}], sex="male", age_band="12-17")

    needs: Annotated[list[NeedIn], Field(max_length=MOST_AT_ONCE)] = []
    given: Given = []
    sex: Sex = Sex.NOT_KNOWN
    age_band: AgeBand = AgeBand.NOT_KNOWN

    def draft(self) -> HelpDraft:
        """What the actions take."""
        return HelpDraft(needs=[need.draft() for need in self.needs], given=self.given, kind="urgent")


class MadeOut(Schema):
    """The number of what was recorded."""

    id: UUID


class UnnamedIn(Body):
    """People served without a name."""

    model_config = example(sex="female", age_band="25-59", count=3)

    sex: Sex
    age_band: AgeBand
    count: Annotated[StrictInt, Field(ge=1, le=MOST_AT_ONCE)] = 1


class NeedOut(Schema):
    """A need; the note only where this account opens its compartment."""

    id: UUID
    code: str
    severity: str
    state: str
    recorded_at: datetime
    note: str | None


class StateIn(Body):
    """What became of a need."""

    model_config = example(state="met")

    state: NeedState


class WaitingOut(Schema):
    """A place in the work list, and all it was made of."""

    place: int
    person_id: UUID | None
    encounter_id: UUID | None
    needs: list[str]
    threats: list[str]
    severity: str
    waiting_since: datetime


@router.post("/registrations", response={201: list[RegisteredOut]}, auth=PersonalToken("people.register"))
def register(request: HttpRequest, body: RegistrationIn) -> Status[list[RegisteredOut]]:
    """Register a person or a household."""
    drafts = [member.draft() for member in body.members]
    made = actions.register_at_desk(by=actor_of_request(request), members=drafts, draft=body.help.draft("registration"))
    rows = [RegisteredOut(person_id=m.person.pk, card_code=m.card_code, household_id=m.household_id) for m in made]
    return Status(201, rows)


@router.post("/people/{uuid:person_id}/help", response={201: MadeOut}, auth=PersonalToken("casework.help"))
def help_person(request: HttpRequest, person_id: UUID, body: HelpIn) -> Status[MadeOut]:
    """Record what a person needed and was given."""
    made = actions.record_help(by=actor_of_request(request), person_id=person_id, draft=body.draft("visit"))
    return Status(201, MadeOut(id=made.pk))


@router.get("/people/{uuid:person_id}/needs", response=list[NeedOut], auth=PersonalToken("people.view"))
def needs(request: HttpRequest, person_id: UUID) -> list[NeedOut]:
    """A person's needs that this account may know of."""
    by = actor_of_request(request)
    rows = queries.needs_of(people.get_for(by, person_id), by=by)
    return [
        NeedOut(
            id=need.pk,
            code=need.told or need.code,
            severity=need.severity,
            state=need.state,
            recorded_at=need.recorded_at,
            note=document.note if document else None,
        )
        for need, document in rows
    ]


@router.post("/needs/{uuid:need_id}/state", response=MadeOut, auth=PersonalToken("casework.help"))
def need_state(request: HttpRequest, need_id: UUID, body: StateIn) -> MadeOut:
    """Say what became of a need."""
    return MadeOut(id=actions.set_need_state(by=actor_of_request(request), need_id=need_id, state=body.state).pk)


@router.post("/urgent", response={201: MadeOut}, auth=PersonalToken("casework.help"))
def urgent(request: HttpRequest, body: UrgentIn) -> Status[MadeOut]:
    """Record urgent help before any registration."""
    by = actor_of_request(request)
    made = actions.record_urgent(by=by, draft=body.draft(), sex=body.sex, age_band=body.age_band)
    return Status(201, MadeOut(id=made.pk))


@router.post("/unnamed", response={201: MadeOut}, auth=PersonalToken("casework.count"))
def unnamed(request: HttpRequest, body: UnnamedIn) -> Status[MadeOut]:
    """Count people served without a name."""
    by = actor_of_request(request)
    made = actions.count_unnamed(by=by, sex=body.sex, age_band=body.age_band, count=body.count)
    return Status(201, MadeOut(id=made.pk))


@router.get("/waiting", response=list[WaitingOut], auth=PersonalToken("casework.today"))
def waiting(request: HttpRequest) -> list[WaitingOut]:
    """Who waits, in order of need and risk only. Opens nobody."""
    by = actor_of_request(request)
    return [
        WaitingOut(
            place=line.number,
            person_id=line.person.pk if line.person else None,
            encounter_id=line.encounter_id,
            needs=[need.code for need in line.needs],
            threats=[threat.value for threat in line.reasons.threats],
            severity=line.reasons.severity,
            waiting_since=line.position.waiting_since,
        )
        for line in queries.waiting_list(by)
    ]

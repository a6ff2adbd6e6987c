"""The desk over HTTP: register, record help, count, and who waits."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from waystation.casework import actions, queries
from waystation.casework.actions import HelpDraft, NeedDraft
from waystation.kernel import policies
from waystation.people import queries as people
from waystation.people.api import PersonIn, actor_of_request

router = Router(tags=["desk"])


class NeedIn(Schema):
    """One need; threats are `survival`, `dignity`, `physical_health`, `mental_health`."""

    code: str
    severity: str = "medium"
    threats: list[str] = []
    note: str = ""


class HelpIn(Schema):
    """What was needed and given in one meeting."""

    needs: list[NeedIn] = []
    given: list[str] = []

    def draft(self, kind: str) -> HelpDraft:
        """What the actions take."""
        needs = [
            NeedDraft(code=need.code, severity=need.severity, threats=frozenset(need.threats), note=need.note)
            for need in self.needs
        ]
        return HelpDraft(needs=needs, given=self.given, kind=kind)


class RegistrationIn(Schema):
    """A person, or a household with the one first from whom relations are told, and the first one's meeting."""

    members: list[PersonIn]
    help: HelpIn = HelpIn()


class RegisteredOut(Schema):
    """A registered person and the code for the slip."""

    person_id: UUID
    card_code: str
    household_id: UUID | None


class UrgentIn(HelpIn):
    """Urgent help before any registration."""

    sex: str = "not-known"
    age_band: str = "not-known"


class MadeOut(Schema):
    """The number of what was recorded."""

    id: UUID


class UnnamedIn(Schema):
    """People served without a name."""

    sex: str
    age_band: str
    count: int = 1


class NeedOut(Schema):
    """A need; the note only where this account opens its compartment."""

    id: UUID
    code: str
    severity: str
    state: str
    recorded_at: datetime
    note: str | None


class StateIn(Schema):
    """What became of a need: `unmet`, `partly`, `met`, `withdrawn`."""

    state: str


class WaitingOut(Schema):
    """A place in the work list, and all it was made of."""

    place: int
    person_id: UUID | None
    encounter_id: UUID | None
    needs: list[str]
    threats: list[str]
    severity: str
    waiting_since: datetime


@router.post("/registrations", response={201: list[RegisteredOut]})
def register(request: HttpRequest, body: RegistrationIn) -> Status[list[RegisteredOut]]:
    """Register a person or a household."""
    drafts = [member.draft() for member in body.members]
    made = actions.register_at_desk(by=actor_of_request(request), members=drafts, draft=body.help.draft("registration"))
    rows = [RegisteredOut(person_id=m.person.pk, card_code=m.card_code, household_id=m.household_id) for m in made]
    return Status(201, rows)


@router.post("/people/{uuid:person_id}/help", response={201: MadeOut})
def help_person(request: HttpRequest, person_id: UUID, body: HelpIn) -> Status[MadeOut]:
    """Record what a person needed and was given."""
    made = actions.record_help(by=actor_of_request(request), person_id=person_id, draft=body.draft("visit"))
    return Status(201, MadeOut(id=made.pk))


@router.get("/people/{uuid:person_id}/needs", response=list[NeedOut])
def needs(request: HttpRequest, person_id: UUID) -> list[NeedOut]:
    """A person's needs that this account may know of."""
    by = actor_of_request(request)
    rows = queries.needs_of(people.get_for(by, person_id), by=by)
    return [
        NeedOut(
            id=need.pk,
            code=need.code,
            severity=need.severity,
            state=need.state,
            recorded_at=need.recorded_at,
            note=document.note if document else None,
        )
        for need, document in rows
    ]


@router.post("/needs/{uuid:need_id}/state", response=MadeOut)
def need_state(request: HttpRequest, need_id: UUID, body: StateIn) -> MadeOut:
    """Say what became of a need."""
    return MadeOut(id=actions.set_need_state(by=actor_of_request(request), need_id=need_id, state=body.state).pk)


@router.post("/urgent", response={201: MadeOut})
def urgent(request: HttpRequest, body: UrgentIn) -> Status[MadeOut]:
    """Record urgent help before any registration."""
    by = actor_of_request(request)
    made = actions.record_urgent(by=by, draft=body.draft("urgent"), sex=body.sex, age_band=body.age_band)
    return Status(201, MadeOut(id=made.pk))


@router.post("/unnamed", response={201: MadeOut})
def unnamed(request: HttpRequest, body: UnnamedIn) -> Status[MadeOut]:
    """Count people served without a name."""
    by = actor_of_request(request)
    made = actions.count_unnamed(by=by, sex=body.sex, age_band=body.age_band, count=body.count)
    return Status(201, MadeOut(id=made.pk))


@router.get("/waiting", response=list[WaitingOut])
def waiting(request: HttpRequest) -> list[WaitingOut]:
    """Who waits, in order of need and risk only. Opens nobody."""
    by = actor_of_request(request)
    policies.require(by, "casework.today")
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

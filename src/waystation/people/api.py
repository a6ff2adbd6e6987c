"""People over HTTP: the same actions, permissions, budget and log as the pages. Tokens stand for an account."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import StrictBool, StrictInt

from waystation.accounts.api import Body, PersonalToken, actor_of_request, example
from waystation.people import actions, cards, queries, search
from waystation.people.codes import AgeBand, ErasureReason, Relation, Sex
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft
from waystation.people.models import Person

router = Router(tags=["people"])


class IdentityIn(Body):
    """Who someone is, as far as they said; all of it may stay empty. Languages are ISO 639-3, origin ISO 3166-1."""

    given_name: str = ""
    family_name: str = ""
    alias: str = ""
    names_as_written: list[str] = []
    birth_year: StrictInt | None = None
    origin: str = ""
    languages: list[str] = []
    phone: str = ""
    contact_note: str = ""
    know_now: str = ""
    prefers_interviewer_sex: str = ""

    def document(self) -> IdentityDocument:
        """What the actions take."""
        told = self.dict()
        told["names_as_written"], told["languages"] = tuple(self.names_as_written), tuple(self.languages)
        return IdentityDocument(**told)


class PersonIn(Body):
    """Someone to register; `person_id` makes a repeated request harmless."""

    identity: IdentityIn = IdentityIn()
    sex: Sex = Sex.NOT_KNOWN
    age_band: AgeBand = AgeBand.NOT_KNOWN
    interpreter_needed: StrictBool = False
    kept_to_post: StrictBool = False
    relation: Relation = Relation.NOT_KNOWN
    person_id: UUID | None = None

    def draft(self) -> MemberDraft:
        """What the actions take."""
        person = RegistrationDraft(
            identity=self.identity.document(),
            sex=self.sex,
            age_band=self.age_band,
            interpreter_needed=self.interpreter_needed,
            kept_to_post=self.kept_to_post,
            person_id=self.person_id,
        )
        return MemberDraft(person=person, relation=self.relation)


class PersonOut(Schema):
    """A person as this account may see them."""

    id: UUID
    revision: int
    sex: str
    age_band: str
    interpreter_needed: bool
    identity: IdentityIn
    card_code: str


class FoundOut(Schema):
    """A person found, with codes for why."""

    person: PersonOut
    score: float
    reasons: list[str]


class SearchIn(Body):
    """What was heard: a name in any script, an alias, a card code or a telephone number."""

    model_config = example(text="selam takle", limit=5)

    text: str
    limit: Annotated[StrictInt, Field(ge=1, le=search.MOST_SHOWN)] = 5


class CorrectIn(Body):
    """The whole identity anew, made from the revision that was read."""

    model_config = example(revision=1, identity={"given_name": "Selam", "family_name": "Tekle"}, age_band="18-24")

    revision: Annotated[StrictInt, Field(ge=1)]
    identity: IdentityIn
    sex: Sex | None = None
    age_band: AgeBand | None = None
    interpreter_needed: StrictBool | None = None


class EraseIn(Body):
    """Why it goes."""

    model_config = example(reason="person-asked")

    reason: ErasureReason


def shown(person: Person, identity: IdentityDocument) -> PersonOut:
    """A person in the API's words."""
    told = {name: getattr(identity, name) for name in IdentityIn.model_fields}
    told["names_as_written"], told["languages"] = list(identity.names_as_written), list(identity.languages)
    return PersonOut(
        id=person.pk,
        revision=person.revision,
        sex=person.sex,
        age_band=person.age_band,
        interpreter_needed=person.interpreter_needed,
        identity=IdentityIn(**told),
        card_code=cards.shown(identity.card_code),
    )


@router.post("/search", response=list[FoundOut], auth=PersonalToken("people.view"))
def find(request: HttpRequest, body: SearchIn) -> list[FoundOut]:
    """Find people. Posted, so that no name stands in an address. Each person shown counts as opened."""
    found = search.find(body.text, by=actor_of_request(request), limit=body.limit)
    return [
        FoundOut(person=shown(one.person, one.identity), score=one.score, reasons=list(one.reasons)) for one in found
    ]


@router.get("/{uuid:person_id}", response=PersonOut, auth=PersonalToken("people.view"))
def person(request: HttpRequest, person_id: UUID) -> PersonOut:
    """One person."""
    by = actor_of_request(request)
    found = queries.get_for(by, person_id)
    return shown(found, queries.identity_of(found, by=by))


@router.put("/{uuid:person_id}", response=PersonOut, auth=PersonalToken("people.correct"))
def correct(request: HttpRequest, person_id: UUID, body: CorrectIn) -> PersonOut:
    """Correct an identity. 409 when someone saved in between."""
    by = actor_of_request(request)
    changed = actions.correct(
        by=by,
        person_id=person_id,
        revision=body.revision,
        changes=body.identity.document(),
        sex=body.sex,
        age_band=body.age_band,
        interpreter_needed=body.interpreter_needed,
    )
    return shown(changed, queries.identity_of(changed, by=by))


@router.delete("/{uuid:person_id}", response={204: None}, auth=PersonalToken("people.erase"))
def erase(request: HttpRequest, person_id: UUID, body: EraseIn) -> Status[None]:
    """Erase a person for good (coordinators)."""
    actions.erase(by=actor_of_request(request), person_id=person_id, reason=body.reason)
    return Status(204, None)

"""Registration: one person, or a household at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, Text
from waystation.kernel.ids import new_id
from waystation.kernel.journal import Entry
from waystation.people import cards, cleaning, queries, search
from waystation.people.changes import next_numbers
from waystation.people.codes import AgeBand, Relation, Sex, band_of_birth
from waystation.people.documents import IdentityDocument, MembershipDocument
from waystation.people.drafts import AlreadyRegistered, MemberDraft, Registered, RegistrationDraft
from waystation.people.models import Household, Membership, Person
from waystation.vault import new_person_keys, seal

LARGEST_HOUSEHOLD = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class _Checked:
    draft: RegistrationDraft
    identity: IdentityDocument
    post_id: UUID


@action("people.register")
def register(*, by: Actor, draft: RegistrationDraft) -> Registered:
    """Register one person, sealed under a fresh key, with a code for the slip.

    Raises Invalid (field names of the draft and its identity), AlreadyRegistered when the same form came before,
    NodeLocked.
    """
    errors: cleaning.Errors = {}
    checked = _check(draft, by, errors, "")
    cleaning.refuse(errors)
    return _write(by, [checked])[0]


@action("people.register")
def register_household(
    *, by: Actor, drafts: Sequence[MemberDraft], household_id: UUID | None = None
) -> tuple[Registered, ...]:
    """Register several people who travel together, all or none; the first is who the relations are told from.

    With `household_id` they join that household. Raises Invalid with fields named `0.given_name`, `1.relation`, …,
    AlreadyRegistered, NotFound for an unknown household.
    """
    errors: cleaning.Errors = {}
    if not 1 <= len(drafts) <= LARGEST_HOUSEHOLD:
        raise Invalid({"": _("Register between one and sixty people at once.")})
    checked = [_check(member.person, by, errors, f"{place}.") for place, member in enumerate(drafts)]
    relations = [_relation(member, place, household_id, errors) for place, member in enumerate(drafts)]
    cleaning.refuse(errors)
    household = Household.objects.create() if household_id is None else queries.household_for(by, household_id)
    registered = _write(by, checked)
    today = clock.today()
    memberships = []
    for one, document in zip(registered, relations, strict=True):
        membership = Membership(household=household, person=one.person, joined_on=today)
        seal(membership, "sealed", document)
        memberships.append(membership)
    Membership.objects.bulk_create(memberships)
    journal.record(
        by,
        *(Entry(action="people.household.join", subject=m.household_id, person=m.person_id) for m in memberships),
    )
    return tuple(replace(one, household_id=household.pk) for one in registered)


def _check(draft: RegistrationDraft, by: Actor, errors: cleaning.Errors, prefix: str) -> _Checked:
    found: cleaning.Errors = {}
    identity = cleaning.identity(draft.identity, found)
    cleaning.require_code(Sex, draft.sex, "sex", found)
    cleaning.require_code(AgeBand, draft.age_band, "age_band", found)
    post_id = draft.post_id or by.post_id
    if post_id is None:
        found["post_id"] = _("Choose the post where you are, then register.")
    errors.update({f"{prefix}{field}": text for field, text in found.items()})
    return _Checked(draft=draft, identity=identity, post_id=post_id or new_id())


def _relation(
    member: MemberDraft, place: int, household_id: UUID | None, errors: cleaning.Errors
) -> MembershipDocument:
    relation: str = Relation.FIRST if place == 0 and household_id is None else member.relation
    found: dict[str, Text] = {}
    cleaning.require_code(Relation, relation, "relation", found)
    document = cleaning.texts(MembershipDocument(relation=relation, note=member.note), found, note=1000)
    errors.update({f"{place}.{field}": text for field, text in found.items()})
    return document


def _write(by: Actor, checked: Sequence[_Checked]) -> list[Registered]:
    # The counter's lock comes first: of two copies of one form the second waits here, then finds the first.
    numbers = next_numbers(len(checked))
    _refuse_twice(checked)
    moment = clock.now()
    people = [_row(by, one, moment) for one in checked]
    new_person_keys([person.pk for person in people])
    identities = [replace(one.identity, card_code=cards.new_code()) for one in checked]
    for person, identity, number in zip(people, identities, numbers, strict=True):
        person.change_number = number
        seal(person, "identity", identity)
    Person.objects.bulk_create(people)
    journal.record(by, *(Entry(action="people.register", subject=p.pk, person=p.pk) for p in people))
    search.announce(list(zip(people, identities, strict=True)))
    return [
        Registered(person=person, card_code=cards.shown(identity.card_code))
        for person, identity in zip(people, identities, strict=True)
    ]


def _row(by: Actor, one: _Checked, moment: datetime) -> Person:
    born, year = one.identity.birth_date, one.identity.birth_year
    return Person(
        id=one.draft.person_id or new_id(),
        age_band=band_of_birth(clock.today(), born=born, year=year, said=one.draft.age_band),
        sex=one.draft.sex,
        interpreter_needed=one.draft.interpreter_needed,
        registered_at=moment,
        registered_post_id=one.post_id,
        registered_by=by.account_id,
        kept_to_post_id=one.post_id if one.draft.kept_to_post else None,
        last_met_at=moment,
        last_met_post_id=one.post_id,
        updated_at=moment,
        updated_by=by.account_id,
    )


def _refuse_twice(checked: Sequence[_Checked]) -> None:
    wished = [one.draft.person_id for one in checked if one.draft.person_id is not None]
    if len(set(wished)) < len(wished):
        raise Invalid({"": _("Two people of this form carry the same number. Open a fresh form and type them again.")})
    known = Person.objects.filter(pk__in=wished).values_list("pk", flat=True).first() if wished else None
    if known is not None:
        raise AlreadyRegistered(known)

"""Who travels with whom."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, queries
from waystation.people.codes import Relation
from waystation.people.documents import MembershipDocument
from waystation.people.models import Household, Membership
from waystation.vault import seal


@action("people.household")
def start_household(*, by: Actor, person_id: UUID) -> Household:
    """Make someone the first person of a new household. Raises NotFound, Invalid when they are in one."""
    person = queries.get_for(by, person_id)
    _refuse_second(queries.one_person_ids(person), None)
    household = Household.objects.create()
    _join(by, household, person.pk, MembershipDocument(relation=Relation.FIRST))
    return household


@action("people.household")
def add_to_household(*, by: Actor, household_id: UUID, person_id: UUID, relation: str, note: str = "") -> Membership:
    """Let someone already registered join a household. Raises NotFound, Invalid when they are in it already."""
    person = queries.get_for(by, person_id)
    document = _document(relation, note)
    household = queries.household_for(by, household_id)
    _refuse_second(queries.one_person_ids(person), household)
    return _join(by, household, person.pk, document)


@action("people.household")
def set_relation(*, by: Actor, membership_id: UUID, relation: str, note: str = "") -> Membership:
    """Say anew what someone is to the first person of the household. Raises NotFound, Invalid."""
    membership = _seen(by, membership_id)
    seal(membership, "sealed", _document(relation, note))
    membership.save(update_fields=["sealed"])
    journal.record(
        by, Entry(action="people.household.relation", subject=membership.household_id, person=membership.person_id)
    )
    return membership


@action("people.household")
def leave_household(*, by: Actor, membership_id: UUID, left_on: date | None = None) -> Membership:
    """Note that someone no longer travels with a household. Raises NotFound, Invalid for a day out of order."""
    membership = _seen(by, membership_id)
    day = left_on or clock.today()
    if not membership.joined_on <= day <= clock.today():
        raise Invalid({"left_on": _("Choose a day between joining the household and today.")})
    membership.left_on = day
    membership.save(update_fields=["left_on"])
    journal.record(
        by, Entry(action="people.household.leave", subject=membership.household_id, person=membership.person_id)
    )
    return membership


def _join(by: Actor, household: Household, person_id: UUID, document: MembershipDocument) -> Membership:
    membership = Membership(household=household, person_id=person_id, joined_on=clock.today())
    seal(membership, "sealed", document)
    membership.save(force_insert=True)
    journal.record(by, Entry(action="people.household.join", subject=household.pk, person=person_id))
    return membership


def _document(relation: str, note: str) -> MembershipDocument:
    errors: cleaning.Errors = {}
    cleaning.require_code(Relation, relation, "relation", errors)
    document = cleaning.texts(MembershipDocument(relation=relation, note=note), errors, note=1000)
    cleaning.refuse(errors)
    return document


def _seen(by: Actor, membership_id: UUID) -> Membership:
    found = Membership.objects.filter(pk=membership_id, left_on__isnull=True).first()
    if found is None:
        raise NotFound
    queries.get_for(by, found.person_id)
    return found


def _refuse_second(person_ids: tuple[UUID, ...], household: Household | None) -> None:
    current = Membership.objects.filter(person__in=person_ids, left_on__isnull=True)
    if (current if household is None else current.filter(household=household)).exists():
        raise Invalid({"person_id": _("This person is already in a household. Open it to add others to it.")})

"""With whom a child travels: derived, never asked."""

from waystation.casework.children.codes import Situation
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.codes import CHILDREN, Relation
from waystation.people.models import Person
from waystation.people.queries import HouseholdView

PARENTS = frozenset({Relation.PARENT, Relation.GUARDIAN})
NO_RELATIVE = frozenset({Relation.COMPANION, Relation.NOT_KNOWN})


def derived(person: Person, household: HouseholdView | None) -> Situation:
    """From the age band and what the others of the household are to the child.

    Whoever's age is not known does not count as grown up: doubt is on the child's side.
    """
    if person.age_band not in CHILDREN:
        return Situation.GROWN
    others = [member for member in household.members if not member.is_self] if household else []
    if any(member.to_person in PARENTS for member in others):
        return Situation.WITH_PARENT
    grown = [m for m in others if m.person.age_band not in CHILDREN and m.person.age_band != "not-known"]
    if any(member.to_person not in NO_RELATIVE for member in grown):
        return Situation.SEPARATED
    return Situation.UNACCOMPANIED


def of(person: Person, *, by: Actor) -> Situation:
    """A person's situation, with the household as this actor sees it."""
    if person.age_band not in CHILDREN:
        return Situation.GROWN
    return derived(person, people.household_of(person, by=by))

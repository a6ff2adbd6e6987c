"""Changing what is written about one person."""

from dataclasses import fields, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid
from waystation.kernel.journal import Entry
from waystation.people import cards, cleaning, queries, search
from waystation.people.changes import next_numbers
from waystation.people.codes import AgeBand, Sex, band_of_birth
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import seal


@action("people.correct")
def correct(
    *,
    by: Actor,
    person_id: UUID,
    revision: int,
    changes: IdentityDocument,
    sex: str | None = None,
    age_band: str | None = None,
    interpreter_needed: bool | None = None,
) -> Person:
    """Write a person's identity anew; the card code stays. None leaves a plain fact as it was.

    `revision` is that of the row the form was made from: raises Conflict when someone saved in between, and nothing
    of theirs is overwritten. Raises Invalid, NotFound.
    """
    person = queries.get_for(by, person_id)
    errors: cleaning.Errors = {}
    cleaned = cleaning.identity(changes, errors)
    cleaning.require_code(Sex, sex or person.sex, "sex", errors)
    cleaning.require_code(AgeBand, age_band or person.age_band, "age_band", errors)
    cleaning.refuse(errors)
    before = queries.identity_of(person, by=by)
    after = replace(cleaned, card_code=before.card_code)
    person.sex = sex or person.sex
    person.age_band = band_of_birth(
        clock.today(), born=after.birth_date, year=after.birth_year, said=age_band or person.age_band
    )
    if interpreter_needed is not None:
        person.interpreter_needed = interpreter_needed
    _save(by, person, revision, after)
    changed = [f.name for f in fields(after) if getattr(after, f.name) != getattr(before, f.name)]
    journal.record(
        by,
        Entry(action="people.correct", subject=person.pk, person=person.pk, detail={"fields": ",".join(changed)}),
    )
    return person


@action("people.correct")
def new_card(*, by: Actor, person_id: UUID) -> str:
    """Draw a new card code when the slip was lost; the old one finds no one any more. Gives it as printed."""
    person = queries.get_for(by, person_id)
    identity = replace(queries.identity_of(person, by=by), card_code=cards.new_code())
    _save(by, person, person.revision, identity)
    journal.record(by, Entry(action="people.card", subject=person.pk, person=person.pk))
    return cards.shown(identity.card_code)


@action("people.keep-to-post")
def keep_to_post(*, by: Actor, person_id: UUID, kept: bool) -> Person:
    """Let only the actor's own post see this person, or let every post of the node. Raises Invalid without a post."""
    person = queries.get_for(by, person_id)
    if kept and by.post_id is None:
        raise Invalid({"kept": _("Choose the post where you are first: the record will be kept there.")})
    person.kept_to_post_id = by.post_id if kept else None
    person.updated_at, person.updated_by = clock.now(), by.account_id
    Person.objects.filter(pk__in=queries.one_person_ids(person)).update(
        kept_to_post=person.kept_to_post_id, updated_at=person.updated_at, updated_by=by.account_id
    )
    journal.record(by, Entry(action="people.keep-to-post", subject=person.pk, person=person.pk, detail={"kept": kept}))
    return person


def met(*, person_id: UUID, post_id: UUID, at: datetime) -> None:
    """Note that a person was met, inside the transaction and under the permission of the caller's own action."""
    Person.objects.filter(pk=person_id).exclude(last_met_at__gt=at).update(last_met_at=at, last_met_post=post_id)


def _save(by: Actor, person: Person, revision: int, identity: IdentityDocument) -> None:
    seal(person, "identity", identity)
    person.change_number = next_numbers(1)[0]
    person.updated_at, person.updated_by = clock.now(), by.account_id
    standing = Person.objects.filter(pk=person.pk, erased_at__isnull=True, sealed_at__isnull=True)
    saved = standing.filter(revision=revision).update(
        identity=person.identity,
        sex=person.sex,
        age_band=person.age_band,
        interpreter_needed=person.interpreter_needed,
        change_number=person.change_number,
        updated_at=person.updated_at,
        updated_by=person.updated_by,
        revision=F("revision") + 1,
    )
    if not saved:
        raise Conflict
    person.revision = revision + 1
    search.announce([(person, identity)])

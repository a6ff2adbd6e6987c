"""Registration takes what people give, keeps it sealed, and says what to mend."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.factories import draft, family, registered, staff
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NodeLocked, NotAllowed, NotFound
from waystation.organisations.models import Post
from waystation.people import actions, cards, queries
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import AlreadyRegistered, MemberDraft, RegistrationDraft
from waystation.people.models import Household, Membership, Person
from waystation.vault import node as vault_node


def test_an_alias_alone_registers(volunteer: Actor) -> None:
    done = registered(volunteer, alias="Tall Musa")
    assert queries.identity_of(done.person, by=volunteer).display_name == "Tall Musa"


def test_nothing_but_a_sex_and_an_age_band_registers(volunteer: Actor) -> None:
    done = registered(volunteer, sex="female", age_band="12-17")
    person = Person.objects.get(pk=done.person.pk)
    assert (person.sex, person.age_band, person.registered_post_id) == ("female", "12-17", volunteer.post_id)
    assert queries.identity_of(person, by=volunteer).display_name == ""


def test_the_code_of_the_slip_lies_inside_the_sealed_identity(volunteer: Actor) -> None:
    done = registered(volunteer, "Amina", card_code="FORGED")
    assert cards.parse(done.card_code) == queries.identity_of(done.person, by=volunteer).card_code


def test_nothing_readable_is_stored(volunteer: Actor) -> None:
    registered(volunteer, "Zebiba", "Tesfamariam", phone="+291 7 123456", know_now="Walks with a stick")
    row = Person.objects.values().get()
    stored = repr(row) + bytes(row["identity"]).decode("latin-1")
    assert not [word for word in ("Zebiba", "Tesfamariam", "7123456", "stick") if word in stored]


def test_a_family_of_three_registers_at_once_in_few_queries(volunteer: Actor) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        alone = family(volunteer, "Rahel")
    with CaptureQueriesContext(connection) as many:
        done = family(volunteer, "Amina", "Yusuf", "Hawa")
    assert len(many) <= len(few) + 2
    assert {one.household_id for one in done} != {alone[0].household_id}
    seen = queries.household_of(done[1].person, by=volunteer)
    assert seen is not None
    first = seen.members[0]
    assert (first.identity.given_name, first.relation, first.to_person) == ("Amina", "first", "parent")
    assert sorted((m.identity.given_name, m.to_person) for m in seen.members if not m.is_self)[1] == ("Hawa", "sibling")


def test_one_wrong_answer_in_a_family_registers_nobody_and_names_the_field(volunteer: Actor) -> None:
    drafts = [MemberDraft(person=draft("Amina")), MemberDraft(person=draft("Y" * 300), relation="cousin-once")]
    with pytest.raises(Invalid) as refusal:
        actions.register_household(by=volunteer, drafts=drafts)
    assert set(refusal.value.fields) == {"1.given_name", "1.relation"}
    assert not Person.objects.exists()
    assert not Household.objects.exists()


def test_more_members_can_join_a_household_that_stands(volunteer: Actor) -> None:
    first = family(volunteer, "Amina")[0]
    (late,) = actions.register_household(
        by=volunteer, drafts=[MemberDraft(person=draft("Bilal"), relation="child")], household_id=first.household_id
    )
    assert late.household_id == first.household_id
    assert Membership.objects.filter(household=first.household_id).count() == 2


def test_nobody_joins_a_household_they_may_not_see(volunteer: Actor, elsewhere: Actor) -> None:
    hidden = actions.register_household(by=elsewhere, drafts=[MemberDraft(person=draft("Sara", kept_to_post=True))])
    for household_id in (hidden[0].household_id, uuid4()):
        with pytest.raises(NotFound):
            actions.register_household(
                by=volunteer, drafts=[MemberDraft(person=draft("Bilal"))], household_id=household_id
            )


def test_the_same_form_sent_twice_registers_once(volunteer: Actor) -> None:
    form = draft("Amina", person_id=uuid4())
    first = actions.register(by=volunteer, draft=form)
    with pytest.raises(AlreadyRegistered) as refusal:
        actions.register(by=volunteer, draft=form)
    assert refusal.value.person_id == first.person.pk
    assert Person.objects.count() == 1


def test_an_administrator_registers_nobody(administrator: Actor) -> None:
    with pytest.raises(NotAllowed):
        registered(administrator, "Amina")


def test_without_a_post_registration_asks_for_one(node: Post) -> None:
    with pytest.raises(Invalid) as refusal:
        registered(staff("volunteer", None), "Amina")
    assert set(refusal.value.fields) == {"post_id"}
    assert registered(staff("volunteer", None), "Amina", post_id=node.pk).person.registered_post_id == node.pk


def test_a_locked_node_registers_nobody_and_keeps_nothing(volunteer: Actor) -> None:
    vault_node.lock("test")
    with pytest.raises(NodeLocked):
        registered(volunteer, "Amina")
    assert not Person.objects.exists()


def test_registration_leaves_a_trace_without_a_name(volunteer: Actor, log: list[journal.Entry]) -> None:
    done = registered(volunteer, "Amina", "Yusuf")
    (entry,) = [entry for entry in log if entry.action == "people.register"]
    assert entry.subject == entry.person == done.person.pk
    assert "Amina" not in repr(entry)


def test_change_numbers_grow(volunteer: Actor) -> None:
    first, *others = [*family(volunteer, "A", "B"), registered(volunteer, "C")]
    numbers = [first.person.change_number, *(one.person.change_number for one in others)]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("given_name", "N" * 300, "300"),
        ("names_as_written", ("ok", "x" * 201), "201"),
        ("names_as_written", tuple("abcdefghijklmnopqrstuvw"), "20"),
        ("birth_year", 2126, "future"),
        ("birth_year", 94, "four digits"),
        ("phone", "call my sister", "digits"),
        ("phone", "12", "digits"),
        ("origin", "ATLANTIS", "list"),
        ("languages", ("som", "klingon"), "klingon"),
        ("prefers_interviewer_sex", "robot", "answers offered"),
        ("know_now", "x" * 5000, "5000"),
        ("sex", "yes", "answers offered"),
        ("age_band", "12", "answers offered"),
    ],
)
def test_every_wrong_answer_says_what_to_mend(volunteer: Actor, field: str, value: Any, says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        registered(volunteer, **{"given": "Amina", field.removesuffix("_name"): value})
    assert set(refusal.value.fields) == {field}
    assert says in str(refusal.value.fields[field])
    assert not Person.objects.exists()


def test_what_is_typed_is_cleaned_and_nothing_else(volunteer: Actor) -> None:
    done = registered(
        volunteer,
        " Ami\u202ena\x00  bint ",
        "یوسف\u200cزاده Иванов",
        phone="٠٠٩٣ (٧٠٠) ١٢٣-٤٥٦",
        origin="af",
        languages=("PRS", "prs", ""),
        know_now="Needs insulin.\r\n\tSees badly.",
    )
    kept = queries.identity_of(done.person, by=volunteer)
    assert kept == IdentityDocument(
        given_name="Amina bint",
        family_name="یوسف\u200cزاده Иванов",
        phone="+93700123456",
        origin="AF",
        languages=("prs",),
        know_now="Needs insulin.\nSees badly.",
        card_code=kept.card_code,
    )


def test_an_empty_draft_is_enough() -> None:
    assert RegistrationDraft().identity.display_name == ""

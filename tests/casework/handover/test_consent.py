"""Bar: nothing leaves that the person did not name, or took back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.handover.mirror import Road, agreed, case_of, draft, let_go, other_side
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework.actions import HelpDraft, NeedDraft, record_help
from waystation.casework.cases import actions as cases
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving, messages, taking
from waystation.casework.handover.codes import FIELDS, WIRE, Told
from waystation.casework.handover.models import Correction, Given, Offered
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.organisations.models import Partner
from waystation.people import actions as people
from waystation.people import queries as people_queries
from waystation.people.documents import ConsentDocument
from waystation.people.queries import disclosures_of

PLANTED: dict[str, Any] = {
    "given_name": "Zqgiven",
    "family_name": "Zqfamily",
    "alias": "Zqalias",
    "names_as_written": ("Zqwritten",),
    "birth_date": date(1993, 2, 17),
    "origin": "ER",
    "languages": ("tir", "ara"),
    "phone": "+291 7 991 882",
    "contact_note": "Zqcontact",
    "know_now": "Zqknow",
}
CASE = {"reason": "Zqreason", "wishes": "Zqwishes", "assessment": "Zqassess"}
SECRETS = {
    Told.NAME: ("Zqgiven", "Zqfamily", "Zqwritten"),
    Told.ALIAS: ("Zqalias",),
    Told.BORN: ("1993",),
    Told.ORIGIN: ("ER",),
    Told.PHONE: ("991882",),
    Told.CONTACT: ("Zqcontact",),
    Told.KNOW: ("Zqknow",),
    Told.REASON: ("Zqreason",),
    Told.WISHES: ("Zqwishes",),
    Told.ASSESSMENT: ("Zqassess",),
    Told.PLAN: ("Zqgoal",),
}
NOTE = "Zqnote of the caseworker"


def planted(actors: dict[str, Actor]) -> Case:
    by = actors["caseworker"]
    said = {name: value for name, value in PLANTED.items() if not name.endswith("n_name") and name != "family_name"}
    person = registered(by, "Zqgiven", "Zqfamily", **said).person
    draft = cases.CaseDraft(kind="general", risk="low", reason=CASE["reason"], wishes=CASE["wishes"])
    case = cases.open_case(by=by, person_id=person.pk, draft=draft)
    cases.write(by=by, case_id=case.pk, revision=1, texts={"assessment": CASE["assessment"]})
    cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="Zqgoal"))
    cases.add_note(by=by, case_id=case.pk, text=NOTE)
    let_go(by, actors["coordinator"], case)
    return case


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=st.sets(st.sampled_from(Told.values), min_size=1))
def test_no_field_leaves_that_kind_and_consent_do_not_both_name(
    actors: dict[str, Actor], far: Far, fields: set[str]
) -> None:
    """On the bytes that the other side decrypts: offer, talk, content and correction."""
    by, road = actors["caseworker"], Road(far)
    road.seen = set(Outgoing.objects.values_list("pk", flat=True))
    case = planted(actors)
    row = agreed(by, case, far, fields=tuple(fields))
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    before = b"".join(cbor2.dumps(message.body) for message in road.said)
    assert [secret for secrets in SECRETS.values() for secret in secrets if said(secret, before)] == []
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    correct_everything(by, case)
    if fields & {Told.PHONE, Told.CONTACT}:
        giving.correct(by=by, handover_id=row.pk)
    road.through()
    allowed = {name for code in fields for name in WIRE[code]}
    told = [one for one in road.said if one.kind in {"handover.content/1", "handover.correct/1"}]
    assert told
    for message in told:
        assert set(message.body) & set(FIELDS) <= allowed
        kind = next(kind for kind in messages.KINDS if kind.wire == message.kind)
        assert set(message.body) <= set(kind.fields)
    everything = b"".join(cbor2.dumps(message.body) for message in road.said)
    leaked = [
        secret
        for code, secrets in SECRETS.items()
        if code not in fields
        for secret in secrets
        if said(secret, everything)
    ]
    assert leaked == []
    assert NOTE.encode() not in everything
    for code in fields & set(SECRETS):
        assert all(said(secret, everything) for secret in SECRETS[Told(code)])


def said(secret: str, raw: bytes) -> bool:
    """Whether it stands there as a text; a year stands in a text or as a number."""
    if secret.isdigit() and len(secret) == 4:
        return cbor2.dumps(int(secret)) in raw or secret.encode() in raw
    return (cbor2.dumps(secret) if len(secret) == 2 else secret.encode()) in raw


def correct_everything(by: Actor, case: Case) -> None:
    """The record here goes on after the handover."""
    from waystation.people import queries

    person = queries.get_for(by, case.person_id)
    identity = queries.identity_of(person, by=by)
    changed = {"phone": "+291 7 991 882 5", "contact_note": "Zqcontact since"}
    people.correct(
        by=by, person_id=person.pk, revision=person.revision, changes=type(identity)(**vars(identity) | changed)
    )


@pytest.mark.parametrize("when", ["agreed", "offered", "accepted"])
def test_taken_back_nothing_leaves_any_more(by: Actor, case: Case, road: Road, when: str) -> None:
    row = agreed(by, case, road.far)
    if when != "agreed":
        giving.offer(by=by, handover_id=row.pk)
        road.through()
    if when == "accepted":
        taking.accept(by=by, offered_id=other_side(row).pk)
        road.through()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    for leave in (giving.offer, giving.send):
        with pytest.raises(WrongState):
            leave(by=by, handover_id=row.pk)
    road.through()
    row.refresh_from_db()
    case.refresh_from_db()
    assert row.state == ("draft" if when == "agreed" else "withdrawn")
    assert case.state != "closed"
    assert "handover.content/1" not in {message.kind for message in road.said}
    if when != "agreed":
        assert other_side(row).state == "withdrawn"
        assert other_side(row).person_id is None


def test_taken_back_after_it_left_somebody_must_tell_them(by: Actor, case: Case, road: Road) -> None:
    row = handed(by, case, road)
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    assert FollowUp.objects.filter(subject=row.pk, kind="handover.tell", state="open").count() == 1
    with pytest.raises(ConsentMissing):
        giving.correct(by=by, handover_id=row.pk)
    giving.seen_to(by=by, handover_id=row.pk)
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def owed(row: Given | Offered) -> set[str]:
    return set(FollowUp.objects.filter(subject=row.pk, state="open").values_list("kind", flat=True))


def let_leave(by: Actor, case: Case, road: Road, **said: Any) -> Given:
    """A handover that they accepted, and of which everything leaves now."""
    row = agreed(by, case, road.far, **said)
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    return giving.send(by=by, handover_id=row.pk)


def test_taken_back_on_its_way_both_sides_see_to_it(by: Actor, case: Case, road: Road) -> None:
    row = let_leave(by, case, road)
    road.gather()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    assert "handover.tell" in owed(row), "until they know it"
    road.through()
    row.refresh_from_db()
    there = other_side(row)
    assert (row.state, owed(row)) == ("taken", set())
    assert (there.state, owed(there)) == ("taken", {"handover.recalled"})
    taking.seen_to(by=by, offered_id=there.pk)
    assert "handover.recalled" not in owed(there)


def test_taken_back_before_what_was_sent_came_nothing_is_taken_and_the_case_stays_ours(
    by: Actor, case: Case, road: Road
) -> None:
    row = let_leave(by, case, road)
    road.gather()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    assert road.come(len(road.waiting) - 1) == ""
    assert road.through() == ["recalled"]
    row.refresh_from_db()
    case.refresh_from_db()
    there = other_side(row)
    assert (row.state, row.refused, case.state) == ("failed", "recalled", "new")
    assert (there.state, there.person_id) == ("withdrawn", None)


def test_taken_back_while_it_waits_for_the_line_it_never_leaves(by: Actor, case: Case, road: Road) -> None:
    row = let_leave(by, case, road)
    left = disclosures_of(case.person, by=by)
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert "handover.content/1" not in {message.kind for message in road.said}
    assert b"Selam" not in b"".join(cbor2.dumps(message.body) for message in road.said)
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.state, case.state, other_side(row).state) == ("withdrawn", "new", "withdrawn")
    assert len(disclosures_of(case.person, by=by)) == len(left) - 1, "only what left is listed"


def test_an_offer_that_never_left_is_not_even_taken_back(by: Actor, case: Case, road: Road) -> None:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    giving.withdraw(by=by, handover_id=row.pk)
    road.through()
    assert not [message for message in road.said if message.kind.startswith("handover.")]
    assert disclosures_of(case.person, by=by) == ()


def test_a_node_that_is_trusted_no_more_is_told_nothing_that_waited(by: Actor, case: Case, road: Road) -> None:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    Peer.objects.filter(pk=road.far.id).update(state="suspended")
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert not [message for message in road.said if message.kind.startswith("handover.")]


def handed(by: Actor, case: Case, road: Road, **said: Any) -> Given:
    """A handover that was taken over."""
    row = let_leave(by, case, road, **said)
    road.through()
    return row


def test_a_correction_that_comes_after_the_word_that_it_was_taken_back_is_not_kept(
    by: Actor, case: Case, road: Road
) -> None:
    row = handed(by, case, road)
    person = people_queries.get_for(by, row.person_id)
    told = people_queries.identity_of(person, by=by)
    changes = replace(told, phone="+49 170 5550199")
    people.correct(by=by, person_id=person.pk, revision=person.revision, changes=changes)
    giving.correct(by=by, handover_id=row.pk)
    road.gather()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    road.come(len(road.waiting) - 1)
    assert road.through() == ["recalled"]
    assert not Correction.objects.exists()


@pytest.mark.parametrize(("need", "told"), [("food", True), ("hiv", False)])
def test_that_there_is_a_need_which_only_some_may_know_of_is_not_said_in_an_offer(
    actors: dict[str, Actor], by: Actor, case: Case, road: Road, need: str, told: bool
) -> None:
    record_help(
        by=actors["health"], person_id=case.person_id, draft=HelpDraft(needs=[NeedDraft(code=need)], kind="visit")
    )
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    road.gather()
    (offer,) = [one for one in road.said if one.kind == "handover.offer/1"]
    assert offer.body["needs"] == ([need] if told else [])


def test_another_consent_to_the_same_does_not_stand_in(by: Actor, case: Case, road: Road) -> None:
    """Only the yes that named these fields lets them leave."""
    row = agreed(by, case, road.far)
    people.give_consent(
        by=by,
        person_id=case.person_id,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=90),
    )
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    with pytest.raises(WrongState):
        giving.offer(by=by, handover_id=row.pk)
    assert not Outgoing.objects.filter(kind__startswith="handover.").exists()


def test_who_is_withheld_is_offered_nothing(by: Actor, case: Case, road: Road) -> None:
    row = agreed(by, case, road.far)
    people.refuse_consent(
        by=by,
        person_id=case.person_id,
        purpose="services",
        recipient_kind="society",
        document=ConsentDocument(withheld=("Society of the Far Shore",)),
    )
    with pytest.raises((ConsentMissing, WrongState)):
        giving.offer(by=by, handover_id=row.pk)
    assert not Outgoing.objects.filter(kind__startswith="handover.").exists()


def test_no_case_is_handed_to_an_authority(by: Actor, case: Case, road: Road) -> None:
    with pytest.raises(people.AuthorityRefused):
        giving.begin(by=by, case_id=case.pk, draft=draft(road.far, recipient_kind="authority"))
    Partner.objects.create(name="society of the far shore", kind="ministry")
    with pytest.raises(people.AuthorityRefused):
        giving.begin(by=by, case_id=case.pk, draft=draft(road.far))


def test_for_a_child_a_guardian_decides(actors: dict[str, Actor], road: Road) -> None:
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"], birth_year=clock.today().year - 9)
    row = giving.begin(by=by, case_id=case.pk, draft=draft(road.far))
    day = clock.today() + timedelta(days=9)
    with pytest.raises(Invalid):
        giving.agree(by=by, handover_id=row.pk, document=ConsentDocument(read_back=True), expires_on=day)
    yes = ConsentDocument(read_back=True, given_by="guardian")
    assert giving.agree(by=by, handover_id=row.pk, document=yes, expires_on=day).state == "agreed"


@pytest.mark.parametrize("words", ["It is Selam", "call 0170 5550123", "TESFAYE is her name"])
def test_no_name_leaves_in_an_answer(by: Actor, case: Case, road: Road, words: str) -> None:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    with pytest.raises(Invalid):
        giving.reply(by=by, handover_id=row.pk, words=words)
    giving.reply(by=by, handover_id=row.pk, words="She needs a bed on the ground floor")


def test_households_go_together_or_apart_but_knowingly(actors: dict[str, Actor], road: Road) -> None:
    from tests.crowd import make_household
    from waystation.people import queries

    by = actors["caseworker"]
    first = make_household(by, members=2)
    household = queries.household_of(queries.get_for(by, first), by=by)
    assert household is not None
    rows: Sequence[Case] = [open_for(actors, member.person.pk) for member in household.members]
    with pytest.raises(Invalid):
        giving.begin(by=by, case_id=rows[0].pk, draft=draft(road.far))
    alone = giving.begin(by=by, case_id=rows[0].pk, draft=draft(road.far, household="alone"))
    assert alone.group is None
    giving.withdraw(by=by, handover_id=alone.pk)
    given = [giving.begin(by=by, case_id=case.pk, draft=draft(road.far, household="together")) for case in rows]
    assert given[0].group == given[1].group is not None
    taken = [through(by, road, row.pk) for row in given]
    assert taken[0] == taken[1]


def open_for(actors: dict[str, Actor], person: Any) -> Case:
    """A case of somebody, that may go."""
    by = actors["caseworker"]
    case = cases.open_case(by=by, person_id=person, draft=cases.CaseDraft(kind="general", risk="low"))
    let_go(by, actors["coordinator"], case)
    return case


def through(by: Actor, road: Road, handover: Any) -> Any:
    """To its end; the household it came to."""
    from waystation.people.models import Membership

    yes = ConsentDocument(read_back=True, given_by="guardian")
    day = clock.today() + timedelta(days=9)
    row = giving.agree(by=by, handover_id=handover, document=yes, expires_on=day)
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    road.through()
    return Membership.objects.get(person=other_side(row).person_id).household_id


def test_a_second_trusted_node_learns_nothing(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    other = Far()
    befriend(other, actors)
    handed(by, case, road)
    assert not Outgoing.objects.filter(peer=other.id, kind__startswith="handover.").exists()

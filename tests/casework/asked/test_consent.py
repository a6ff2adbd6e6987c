"""Bar: nothing leaves that the kind and the consent do not both name, and nothing after the consent was taken back."""

from datetime import date, timedelta
from typing import Any

import cbor2
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.asked.mirror import Road, agreed, drafted, other_side, sent
from tests.casework.asked.test_referring_by_message import running, states, told, willing
from tests.casework.referrals.factories import partner
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.people.factories import draft as person_draft
from waystation.casework.asked import answering, messages, queries
from waystation.casework.problems import NotAgreed
from waystation.casework.referrals import actions, telling
from waystation.casework.referrals import queries as referrals
from waystation.casework.referrals import road as asking
from waystation.casework.referrals.codes import Passed
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.exchange import inbox
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.states import WrongState
from waystation.organisations.models import Partner
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent
from waystation.people.queries import disclosures_of

SECRETS: dict[str, tuple[str | int, ...]] = {
    Passed.NAME: ("Zqgiven", "Zqfamily"),
    Passed.ALIAS: ("Zqalias",),
    Passed.AGE: ("25-59",),
    Passed.SEX: ("female",),
    Passed.LANGUAGES: ("tir",),
    Passed.PHONE: ("991882",),
    Passed.CONTACT: ("Zqcontact",),
    Passed.CAREGIVER: ("Zqcaregiver",),
    Passed.REASON: ("Zqreason",),
    Passed.GIVEN: ("Zqdone",),
    Passed.SPECIAL: ("Zqspecial",),
    Passed.DEADLINE: ("2031-05-17", "Zqhearing"),
}
NEVER = ("Zqknow", "Zqwritten", "ERI", "1993")


def planted(by: Actor, far: Far, fields: set[str]) -> Referral:
    """Someone of whom everything is written, referred under a consent that names some of it."""
    said = {"alias": "Zqalias", "names_as_written": ("Zqwritten",), "birth_date": date(1993, 2, 17), "origin": "ER"}
    more: dict[str, Any] = {"languages": ("tir",), "phone": "+291 7 991 882", "contact_note": "Zqcontact"}
    who = person_draft("Zqgiven", "Zqfamily", know_now="Zqknow", **said, **more)
    person = people.register(by=by, draft=type(who)(identity=who.identity, sex="female")).person
    document = ReferralDocument(
        fields=tuple(sorted(fields)),
        reason="Zqreason",
        given="Zqdone",
        special="Zqspecial",
        caregiver="Zqcaregiver",
        deadline=date(2031, 5, 17),
        deadline_of="Zqhearing",
    )
    wanted = actions.ReferralDraft(
        service="shelter", priority="normal", peer_id=far.id, node_kind="ngo", document=document
    )
    row = actions.draft(by=by, person_id=person.pk, draft=wanted)
    day = clock.today() + timedelta(days=9)
    return actions.agree(by=by, referral_id=row.pk, document=ConsentDocument(read_back=True), expires_on=day)


def leaked(raw: bytes, fields: set[str]) -> list[str | int]:
    """What stands in bytes although no field that was agreed names it."""
    unnamed = [secret for code, secrets in SECRETS.items() if code not in fields for secret in secrets]
    return [secret for secret in (*unnamed, *NEVER) if str(secret).encode() in raw]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=st.sets(st.sampled_from(Passed.values), min_size=1))
def test_no_field_leaves_that_kind_and_consent_do_not_both_name(
    actors: dict[str, Actor], far: Far, fields: set[str]
) -> None:
    """On the bytes that the other side decrypts: preview, talk and content."""
    by, road = actors["caseworker"], Road(far)
    road.seen = set(Outgoing.objects.values_list("pk", flat=True))
    row = planted(by, far, fields)
    actions.send(by=by, referral_id=row.pk, way="node")
    road.through()
    answering.ask(by=by, asked_id=other_side(row).pk, words="How many are they?")
    road.through()
    asking.reply(by=by, referral_id=row.pk, words="One bed is enough")
    answering.accept(by=by, asked_id=other_side(row).pk)
    road.through()
    before = b"".join(cbor2.dumps(message.body) for message in road.said)
    nameless = {Passed.AGE, Passed.SEX, Passed.LANGUAGES, Passed.DEADLINE}
    assert leaked(before, fields & nameless) == []
    assert b"Zqhearing" not in before
    asking.tell(by=by, referral_id=row.pk)
    road.through()
    (content,) = [message for message in road.said if message.kind == "referral.content/1"]
    allowed = {name for code in fields for name in telling.WIRE[code]}
    assert set(content.body) - {"exchange", "feedback"} <= allowed
    for message in road.said:
        kind = next((kind for kind in messages.KINDS if kind.wire == message.kind), None)
        assert kind is None or set(message.body) <= set(kind.fields)
    everything = b"".join(cbor2.dumps(message.body) for message in road.said)
    assert leaked(everything, fields) == []
    assert all(str(one).encode() in everything for code in fields & set(SECRETS) for one in SECRETS[code])
    shown = {code for code, _label, _value in referrals.leaving(row, by=by)}
    assert {code for code, _label, _value in telling.lines(content.body)} == shown


@pytest.mark.parametrize("when", ["agreed", "asked", "willing", "told", "started"])
def test_taken_back_nothing_leaves_any_more_and_what_was_told_is_forgotten(by: Actor, road: Road, when: str) -> None:
    make = {"agreed": lambda: agreed(by, road.far), "asked": lambda: sent(by, road.far)}
    row = make[when]() if when in make else (willing if when == "willing" else told)(by, road)
    road.through()
    if when == "started":
        answering.go_on(by=by, asked_id=other_side(row).pk, act="start")
        road.through()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    with pytest.raises(WrongState):
        actions.send(by=by, referral_id=row.pk, way="node")
    with pytest.raises(WrongState):
        asking.tell(by=by, referral_id=row.pk)
    road.through()
    row.refresh_from_db()
    if when == "agreed":
        assert row.state == "draft"
        assert not [message for message in road.said if message.kind.startswith("referral.")]
        return
    assert states(row) == ("recalled", "withdrawn")
    theirs = other_side(row)
    assert queries.told_in(queries.document_of(theirs, by=by)) == {}
    assert running(row) == set()
    assert running(theirs) == ({"asked.gone"} if when in {"told", "started"} else set())
    assert ("referral.content/1" in {message.kind for message in road.said}) is (when in {"told", "started"})


def test_what_left_is_listed_for_readers_of_any_language(by: Actor, road: Road) -> None:
    with translation.override("ar"):
        row = willing(by, road)
        asking.tell(by=by, referral_id=row.pk)
    content, preview = sorted(disclosures_of(row.person, by=by), key=lambda one: len(one.document.fields), reverse=True)
    assert preview.document.fields[:2] == ("Help asked for", "Priority")
    assert content.document.fields[0] == "Name"
    assert {one.document.why for one in (content, preview)} == {"Shelter"}


def test_taken_back_while_it_waits_for_the_line_it_never_leaves(by: Actor, road: Road) -> None:
    row = willing(by, road)
    left = disclosures_of(row.person, by=by)
    asking.tell(by=by, referral_id=row.pk)
    assert len(disclosures_of(row.person, by=by)) == len(left) + 1
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert b"Selam" not in b"".join(cbor2.dumps(message.body) for message in road.said)
    assert states(row) == ("recalled", "withdrawn")
    assert (row.told_at, len(disclosures_of(row.person, by=by))) == (None, len(left)), "only what left is listed"


def test_a_preview_that_never_left_is_not_even_taken_back(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert not [message for message in road.said if message.kind.startswith("referral.")]
    row.refresh_from_db()
    assert (row.state, row.sent_at, disclosures_of(row.person, by=by)) == ("recalled", None, ())


def test_taken_back_after_their_help_ended_they_are_told_too(by: Actor, road: Road) -> None:
    row = told(by, road)
    for act in ("start", "complete"):
        answering.go_on(by=by, asked_id=other_side(row).pk, act=act)
    road.through()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert states(row) == ("completed", "withdrawn")


def test_a_node_that_is_trusted_no_more_is_told_by_somebody(by: Actor, road: Road) -> None:
    row = told(by, road)
    Peer.objects.filter(pk=road.far.id).update(state="suspended")
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    assert running(row) == {"referral.tell"}


def test_an_erased_person_is_told_of_to_nobody(actors: dict[str, Actor], by: Actor, road: Road) -> None:
    row = willing(by, road)
    asking.tell(by=by, referral_id=row.pk)
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    road.through()
    assert b"Selam" not in b"".join(cbor2.dumps(message.body) for message in road.said)
    assert other_side(row).state == "withdrawn"


def test_another_consent_to_the_same_does_not_stand_in(by: Actor, road: Road) -> None:
    """Only the yes that named these fields lets them leave."""
    row = agreed(by, road.far)
    people.give_consent(
        by=by,
        person_id=row.person_id,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=90),
    )
    Consent.objects.filter(referrals=row.pk).update(expires_on=clock.today() - timedelta(days=1))
    with pytest.raises(ConsentMissing):
        actions.send(by=by, referral_id=row.pk, way="node")
    assert not Outgoing.objects.filter(kind__startswith="referral.").exists()


def test_words_come_back_only_as_the_person_agreed(by: Actor, road: Road) -> None:
    row = told(by, road, tell_back=False)
    theirs = other_side(row)
    with pytest.raises(NotAgreed):
        answering.go_on(by=by, asked_id=theirs.pk, act="fail", words="He left")
    answering.go_on(by=by, asked_id=theirs.pk, act="start")
    answering.go_on(by=by, asked_id=theirs.pk, act="complete")
    with pytest.raises(NotAgreed):
        answering.tell_feedback(by=by, asked_id=theirs.pk, verdict="helped")
    assert road.through() == []
    assert states(row) == ("completed", "completed")
    for body in ({"news": "failed", "words": "He left"}, {"news": "completed", "verdict": "helped"}):
        kind = "referral.feedback/1" if "verdict" in body else "referral.news/1"
        message = road.far.message(kind, {"exchange": row.pk.bytes, **body})
        assert take(road, message) == "not-agreed"


def take(road: Road, message: Any) -> str:
    """One message of the far node by itself; why it was refused."""
    (receipt,) = inbox.take(road.far.sealed(message), "stick")
    return str(road.far.opened(receipt).body["refused"].get(message.id.hex, ""))


@pytest.mark.parametrize("words", ["It is Selam", "call 0170 5550123"])
def test_no_name_leaves_in_an_answer(by: Actor, road: Road, words: str) -> None:
    row = sent(by, road.far)
    with pytest.raises(Invalid):
        asking.reply(by=by, referral_id=row.pk, words=words)
    asking.reply(by=by, referral_id=row.pk, words="She needs a bed on the ground floor")


def test_nothing_goes_to_an_authority_by_a_sealed_message(by: Actor, road: Road) -> None:
    row = agreed(by, road.far)
    Partner.objects.create(name="society of the far shore", kind="ministry")
    with pytest.raises(Invalid):
        actions.send(by=by, referral_id=row.pk, way="node")
    assert not Outgoing.objects.filter(kind__startswith="referral.").exists()


def test_a_partner_is_asked_by_the_node_of_its_own_name_only(by: Actor, actors: dict[str, Actor], road: Road) -> None:
    far, other = partner("Society of the Far Shore", kind="society"), partner("Harbour Clinic")
    document = ReferralDocument(fields=("name",), reason="A bed")
    for asked, expected in ((far, road.far.id), (other, None)):
        person = people.register(by=by, draft=person_draft("Selam")).person
        wanted = actions.ReferralDraft(service="shelter", priority="normal", partner_id=asked.pk, document=document)
        node = referrals.node_of(actions.draft(by=by, person_id=person.pk, draft=wanted))
        assert (node.pk if node else None) == expected
    befriend(Far(), actors)
    assert referrals.node_of(Referral.objects.get(partner=far)) is None, "two nodes of one name: nobody guesses"


def test_a_second_trusted_node_learns_nothing_and_answers_nothing(
    actors: dict[str, Actor], by: Actor, road: Road
) -> None:
    other = Far()
    befriend(other, actors)
    row = told(by, road)
    assert not Outgoing.objects.filter(peer=other.id, kind__startswith="referral.").exists()
    message = other.message("referral.news/1", {"exchange": row.pk.bytes, "news": "started"})
    assert take(Road(other), message) == "unknown-referral"


def test_draft_to_a_node_that_is_not_trusted(by: Actor, road: Road) -> None:
    Peer.objects.filter(pk=road.far.id).update(state="met")
    with pytest.raises(Invalid):
        drafted(by, road.far)

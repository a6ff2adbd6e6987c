"""The summary: known, none known, not asked; handed on with a yes and listed; read at the next post, or refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.health.factories import asked, gone_on, leaving, someone, with_lines
from tests.conftest import shared_folder
from waystation.casework.health import actions, keeping, queries
from waystation.casework.health.codes.summary import MOST_BYTES
from waystation.casework.health.ips.reading import Unreadable, read
from waystation.casework.health.models import Line, LineDocument, Received
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotAllowed, NotFound
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused, give_consent
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure, Person
from waystation.vault import open_document

EXAMPLE = "Bundle-IPS-examples-Bundle-01.json"


def ids_of(by: Actor, person: Person) -> frozenset[Any]:
    return frozenset(row.pk for row, _text in queries.lines_of(person, by=by))


def sections_of(raw: bytes) -> dict[str, Any]:
    composition = json.loads(raw)["entry"][0]["resource"]
    return {section["code"]["coding"][0]["code"]: section for section in composition["section"]}


def resources(raw: bytes, kind: str) -> list[Any]:
    return [entry["resource"] for entry in json.loads(raw)["entry"] if entry["resource"]["resourceType"] == kind]


def test_none_known_is_said_only_where_somebody_was_asked(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    raw = actions.hand_over(by=by, person_id=person.pk, what=leaving(lines=ids_of(by, person)))
    assert set(sections_of(raw)) == {"11450-4", "48765-2", "10160-0"}
    assert resources(raw, "Condition")[0]["code"]["coding"][0]["code"] == "no-known-problems"
    assert resources(raw, "AllergyIntolerance")[0]["code"]["text"] == "Penicillin"
    bare = actions.hand_over(by=by, person_id=person.pk, what=leaving())
    codes = [resources(bare, kind)[0] for kind in ("Condition", "AllergyIntolerance")]
    assert [one["code"]["coding"][0]["code"] for one in codes] == ["no-problem-info", "no-allergy-info"]
    assert "Penicillin" not in bare.decode()


def test_every_reference_leads_somewhere_and_every_entry_has_its_address(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by, sex="female"))
    result = gone_on(by, asked(by, person), "positive", "treat")
    what = leaving(lines=ids_of(by, person), results=frozenset({result.pk}))
    raw = actions.hand_over(by=by, person_id=person.pk, what=what)
    found = json.loads(raw)
    addresses = {entry["fullUrl"] for entry in found["entry"]}
    assert len(addresses) == len(found["entry"])
    assert found["entry"][0]["resource"]["resourceType"] == "Composition"
    for part in references(found):
        assert part in addresses
    (observation,) = resources(raw, "Observation")
    assert observation["code"]["coding"][0]["code"] == "56717001"
    assert observation["valueCodeableConcept"]["coding"][0]["display"] == "Positive"
    assert "Treatment begun" in observation["note"][0]["text"]


def references(found: Any) -> list[str]:
    if isinstance(found, dict):
        own = [found["reference"]] if isinstance(found.get("reference"), str) else []
        return own + [one for value in found.values() for one in references(value)]
    return [one for value in found for one in references(value)] if isinstance(found, list) else []


def test_what_left_is_listed_under_the_yes_and_names_no_illness(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    what = leaving(lines=ids_of(by, person), recipient="Clinic at the harbour")
    actions.hand_over(by=by, person_id=person.pk, what=what)
    (sent,) = people.disclosures_of(person, by=by)
    assert (sent.document.recipient, sent.row.recipient_kind) == ("Clinic at the harbour", "health")
    assert sent.document.fields[1:] == ("Allergies", "Medicines", "Illnesses and conditions")
    assert sent.row.consent is not None
    (allowed,) = people.consents_of(person, by=actors["volunteer"])
    assert allowed.document.recipients == ("Clinic at the harbour",)
    assert "Penicillin" not in allowed.document.note


def test_without_a_yes_nothing_leaves(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    with pytest.raises(Invalid) as refused:
        actions.hand_over(by=by, person_id=person.pk, what=leaving(consent=ConsentDocument()))
    assert "read_back" in refused.value.fields
    with pytest.raises(AuthorityRefused):
        actions.hand_over(
            by=by, person_id=person.pk, what=leaving(recipient="Border police", recipient_kind="authority")
        )
    give_consent(
        by=by, person_id=person.pk, purpose="tracing", recipient_kind="society", expires_on=clock.today(),
        document=ConsentDocument(read_back=True, withheld=("Harbour clinic",)),
    )  # fmt: skip
    before = Consent.objects.count()
    with pytest.raises(ConsentMissing):
        actions.hand_over(by=by, person_id=person.pk, what=leaving(recipient="Harbour clinic, Dr Amin"))
    assert (Consent.objects.count(), Disclosure.objects.count()) == (before, 0)


def test_what_belongs_to_another_does_not_leave(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person, other = someone(by), with_lines(by, someone(by))
    with pytest.raises(Invalid):
        actions.hand_over(by=by, person_id=person.pk, what=leaving(lines=ids_of(by, other)))


def test_a_line_takes_the_place_of_none_known(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    with pytest.raises(Invalid):
        actions.none_known(by=by, person_id=person.pk, kind="allergy")
    actions.write_line(by=by, person_id=person.pk, document=LineDocument(kind="condition", text="Asthma"))
    told = [(text.kind, text.text, text.none) for _row, text in queries.lines_of(person, by=by)]
    assert ("condition", "Asthma", False) in told
    assert not any(none for _kind, _text, none in told)
    row = Line.objects.filter(ended_at__isnull=True).order_by("at").last()
    assert row is not None
    actions.end_line(by=by, line_id=row.pk)
    assert len(queries.lines_of(person, by=by)) == 2


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (LineDocument(kind="result", text="x"), "kind"),
        (LineDocument(kind="allergy"), "text"),
        (LineDocument(kind="allergy", text="Nuts", since="last year"), "since"),
        (LineDocument(kind="allergy", text="Nuts", code="91935009"), "code"),
        (LineDocument(kind="allergy", text="Nuts", code="91 93", system="http://snomed.info/sct"), "code"),
        (LineDocument(kind="allergy", text="Nuts", code="1", system="http://elsewhere.example"), "code"),
    ],
)
def test_a_line_that_needs_mending_is_refused_by_its_field(
    actors: dict[str, Actor], document: LineDocument, field: str
) -> None:
    by = actors["health"]
    with pytest.raises(Invalid) as refused:
        actions.write_line(by=by, person_id=someone(by).pk, document=document)
    assert set(refused.value.fields) == {field}


def test_what_one_post_wrote_the_next_reads(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    giver = with_lines(by, someone(by, "Amal", birth_year=1990))
    result = gone_on(by, asked(by, giver), "positive", "treat")
    what = leaving(lines=ids_of(by, giver), results=frozenset({result.pk}))
    raw = actions.hand_over(by=by, person_id=giver.pk, what=what)
    taker = someone(by, "Amal")
    row = actions.keep_received(by=by, person_id=taker.pk, raw=raw)
    text = queries.pairs([row], type(read(raw)), by=by)[0][1]
    assert (text.name, text.born) == ("Amal Haddad", "1990")
    told = {section.kind: section.lines for section in text.sections}
    assert [(line.text, line.more) for line in told["medicine"]] == [("Salbutamol", "two puffs a day")]
    assert told["condition"][0].absent == "none"
    assert told["result"][0].text == "Tuberculosis"
    assert "Positive" in told["result"][0].more
    assert "Treatment begun" in told["result"][0].more
    assert queries.original_of(row, by=by) == raw
    assert actions.keep_received(by=by, person_id=taker.pk, raw=raw).pk == row.pk
    assert queries.lines_of(taker, by=by) == []


def test_a_line_is_taken_over_once_with_who_told_it(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    giver = with_lines(by, someone(by))
    raw = actions.hand_over(by=by, person_id=giver.pk, what=leaving(lines=ids_of(by, giver)))
    taker = someone(by)
    row = actions.keep_received(by=by, person_id=taker.pk, raw=raw)
    sections = [section.kind for section in read(raw).sections]
    for _try in range(2):
        actions.take_over(by=by, received_id=row.pk, section=sections.index("allergy"), line=0)
    ((_line, text),) = queries.lines_of(taker, by=by)
    assert (text.kind, text.text, text.since) == ("allergy", "Penicillin", "2019")
    assert text.told_by
    with pytest.raises(Invalid):
        actions.take_over(by=by, received_id=row.pk, section=sections.index("condition"), line=0)
    with pytest.raises(NotFound):
        actions.take_over(by=by, received_id=row.pk, section=9, line=0)


def test_another_name_is_asked_about_before_it_is_kept(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    giver = with_lines(by, someone(by))
    raw = actions.hand_over(by=by, person_id=giver.pk, what=leaving())
    other = Person.objects.get(pk=someone(by, "Yusuf").pk)
    file = raw.replace(b"Amal Haddad", b"Rima Saleh")
    with pytest.raises(Invalid) as refused:
        actions.keep_received(by=by, person_id=other.pk, raw=file)
    assert "Rima Saleh" in str(refused.value.fields["same"])
    assert actions.keep_received(by=by, person_id=other.pk, raw=file, same_person=True).person_id == other.pk


def test_the_file_is_forgotten_and_what_was_read_stays(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    giver = someone(by)
    raw = actions.hand_over(by=by, person_id=giver.pk, what=leaving())
    row = actions.keep_received(by=by, person_id=giver.pk, raw=raw)
    assert keeping.forget_originals(clock.now()) == 1
    row = Received.objects.get()
    assert queries.original_of(row, by=by) == b""
    assert open_document(row, type(read(raw)), by=by).name == "Amal Haddad"


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "coordinator"])
def test_nobody_else_hands_over_or_reads(actors: dict[str, Actor], role: str) -> None:
    person = someone(actors["health"])
    with pytest.raises(NotAllowed):
        actions.hand_over(by=actors[role], person_id=person.pk, what=leaving())
    with pytest.raises(NotAllowed):
        actions.keep_received(by=actors[role], person_id=person.pk, raw=b"{}")


@pytest.mark.shared
def test_the_example_of_hl7_is_read(actors: dict[str, Actor]) -> None:
    raw = (shared_folder() / "fhir-ips" / EXAMPLE).read_bytes()
    found = read(raw)
    assert (found.name, found.born, found.gender) == ("Martha DeLarosa", "1972-05-01", "female")
    assert found.author == "Anorg Aniza Tion BV / The best custodian ever"
    told = {section.kind or section.title: section for section in found.sections}
    assert [line.text for line in told["condition"].lines] == ["Menopausal flushing (finding)"]
    medicines = [line.text for line in told["medicine"].lines]
    assert medicines[0].startswith("Product containing anastrozole")
    assert medicines[1] == "Black Cohosh Extract herbal supplement"
    assert [line.absent for line in told["allergy"].lines] == ["", "none"]
    assert "high" in told["allergy"].lines[0].more
    assert "Blood group A Rh(D) positive" in [line.more for line in told["result"].lines]
    assert any("7.5 %" in line.more for line in told["result"].lines)
    assert "hormone medication" in told["Plan of Treatment"].text
    assert told["History of Past Illness"].lines[0].text == "Malignant tumor of breast"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda file: file["entry"][2:] and file.update(type="collection"), "type: this Bundle is no document."),
        (lambda file: file.update(resourceType="Patient"), "resourceType: this is no FHIR Bundle."),
        (lambda file: file["entry"].pop(0), "entry[0]: a summary begins with a Composition."),
        (lambda file: file["entry"].pop(1), "entry[0].resource.subject: it leads to no Patient of this file"),
        (lambda file: file["entry"][4]["resource"].pop("code"), "entry[4].resource.code: it does not say what it is"),
        (lambda file: file["entry"].pop(7), "entry[5].resource.medicationReference"),
        (lambda file: file["entry"].pop(4), "entry[0].resource.section[0].entry[0]: it leads to nothing"),
        (lambda file: file["entry"][0]["resource"]["section"].pop(2), "“Allergies” (LOINC 48765-2) is missing"),
        (lambda file: file["entry"][0]["resource"].pop("type"), "entry[0].resource.type: the LOINC code 60591-5"),
        (lambda file: file["entry"].append({"fullUrl": "x"}), "entry[20].resource: nothing stands here"),
    ],
)
def test_a_bad_file_is_refused_with_the_field_named(spoil: Callable[[Any], Any], says: str) -> None:
    file = json.loads((shared_folder() / "fhir-ips" / EXAMPLE).read_bytes())
    spoil(file)
    with pytest.raises(Unreadable) as refused:
        read(json.dumps(file).encode())
    assert any(says in problem for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{\n "resourceType": "Bundle",\n "type" "document"}', "Line 3"),
        (b'{"a":\n"\xff\xfe"}', "Line 2: this is no text in UTF-8."),
        (b"[" * 100_000, "nested too deep"),
        (b'{"resourceType": NaN}', "holds no number"),
        (b" " * (MOST_BYTES + 1), "larger than 1 MB"),
        (b"", "Line 1"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(raw: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("entry", "resource", "section", "code", "coding", "reference", "subject", "text", "name", "note", "dosage")


@given(data=st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.shared
def test_a_file_spoiled_anywhere_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    file = json.loads((shared_folder() / "fhir-ips" / EXAMPLE).read_bytes())
    places: list[tuple[Any, Any]] = []
    walk(file, places)
    for _time in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(JSON)
    try:
        found = read(json.dumps(file).encode())
    except Unreadable as problem:
        assert problem.problems
    else:
        assert found.sections


def walk(found: Any, places: list[tuple[Any, Any]]) -> None:
    pairs = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in pairs:
        places.append((found, key))
        walk(value, places)


def test_a_bad_file_comes_back_as_text_and_is_not_kept(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    person = someone(actors["health"])
    bad = '{"resourceType": "Bundle",\n "type": "document" "note": "Amal is allergic"}'
    client = client_for("health")
    answer = client.post(f"/health/of/{person.pk}/read/", {"file": SimpleUploadedFile("a.json", bad.encode())})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2" in page
    assert "Amal is allergic" in page
    assert not Received.objects.exists()

"""What the protocol's text says of handovers, referrals and requests is what the code declares."""

import re
from collections.abc import Iterable, Mapping

import pytest

from tests.contracts.exchange_pages import quoted, rows, section, text
from waystation.casework.cases.codes import CaseKind, Risk
from waystation.casework.codes import NEEDS
from waystation.casework.files.codes import LARGEST
from waystation.casework.handover.codes import (
    FIELDS,
    GIVER,
    KEPT_DAYS,
    TAKER,
    WIRE,
    WITH_US,
    BackFor,
    Giving,
    News,
    Refusal,
    Told,
)
from waystation.casework.handover.enclosures.codes import ABOUT, HALF_KEPT, MOST_BYTES, MOST_FILES, PIECE
from waystation.casework.referrals.codes import Service
from waystation.casework.road import CONSENT
from waystation.exchange import kinds
from waystation.exchange.kinds import Field, Kind
from waystation.kernel.states import StateTable
from waystation.people.codes import AgeBand, InterviewerSex, Sex

RECORD = "fields of a record"
"""What the table of kinds says for the fields that the consent names."""
CODES: Mapping[tuple[str, str], Iterable[str]] = {
    ("case_kind", "offer"): CaseKind.values,
    ("risk", "offer"): Risk.values,
    ("age_band", "offer"): AgeBand.values,
    ("sex", "offer"): Sex.values,
    ("needs", "offer"): NEEDS,
    ("asked", "offer"): Service.values,
    ("answer", "answer"): ("accept", "refuse", "ask", "reply"),
    ("reason", "answer"): Refusal.values,
    ("reason", "give_back"): BackFor.values,
    ("news", "feedback"): News.values,
}


def handover_kinds() -> dict[str, Kind]:
    return {kind.wire: kind for kind in kinds.known() if kind.code.startswith("handover.")}


def in_words(field: Field) -> str:
    """Type and bound as the tables say them."""
    return field.type if field.type == "truth" else f"{field.type} {field.most}"


def said_fields(cell: str) -> tuple[set[str], set[str]]:
    """Needed fields and those that may be left out, as a row of the table of kinds says."""
    needed, _words, left_out = cell.partition("may be left out:")
    return set(quoted(needed)), set(quoted(left_out)) | (set(FIELDS) if RECORD in left_out else set())


def test_the_kinds_of_a_handover_and_their_fields() -> None:
    said = {quoted(row[0])[0]: said_fields(row[3]) for row in rows(text("handover.md").split("\n## ")[0])}
    declared = {
        wire: (
            {name for name, field in kind.fields.items() if field.needed} - {"exchange"},
            {name for name, field in kind.fields.items() if not field.needed},
        )
        for wire, kind in handover_kinds().items()
    }
    assert said == declared


def test_whose_consent_a_kind_needs_and_how_long_it_is_kept() -> None:
    (consent,) = re.findall(r"The legal basis of ([^;]*?)\sis\sthe\sperson's consent", text("handover.md"))
    under_consent = {f"handover.{code}/1" for code in quoted(consent)}
    assert under_consent == {wire for wire, kind in handover_kinds().items() if kind.legal_basis == CONSENT}
    assert f"kept {KEPT_DAYS} days at most, a part of a file {HALF_KEPT.days}." in text("handover.md")
    kept = {wire: kind.retention_days for wire, kind in handover_kinds().items()}
    assert kept == dict.fromkeys(kept, KEPT_DAYS) | {"handover.file/1": HALF_KEPT.days}
    assert {wire for wire, kind in handover_kinds().items() if kind.begins} == {"handover.offer/1"}


def test_each_item_of_the_consent_lets_its_fields_leave() -> None:
    said = {row[0].casefold(): set(quoted(row[1])) for row in rows(section("handover.md", "Fields of a record"))}
    of_items = {str(Told(code).label).casefold(): set(fields) for code, fields in WIRE.items()}
    assert {name: said[name] for name in of_items} == of_items


def test_types_and_bounds_of_a_record() -> None:
    table = section("handover.md", "Fields of a record").split("| field |")[1]
    said = {name: row[1] for row in rows(table) for name in quoted(row[0])}
    assert said == {name: in_words(field) for fields in WIRE.values() for name, field in fields.items()}
    assert [quoted(row[2]) for row in rows(table) if row[0] == "`speak_with`"] == [InterviewerSex.values]


def test_types_bounds_and_codes_of_the_other_fields() -> None:
    found = rows(section("handover.md", "The other fields"))
    said = {(quoted(row[0])[0], row[1]): row[2] for row in found}
    declared = {
        (name, kind.code.removeprefix("handover.")): in_words(field)
        for kind in handover_kinds().values()
        for name, field in kind.fields.items()
        if name not in {"exchange", "file"} and not kind.code.startswith("handover.file")
    }
    of_record = {(name, code) for code in ("content", "correct") for name in (*FIELDS, "files")}
    assert said == {key: words for key, words in declared.items() if key not in of_record}
    codes = {(quoted(row[0])[0], row[1]): set(quoted(row[3].rpartition(": ")[2])) for row in found}
    assert {key: codes[key] for key in CODES} == {key: set(values) for key, values in CODES.items()}


@pytest.mark.parametrize(("title", "table"), [("States of the giver", GIVER), ("States of the taker", TAKER)])
def test_the_states_of_both_sides(title: str, table: StateTable) -> None:
    page = section("handover.md", title)
    said = {(quoted(row[0])[0], start, quoted(row[2])[0]) for row in rows(page) for start in quoted(row[1])}
    assert said == {(str(step.act), str(start), str(step.end)) for step in table.steps for start in step.starts}
    assert f"A new one is `{table.first}`." in page


def test_who_is_responsible_in_which_state() -> None:
    page = section("handover.md", "Who is responsible")
    assert set(quoted(page)) <= {*map(str, GIVER.states), *map(str, TAKER.states), "withdraw"}
    (alone,) = re.findall(r"the case open, in every state but ([^;]*); the taker in\n([^.]*)\.", page)
    assert [quoted(cell) for cell in alone] == [[Giving.TAKEN], list(WITH_US)]


def test_what_is_said_of_files_that_go_along() -> None:
    page = text("files.md")
    table = section("files.md", "What the content says")
    assert {quoted(row[0])[0] for row in rows(table)} == set(ABOUT)
    said = {quoted(row[0])[0]: row[1].replace(",", "") for row in rows(table)}
    bounded = {name: in_words(field) for name, field in ABOUT.items() if field.type != "number"}
    assert {name: said[name] for name in bounded} == bounded
    for number in (LARGEST, MOST_BYTES, PIECE):
        assert f"{number:,}" in page
    assert f"at most {MOST_FILES}, each" in page


@pytest.mark.parametrize(
    ("page", "room"), [("referral.md", "referral."), ("request.md", "request."), ("news.md", "news.")]
)
def test_the_kinds_of_referrals_requests_and_news_and_their_fields(page: str, room: str) -> None:
    """Those tables are in prose: each kind has its row, and each of its fields is named on the page."""
    declared = [kind for kind in kinds.known() if kind.code.startswith(room)]
    said = {quoted(row[0])[0].partition("/")[0] for row in rows(text(page)) if quoted(row[0])}
    named = set(quoted(text(page))) | (set(quoted(text("handover.md"))) if room == "request." else set())
    for kind in declared:
        assert kind.code in said
        assert set(kind.fields) - named == set(), kind.wire

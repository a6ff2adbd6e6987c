"""The protocol's text says what the code does: its refusals, its limits, its own links."""

import re
from pathlib import Path

import pytest

from tests.contracts.exchange_pages import FOLDER, PAGES, quoted, rows, text
from waystation.casework.handover.problems import NotAnnounced, Recalled, UnknownHandover
from waystation.casework.problems import NobodyToTake, NotAccepted, NotAgreed, TooLate
from waystation.casework.referrals.problems import UnknownReferral
from waystation.casework.requests.problems import TooMany, UnknownRequest
from waystation.exchange import bundles, cbor, codes, counting, descriptors, keys, receipts, wire
from waystation.exchange.circles import documents
from waystation.exchange.circles.problems import REFUSED
from waystation.kernel.errors import Invalid, Problem
from waystation.people.actions import AuthorityRefused

LINK = re.compile(r"\]\(([^)#]+)\)")
MIB = 1024 * 1024
BETWEEN_ROOMS: tuple[type[Problem], ...] = (
    AuthorityRefused,
    Invalid,
    NobodyToTake,
    NotAccepted,
    NotAgreed,
    NotAnnounced,
    Recalled,
    TooLate,
    TooMany,
    UnknownHandover,
    UnknownReferral,
    UnknownRequest,
)
"""What hearing a handover, a referral or a request may raise; its code goes back."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).is_file()] == []


def test_the_index_leads_to_every_page() -> None:
    assert {f"]({page.relative_to(FOLDER)})" for page in PAGES if page != FOLDER / "README.md"} == {
        f"]({target})" for target in LINK.findall(text("README.md"))
    }


def test_every_refusal_is_told_and_none_that_is_not() -> None:
    of_files, rest = text("refusals.md").split("## Of a counted message")
    of_descriptors = rest.split("## Of a descriptor")[1].split("## ")[0]
    of_circles = rest.split("## Of a circle")[1].split("## ")[0]
    of_rooms = rest.split("## Of handovers")[1].split("## ")[0]
    first = re.compile(r"^\| `([a-z-]+)`", re.MULTILINE)
    assert set(first.findall(of_files)) == set(wire.REASONS) | {"effect-failed"}
    assert set(first.findall(of_descriptors)) == set(descriptors.REASONS)
    assert set(first.findall(of_circles)) == set(documents.REASONS)
    assert {code for row in rows(of_rooms) for code in quoted(row[0])} == {problem.code for problem in BETWEEN_ROOMS}
    as_message = {code.removeprefix("circle-") for code in re.findall(r"`(circle-[a-z-]+)`", of_circles)}
    assert as_message - {"too-few"} | set(documents.REASONS) == set(REFUSED)


def test_the_limits_are_those_of_the_code() -> None:
    said = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text("limits.md"), re.MULTILINE))
    assert {
        "depth of lists and maps": f"{cbor.DEEPEST}",
        "values in one piece of CBOR": f"{cbor.MOST_VALUES:,}",
        "a file": f"{wire.LARGEST:,} bytes",
        "number of a message": f"2^{wire.HIGHEST.bit_length() - 1}",
        "a descriptor": f"{descriptors.LARGEST:,} bytes, {descriptors.MOST_KEYS} keys, "
        f"{descriptors.MOST_ADDRESSES} addresses of 200 characters, a name of 200",
        "a circle": f"{documents.LARGEST:,} bytes, {documents.MOST_MEMBERS} members, "
        f"{documents.MOST_STEWARDS} stewards, {documents.MOST_BEGINS} kinds each, "
        f"an agreement of {documents.LONGEST_AGREEMENT:,} characters",
        "circles known, versions of one that do not hold": f"{codes.MOST_CIRCLES}, {codes.MOST_DRAFTS}",
        "a body over the line": f"{bundles.MOST_BYTES // MIB} MiB, {bundles.MOST_FILES:,} files",
        "ids, ranges, refusals in a receipt": f"{receipts.MOST_IDS:,}, {receipts.MOST_LATER}, {receipts.MOST_REFUSED}",
        "ranges kept for a sender": f"{counting.MOST_RANGES:,}",
        "files noted that could not be taken": f"{codes.MOST_HELD}",
        "mail held for one peer": f"{codes.MOST_RELAYED:,} files, {codes.MOST_RELAYED_BYTES // MIB} MiB, "
        f"{codes.RELAYED_KEPT.days} days",
        "a hybrid key": f"{codes.KEY_LASTS.days} days, its private half {codes.KEY_KEPT.days} more",
        "a message without a receipt": f"{codes.GIVE_UP_AFTER.days} days",
        "a gap before it is shown": f"{codes.GAP_OLD.days} days",
    }.items() <= said.items()
    assert wire.LATEST == descriptors.LATEST == 253_402_300_799
    assert keys.PUBLIC_BYTES == 1216

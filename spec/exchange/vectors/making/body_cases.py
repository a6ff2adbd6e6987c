"""Bodies of what organisations say of a person, as their kinds declare them (spec/exchange/kinds.md).

Every case follows from the declared fields: what is right, and each way to be wrong.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import django

from making.cast import seed
from making.files import Vector
from waystation.exchange import cbor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
django.setup()  # the rooms tell the exchange which kinds they have

from waystation.exchange import kinds  # noqa: E402
from waystation.exchange.kinds import LONGEST_LIST, LONGEST_TEXT, Field  # noqa: E402

FIRST, BLOCK, PACKED_FROM = 1201, 100, 1024
KINDS = (
    "handover.offer/1",
    "handover.answer/1",
    "handover.content/1",
    "handover.taken/1",
    "handover.give_back/1",
    "handover.withdraw/1",
    "handover.recall/1",
    "handover.correct/1",
    "handover.feedback/1",
    "handover.file/1",
    "handover.file_again/1",
    "handover.file_end/1",
    "handover.file_stop/1",
    "referral.offer/1",
    "referral.answer/1",
    "referral.reply/1",
    "referral.content/1",
    "referral.news/1",
    "referral.feedback/1",
    "referral.withdraw/1",
    "request.ask/1",
    "request.answer/1",
    "request.who/1",
    "request.told/1",
    "request.nothing/1",
    "request.withdraw/1",
)
"""Each has a hundred of its own, in this order; a new kind comes last, so that no vector changes its number."""
ALIKE: Mapping[str, Any] = {
    "exchange": seed("an exchange")[:16],
    "file": seed("a file")[:16],
    "group": seed("a group")[:16],
    "digest": seed("a digest"),
    "bytes": b"a part of a file",
    "number": 0,
    "of": 1,
    "size": 16,
    "name": "ID card",
    "compartment": "basic",
    "case_kind": "general",
    "risk": "high",
    "age_band": "25-59",
    "sex": "female",
    "service": "shelter",
    "priority": "urgent",
    "why": "go_on",
    "answer": "ask",
    "words": "Can they walk?",
    "said": "They listened.",
    "verdict": "helped",
    "end": "kept",
    "feedback": True,
    "needs": ["food", "shelter"],
    "asked": ["shelter", "legal"],
    "parts": ["name", "reason"],
    "given_name": "Aïcha",
    "family_name": "بن علي",
    "names": ["Aicha Benali"],
    "alias": "Mina",
    "birth_year": 1994,
    "age": 32,
    "household": 3,
    "origin": "TN",
    "languages": ["ara", "fra"],
    "consent_language": "ara",
    "phone": "+21620000000",
    "place": "The clinic at the port",
    "speak_with": "female",
    "caregiver": "Her aunt",
    "contact_note": "Ring twice.",
    "know_now": "She needs insulin.",
    "wishes": "To be near her brother.",
    "assessment": "She is safe tonight.",
    "plan": ["A bed until Friday", "A lawyer"],
    "given": "Two nights of shelter.",
    "special": "No stairs.",
    "deadline_of": "The hearing",
    "consent_given_by": "self",
    "consent_read_back": True,
}
"""What stands in a field, whatever kind it is of; a day in all that are not here and hold ten characters."""
OWN: Mapping[tuple[str, str], Any] = {
    ("handover.answer/1", "reason"): "full",
    ("handover.give_back/1", "reason"): "wish",
    ("handover.content/1", "reason"): "She fled from her husband.",
    ("handover.correct/1", "reason"): "She fled from her husband.",
    ("referral.answer/1", "reason"): "full",
    ("referral.content/1", "reason"): "She sleeps in the open.",
    ("request.answer/1", "reason"): "not_kept",
    ("request.told/1", "reason"): "She fled from her husband.",
    ("handover.feedback/1", "news"): "arrived",
    ("referral.news/1", "news"): "started",
    ("referral.feedback/1", "news"): "completed",
    ("handover.content/1", "kind"): "identity",
}
DAY, DAY_LONG = "2026-12-24", 10
FAR = "\N{ADLAM CAPITAL LETTER ALIF}"
"""One character, and four bytes."""
OTHER: Mapping[str, tuple[str, Any]] = {
    "text": ("bytes", b"a"),
    "bytes": ("text", "a"),
    "number": ("a text", "7"),
    "truth": ("the number 1", 1),
    "texts": ("one text", "a"),
    "items": ("a map", {}),
}
"""Of each type, something that is none."""
Case = tuple[str, str, str, Mapping[str, Any]]


def vectors() -> list[Vector]:
    """1201 and on: of each kind what is refused, then what is right."""
    found = []
    for place, kind in enumerate(KINDS):
        declared = kinds.find(kind)
        if declared is None:
            raise ValueError(f"Nobody declares {kind}.")
        cases = [*_refused(kind, declared.fields), *_right(kind, declared.fields)]
        if len(cases) >= BLOCK:
            raise ValueError(f"{kind} has {BLOCK} cases or more.")
        found += [_vector(FIRST + place * BLOCK + number, kind, case) for number, case in enumerate(cases)]
    return found


def _vector(number: int, kind: str, case: Case) -> Vector:
    slug, expect, comment, body = case
    code = kind.partition("/")[0].replace(".", "-").replace("_", "-")
    return Vector(
        number=number,
        slug=f"{code}-{slug}".replace("_", "-"),
        about="body",
        expect=expect,
        comment=comment,
        body=cbor.encode(body),
        more=(("kind", kind),),
        packed_from=PACKED_FROM,
    )


def _refused(kind: str, fields: Mapping[str, Field]) -> Iterator[Case]:
    whole = _whole(kind, fields)
    yield "undeclared", "undeclared-field", "a field that no kind has", whole | {"remark": "none"}
    yield "exchange-as-id", "undeclared-field", "another name for exchange", _renamed(whole, "exchange", "id")
    for name, field in fields.items():
        if field.needed:
            yield f"{name}-missing", "missing-field", f"everything but {name}", _without(whole, name)
    for slug, comment, change in _wrong(kind, fields):
        yield slug, "wrong-field", comment, whole | change


def _wrong(kind: str, fields: Mapping[str, Field]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """A change that makes a body wrong: each field beyond its bound, the first of each type null or of
    another type."""
    seen: set[str] = set()
    for name, field in fields.items():
        yield from _beyond(kind, name, field)
        if field.type in seen:
            continue
        seen.add(field.type)
        what, value = OTHER[field.type]
        yield f"{name}-other-type", f"{what} where {name} is {field.type}", {name: value}
        yield f"{name}-null", f"{name} is null", {name: None}
        if field.type == "number":
            yield f"{name}-true", "true is no number", {name: True}
            yield f"{name}-below", f"-{field.most + 1:,}", {name: -field.most - 1}
        elif field.type == "text":
            yield f"{name}-nul", f"a zero character in {name}", {name: "a\0"}
        elif field.type == "texts":
            yield f"{name}-member-nul", f"a zero character in a text of {name}", {name: ["a", "a\0"]}
            yield f"{name}-member-other-type", f"a number among the texts of {name}", {name: ["a", 1]}
            longest = FAR * (LONGEST_TEXT + 1)
            yield f"{name}-member-beyond", f"a text of {LONGEST_TEXT + 1:,} characters in {name}", {name: [longest]}
        elif field.type == "items":
            yield from _wrong_items(kind, name, field)


def _beyond(kind: str, name: str, field: Field) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    value = _filled(kind, field, more=1)
    if field.type == "truth":
        return
    words = {"text": "characters", "bytes": "bytes", "number": ""}.get(field.type, "members")
    most = min(field.most, LONGEST_LIST) if words == "members" else field.most
    yield f"{name}-beyond", f"{name} is {most + 1:,} {words}".rstrip(), {name: value}


def _wrong_items(kind: str, name: str, field: Field) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    item = _whole(kind, field.fields)
    first, last = next(iter(field.fields)), list(field.fields)[-1]
    yield (
        f"{name}-undeclared",
        f"a field that is not declared in one of {name}",
        {name: [item, item | {"remark": "none"}]},
    )
    yield f"{name}-missing", f"no {last} in one of {name}", {name: [item, _without(item, last)]}
    yield f"{name}-item-null", f"{first} is null in one of {name}", {name: [item | {first: None}]}
    yield f"{name}-not-a-map", f"a text among the {name}", {name: ["a"]}
    for own, declared in field.fields.items():
        for slug, comment, change in _beyond(kind, own, declared):
            yield f"{name}-{slug}", f"in one of {name}: {comment}", {name: [item | change]}


def _right(kind: str, fields: Mapping[str, Field]) -> Iterator[Case]:
    whole = _whole(kind, fields)
    yield "needed", "success", "only what is needed", {name: whole[name] for name in whole if fields[name].needed}
    yield "whole", "success", "every field", whole
    filled = {name: _filled(kind, field) for name, field in fields.items()}
    yield "longest", "success", "every field at its bound, as declared; the codes and days in it are none", filled


def _whole(kind: str, fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: _value(kind, name, field) for name, field in fields.items()}


def _value(kind: str, name: str, field: Field) -> Any:
    if field.type == "items":
        return [_whole(kind, field.fields)]
    if (kind, name) in OWN:
        return OWN[kind, name]
    if name not in ALIKE and field.type == "text" and field.most == DAY_LONG:
        return DAY
    return ALIKE[name]


def _filled(kind: str, field: Field, *, more: int = 0) -> Any:
    """A value as large as may be, or larger by so much."""
    most = field.most + more
    if field.type == "text":
        return FAR * most
    if field.type == "bytes":
        return bytes(most)
    if field.type == "number":
        return most
    if field.type == "truth":
        return True
    one = _whole(kind, field.fields) if field.type == "items" else "a"
    return [one] * (min(field.most, LONGEST_LIST) + more)


def _without(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {own: value for own, value in body.items() if own != name}


def _renamed(body: Mapping[str, Any], name: str, other: str) -> dict[str, Any]:
    return _without(body, name) | {other: body[name]}

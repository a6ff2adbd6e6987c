"""One resource of a summary as lines to show: what it is, its code, since when, and what else matters."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from waystation.casework.health.codes.summary import ABSENT_SYSTEM, SECTIONS, SNOMED, Absent
from waystation.casework.health.models.summary import ReceivedLine
from waystation.people import cleaning

Found = Mapping[str, Any]
Follow = Callable[[Any], Found | None]
LONGEST = 200
CODE_AT = {
    "AllergyIntolerance": "code",
    "Condition": "code",
    "Immunization": "vaccineCode",
    "Medication": "code",
    "MedicationRequest": "medicationCodeableConcept",
    "MedicationStatement": "medicationCodeableConcept",
}
MOMENTS = (
    "onsetDateTime", "effectiveDateTime", "occurrenceDateTime", "occurrenceString", "performedDateTime", "authoredOn",
    "recordedDate", "effectiveInstant",
)  # fmt: skip
PERIODS = ("effectivePeriod", "onsetPeriod", "performedPeriod")
NO_ALLERGY = {"716186003", "409137002", "429625007", "428607008", "428197003"}
"""SNOMED CT codes that say that something is not there, as files from before the codes of IPS use them."""


class CannotTell(Exception):  # noqa: N818 - it is what the resource does
    """A resource does not say what it is; `where` is the field."""

    def __init__(self, resource: Found, where: str) -> None:
        self.resource, self.where = resource, where
        super().__init__(where)


def lines_of(resource: Found, follow: Follow) -> Iterator[ReceivedLine]:
    """A resource as lines; that of a panel first, then its parts. Raises CannotTell."""
    concept, field = _concept(resource, follow)
    text, system, code = _told(concept)
    if not text:
        raise CannotTell(resource, field)
    parts = (_value(resource), _amount(resource), _marks(resource), _notes(resource))
    yield ReceivedLine(
        text=text,
        system=system,
        code=code,
        when=_when(resource),
        more=" · ".join(part for part in parts if part)[:LONGEST],
        absent=_absent(concept),
    )
    for part in _listed(resource.get("hasMember")):
        member = follow(part)
        if member is not None and not member.get("hasMember"):
            yield from lines_of(member, follow)


def _concept(resource: Found, follow: Follow) -> tuple[Any, str]:
    field = CODE_AT.get(str(resource.get("resourceType")), "code")
    concept = resource.get(field)
    if concept is None and "medicationReference" in resource:
        medicine = follow(resource["medicationReference"])
        return (medicine or {}).get("code"), "medicationReference"
    return concept, field


def _told(concept: Any) -> tuple[str, str, str]:
    """Words, list and code of a concept."""
    if not isinstance(concept, dict):
        return "", "", ""
    codings = [one for one in _listed(concept.get("coding")) if isinstance(one, dict)]
    coded = next((one for one in codings if isinstance(one.get("code"), str)), {})
    words = next((shown for one in codings if (shown := _line(one.get("display")))), "")
    text = _line(concept.get("text")) or words or _line(coded.get("code"))
    return text, _line(coded.get("system")), _line(coded.get("code"))


def _absent(concept: Any) -> str:
    """Whether a concept says that there is nothing: none known, or never asked."""
    none = {card.none for card in SECTIONS.values() if card.none}
    not_asked = {card.not_asked for card in SECTIONS.values() if card.not_asked}
    for one in _listed(concept.get("coding")) if isinstance(concept, dict) else []:
        system, code = (_line(one.get("system")), _line(one.get("code"))) if isinstance(one, dict) else ("", "")
        if (system == SNOMED and code in NO_ALLERGY) or (system == ABSENT_SYSTEM and code in none):
            return Absent.NONE
        if system == ABSENT_SYSTEM and code in not_asked:
            return Absent.NOT_ASKED
    return ""


def _when(resource: Found) -> str:
    """The day, as exactly as it was told."""
    for name in MOMENTS:
        if moment := _line(resource.get(name)):
            return moment.split("T")[0]
    for name in PERIODS:
        period = resource.get(name)
        if isinstance(period, dict):
            return "/".join(_line(period.get(end)).split("T")[0] for end in ("start", "end")).strip("/")
    return ""


def _value(resource: Found) -> str:
    """What a test found."""
    quantity = resource.get("valueQuantity")
    if isinstance(quantity, dict):
        return _quantity(quantity)
    for name in ("valueString", "valueDateTime", "conclusion"):
        if words := _line(resource.get(name)):
            return words
    return _told(resource.get("valueCodeableConcept"))[0]


def _amount(resource: Found) -> str:
    """How much of a medicine, how often, as far as words say it."""
    dosages = _listed(resource.get("dosage")) or _listed(resource.get("dosageInstruction"))
    told = []
    for dosage in dosages:
        if not isinstance(dosage, dict):
            continue
        doses = [one for one in _listed(dosage.get("doseAndRate")) if isinstance(one, dict)]
        amounts = [_quantity(one["doseQuantity"]) for one in doses if isinstance(one.get("doseQuantity"), dict)]
        told += [_line(dosage.get("text")) or " ".join((*amounts, _told(dosage.get("route"))[0])).strip()]
    return "; ".join(part for part in told if part)


def _quantity(quantity: Found) -> str:
    value, unit = quantity.get("value"), quantity.get("unit") or quantity.get("code")
    return _line(f"{value} {unit or ''}") if isinstance(value, int | float) else ""


def _marks(resource: Found) -> str:
    """How it stands and how bad it is, in the words of the file."""
    concepts = [resource.get("clinicalStatus"), resource.get("severity")]
    for reaction in _listed(resource.get("reaction")):
        shown = _listed(reaction.get("manifestation")) if isinstance(reaction, dict) else []
        concepts += shown
    risk = _line(resource.get("criticality"))
    found = [f"criticality {risk}" if risk else "", *(_told(one)[0] for one in concepts)]
    return ", ".join(part for part in found if part and part != "active")


def _notes(resource: Found) -> str:
    notes = [_line(one.get("text")) for one in _listed(resource.get("note")) if isinstance(one, dict)]
    return " ".join(note for note in notes if note)


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _line(found: Any) -> str:
    return cleaning.line(found)[:LONGEST] if isinstance(found, str) else ""

"""Writing an International Patient Summary: a FHIR R4 document Bundle (HL7 IPS, Release 1.1) as JSON.

It holds Composition, Patient, the organisation that wrote it, and the sections of `codes.summary`. The three that every
summary must have always stand there; where nothing may or can be told they say "not asked", never "none known".
"""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.casework.health.codes.summary import ABSENT_SYSTEM, GENDERS, LOINC, SECTIONS, SNOMED, Kind
from waystation.kernel.ids import new_id

PROFILE = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
TERMS = "http://terminology.hl7.org/CodeSystem/"
NOT_KNOWN = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
Resource = dict[str, Any]
_UNKNOWN_MOMENT: Resource = {"_effectiveDateTime": {"extension": [{"url": NOT_KNOWN, "valueCode": "unknown"}]}}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line that leaves. `result` is a SNOMED CT code with its words, of a result only."""

    text: str
    system: str = ""
    code: str = ""
    when: str = ""
    more: str = ""
    result: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Everything that leaves: lines by kind, and the kinds of which the person said that there is none."""

    organisation: str
    at: datetime
    name: str
    sex: str
    born: str = ""
    lines: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    none: frozenset[str] = frozenset()


def write(leaving: Leaving) -> bytes:
    """The file."""
    return json.dumps(bundle(leaving), ensure_ascii=False, indent=1).encode()


def bundle(leaving: Leaving) -> Resource:
    """The Bundle as plain data."""
    patient, organisation = _patient(leaving), _organisation(leaving)
    sections, parts = [], []
    for kind, card in SECTIONS.items():
        told = leaving.lines.get(kind, ())
        if not told and not card.required and kind not in leaving.none:
            continue
        made = [MAKERS[kind](one, patient, organisation) for one in told] or [_absent(kind, leaving, patient)]
        parts += made
        shown = [_shown(one) for one in told] or [_absent_words(kind, leaving)]
        sections.append(_section(card.title, card.loinc, shown, made))
    entries = [_composition(leaving, patient, organisation, sections), patient, organisation, *parts]
    return {
        "resourceType": "Bundle",
        "id": str(new_id()),
        "meta": {"profile": [f"{PROFILE}Bundle-uv-ips"]},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{new_id()}"},
        "type": "document",
        "timestamp": _moment(leaving.at),
        "entry": [{"fullUrl": _address(one), "resource": one} for one in entries],
    }


def _composition(leaving: Leaving, patient: Resource, organisation: Resource, sections: list[Resource]) -> Resource:
    return {
        **_new("Composition", "Composition-uv-ips"),
        "status": "final",
        "type": _coded(LOINC, "60591-5", "Patient summary Document"),
        "subject": _to(patient),
        "date": _moment(leaving.at),
        "author": [_to(organisation)],
        "title": f"Patient summary of {leaving.at:%Y-%m-%d}",
        "confidentiality": "R",
        "custodian": _to(organisation),
        "section": sections,
    }


def _patient(leaving: Leaving) -> Resource:
    unknown = {"_birthDate": {"extension": [{"url": NOT_KNOWN, "valueCode": "unknown"}]}}
    return {
        **_new("Patient", "Patient-uv-ips"),
        "name": [{"text": leaving.name}],
        "gender": GENDERS.get(leaving.sex, "unknown"),
        **({"birthDate": leaving.born} if leaving.born else unknown),
    }


def _organisation(leaving: Leaving) -> Resource:
    return {**_new("Organization", "Organization-uv-ips"), "active": True, "name": leaving.organisation}


def _allergy(told: Told, patient: Resource, _organisation: Resource) -> Resource:
    return {
        **_new("AllergyIntolerance", "AllergyIntolerance-uv-ips"),
        "clinicalStatus": _coded(f"{TERMS}allergyintolerance-clinical", "active"),
        "code": _concept(told),
        "patient": _to(patient),
        **({"onsetDateTime": told.when} if told.when else {}),
        **_note(told),
    }


def _medicine(told: Told, patient: Resource, _organisation: Resource) -> Resource:
    return {
        **_new("MedicationStatement", "MedicationStatement-uv-ips"),
        "status": "active",
        "medicationCodeableConcept": _concept(told),
        "subject": _to(patient),
        **({"effectivePeriod": {"start": told.when}} if told.when else _UNKNOWN_MOMENT),
        **({"dosage": [{"text": told.more}]} if told.more else {}),
    }


def _condition(told: Told, patient: Resource, _organisation: Resource) -> Resource:
    return {
        **_new("Condition", "Condition-uv-ips"),
        "clinicalStatus": _coded(f"{TERMS}condition-clinical", "active"),
        "category": [_coded(f"{TERMS}condition-category", "problem-list-item", "Problem List Item")],
        "code": _concept(told),
        "subject": _to(patient),
        **({"onsetDateTime": told.when} if told.when else {}),
        **_note(told),
    }


def _immunisation(told: Told, patient: Resource, _organisation: Resource) -> Resource:
    return {
        **_new("Immunization", "Immunization-uv-ips"),
        "status": "completed",
        "vaccineCode": _concept(told),
        "patient": _to(patient),
        **({"occurrenceDateTime": told.when} if told.when else {"occurrenceString": "unknown"}),
        **_note(told),
    }


def _result(told: Told, patient: Resource, organisation: Resource) -> Resource:
    code, words = told.result
    return {
        **_new("Observation", "Observation-results-laboratory-pathology-uv-ips"),
        "status": "final",
        "category": [_coded(f"{TERMS}observation-category", "laboratory", "Laboratory")],
        "code": _concept(told),
        "subject": _to(patient),
        **({"effectiveDateTime": told.when} if told.when else _UNKNOWN_MOMENT),
        "performer": [_to(organisation)],
        "valueCodeableConcept": _coded(SNOMED, code, words),
        **_note(told),
    }


MAKERS: Mapping[str, Callable[[Told, Resource, Resource], Resource]] = {
    Kind.ALLERGY: _allergy,
    Kind.MEDICINE: _medicine,
    Kind.CONDITION: _condition,
    Kind.IMMUNISATION: _immunisation,
    Kind.RESULT: _result,
}


def _absent(kind: str, leaving: Leaving, patient: Resource) -> Resource:
    card = SECTIONS[kind]
    code = card.none if kind in leaving.none else card.not_asked
    told = Told(text=_absent_words(kind, leaving), system=ABSENT_SYSTEM, code=code)
    made = MAKERS[kind](told, patient, {})
    if kind == Kind.MEDICINE and kind not in leaving.none:
        made["status"] = "unknown"
    if kind == Kind.IMMUNISATION:
        made["status"] = "not-done"
    return made


def _absent_words(kind: str, leaving: Leaving) -> str:
    return "None known" if kind in leaving.none else "No information"


def _section(title: str, loinc: str, shown: list[str], made: list[Resource]) -> Resource:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in shown)
    return {
        "title": title,
        "code": _coded(LOINC, loinc),
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><ul>{items}</ul></div>'},
        "entry": [_to(one) for one in made],
    }


def _shown(told: Told) -> str:
    return " · ".join(part for part in (told.text, told.result[1], told.when, told.more) if part)


def _new(kind: str, profile: str) -> Resource:
    return {"resourceType": kind, "id": str(new_id()), "meta": {"profile": [PROFILE + profile]}}


def _address(resource: Resource) -> str:
    return f"urn:uuid:{resource['id']}"


def _to(resource: Resource) -> Resource:
    return {"reference": _address(resource)}


def _coded(system: str, code: str, display: str = "") -> Resource:
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}


def _concept(told: Told) -> Resource:
    coded = _coded(told.system, told.code) if told.code else {}
    return {**coded, "text": told.text}


def _note(told: Told) -> Resource:
    return {"note": [{"text": told.more}]} if told.more else {}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

"""What the small summary of somebody's health holds, with the codes of the International Patient Summary.

Sections, their LOINC codes and the words for "none known" and "not asked" are those of the HL7 FHIR International
Patient Summary (Release 1.1, FHIR R4).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text


class Kind(TextChoices):
    """What a line is about, in the order of the summary."""

    ALLERGY = "allergy", _("Allergies")
    MEDICINE = "medicine", _("Medicines")
    CONDITION = "condition", _("Illnesses and conditions")
    IMMUNISATION = "immunisation", _("Vaccinations")
    RESULT = "result", _("Results")


WRITTEN = (Kind.ALLERGY, Kind.MEDICINE, Kind.CONDITION, Kind.IMMUNISATION)
"""What is written down line by line; results come from screenings."""


class Absent(TextChoices):
    """Why nothing stands in a section."""

    NONE = "none", _("None known")
    NOT_ASKED = "not_asked", _("Not asked")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section of the summary: its LOINC code, whether it must stand there, and the codes for nothing in it."""

    loinc: str
    title: str
    required: bool = False
    none: str = ""
    not_asked: str = ""


SECTIONS: Mapping[str, Section] = {
    Kind.CONDITION: Section(
        loinc="11450-4", title="Problem list", required=True, none="no-known-problems", not_asked="no-problem-info"
    ),
    Kind.ALLERGY: Section(
        loinc="48765-2",
        title="Allergies and adverse reactions",
        required=True,
        none="no-known-allergies",
        not_asked="no-allergy-info",
    ),
    Kind.MEDICINE: Section(
        loinc="10160-0",
        title="Medication use",
        required=True,
        none="no-known-medications",
        not_asked="no-medication-info",
    ),
    Kind.IMMUNISATION: Section(
        loinc="11369-6",
        title="Immunizations",
        none="no-known-immunizations",
        not_asked="no-immunization-info",
    ),
    Kind.RESULT: Section(loinc="30954-2", title="Results"),
}
"""In the order in which they are written."""

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
ABSENT_SYSTEM = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
SYSTEMS: Mapping[str, Text] = {
    "http://www.whocc.no/atc": _("ATC (medicines)"),
    "http://hl7.org/fhir/sid/icd-10": _("ICD-10"),
    "http://id.who.int/icd/release/11/mms": _("ICD-11"),
    SNOMED: _("SNOMED CT"),
    "http://hl7.org/fhir/sid/cvx": _("CVX (vaccines)"),
}
"""Where a code may come from."""

DISEASE_CODES: Mapping[str, str] = {
    "tb": "56717001",
    "latent_tb": "11999007",
    "hiv": "86406008",
    "hepatitis_b": "66071002",
    "hepatitis_c": "50711007",
    "syphilis": "76272004",
    "malaria": "61462000",
}
"""SNOMED CT codes of the diseases that screening knows (IPS Free Set)."""
RESULT_CODES: Mapping[str, tuple[str, str]] = {
    "negative": ("260385009", "Negative"),
    "positive": ("10828004", "Positive"),
    "unclear": ("82334004", "Indeterminate"),
}
GENDERS: Mapping[str, str] = {"female": "female", "male": "male", "other": "other"}
"""Ours to FHIR's; anything else is "unknown"."""
MOST_BYTES = 1_000_000
"""The largest file that is read. A summary of a long life has a tenth of it."""

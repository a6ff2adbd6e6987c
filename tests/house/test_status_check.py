"""Promise 1: nothing anywhere asks for, or computes with, legal or immigration status. Each way in is tried."""

import types
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from django import forms
from django.apps import apps
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps
from ninja import Schema

from waystation.config.status_check import places
from waystation.config.status_check.words import asks_for_status
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument

ASKING = {
    "English": [
        "legal_status",
        "immigrationStatus",
        "visa_type",
        "Undocumented",
        "is_refugee",
        "has_papers",
        "residence_permit_until",
    ],
    "French": ["Statut juridique", "Titre de séjour", "sans-papiers", "Situation irrégulière", "Demandeur d'asile"],
    "Spanish": ["situación migratoria", "indocumentada", "permiso de residencia", "Estatus legal", "sin papeles"],
    "Arabic": ["الوضع القانوني", "تصريح الإقامة", "مهاجر غير شرعي", "تأشيرة", "حالة الإقامة"],
}
HARMLESS = [
    "status", "http_status", "status_code", "marital status", "status of the referral", "state", "legal help", "legal",
    "visage", "regular meal", "document", "papers", "protection", "statut", "statut de la demande", "estado",
    "estado civil", "revisado", "supervisado", "الحالة", "حالة الطلب", "الوضع العائلي", "family-links", "provisional",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in ASKING.values() for text in texts])
def test_words_that_ask_for_status_are_known_in_each_language(text: str) -> None:
    assert asks_for_status(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_uses_are_left_alone(text: str) -> None:
    assert not asks_for_status(text)


def test_this_node_asks_nowhere() -> None:
    assert places.findings() == []


def test_a_planted_form_field_is_refused() -> None:
    class PlantedForm(forms.Form):
        situation = forms.CharField(label="Situation administrative")

    found = [finding for finding in places.in_forms() if "PlantedForm.situation" in finding.where]
    del PlantedForm
    assert found


def test_a_planted_answer_is_refused() -> None:
    class PlantedAnswerForm(forms.Form):
        group = forms.ChoiceField(choices=[("a", "Asylum seeker"), ("b", "Other")])

    assert [finding for finding in places.in_forms() if "PlantedAnswerForm.group" in finding.where]


def test_a_planted_sealed_field_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class PlantedDocument(SealedDocument):
        compartment: ClassVar[Compartment] = Compartment.BASIC
        schema_version: ClassVar[int] = 1
        visa_number: str = ""

    assert [finding for finding in places.in_documents() if "PlantedDocument.visa_number" in finding.where]


def test_a_planted_code_list_is_refused() -> None:
    module = types.ModuleType("waystation.people.codes_planted")
    module.GROUPS = {"labour": "Labour migrant", "irregular": "Irregular migrant"}  # type: ignore[attr-defined]
    assert list(places.in_code_list(module))


def test_a_planted_api_field_is_refused() -> None:
    class PlantedSchema(Schema):
        residence_status: str = ""

    assert [finding for finding in places.in_api() if "PlantedSchema.residence_status" in finding.where]


def test_a_planted_rule_is_refused(tmp_path: Path) -> None:
    (tmp_path / "triage.py").write_text("def place(person):\n    return 0 if person.immigration_status else 1\n")
    assert [found.where for found in places.in_rules(tmp_path)] == [f"rule {tmp_path.name}/triage.py:2"]


@isolate_apps("waystation.people")
def test_a_planted_model_field_is_refused_by_the_check_a_node_starts_with(monkeypatch: pytest.MonkeyPatch) -> None:
    class Planted(models.Model):
        legal_status = models.CharField(max_length=10)

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return "planted"

    Planted.__module__ = "waystation.people.models"
    everything = [*apps.get_models(), Planted]
    monkeypatch.setattr(apps, "get_models", lambda **_options: everything)
    assert any(found.id == "waystation.S001" for found in checks.run_checks())

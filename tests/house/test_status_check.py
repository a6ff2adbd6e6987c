"""Promise 1: nothing anywhere asks for, or computes with, legal or immigration status. Each way in is tried."""

import os
import subprocess
import sys
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

from waystation.config.status_check import places, sources
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
        "legal statuses", "LEGALStatus", "status_legal", "immigrationstatus", "papers", "refugee_id", "asylumseeker",
        "legally_present", "permit_to_stay", "residence_document", "deported", "removal_order", "settled_status",
        "irregular", "is_citizen", "IMMIGRATION_STATUS", "is_legal",
    ],
    "Disguised": ["lеgal_status", "le\u00adgal_status", "ѕtatus legal", "l\u200begal status", "légal stâtus"],
    "French": ["Statut juridique", "Titre de séjour", "sans-papiers", "Situation irrégulière", "Demandeur d'asile",
               "titres_de_sejour", "statuts_juridiques", "demande d'asile", "réfugié"],
    "Spanish": ["situación migratoria", "indocumentada", "permiso de residencia", "Estatus legal", "sin papeles",
                "estatus migratorios", "permisos de residencia", "papeles"],
    "Arabic": ["الوضع القانوني", "تصريح الإقامة", "مهاجر غير شرعي", "تأشيرة", "حالة الإقامة",
               "إقامة", "تصاريح الإقامة", "لاجئ"],
}  # fmt: skip
HARMLESS = [
    "status", "http_status", "status_code", "marital status", "status of the referral", "state", "legal help", "legal",
    "visage", "regular meal", "document", "documents", "protection", "statut", "statut de la demande", "estado",
    "estado civil", "revisado", "supervisado", "الحالة", "حالة الطلب", "الوضع العائلي", "family-links", "provisional",
    "En règle générale", "Has regular meals", "is legal guardian", "Document status", "data entry status",
    "illegal character", "removable", "right to stay silent", "device", "paperwork", "irregular pulse", "advisable",
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
    assert [found.where for found in sources.in_rules(tmp_path)] == [f"rule {tmp_path.name}/triage.py:2"]


WRITTEN = {
    "a key": 'def place(person):\n    return person["legalstatus"]\n',
    "a field added while the form is made": 'self.fields["q7"] = CharField(label="Titre de séjour")\n',
    "answers a function returns": 'def answers():\n    return [("a", _("Asylum seeker"))]\n',
    "a column comment": 'CharField(db_comment="Whether the person has a residence permit or not, as told.")\n',
    "a parameter by another name": 'Query(alias="papers", description="What was shown.")\n',
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_question_planted_in_code_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(text)
    assert list(sources.in_rules(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        '<label>Immigration status <select name="q"></select></label>',
        '<select name="legal_status"></select>',
        '<label for="q">{% translate "Residence permit" %}</label>',
        "<p>{{ person.visa_number }}</p>",
        '<input aria-label="Sans-papiers">',
    ],
)
def test_a_question_planted_in_a_template_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "planted.html").write_text(text)
    assert list(sources.in_templates(tmp_path))


def test_a_sentence_that_promises_not_to_ask_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text("<p>{% translate 'Nobody here asks for your papers or legal status.' %}</p>")
    (tmp_path / "notice.py").write_text('says(_("We never ask for your visa or for your legal status, to anybody."))')
    assert not [*sources.in_templates(tmp_path), *sources.in_rules(tmp_path)]


def test_a_question_planted_in_a_script_or_a_translation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "planted.js").write_text("send({legalStatus: answer})\n")
    (tmp_path / "planted.po").write_text('msgid "Card"\nmsgstr "Carte de séjour"\n')
    assert list(sources.in_scripts(tmp_path))
    assert list(sources.in_catalogues(tmp_path))


def test_another_server_refuses_to_start_too(tmp_path: Path) -> None:
    """`config/wsgi.py` is what gunicorn and others load; a planted module there must end it."""
    planted = (
        "from pydantic import BaseModel\n"
        "import waystation.config.status_check.places as places\n"
        "class Planted(BaseModel):\n    immigration_status: str = ''\n"
        "Planted.__module__ = 'waystation.people.planted'\n"
        "import waystation.config.wsgi\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "", "WAYSTATION_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE")
    script = "import django, os\nos.environ['DJANGO_SETTINGS_MODULE']='waystation.config.settings'\ndjango.setup()\n"
    command = [sys.executable, "-c", script + planted]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "immigration status" in ended.stderr


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

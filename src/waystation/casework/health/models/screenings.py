"""Screening for one disease: wholly sealed, its state too, for the state tells the result."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.casework.health.codes.diseases import Place
from waystation.casework.health.models.base import OfPerson
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act of `diseases.Act`, when, and what was said."""

    act: str = ""
    at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class DiseaseDocument(SealedDocument):
    """What was looked for and what came of it.

    `disease` is a code of `diseases.Disease`, `state` of `diseases.State`, `result` of `diseases.Result`, and
    `agreed_by` of `people.codes.GivenBy`.
    """

    compartment: ClassVar = Compartment.HEALTH
    schema_version: ClassVar = 1

    disease: str = ""
    other: str = ""
    state: str = ""
    agreed_by: str = "self"
    result: str = ""
    result_on: date | None = None
    treated_on: date | None = None
    completed_on: date | None = None
    next_stop: str = ""
    steps: tuple[Step, ...] = ()


class DiseaseScreening(OfPerson):
    """Somebody was asked whether to be tested for one disease."""

    place = models.CharField(max_length=9, choices=Place.choices)
    sealed = SealedField(DiseaseDocument)

    class Meta(OfPerson.Meta):
        constraints = [models.CheckConstraint(name="health_place_known", condition=Q(place__in=Place.values))]

    def __str__(self) -> str:
        return f"screening {self.at:%Y-%m-%d}"

"""A screening, what was found in each domain, and signs passed on to who works on protection."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.screening.codes import Domain, Rating, State
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedDocument, SealedField

PROTECTION = Compartment.PROTECTION


@dataclass(frozen=True, kw_only=True)
class ScreeningDocument(SealedDocument):
    """What was heard first, and what it came to.

    `needs` are codes of `codes.Need`, `immediate` of `codes.Immediate`, `placement` of `placements.Placement`.
    """

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    language: str = ""
    explained_by: str = ""
    talks_with: str = ""
    needs: tuple[str, ...] = ()
    immediate: tuple[str, ...] = ()
    words: str = ""
    placement: str = ""
    placement_why: str = ""
    summary: str = ""
    stopped: str = ""


@dataclass(frozen=True, kw_only=True)
class DomainDocument(SealedDocument):
    """One domain: `prompts` are codes of its card, `rating` one of `codes.Rating`."""

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    prompts: tuple[str, ...] = ()
    answers: str = ""
    providers: str = ""
    harm: str = ""
    summary: str = ""
    rating: str = ""


@dataclass(frozen=True, kw_only=True)
class SignsDocument(SealedDocument):
    """Signs seen or heard: codes of `indicators.SIGNS`; `found` of `indicators.Found`."""

    compartment: ClassVar = PROTECTION
    schema_version: ClassVar = 1

    signs: tuple[str, ...] = ()
    words: str = ""
    reach: str = ""
    found: str = ""


class Screening(SealedForPerson, models.Model):
    """One talk with one person. `overall` is the highest rating of its domains, once it is finished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="screenings")
    state = models.CharField(max_length=8, choices=State.choices, default=State.BEGUN)
    overall = models.CharField(max_length=6, choices=Rating.choices, blank=True, default="")
    at = models.DateTimeField()
    by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    state_at = models.DateTimeField()
    sealed = SealedField(ScreeningDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="screening_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="screening_finished_is_rated",
                condition=(Q(state=State.FINISHED) & ~Q(overall="")) | (~Q(state=State.FINISHED) & Q(overall="")),
            ),
        ]

    def __str__(self) -> str:
        return f"screening {self.state}"


class DomainView(models.Model):
    """What was found in one domain; written again it replaces what stood there, until the screening is finished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=10, choices=Domain.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(DomainDocument)

    class Meta:
        constraints = [
            models.UniqueConstraint("screening", "domain", name="screening_domain_once"),
            models.CheckConstraint(name="screening_domain_known", condition=Q(domain__in=Domain.values)),
        ]

    def __str__(self) -> str:
        return f"domain {self.domain}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.screening.person_id


class Signs(SealedForPerson, models.Model):
    """Signs that somebody passed on, once; who wrote them down need not be able to read them again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="signs")
    at = models.DateTimeField()
    by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = SealedField(SignsDocument)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return "signs"

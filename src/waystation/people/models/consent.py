"""What a person was told, what they allowed, and what left because of it."""

from django.db import models
from django.db.models import F, Q

from waystation.kernel.ids import new_id
from waystation.people.codes import Basis, ConsentState, DisclosureKind, NoticeVia, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models.person import Person, SealedForPerson
from waystation.vault import SealedField


class Consent(SealedForPerson, models.Model):
    """One answer of a person to one purpose and one kind of recipient."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind.choices)
    state = models.CharField(max_length=9, choices=ConsentState.choices)
    given_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField()
    sealed = SealedField(ConsentDocument)

    class Meta:
        ordering = ["-given_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="consent_withdrawn_when",
                condition=Q(state=ConsentState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=ConsentState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(name="consent_state_known", condition=Q(state__in=ConsentState.values)),
            models.CheckConstraint(
                name="consent_yes_has_an_end",
                condition=Q(state=ConsentState.REFUSED) | Q(expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Disclosure(SealedForPerson, models.Model):
    """Something that left this node about a person. Listed for the person, always.

    Without `sent_at` it waits for a second officer and has not left (vital interest only).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="disclosures")
    basis = models.CharField(max_length=20, choices=Basis.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind.choices)
    kind = models.CharField(max_length=9, choices=DisclosureKind.choices)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField()
    approved_by = models.UUIDField(null=True)
    sealed = SealedField(DisclosureDocument)

    class Meta:
        ordering = ["-sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_has_its_basis",
                condition=Q(basis=Basis.CONSENT, consent__isnull=False) | ~Q(basis=Basis.CONSENT),
            ),
            models.CheckConstraint(
                name="disclosure_vital_by_two",
                condition=~(Q(basis=Basis.VITAL_INTEREST) | Q(recipient_kind=RecipientKind.AUTHORITY))
                | Q(sent_at__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("sent_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class NoticeReading(models.Model):
    """The notice of who will and will not see this, as it was given to the person, and whether they understood."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    language = models.CharField(max_length=3)
    at = models.DateTimeField()
    by = models.UUIDField()
    understood = models.BooleanField()
    via = models.CharField(max_length=11, choices=NoticeVia.choices)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"notice {self.pk}"

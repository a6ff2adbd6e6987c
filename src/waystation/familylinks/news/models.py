"""Messages with their road, what was counted at posts, and who is safe and well."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.familylinks.news.codes import (
    Audience,
    Contact,
    NotDelivered,
    Reached,
    State,
    WellState,
)
from waystation.familylinks.news.documents import FAMILY_LINKS, AddressDocument, WellDocument, WordsDocument
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.people.tongues import LANGUAGES
from waystation.vault import SealedField


class RedCrossMessage(models.Model):
    """One message of family news as one office keeps it: written here, or come from another (`came_from`).

    `exchange` is what all offices call it. `person` wrote it, or it came for them as an answer; else it is about nobody
    in this book and has a key of its own. `office` is where the writer agreed that it goes first; `sent_to` where it
    went from here, empty while it lies here. `reached` says how far along the road the newest word of it is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=12)
    exchange = models.UUIDField(unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="family_news")
    came_from = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    sent_to = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    consent = models.ForeignKey("people.Consent", on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=3, blank=True, default="")
    state = models.CharField(max_length=11, choices=State.choices, default=State.DRAFT)
    state_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    checked_by = models.UUIDField(null=True)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    reached = models.PositiveSmallIntegerField(default=0)
    failed = models.CharField(max_length=9, choices=NotDelivered.choices, blank=True, default="")
    lost = models.CharField(max_length=60, blank=True, default="")
    told_at = models.DateTimeField(null=True)
    address = SealedField(AddressDocument)
    words = SealedField(WordsDocument)

    class Meta:
        indexes = [models.Index("state", "state_at", name="news_by_state")]
        constraints = [
            models.CheckConstraint(name="news_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="news_checked_by_another",
                condition=Q(checked_by__isnull=True) | Q(made_by__isnull=True) | ~Q(checked_by=F("made_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"family news {self.number} {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the person's, or its own."""
        return self.person_id or self.pk

    @property
    def compartment_of_row(self) -> Compartment:
        """A draft is read back by whoever writes it down; from then on it belongs to the family-links officers."""
        return Compartment.BASIC if self.state == State.DRAFT else FAMILY_LINKS

    @property
    def language_tag(self) -> str:
        """Its language as pages name it (BCP 47: the short code where there is one)."""
        return LANGUAGES.get(self.language, "").replace("_", "-")

    @property
    def is_ours(self) -> bool:
        """Whether it was written here."""
        return self.came_from_id is None

    @property
    def is_here(self) -> bool:
        """Whether it lies here, and has not been sent on."""
        return self.sent_to_id is None


class NewsStep(models.Model):
    """One step of a message: where it then stood, since when, at which office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(RedCrossMessage, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=11, choices=State.choices)
    at = models.DateTimeField()
    office = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"


class ContactSession(models.Model):
    """What the day's tally does not say of a free call, Wi-Fi or charging: how long, and whether anybody was reached.

    Whom, when and where is counted once, in the tally (`contact`); nobody is named in either.
    """

    contact = models.OneToOneField(
        "casework.Unnamed", on_delete=models.CASCADE, primary_key=True, related_name="family_contact"
    )
    kind = models.CharField(max_length=8, choices=Contact.choices)
    minutes = models.PositiveSmallIntegerField(null=True)
    reached = models.CharField(max_length=8, choices=Reached.choices, default=Reached.NOT_SAID)

    def __str__(self) -> str:
        return f"{self.kind} {self.reached}"


class SafeAndWell(SealedForPerson, models.Model):
    """A person's word that they are safe and well, and to whom that may be told, until a day.

    The consent is what allows it; with "nobody" it is the recorded no.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="safe_and_well")
    consent = models.ForeignKey("people.Consent", on_delete=models.SET_NULL, null=True, related_name="+")
    audience = models.CharField(max_length=6, choices=Audience.choices)
    state = models.CharField(max_length=9, choices=WellState.choices, default=WellState.STANDS)
    state_at = models.DateTimeField()
    expires_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    sealed = SealedField(WellDocument)

    class Meta:
        indexes = [models.Index("state", "expires_on", name="well_by_state")]
        constraints = [
            models.CheckConstraint(name="well_state_known", condition=Q(state__in=WellState.values)),
            models.UniqueConstraint("person", condition=Q(state="stands"), name="well_said_once"),
        ]

    def __str__(self) -> str:
        return f"safe and well {self.state} {self.audience}"

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        return self.state == WellState.STANDS and self.expires_on >= clock.today()

"""A photo that may be shown, the picture in it, and what people who saw it answer."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.familylinks.photos.codes import SAYS, AnswerState, Down, LooksFor, Outcome, State
from waystation.familylinks.photos.documents import AnswerDocument, PictureDocument, PostingDocument
from waystation.kernel.errors import Text
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class Posting(SealedForPerson, models.Model):
    """One photo of one person on the public page, under one consent, until a day.

    `number` stands in its public address and in no other: it leads from there to nobody, and from the record to no
    address. It is drawn anew for each posting, and the page is ordered by it, so that a place in the order tells
    nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="photo_postings")
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, related_name="photo_postings")
    number = models.UUIDField(unique=True, default=new_id, editable=False)
    looks_for = models.CharField(max_length=7, choices=LooksFor.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFTED)
    state_at = models.DateTimeField()
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    shown_at = models.DateTimeField(null=True)
    until = models.DateField()
    down = models.CharField(max_length=10, choices=Down.choices, blank=True, default="")
    sealed = SealedField(PostingDocument)

    class Meta:
        ordering = ["-drafted_at", "id"]
        indexes = [models.Index("state", "number", name="posting_shown")]
        constraints = [
            models.CheckConstraint(name="posting_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="posting_looks_for_known", condition=Q(looks_for__in=LooksFor.values)),
            models.CheckConstraint(
                name="posting_shown_by_two",
                condition=~Q(state=State.SHOWN)
                | (Q(shown_at__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="posting_down_with_reason",
                condition=Q(state=State.DOWN, down__in=Down.values) | (~Q(state=State.DOWN) & Q(down="")),
            ),
        ]

    def __str__(self) -> str:
        return f"posting {self.state}"

    @property
    def says(self) -> Text:
        """All that the page says of the person."""
        return SAYS[self.looks_for]


class Picture(models.Model):
    """The picture of a posting that waits or is shown. It goes with its key when the photo comes down.

    Its key is its own: what was taken down cannot be opened in older copies either, and showing it opens nothing else
    of the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="picture")
    sealed = SealedField(PictureDocument)

    def __str__(self) -> str:
        return "picture"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class Answer(SealedForPerson, models.Model):
    """What somebody wrote who saw a photo. While the node is locked it lies in `letter`, sealed to the node; as soon
    as it is open it is sealed with the person's record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="photo_answers")
    came_at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=AnswerState.choices, default=AnswerState.CAME)
    state_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default="")
    letter = models.BinaryField(null=True)
    sealed = SealedField(AnswerDocument)

    class Meta:
        ordering = ["came_at", "id"]
        indexes = [models.Index("state", "came_at", name="photo_answer_by_state")]
        constraints = [
            models.CheckConstraint(name="photo_answer_state_known", condition=Q(state__in=AnswerState.values)),
            models.CheckConstraint(
                name="photo_answer_closed_with_outcome",
                condition=Q(state=AnswerState.CLOSED, outcome__in=Outcome.values)
                | (~Q(state=AnswerState.CLOSED) & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="photo_answer_in_one_place",
                condition=Q(letter__isnull=True, sealed__isnull=False) | Q(letter__isnull=False, sealed__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"answer to a photo {self.state}"

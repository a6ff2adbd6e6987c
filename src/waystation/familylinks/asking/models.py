"""Both sides of asking the road: what we publish and who asks us; what others publish and what we ask."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.familylinks.asking.codes import AskingState, CheckedBy, ClaimState, QuestionState, Suspension
from waystation.familylinks.asking.documents import (
    BarsDocument,
    ClaimDocument,
    HiddenDocument,
    KeyDocument,
    SaidDocument,
    TagsDocument,
    WordDocument,
)
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.ids import new_id
from waystation.vault import SealedField


class Publishing(models.Model):
    """That the people of a circle who may be found here are published, again whenever the time is over."""

    circle = models.UUIDField(primary_key=True, editable=False)
    in_danger = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.UUIDField()

    def __str__(self) -> str:
        return "publishing"


class OwnPublication(models.Model):
    """The people of one circle who may be found here, as we publish them. Its own key seals its keys and its table.

    `file` is what was signed, `tags` the set that goes with it, `tables` how many parts the table of tags has. `at` is
    the moment that was signed; until it was sent, others go by the one before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.UUIDField()
    people = models.PositiveIntegerField()
    file = models.BinaryField()
    tags = models.BinaryField()
    tables = models.PositiveIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sealed = SealedField(KeyDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.UniqueConstraint("circle", name="one_publication_a_circle", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"publication of {self.people}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class OwnTags(models.Model):
    """A part of the table that says whose tag is whose: the tags that begin with the same bits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    publication = models.ForeignKey(OwnPublication, on_delete=models.CASCADE, related_name="held")
    place = models.PositiveIntegerField()
    sealed = SealedField(TagsDocument)

    class Meta:
        constraints = [models.UniqueConstraint("publication", "place", name="one_table_a_place")]

    def __str__(self) -> str:
        return f"table {self.place}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the publication's."""
        return self.publication_id


class TheirPublication(models.Model):
    """What another node publishes in one circle. `tags` is empty until all its parts have come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.CASCADE, related_name="+")
    circle = models.UUIDField()
    number = models.UUIDField()
    people = models.PositiveIntegerField()
    file = models.BinaryField()
    tags = models.BinaryField(default=bytes)
    is_whole = models.BooleanField(default=False)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint("peer", "circle", name="newest_publication_of_a_peer")]

    def __str__(self) -> str:
        return f"their publication of {self.people}"


class TheirPart(models.Model):
    """A part of a set that is on its way; the publication it belongs to may come later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField()
    place = models.PositiveIntegerField()
    part = models.BinaryField()
    size = models.PositiveIntegerField()
    came_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("peer", "number", "place", name="each_part_once")]

    def __str__(self) -> str:
        return f"part {self.place}"


class Asking(models.Model):
    """The road is asked about the person sought in a request: every publication of every circle, now and later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(TracingRequest, on_delete=models.PROTECT, related_name="asking")
    state = models.CharField(max_length=7, choices=AskingState.choices, default=AskingState.ASKED)
    checked_by = models.CharField(max_length=11, choices=CheckedBy.choices)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index("by", "at", name="asking_by_account")]
        constraints = [models.CheckConstraint(name="asking_state_known", condition=Q(state__in=AskingState.values))]

    def __str__(self) -> str:
        return f"asking {self.state}"


class Question(models.Model):
    """One question to one node, about one publication. Its id is the case number that the other side knows.

    `sealed` stands until the answer is read, whatever it says; then nothing tells whether it found anybody. Before
    `again_at` the same search asks nothing of this peer in this circle, whatever it publishes. One that is for later
    was refused because a quota was spent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="questions")
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    circle = models.UUIDField()
    publication = models.UUIDField()
    state = models.CharField(max_length=5, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_at = models.DateTimeField()
    again_at = models.DateTimeField()
    sealed = SealedField(HiddenDocument)

    class Meta:
        indexes = [models.Index("peer", "publication", "asked_at", name="question_by_publication")]
        constraints = [
            models.CheckConstraint(name="question_state_known", condition=Q(state__in=QuestionState.values)),
            models.UniqueConstraint("asking", "peer", "publication", name="each_publication_asked_once"),
        ]

    def __str__(self) -> str:
        return f"question {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the enquirer's."""
        return self.asking.request.person_id


class Word(models.Model):
    """Words of a person sought that came for an enquirer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="word")
    came_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    sealed = SealedField(WordDocument)

    class Meta:
        ordering = ["came_at", "id"]

    def __str__(self) -> str:
        return "words of a person sought"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals them: the enquirer's."""
        return self.question.sealed_for


class Answered(models.Model):
    """One question that another node asked us, and its answer until that leaves. It counts against quotas.

    `number` is the case number of who asks; `meant` whether a claim that followed meant somebody; `sealed`
    that claim until it is looked at.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(OwnPublication, on_delete=models.PROTECT, related_name="answered")
    number = models.UUIDField()
    came_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    elements = models.BinaryField(default=bytes)
    proof = models.BinaryField(default=bytes)
    claimed_at = models.DateTimeField(null=True)
    meant = models.BooleanField(default=False)
    sealed = SealedField(SaidDocument)

    class Meta:
        indexes = [
            models.Index("peer", "came_at", name="answered_by_peer"),
            models.Index("leaves_at", name="answer_waits", condition=Q(left_at__isnull=True)),
        ]
        constraints = [models.UniqueConstraint("peer", "number", name="each_question_answered_once")]

    def __str__(self) -> str:
        return "a question answered"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the publication's."""
        return self.publication_id


class Claim(models.Model):
    """Another node may look for this person of our book. An officer decides whether she is asked, then she does.

    `case` is the same whenever the other side asks again in the same search: nobody is asked twice in one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answered = models.ForeignKey(Answered, on_delete=models.PROTECT, related_name="claims")
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="claims")
    case = models.UUIDField()
    state = models.CharField(max_length=9, choices=ClaimState.choices, default=ClaimState.WAITING)
    state_at = models.DateTimeField()
    came_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    sealed = SealedField(ClaimDocument)

    class Meta:
        ordering = ["came_at", "id"]
        indexes = [models.Index("state", "came_at", name="claim_by_state")]
        constraints = [
            models.CheckConstraint(name="claim_state_known", condition=Q(state__in=ClaimState.values)),
            models.UniqueConstraint("answered", "person", name="each_person_claimed_once"),
        ]

    def __str__(self) -> str:
        return f"claim {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own, so that nothing of it stands in the person's history."""
        return self.pk


class Bars(models.Model):
    """Of whom a person must never hear again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="bars")
    sealed = SealedField(BarsDocument)

    def __str__(self) -> str:
        return "bars of a person"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own, so that nothing of it stands in the person's history."""
        return self.pk


class Suspended(models.Model):
    """A node that is answered no more until a coordinator lets it ask again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=9, choices=Suspension.choices)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("peer", name="suspended_once", condition=Q(lifted_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"suspended: {self.why}"

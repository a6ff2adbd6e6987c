"""Who we are to others, whom we know, what left and what came. All about organisations; content stands sealed."""

from django.db import models
from django.db.models import Q

from waystation.exchange.codes import CircleState, LogProblem, PeerState, Road, SentState


class OwnIdentity(models.Model):
    """The one row of this node's long-lived keys, private halves sealed for the node, and its newest descriptor."""

    root_public = models.BinaryField()
    root_private = models.BinaryField()
    signing_public = models.BinaryField()
    signing_private = models.BinaryField()
    addresses = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=0)
    descriptor = models.BinaryField(default=bytes)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="one_exchange_identity", condition=Q(only=True))]

    def __str__(self) -> str:
        return f"descriptor {self.number}"


class OwnKey(models.Model):
    """A hybrid key others seal to. `private` is sealed for the node, and empty once destroyed."""

    public = models.BinaryField()
    private = models.BinaryField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d}"


class Peer(models.Model):
    """Another organisation's node, by its own id.

    `next_seq` numbers what we send; `ours_from` is the first number that surely names a message this database knows
    (it moves when an older copy of it was brought back). `came_to` and `came_later`: see `counting.Came`.
    `their_*` is the newest checkpoint of their log that we verified, `seen_*` of ours that they cosigned.
    `owes`: something of theirs came and has no receipt yet; `cosigns`: the next receipt has a new cosignature for them.
    `relay` holds their mail when they cannot be reached; `holds_mail`: we hold it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    root = models.BinaryField()
    signing = models.BinaryField()
    log_key = models.BinaryField()
    number = models.PositiveIntegerField()
    descriptor = models.BinaryField()
    addresses = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=PeerState.choices, default=PeerState.MET)
    met_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)
    compared_by = models.UUIDField(null=True)
    next_seq = models.BigIntegerField(default=1)
    ours_from = models.BigIntegerField(default=1)
    came_to = models.BigIntegerField(default=0)
    came_later = models.JSONField(default=list)
    last_in_at = models.DateTimeField(null=True)
    owes = models.BooleanField(default=False)
    cosigns = models.BooleanField(default=False)
    their_size = models.BigIntegerField(default=0)
    their_note = models.TextField(blank=True)
    seen_size = models.BigIntegerField(default=0)
    seen_note = models.TextField(blank=True)
    log_problem = models.CharField(max_length=9, choices=LogProblem.choices, blank=True)
    relay = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    holds_mail = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """A message of ours; its `envelope` is there until it is received, refused or given up.

    `subject` is the id of what it is about in the room whose kind it is; `reason` the code of a refusal.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="outgoing")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    subject = models.UUIDField(null=True, db_index=True)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=SentState.choices, default=SentState.WAITING)
    reason = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    first_left_at = models.DateTimeField(null=True)
    last_left_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "seq"], name="one_message_a_number")]
        indexes = [models.Index(fields=["state", "peer", "seq"], name="outgoing_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"


class Envelope(models.Model):
    """The file of a message that is not over, sealed to the peer.

    A table of its own: where a message stands changes three times, and its file, which may be long, never.
    """

    # Nothing to do: a message is let go long after its envelope.
    message = models.OneToOneField(Outgoing, primary_key=True, on_delete=models.DO_NOTHING, related_name="envelope")
    file = models.BinaryField()

    def __str__(self) -> str:
        return str(self.message_id)


class Incoming(models.Model):
    """A message that came, written in the transaction of its effect: UNIQUE(sender, message id) is exactly once.

    `outcome` is DONE, UNKNOWN_KIND (then `kept` holds it, sealed for the node) or the code of a refusal.
    """

    sender = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="incoming")
    message_id = models.UUIDField()
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    came_at = models.DateTimeField()
    last_at = models.DateTimeField()
    road = models.CharField(max_length=5, choices=Road.choices)
    outcome = models.CharField(max_length=60)
    kept = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "message_id"], name="each_message_once")]
        indexes = [
            models.Index(fields=["sender", "seq"], name="incoming_by_seq"),
            models.Index(fields=["sender", "last_at"], name="incoming_by_time"),
            models.Index(fields=["sender", "outcome"], name="incoming_not_done", condition=~Q(outcome="done")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"


class Held(models.Model):
    """That a file could not be taken, and why; the oldest go when there are too many.

    Not the file: whoever has it brings it again, and a photo that was taken for a message must not stay in the clear.
    """

    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=60)
    road = models.CharField(max_length=5, choices=Road.choices)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("-came_at", "-id")

    def __str__(self) -> str:
        return self.reason


class Dropped(models.Model):
    """How many files were let fall on a day because nobody here knows their addressee or sender."""

    day = models.DateField()
    reason = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "reason"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason} {self.times}"


class Relayed(models.Model):
    """A sealed file for a peer whose mail we hold. We can read nothing of it."""

    addressee = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="held_mail")
    file = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    came_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest


class KnownCircle(models.Model):
    """A circle we know: `file` is its newest version that holds, and empty while none does (`number` is 0 then).

    It binds us once somebody here joined it: whoever sends us a circle can name us in it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200)
    number = models.BigIntegerField(default=0)
    until = models.DateTimeField()
    file = models.BinaryField(default=bytes)
    state = models.CharField(max_length=6, choices=CircleState.choices, default=CircleState.APART)
    met_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    joined_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class CircleDraft(models.Model):
    """A version of a circle that does not hold yet: signed by too few, or the one before it is missing."""

    circle = models.ForeignKey(KnownCircle, on_delete=models.CASCADE, related_name="drafts")
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    file = models.BinaryField()
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("number", "pk")

    def __str__(self) -> str:
        return self.digest

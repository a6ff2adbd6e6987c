"""The log in tables: leaves, hashes of complete subtrees, the head, signed checkpoints."""

from django.db import models


class Leaf(models.Model):
    """One entry. `detail` is sealed under the person's key when there is a person, else plain CBOR.

    Rows are only ever added, by `log.append`; whatever else happens to one is found by `verify.verify_log`.
    """

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    account = models.UUIDField()
    role = models.CharField(max_length=20)
    via = models.CharField(max_length=10)
    action = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    mac = models.BinaryField()
    detail = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "index"], name="log_by_account"),
            models.Index(fields=["action", "index"], name="log_by_action"),
            models.Index(fields=["person", "index"], name="log_by_person", condition=models.Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.action}"


class Subtree(models.Model):
    """Hash of a complete subtree above the leaves; `number` says which one (`merkle.number`)."""

    number = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return str(self.number)


class Head(models.Model):
    """The one row that says how long the log is; locking it makes appends wait for each other.

    `frontier` is the hashes of the maximal complete subtrees, largest first: all that an append needs to know.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return str(self.size)


class LogKey(models.Model):
    """The log's Ed25519 key: the public half plain, the private half sealed for the node."""

    public = models.BinaryField()
    private_sealed = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.created_at)


class Checkpoint(models.Model):
    """A signed statement of the log's size and root, as text (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.size}"

"""Tables of the vault: which node this is, who can open it, and each person's wrapped key. No secret stands bare."""

from django.db import models

from waystation.kernel.ids import new_id


class NodeIdentity(models.Model):
    """The one row that says which node this is; its id is bound into every wrapped key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="one_node", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return str(self.id)


class KeySlot(models.Model):
    """The node key, wrapped for one officer's passphrase (Argon2id) or for the offline recovery key (HPKE)."""

    OFFICER, RECOVERY = "officer", "recovery"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(OFFICER, OFFICER), (RECOVERY, RECOVERY)])
    salt = models.BinaryField()
    time_cost = models.PositiveIntegerField(default=0)
    memory_kib = models.PositiveIntegerField(default=0)
    parallelism = models.PositiveIntegerField(default=0)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Letterbox(models.Model):
    """The key pair to which letters are sealed while nobody is signed in; the private half is sealed for the node."""

    public = models.BinaryField()
    private = models.BinaryField()
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="one_letterbox", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return "letterbox"


class PersonKey(models.Model):
    """One person's key, wrapped under an epoch key that stands outside the database. Deleting the row erases her.

    With `away_to` (the mark of an offline key) it is no key that is wrapped, but the package in which only that offline
    key finds one: see `offline`. It stands in this table so that backups, epochs and erasures treat it as they must.
    """

    person = models.UUIDField(primary_key=True, editable=False)
    epoch = models.PositiveIntegerField(db_index=True)
    wrapped = models.BinaryField()
    away_to = models.CharField(max_length=16, blank=True, default="")

    def __str__(self) -> str:
        return str(self.person)


class Opening(models.Model):
    """That an account opened a person in an hour: what the decryption budget counts. Kept for two days."""

    account = models.UUIDField()
    hour = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "hour", "person"], name="one_opening_an_hour")]

    def __str__(self) -> str:
        return f"{self.account} {self.hour:%Y-%m-%d %H}"


class BudgetRelease(models.Model):
    """More people for one account in one hour, released by a second officer."""

    account = models.UUIDField()
    hour = models.DateTimeField()
    more = models.PositiveIntegerField()
    released_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["account", "hour"], name="release_by_hour")]

    def __str__(self) -> str:
        return f"{self.more} more for {self.account}"

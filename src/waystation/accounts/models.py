"""Staff: accounts, their second factors, training, invitations, tokens, and what waits for a second officer."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import CARDS, COMPARTMENT_LABELS, Role
from waystation.kernel.ids import new_id

ROLES = [(role.value, card.label) for role, card in CARDS.items()]
COMPARTMENTS = [(compartment.value, label) for compartment, label in COMPARTMENT_LABELS.items()]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by handle, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of a sign-in name."""
        return self.get(handle=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """One member of staff.

    `handle` is the sign-in name and need not be a name; the name is sealed. Officers who may unlock the node have no
    password hash here: their key slot in the vault is what a passphrase is tried against. `post_id` is the post
    they work at today, one of `posts`, where a coordinator lets them work (the room of posts stands above this one, so
    neither is a foreign key).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(_("Sign-in name"), max_length=40, unique=True)
    name_sealed = models.BinaryField(default=bytes, editable=False)
    role = models.CharField(_("Role"), max_length=20, choices=ROLES)
    post_id = models.UUIDField(null=True)
    posts = models.JSONField(default=list)
    language = models.CharField(_("Language"), max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("handle",)

    def __str__(self) -> str:
        return self.handle

    @property
    def post_ids(self) -> frozenset[UUID]:
        """Where they may work."""
        return frozenset(UUID(number) for number in self.posts)

    @property
    def card(self) -> "object":
        """The role's line of the table."""
        return CARDS[Role(self.role)]


class Factor(models.Model):
    """A second factor: a seed for one-time codes (sealed for the node), or a passkey's public part."""

    TOTP, PASSKEY = "totp", "passkey"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=[(TOTP, TOTP), (PASSKEY, PASSKEY)])
    label = models.CharField(max_length=60, blank=True)
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.account_id}"


class SpareCode(models.Model):
    """One of ten codes for the day the second factor is lost; used once, kept as a salted Argon2id hash."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="spare_codes")
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"spare code of {self.account_id}"


class Training(models.Model):
    """That someone was trained for a compartment, until when (DOMAIN.md row 71)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="trainings")
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    completed_on = models.DateField(_("Completed on"))
    lapses_on = models.DateField(_("Valid until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lapses_on__gt=models.F("completed_on")), name="training_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compartment} until {self.lapses_on}"


class Invitation(models.Model):
    """A way in for one new account, or back in for an `account` whose passphrase is forgotten.

    The link is shown once, its hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(_("Role"), max_length=20, choices=ROLES)
    post_id = models.UUIDField(null=True)
    invited_by = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    needs_approval = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at:%Y-%m-%d}"


class ApiToken(models.Model):
    """A personal token for the HTTP API; shown once, kept as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(_("What it is for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.label} of {self.account_id}"


class Approval(models.Model):
    """Something that waits for a second officer. Reason and particulars are sealed for the node."""

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        LAPSED = "lapsed", _("Lapsed: the account that asked was closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    particulars = models.BinaryField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

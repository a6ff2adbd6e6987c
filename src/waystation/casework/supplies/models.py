"""Things and their movements. What a post has is the sum of its movements and is stored nowhere."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import Service
from waystation.casework.supplies.codes import ADDING, TAKING, CountReason, Kind, LossReason, Material
from waystation.kernel.ids import new_id


class Item(models.Model):
    """One thing that is given out. `shared`: one serves a whole family or group; else each person gets one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(
        _("What is it?"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("There is something of this name already. Change that, or choose another name.")},
    )
    unit = models.CharField(_("Counted in"), max_length=30, help_text=_("For example pieces, packs or litres."))
    service = models.CharField(_("Given as"), max_length=20, choices=Service.choices)
    low_at = models.PositiveIntegerField(
        _("Runs low at"), default=0, help_text=_("At this number or fewer a post is told to ask for more.")
    )
    material = models.CharField(
        _("What kind of thing?"), max_length=9, choices=Material.choices, default=Material.ORDINARY
    )
    shared = models.BooleanField(_("One serves a whole family or group"), default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Movement(models.Model):
    """One line of a post's ledger; never changed, only answered by a counter-entry.

    The id comes from the page, so that sent twice it counts once. `contact` is who was served without a name: it
    issues a thing once. `counted` is what stood on the shelf.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    change = models.IntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    note = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(
        max_length=10, choices=[*CountReason.choices, *LossReason.choices], blank=True, default=""
    )
    counted = models.PositiveIntegerField(null=True, validators=[MinValueValidator(0)])
    to_post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    sent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="arrivals")
    contact = models.UUIDField(null=True)
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_back")

    class Meta:
        indexes = [
            models.Index("post", "item", name="movement_of_stock"),
            models.Index("post", "day", name="movement_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="movement_right_way",
                condition=Q(kind__in=[Kind.COUNT, Kind.UNDONE])
                | Q(kind__in=ADDING, change__gte=0)
                | Q(kind__in=TAKING, change__lt=0),
            ),
            models.CheckConstraint(
                name="movement_count_says_why",
                condition=~Q(kind=Kind.COUNT) | (Q(counted__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="movement_undoes_one",
                condition=Q(kind=Kind.UNDONE, takes_back__isnull=False)
                | (~Q(kind=Kind.UNDONE) & Q(takes_back__isnull=True)),
            ),
            models.CheckConstraint(
                name="movement_sent_somewhere",
                condition=~Q(kind=Kind.SENT) | (Q(to_post__isnull=False) & ~Q(to_post=F("post"))),
            ),
            models.UniqueConstraint(
                fields=["contact", "item", "kind"],
                condition=Q(contact__isnull=False, takes_back__isnull=True),
                name="movement_once_a_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.change:+d}"

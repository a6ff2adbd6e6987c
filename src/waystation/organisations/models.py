"""Our own organisation and the posts where people are met."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from waystation.kernel.ids import new_id


class PostKind(models.TextChoices):
    """What a post is."""

    FIXED = "fixed", _("Fixed post")
    MOBILE = "mobile", _("Mobile post")
    BORDER = "border", _("Border post")
    PORT = "port", _("Port")
    DETENTION = "detention", _("Place of detention we visit")
    HEADQUARTERS = "headquarters", _("Headquarters")


class Organisation(models.Model):
    """The organisation that runs this node; one row. `country` is ISO 3166-1 alpha-2."""

    name = models.CharField(_("Name of the organisation"), max_length=120)
    country = models.CharField(_("Country"), max_length=2)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A place where people are met. A closed post keeps its history and takes no new meetings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name of the post"), max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=PostKind.choices, default=PostKind.FIXED)
    place = models.CharField(_("Where it is"), max_length=160, blank=True)
    hours = models.CharField(_("When it is open"), max_length=160, blank=True)
    languages = models.CharField(_("Languages spoken there"), max_length=160, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

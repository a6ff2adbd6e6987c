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


class PartnerKind(models.TextChoices):
    """Who helps beside us (DOMAIN.md 1.3, partner kinds)."""

    SOCIETY = "society", _("Red Cross or Red Crescent society")
    IFRC = "ifrc", _("IFRC")
    ICRC = "icrc", _("ICRC")
    HOSPITAL = "hospital", _("Hospital or clinic")
    SHELTER = "shelter", _("Shelter")
    LEGAL_AID = "legal_aid", _("Legal aid")
    UN_AGENCY = "un_agency", _("United Nations agency")
    INTERNATIONAL_NGO = "international", _("International organisation")
    LOCAL_NGO = "local", _("Local organisation")
    MIGRANTS = "migrants", _("Association of migrants")
    TRUSTED = "trusted", _("Organisation people trust")
    SCHOOL = "school", _("School")
    COMPANY = "company", _("Company")
    LOCAL_GOVERNMENT = "municipality", _("Town or district")
    MINISTRY = "ministry", _("Ministry")


class Partner(models.Model):
    """An organisation that people are referred to. `declared_on`: when it declared to respect the Principles."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name of the partner"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=13, choices=PartnerKind.choices)
    contact = models.CharField(_("How to reach them"), max_length=300, blank=True)
    services = models.CharField(_("What they help with"), max_length=300, blank=True)
    declared_on = models.DateField(
        _("Declared to respect the Fundamental Principles on"),
        null=True,
        blank=True,
        help_text=_("Leave it empty if they have not. Referrals to them then carry a warning."),
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

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

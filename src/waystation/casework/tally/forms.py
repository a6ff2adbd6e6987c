"""Forms of a post's day and of counting."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import Service
from waystation.casework.supplies.models import Item
from waystation.casework.tally.actions import ContactDraft, OpeningDraft
from waystation.casework.tally.codes import WhyNot
from waystation.kernel import clock
from waystation.people.forms.fields import choice_field, offer, ticks

USUAL = (
    Service.FOOD, Service.WATER, Service.CLOTHING, Service.HYGIENE, Service.INFORMATION, Service.FIRST_AID,
    Service.PHONE, Service.CHARGING, Service.WIFI,
)  # fmt: skip
"""What is given at posts every hour; the others open on a tap."""


def hour(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class OpenForm(forms.Form):
    """The post is open."""

    at = hour(_("Opened at"))
    planned_from = hour(_("Planned from"), required=False)
    planned_to = hour(_("Planned until"), required=False)

    def draft(self) -> OpeningDraft:
        """What the action takes."""
        return OpeningDraft(**self.cleaned_data)


class CloseForm(forms.Form):
    """The post is closed for the day."""

    at = hour(_("Closed at"))


class NotOpenedForm(forms.Form):
    """The post is not opened."""

    why = choice_field(_("Why?"), WhyNot.choices, radios=True)


class ReopenForm(forms.Form):
    """Nothing is asked."""


class CountForm(forms.Form):
    """What somebody without a name gets; who they are is the button that sends it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    services = ticks(_("What do they get?"), [(one.value, one.label) for one in USUAL])
    more = ticks(_("Anything else?"), [(one.value, one.label) for one in Service if one not in USUAL])
    items = ticks(_("From the stock"), (), _("One for each person, or one for all where it serves a family."))
    people = forms.IntegerField(
        label=_("How many people of this sex and age?"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, things: list[tuple[Item, int]], **kwargs: Any) -> None:
        kwargs["initial"] = {"id": uuid4(), "people": 1, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        offer(self, "items", [(str(item.pk), f"{item.name} ({there})") for item, there in things])
        if not things:
            del self.fields["items"]

    def draft(self, post_id: UUID, who: str) -> ContactDraft:
        """What the action takes. `who` is sex and age band with a colon between."""
        answers = self.cleaned_data
        sex, _colon, band = who.partition(":")
        return ContactDraft(
            id=answers["id"],
            post_id=post_id,
            at=clock.now(),
            sex=sex,
            age_band=band,
            people=answers["people"],
            services=(*answers["services"], *answers["more"]),
            items=tuple(UUID(item) for item in answers.get("items", ())),
        )


def now_of_day() -> Any:
    """The present time of day in the node's own time zone, without seconds."""
    return timezone.localtime(clock.now()).time().replace(second=0, microsecond=0)

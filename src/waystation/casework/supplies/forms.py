"""Forms of stock."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import Service
from waystation.casework.supplies.actions import MovementDraft
from waystation.casework.supplies.codes import CountReason, LossReason, Material
from waystation.casework.supplies.models import Item
from waystation.kernel.ids import new_id
from waystation.people.forms.fields import choice_field, line_field, offer


class Show(forms.Form):
    """What to see of a post's stock."""

    only = choice_field(
        _("Show"),
        [("", _("All")), ("low", _("What runs low")), ("difference", _("What must be counted"))],
        required=False,
    )
    service = choice_field(_("Given as"), [("", _("Any")), *Service.choices], required=False)
    material = choice_field(_("What kind of thing?"), [("", _("Any")), *Material.choices], required=False)


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing to give out."""

    class Meta:
        model = Item
        fields = ("name", "unit", "service", "low_at", "material", "shared", "is_active")
        labels = {"is_active": _("It is given out now")}


class MovementForm(forms.Form):
    """How many, and what more an act asks."""

    movement = forms.UUIDField(widget=forms.HiddenInput)
    quantity = forms.IntegerField(label=_("How many?"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"movement": new_id()})
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["quantity"].help_text = item.unit

    def draft(self) -> MovementDraft:
        """What the actions take."""
        answers = self.cleaned_data
        return MovementDraft(
            movement_id=answers["movement"],
            item_id=self.item.pk,
            quantity=answers["quantity"],
            note=answers.get("note", ""),
            reason=answers.get("reason", ""),
        )


class ReceiveForm(MovementForm):
    """A delivery."""

    note = line_field(
        _("From whom, and the number of the delivery note"), _("An organisation, a warehouse. No names of people.")
    )


class IssueForm(MovementForm):
    """Given out by hand."""

    note = line_field(_("What for?"), _("No names of people."))


class LoseForm(MovementForm):
    """Lost or spoilt."""

    reason = choice_field(
        _("What became of it?"),
        [choice for choice in LossReason.choices if choice[0] != LossReason.ON_THE_WAY],
        radios=True,
    )


class CountForm(MovementForm):
    """The shelf was counted."""

    reason = choice_field(_("If the book says another number, why?"), CountReason.choices, radios=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = _("How many stand on the shelf?")
        self.initial.setdefault("reason", CountReason.AGREES)


class SendForm(MovementForm):
    """Sent to another post."""

    to_post = choice_field(_("To which post?"))
    note = line_field(_("Who takes it there, and the number of the delivery note"), _("No names of people."))

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_post", posts)

    def to_post_id(self) -> UUID:
        """Which post."""
        return UUID(self.cleaned_data["to_post"])


class ArriveForm(MovementForm):
    """What another post sent is here."""

    reason = choice_field(
        _("If some are missing, why?"), [("", _("Nothing is missing")), *LossReason.choices], required=False
    )

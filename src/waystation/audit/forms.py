"""Which part of the log to show."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.audit import staff, words
from waystation.audit.queries import Wanted
from waystation.web.fields import DayField

ANYTHING = ("", _("Anything"))
ANYONE = ("", _("Anyone"))


class WantedForm(forms.Form):
    """Filters of the log; what cannot be read filters nothing and says so."""

    action = forms.ChoiceField(label=_("What"), required=False)
    account = forms.ChoiceField(label=_("Who"), required=False)
    day = DayField(label=_("Day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"] = forms.ChoiceField(label=_("What"), required=False, choices=_acts())
        self.fields["account"] = forms.ChoiceField(label=_("Who"), required=False, choices=_accounts())
        self.order_fields(["action", "account", "day"])

    def wanted(self) -> Wanted:
        """The filter as typed."""
        if not self.is_valid():
            return Wanted()
        account = self.cleaned_data["account"]
        return Wanted(
            action=self.cleaned_data["action"],
            account=UUID(account) if account else None,
            day=self.cleaned_data["day"],
        )


def _acts() -> list[tuple[str, Any]]:
    return [ANYTHING, *sorted(words.known().items(), key=lambda act: str(act[1]))]


def _accounts() -> list[tuple[str, Any]]:
    return [ANYONE, *sorted(((str(pk), name) for pk, name in staff.handles().items()), key=lambda pair: pair[1])]

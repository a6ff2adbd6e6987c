"""Filter and order of the list of people."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.organisations.models import Post
from waystation.people.codes import AgeBand, Sex
from waystation.people.forms.fields import choice_field, offer
from waystation.web.fields import DayField

ORDERS: dict[str, tuple[str, ...]] = {
    "met": ("-last_met_at", "-pk"),
    "met-first": ("last_met_at", "pk"),
    "registered": ("-registered_at", "-pk"),
    "registered-first": ("registered_at", "pk"),
}


class ListForm(forms.Form):
    """Coarse facts only: nothing here narrows by a name, which is what the front desk is for."""

    age_band = choice_field(_("Age"), [("", _("Any age")), *AgeBand.choices], required=False)
    sex = choice_field(_("Sex"), [("", _("Any")), *Sex.choices], required=False)
    post = choice_field(_("Last met at"), required=False)
    since = DayField(label=_("Met since"), required=False)
    order = choice_field(
        _("Order"),
        [
            ("met", _("Last met first")),
            ("met-first", _("Longest not met first")),
            ("registered", _("Newest first")),
            ("registered-first", _("Oldest first")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, posts: dict[UUID, Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", [("", _("Any post")), *((str(pk), post.name) for pk, post in posts.items())])

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered."""
        return any(self.data.get(name) for name in ("age_band", "sex", "post", "since"))

    def conditions(self) -> dict[str, Any]:
        """Filters on columns of Person; an answer that cannot be read filters nothing."""
        answers = getattr(self, "cleaned_data", {})
        wanted = {
            "age_band": answers.get("age_band"),
            "sex": answers.get("sex"),
            "last_met_post": answers.get("post"),
            "last_met_at__gte": _beginning_of(answers.get("since")),
        }
        return {name: value for name, value in wanted.items() if value}

    def columns(self) -> tuple[str, ...]:
        """Columns to order by."""
        answers = getattr(self, "cleaned_data", {})
        return ORDERS[answers.get("order") or "met"]


def _beginning_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None

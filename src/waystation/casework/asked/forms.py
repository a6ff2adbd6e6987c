"""Forms of what is referred to us."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.codes import Declined, Verdict
from waystation.people.forms.fields import choice_field, note_field

AGREED = _("The person agreed that they hear this. Write it with the person.")


class DeclineForm(forms.Form):
    """Why we do not help."""

    declined = choice_field(_("Why?"), Declined.choices, radios=True)


class AskForm(forms.Form):
    """A question, before anybody knows who it is about."""

    words = note_field(_("In words"), _("No name, no telephone number, nothing that says who it is."))


class NewsForm(forms.Form):
    """What came of it; words only where the person agreed that they hear them."""

    words = note_field(_("In words"), AGREED)

    def __init__(self, *args: Any, in_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_words:
            del self.fields["words"]


class FeedbackForm(forms.Form):
    """What the person says of our help."""

    verdict = choice_field(_("How was it for the person?"), Verdict.choices, radios=True)
    words = note_field(_("In words"), AGREED)

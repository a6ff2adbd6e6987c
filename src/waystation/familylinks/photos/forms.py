"""Forms of the page of photos: for officers, and the one for anybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.photos.actions import PhotoDraft
from waystation.familylinks.photos.codes import BY_OFFICER, AnswerAct, Down, LooksFor, Outcome, State
from waystation.people.forms.fields import choice_field, line_field, note_field
from waystation.web.fields import DayField


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """Something that is so or not; whether it must be is judged by the action."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


class DraftForm(forms.Form):
    """A photo put forward; the file stands last, so that what was typed arrives before it."""

    told = tick(
        _("The person knows what is shown, to whom, and for how long"),
        _(
            "Say it in these words: “Anybody in the world can see your photo and whom you look for. They can keep a "
            "copy, also after we take it down. Your name, your age and where you are do not stand there. You can take "
            "it back on any day.”"
        ),
    )
    at_least_fifteen = tick(_("I have asked, and the person is fifteen or older"))
    looks_for = choice_field(_("Whom does the person look for?"), LooksFor.choices, radios=True)
    until = DayField(
        label=_("Shown until"),
        help_text=_("Leave it empty for a year, or for as long as the person allowed."),
        required=False,
    )
    note = note_field(_("Note for the second officer"), rows=2)
    file = forms.Field(
        label=_("The photo"),
        help_text=_(
            "The face, from the front, and nothing else: no street, no sign, no uniform, no other person. JPEG or PNG, "
            "at most 2 MB. What the camera wrote into it is taken out."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "data-small": ""}),
    )

    def __init__(self, *args: Any, ask_age: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_age:
            del self.fields["at_least_fifteen"]

    def draft(self, picture: bytes) -> PhotoDraft:
        """What the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return PhotoDraft(**said, picture=picture)


class ShowForm(forms.Form):
    """The second officer agrees."""

    nothing_tells = tick(
        _("I have looked: a face, and nothing that tells a name, a place, an age or a number"),
        _("Look at the background, at clothes and at the edges. Would somebody who hunts this person learn anything?"),
    )


class WhyForm(forms.Form):
    """Why not."""

    why = note_field(_("Why?"), rows=3)


class TakeDownForm(forms.Form):
    """Why it comes down."""

    reason = choice_field(_("Why is it taken down?"), [(one.value, one.label) for one in BY_OFFICER], radios=True)
    why = note_field(_("In words"), rows=2)


class CloseForm(forms.Form):
    """What came of an answer."""

    outcome = choice_field(_("What came of it?"), Outcome.choices, radios=True)
    note = note_field(_("Note among us"), rows=3)


class LookIntoForm(forms.Form):
    """What is done about an answer."""

    note = note_field(_("What do you do now?"), rows=3)


ANSWER_FORMS: dict[str, type[forms.Form]] = {AnswerAct.LOOK_INTO: LookIntoForm, AnswerAct.CLOSE: CloseForm}


class ListForm(forms.Form):
    """Which postings."""

    state = choice_field(
        _("Where it stands"),
        [("", _("All that wait or are shown")), *State.choices],
        required=False,
    )
    down = choice_field(_("Why taken down"), [("", _("Any reason")), *Down.choices], required=False)


class AnswerForm(forms.Form):
    """What somebody knows who saw a photo. `website` is seen by programs only: who fills it in is none of us."""

    text = note_field(
        _("What do you know?"),
        _("In your own words, in any language. Where and when did you see or speak with this person or the family?"),
        rows=5,
    )
    reach = line_field(
        _("How can we reach you?"),
        _("Only if you want: a telephone number or another way, and when. Only the officers who read this see it."),
    )
    website = forms.CharField(required=False)

"""Forms of family news."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.familylinks.news.actions.calls import SessionDraft
from waystation.familylinks.news.actions.well import Asker, WellDraft
from waystation.familylinks.news.actions.writing import Draft
from waystation.familylinks.news.codes import (
    AskerKnown,
    Audience,
    Contact,
    Forbidden,
    NotDelivered,
    Reached,
    State,
)
from waystation.familylinks.news.documents import AddressDocument, WellDocument
from waystation.people.codes import DisclosureKind, GivenBy
from waystation.people.documents import ConsentDocument
from waystation.people.forms.fields import LanguageField, LinesField, choice_field, line_field, note_field, offer
from waystation.web.fields import DayField

KIND = "news.message"
ANY = ("", _("All that go on"))
NOTHING = "nothing"
"""Nothing stands against it: an answer that is chosen, never one that is there before anybody has read."""


class WriteForm(forms.Form):
    """What a person wants to say to their family, and where the family is."""

    words = note_field(
        _("What does the person want to say?"),
        _("In their own words and language. Family news only. At most one page: 2000 characters."),
        rows=14,
    )
    language = LanguageField(label=_("In which language is it written?"), required=False)
    name = line_field(_("For whom? Full name"), _("As it is written there, with all its parts."))
    parents = line_field(_("Names of their father and mother"))
    place = note_field(_("Last known address"), _("Village, quarter, street, whom to ask there."))
    phone = line_field(_("Telephone"), dir="ltr", inputmode="tel")
    office = choice_field(_("By way of which office?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices, says = road.whom(KIND)
        self.fields["office"].help_text = says or _("An office nearer to the family sends it on.")
        offer(self, "office", [("", _("We bring it to the family ourselves")), *offices])

    def draft(self) -> Draft:
        """What the action takes."""
        said = self.cleaned_data
        address = AddressDocument(**{name: said[name] for name in ("name", "parents", "place", "phone")})
        office = UUID(said["office"]) if said.get("office") else None
        return Draft(words=said["words"], language=said["language"], address=address, office_id=office)


class AnswerForm(WriteForm):
    """What the family answers; it goes back by the way the message came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parents", "place", "phone", "office"):
            del self.fields[name]

    def draft(self) -> Draft:
        """What the action takes."""
        said = self.cleaned_data
        return Draft(words=said["words"], language=said["language"], address=AddressDocument(name=said["name"]))


class WishForm(forms.Form):
    """The writer's yes, once it was read back."""

    given_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    explained_by = line_field(_("Who explained it?"), _("You, an interpreter, a relative."))
    expires_on = DayField(label=_("Until when may it be on its way?"), help_text=_("It can be taken back before."))
    agreed = forms.BooleanField(
        label=_("I read it out, and said by which offices it goes; the writer said it back and wants it to go.")
    )

    def document(self) -> ConsentDocument:
        """What the action takes."""
        said = self.cleaned_data
        return ConsentDocument(given_by=said["given_by"], explained_by=said["explained_by"], read_back=said["agreed"])


class CheckForm(forms.Form):
    """What stands against a message, if anything does."""

    reason = choice_field(
        _("May it go?"),
        [(NOTHING, _("Yes: it is family news and nothing else")), *Forbidden.choices],
        radios=True,
    )
    note = note_field(
        _("What to tell the writer"),
        _("Only where it does not go. Nobody but you and the writer reads this, or the message."),
    )


class SendForm(forms.Form):
    """To which office it goes on."""

    office = choice_field(_("To which office does it go on?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices, says = road.whom(KIND)
        self.fields["office"].help_text = says
        offer(self, "office", offices)


class FailForm(forms.Form):
    """Why it did not reach the family."""

    reason = choice_field(_("Why could it not be delivered?"), NotDelivered.choices, radios=True)


class ListForm(forms.Form):
    """Coarse facts only."""

    state = choice_field(_("Where it stands"), [ANY, *State.choices], required=False)


class CallForm(forms.Form):
    """One call, one phone on the Wi-Fi or at the socket."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = choice_field(_("What was it?"), Contact.choices, radios=True)
    minutes = forms.IntegerField(
        label=_("How many minutes, about?"), required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    reached = choice_field(_("Did they reach somebody?"), Reached.choices, radios=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"id": uuid4(), "kind": Contact.PHONE, "reached": Reached.NOT_SAID}
        super().__init__(*args, **kwargs)

    def draft(self) -> SessionDraft:
        """What the action takes."""
        return SessionDraft(**self.cleaned_data)


class WellForm(forms.Form):
    """To whom it may be told that somebody is safe and well."""

    audience = choice_field(_("To whom may it be told?"), Audience.choices, radios=True)
    relatives = LinesField(
        label=_("Names of those relatives"),
        help_text=_("Only where you chose named relatives. One a line, with all parts of the name."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    words = note_field(
        _("What may they be told?"),
        _("In the person's words. Nothing is told about where they are unless it stands here."),
    )
    expires_on = DayField(label=_("Until"), help_text=_("It can be taken back on any day."))
    given_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    agreed = forms.BooleanField(label=_("I explained it; the person said it back in their own words."))

    def draft(self) -> WellDraft:
        """What the action takes."""
        said: Mapping[str, Any] = self.cleaned_data
        return WellDraft(
            audience=said["audience"],
            document=WellDocument(words=said["words"], relatives=said["relatives"]),
            expires_on=said["expires_on"],
            consent=ConsentDocument(given_by=said["given_by"], read_back=said["agreed"]),
        )


class AskerForm(forms.Form):
    """Who asks for somebody, and how that was checked."""

    name = line_field(_("Name of who asks"))
    relation = line_field(_("What are they to the person?"))
    known = choice_field(_("How was it checked?"), AskerKnown.choices, radios=True)
    by_way = choice_field(
        _("How does the answer reach them?"),
        [(way.value, way.label) for way in DisclosureKind if way != DisclosureKind.MESSAGE],
    )

    def asker(self) -> Asker:
        """What the action takes."""
        return Asker(**self.cleaned_data)

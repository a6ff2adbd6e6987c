"""Forms about other nodes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from waystation.exchange import bundles, descriptors

LONGEST_TYPED = 40_000
MOST_CHOSEN = 15 * 1024 * 1024
"""What the web server takes of one form, less what stands around the files."""
TOO_MANY = _("This is more than 16 MB at once. Choose fewer files, and the others after them.")


class DescriptorForm(forms.Form):
    """Another node's descriptor: asked for at its address, as a file, or as text."""

    address = forms.CharField(
        label=_("Its address"),
        help_text=_("If both have a line: as it stands on their page “This node”, such as https://help.example.org"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    file = forms.FileField(label=_("Its descriptor, as a file"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or as text, from a mail or a scanned code"),
        help_text=_("It begins with “waystation-node:”. Line breaks do no harm."),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr", "spellcheck": "false"}),
    )

    @property
    def came_as(self) -> str:
        """The field that the descriptor was given in."""
        return "file" if self.cleaned_data.get("file") else "text" if self.cleaned_data.get("text") else "address"

    def clean(self) -> dict[str, Any]:
        """The bytes of the descriptor as `raw`, unless it is asked for at an address."""
        said = super().clean() or {}
        upload: UploadedFile[Any] | None = said.get("file")
        if upload:
            said["raw"] = upload.read(descriptors.LARGEST + 1)
        elif said.get("text"):
            try:
                said["raw"] = descriptors.from_text(said["text"])
            except descriptors.NotADescriptor:
                self.add_error("text", _("This is not the whole descriptor of a node. Ask for it again."))
        elif not (said.get("address") or self.errors):
            self.add_error("address", _("Write its address, choose the file, or paste the text."))
        return said


class WordsForm(forms.Form):
    """The words that the other side said aloud."""

    words = forms.CharField(
        label=_("The six words they read to you"),
        help_text=_(
            "Call somebody there whom you know by voice, or meet them. They open “This node” and read its six words. "
            "Type what you hear."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


class RouteForm(forms.Form):
    """Who holds a node's mail."""

    relay = forms.ChoiceField(
        label=_("When they cannot be reached, their mail goes to"),
        help_text=_("Who holds it can read nothing of it."),
        required=False,
    )
    holds_mail = forms.BooleanField(
        label=_("We hold their mail until they fetch it"),
        required=False,
        help_text=_("For a post that nobody can reach by the line: whoever writes to it leaves the sealed mail here."),
    )

    def __init__(self, *given: Any, others: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["relay"].choices = [("", _("Nobody: it waits here")), *others]  # type: ignore[attr-defined]


class AddressesForm(forms.Form):
    """Where this node is reached."""

    addresses = forms.CharField(
        label=_("Addresses of this node"),
        help_text=_("One a line, such as https://help.example.org. Leave it empty if nobody can reach it by the line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr", "spellcheck": "false"}),
    )


class SeveralFiles(forms.FileInput):
    """A choice of files that takes more than one."""

    allow_multiple_selected = True


class StickForm(forms.Form):
    """Files from a stick; `parcel` is a list of them."""

    parcel = forms.Field(
        label=_("Files from the stick"),
        help_text=_(
            "Choose all files that end in .wsm, or the one .zip; 16 MB at once. The same ones again do no harm."
        ),
        error_messages={"required": _("Choose the files from the stick.")},
        widget=SeveralFiles(attrs={"accept": ".wsm,.zip", "data-most-bytes": MOST_CHOSEN, "data-too-many": TOO_MANY}),
    )

    def clean_parcel(self) -> "list[UploadedFile[Any]]":
        """The chosen files, or what to mend."""
        chosen: list[UploadedFile[Any]] = self.cleaned_data["parcel"]
        if len(chosen) > bundles.MOST_FILES:
            raise forms.ValidationError(_("These are too many at once. Take them in parts of a thousand."))
        return chosen

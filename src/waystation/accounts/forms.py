"""Forms for signing in, setting up and managing accounts. Passphrases are never sent back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.accounts.passphrases import LEAST
from waystation.accounts.roles import CARDS, COMPARTMENT_LABELS, SENSITIVE
from waystation.web.fields import DayField

PASSPHRASE_HINT = _("Four or five words that do not belong together, at least 14 characters. Nobody can look it up.")
LONGEST = 200


def passphrase_field(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    """A field for a passphrase, which password managers recognise and which may be pasted."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=LONGEST)


def handle_field(hint: Any = "") -> forms.CharField:
    """A field for a sign-in name."""
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
    return forms.CharField(label=_("Sign-in name"), help_text=hint, max_length=40, widget=forms.TextInput(attrs=attrs))


class TwicePassphraseMixin(forms.Form):
    """Refuses two passphrases that differ."""

    def clean(self) -> dict[str, Any]:
        """Compare `passphrase` with `again`."""
        answers = super().clean() or {}
        if answers.get("passphrase") and answers.get("again") and answers["passphrase"] != answers["again"]:
            self.add_error("again", _("The two passphrases differ. Type both again."))
        return answers


class SignInForm(forms.Form):
    """Handle and passphrase."""

    handle = handle_field()
    passphrase = passphrase_field(_("Passphrase"), "current-password")


class SecondFactorForm(forms.Form):
    """The six digits of an authenticator app, or a spare code."""

    code = forms.CharField(
        label=_("Code from your app, or a spare code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}),
    )


class SetUpForm(TwicePassphraseMixin):
    """The first run."""

    organisation = forms.CharField(label=_("Name of your organisation"), max_length=120)
    country = forms.ChoiceField(label=_("Country"))
    post = forms.CharField(
        label=_("Name of your first post"),
        help_text=_("Where you meet people. More can be added later."),
        max_length=80,
    )
    handle = handle_field(_("For the first officer. It need not be your name."))
    passphrase = passphrase_field(_("Passphrase"), "new-password", PASSPHRASE_HINT)
    again = passphrase_field(_("Passphrase, once more"), "new-password")

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]


class AcceptForm(TwicePassphraseMixin):
    """An invited person's new account."""

    handle = handle_field(_("What you type to sign in. It need not be your name."))
    name = forms.CharField(
        label=_("What colleagues call you"),
        help_text=_("Sealed: nobody reads it while the node is locked."),
        max_length=80,
    )
    passphrase = passphrase_field(_("Passphrase"), "new-password", PASSPHRASE_HINT)
    again = passphrase_field(_("Passphrase, once more"), "new-password")


class RenewForm(TwicePassphraseMixin):
    """A new passphrase for a forgotten one."""

    passphrase = passphrase_field(_("New passphrase"), "new-password", PASSPHRASE_HINT)
    again = passphrase_field(_("Passphrase, once more"), "new-password")


class RecoveryForm(TwicePassphraseMixin):
    """The recovery code from paper, and the new passphrase of an officer."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    handle = handle_field(_("Of an officer: someone who opened the node before."))
    passphrase = passphrase_field(_("New passphrase"), "new-password", PASSPHRASE_HINT)
    again = passphrase_field(_("Passphrase, once more"), "new-password")


class InviteForm(forms.Form):
    """Whom to invite."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, card.label) for role, card in CARDS.items()], widget=forms.RadioSelect
    )


class TrainingForm(forms.Form):
    """A training record."""

    compartment = forms.ChoiceField(
        label=_("What for"), choices=[(code.value, COMPARTMENT_LABELS[code]) for code in sorted(SENSITIVE)]
    )
    completed_on = DayField(label=_("Completed on"))
    lapses_on = DayField(label=_("Valid until"))


class ChangePassphraseForm(forms.Form):
    """A new passphrase for oneself."""

    old = passphrase_field(_("Present passphrase"), "current-password")
    new = passphrase_field(_("New passphrase"), "new-password", PASSPHRASE_HINT)


class AgainForm(forms.Form):
    """The passphrase once more, and nothing else."""

    passphrase = passphrase_field(_("Your passphrase"), "current-password", _("So that nobody does it at your screen."))


class TokenForm(AgainForm):
    """A new API token."""

    label = forms.CharField(label=_("What it is for"), max_length=60)
    days = forms.IntegerField(label=_("Valid for how many days"), min_value=1, max_value=90, initial=30)
    field_order = ("label", "days", "passphrase")


class PasskeyForm(AgainForm):
    """A new passkey, before the browser makes it."""

    label = forms.CharField(
        label=_("What to call it"),
        help_text=_("So that you know it when it is lost: my phone, the blue key."),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    field_order = ("label", "passphrase")


class ReasonForm(forms.Form):
    """Why a second officer is asked."""

    reason = forms.CharField(
        label=_("Why do you need it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


assert LEAST == 14, "PASSPHRASE_HINT names the least length"

"""The passphrase once more, before something that would outlast this session: a borrowed screen must not be enough."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.accounts import guesses
from waystation.accounts.backends import knows_passphrase
from waystation.accounts.models import Account
from waystation.kernel import journal
from waystation.kernel.errors import Invalid, Problem
from waystation.kernel.pages import StaffRequest
from waystation.vault import node
from waystation.web.forms import mend


class GuessedTooOften(Problem):
    """Wrong passphrases in a row at a signed-in screen."""

    code = "guessed-too-often"
    status = 429
    message = gettext_lazy("That was wrong five times. Wait fifteen minutes, then try again.")


def confirmed(request: StaffRequest, form: forms.Form) -> bool:
    """Whether a sent form is right and its `passphrase` is the sender's; if not, the form says what is to be mended.

    Raises GuessedTooOften.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    refuse_guesser(request)
    account = Account.objects.get(pk=request.actor.account_id)
    if knows_passphrase(account, form.cleaned_data.pop("passphrase")):
        guesses.forget(request, _counted_as(request))
        return True
    if not node.has_slot(account.pk):
        journal.record(request.actor, journal.Entry(action="vault.wrong_passphrase", subject=account.pk))
    count_wrong(request)
    mend(form, Invalid({"passphrase": _("This is not your passphrase. What you wrote is still here.")}))
    return False


def refuse_guesser(request: StaffRequest) -> None:
    """Raise GuessedTooOften after too many wrong passphrases of this account at signed-in screens."""
    if not guesses.may_try(request, _counted_as(request)):
        raise GuessedTooOften


def count_wrong(request: StaffRequest) -> None:
    """A wrong passphrase was typed at a signed-in screen."""
    guesses.count_wrong(request, _counted_as(request))


def _counted_as(request: StaffRequest) -> str:
    """Not under the name at sign-in: who sits at someone's screen must not shut them out elsewhere."""
    return f"{request.actor.handle}/again"

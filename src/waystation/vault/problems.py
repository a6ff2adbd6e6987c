"""What can go wrong with keys and seals, in words for a person."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict, NotFound, Problem
from waystation.vault.ciphers import CannotOpen


class PersonErased(NotFound):
    """The person's key is gone: nothing about her can be read any more."""

    code = "person-erased"
    message = _("This record was erased. Nothing of it can be read any more.")


class SealBroken(Problem, CannotOpen):
    """Sealed bytes are not what this row once held: moved, swapped or damaged."""

    code = "seal-broken"
    status = 500
    message = _("A sealed record is damaged or was moved from elsewhere. Nothing was changed; tell your coordinator.")


class CannotSeal(Problem):
    """A text holds something that cannot be stored (half of a character, as broken programs send it)."""

    code = "cannot-seal"
    status = 422
    message = _("A text holds characters that cannot be stored. Type it again instead of pasting it.")


class WrongPassphrase(Problem):
    """The passphrase does not open this slot."""

    code = "wrong-passphrase"
    status = 422
    message = _("The sign-in name or passphrase is not right.")


class NotEnoughMemory(Problem):
    """Stretching a passphrase needs memory that this machine cannot spare now."""

    code = "not-enough-memory"
    status = 503
    message = _("This machine has too little free memory to check a passphrase. Close other programs and try again.")


class EpochKeysMissing(Problem):
    """The folder that holds the epoch keys is not there, is empty, or belongs to another node."""

    code = "epoch-keys-missing"
    status = 503
    message = _(
        "The folder with this node's epoch keys is missing or not its own, so no record can be opened. "
        "Nothing was changed: put the folder back, then try again."
    )


class LastSlot(Conflict):
    """The only officer who can open the node cannot be taken away."""

    code = "last-slot"
    message = _("This is the only officer who can unlock the node. Let another officer unlock it first.")

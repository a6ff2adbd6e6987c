"""What a passphrase must be: long. No rules of signs; words are easier to keep and harder to guess."""

from django.utils.translation import gettext as _

from waystation.kernel.errors import Invalid

LEAST = 14
LEAST_DIFFERENT = 6
COMMON = ("password", "passphrase", "waystation", "123456", "qwerty", "letmein")


def check_passphrase(passphrase: str, *, handle: str, field: str = "passphrase") -> None:
    """Raise Invalid when a passphrase is too short, too simple, or contains the sign-in name."""
    plain = passphrase.strip().lower()
    problem = ""
    if len(plain) < LEAST:
        problem = _("Use at least %(least)d characters: four or five words that do not belong together.") % {
            "least": LEAST
        }
    elif len(set(plain)) < LEAST_DIFFERENT or any(plain.replace(" ", "").startswith(common) for common in COMMON):
        problem = _("This is easy to guess. Use four or five words that do not belong together.")
    elif handle and handle.lower() in plain:
        problem = _("Leave the sign-in name out of the passphrase.")
    if problem:
        raise Invalid({field: problem})

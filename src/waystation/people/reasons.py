"""Why someone was found, in words."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text

REASONS: dict[str, Text] = {
    "card": _("Same card code"),
    "phone": _("Same telephone number"),
    "name-same": _("Same name"),
    "name-sound": _("Name sounds the same"),
    "name-begins": _("Name begins so"),
    "name-like": _("Name is spelled alike"),
    "other-name": _("By another of their names"),
}


def in_words(reason: str) -> Text:
    """Words for a reason; its code where nobody gave it words."""
    return REASONS.get(reason, reason)

"""What is to be done, with its clock."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowUpsConfig(AppConfig):
    """Declares permissions, words for the log, and the page Today."""

    name = "waystation.casework.followups"
    label = "followups"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups import erasure, policies  # noqa: F401 - declares permissions
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts({"followups_followup": _("what is to be done")})
        erasure.declare()
        navigation.add(navigation.Entry(label=_("Today"), url="followups:work", permission="followups.work", order=20))


LOG = {
    "followups.open": _("Opened something to do"),
    "followups.done": _("Said that something is done"),
    "followups.dropped": _("Said that something is no longer needed"),
    "followups.reopen": _("Took back that something was done"),
    "followups.hand": _("Handed something to do to someone"),
    "followups.put_off": _("Set another time for something to do"),
    "followups.cover": _("Recorded who stands in for whom"),
    "followups.end_cover": _("Ended standing in"),
}

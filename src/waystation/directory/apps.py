"""The directory: where help is."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Declares permissions, words, clocks, entries under More, and the way in for anybody."""

    name = "waystation.directory"
    label = "directory"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.directory import keeping, policies  # noqa: F401 - declares permissions
        from waystation.directory.codes import DirectoryClock
        from waystation.web import navigation

        words.register(LOG)
        for clock in keeping.CLOCKS:
            clocks.register(clock)
        kind = DirectoryClock.CONFIRM
        register(FollowUpKind(code=kind.value, says=kind.label, page="directory:provider", permission="directory.keep"))
        for entry in _entries():
            navigation.add(entry)


def _entries() -> list[Any]:
    from waystation.web.navigation import FOR_ALL, Entry

    return [
        Entry(label=_("Find help near you"), url="directory:ask", permission="", order=10, group=FOR_ALL),
        Entry(
            label=_("Directory of services"),
            url="directory:list",
            permission="directory.view",
            order=40,
            group="people",
            says=_("Who helps where and when; what everybody can ask without signing in."),
        ),
        Entry(
            label=_("What help is missing where"),
            url="directory:coverage",
            permission="directory.view",
            order=45,
            group="overview",
            says=_("Kinds of help by place and by language, with the gaps."),
        ),
    ]


LOG: dict[str, Any] = {
    "directory.add": _("Put a service into the directory"),
    "directory.change": _("Changed a service in the directory"),
    "directory.confirm": _("Confirmed an entry of the directory"),
    "directory.show": _("Showed an entry of the directory to the public"),
    "directory.pause": _("Marked a service as closed for now"),
    "directory.hide": _("Hid an entry of the directory from the public"),
    "directory.end": _("Marked a service as ended"),
    "directory.safe": _("Called a service safe to approach"),
    "directory.unsafe": _("Called a service not safe"),
    "directory.write_in": _("Described a service in another language"),
    "directory.place": _("Said where a service is"),
    "directory.leave_place": _("Took a place away from a service"),
    "directory.hours": _("Changed opening times"),
    "directory.import": _("Read a directory of others"),
}

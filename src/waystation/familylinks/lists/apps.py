"""Lists of people that others keep."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    """Declares permissions, words, clocks, tables as a kind of file, and the entry under More."""

    name = "waystation.familylinks.lists"
    label = "lists"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.familylinks.lists import keeping, policies  # noqa: F401 - declares permissions
        from waystation.familylinks.lists.reading import csv_format
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        csv_format.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        words.register_reasons({one.code: one.says for one in keeping.CLOCKS})
        navigation.add(
            navigation.Entry(
                label=_("Lists of others"),
                url="lists:lists",
                permission="lists.view",
                order=46,
                group="people",
                says=_("Lists of people that camps, hospitals and registries keep, in which somebody may be found."),
            )
        )


PARTS: dict[str, Any] = {
    "lists_listedperson": _("a person in a list of others"),
    "lists_personlist": _("a list of others"),
    "lists_fault": _("what could not be taken of a list"),
}
LOG: dict[str, Any] = {
    "lists.bring": _("Brought a list of others"),
    "lists.take": _("Took the people of a list of others"),
    "lists.delete": _("Deleted a list of others with its people"),
}

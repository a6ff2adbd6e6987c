"""PFIF, the format in which registries of missing people exchange records."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PfifConfig(AppConfig):
    """Declares the permission, words, clocks, PFIF as a kind of file, and the entry under More."""

    name = "waystation.familylinks.pfif"
    label = "pfif"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.familylinks.pfif import importing, keeping, policies  # noqa: F401 - declares permissions
        from waystation.familylinks.pfif.codes import PfifClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_reasons({one.code: one.says for one in keeping.CLOCKS})
        importing.declare()
        keeping.declare()
        permission.when_withdrawn(keeping.consent_withdrawn)
        for one in keeping.CLOCKS:
            clocks.register(one)
        over = PfifClock.OVER
        register(
            FollowUpKind(code=over.value, says=over.label, page="pfif:records", of_one=False, permission="pfif.write")
        )
        navigation.add(
            navigation.Entry(
                label=_("Records with registries"),
                url="pfif:records",
                permission="pfif.write",
                order=47,
                group="people",
                says=_("Files of PFIF for registries of missing people, of those who allowed it."),
            )
        )


LOG: dict[str, Any] = {"pfif.write": _("Wrote a file of PFIF for a registry")}

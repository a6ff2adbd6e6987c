"""Possible matches."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchesConfig(AppConfig):
    """Declares permissions, words, panels, clocks, the entry under More; lets go of names when the node locks."""

    name = "waystation.familylinks.matches"
    label = "matches"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.familylinks.matches import erasure, guards, panels, policies  # noqa: F401 - declares permissions
        from waystation.familylinks.matches.codes import MatchClock
        from waystation.familylinks.matches.index import service
        from waystation.familylinks.tracing import queries as requests
        from waystation.vault import node
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        guards.declare()
        node.on_lock(service.stop)
        for clock in MatchClock:
            looks = clock == MatchClock.LOOK
            register(
                FollowUpKind(
                    code=clock.value,
                    says=clock.label,
                    page="matches:candidates" if looks else "matches:match",
                    permission="matches.work",
                    names=requests.numbers if looks else panels.numbers,
                )
            )
        navigation.add(
            navigation.Entry(
                label=_("Possible matches"),
                url="matches:queue",
                permission="matches.work",
                order=20,
                group="people",
                says=_("Who may be somebody that is sought, the most probable first."),
            )
        )


PARTS: dict[str, Any] = {
    "matches_match": _("why somebody was held to be a person sought"),
    "matches_never": _("who never wants to be found in a request"),
}
LOG: dict[str, Any] = {
    "matches.propose": _("Began to look into whether somebody is a person sought"),
    "matches.confirm": _("Held somebody to be a person sought"),
    "matches.verify": _("Verified as a second that somebody is a person sought"),
    "matches.dismiss": _("Recorded that somebody is not a person sought"),
    "matches.ask": _("Recorded that a person found is being asked"),
    "matches.agree": _("Recorded that a person found agrees to be in touch"),
    "matches.decline": _("Recorded that a person found does not wish to be in touch"),
    "matches.tell": _("Told an enquirer what a person found allowed"),
}

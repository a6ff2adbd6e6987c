"""Family news: Red Cross messages, free calls, and words that somebody is safe and well."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamilyNewsConfig(AppConfig):
    """Declares permissions, words, kinds of messages, clocks, the panel, and the entries under More."""

    name = "waystation.familylinks.news"
    label = "familynews"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register, register_all
        from waystation.familylinks.news import (  # noqa: F401 - declares permissions
            erasure,
            keeping,
            messages,
            moving,
            panels,
            policies,
        )
        from waystation.familylinks.news.actions import well
        from waystation.familylinks.news.codes import AGAIN, NewsClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        words.register_reasons(REASONS)
        messages.declare()
        panels.declare()
        erasure.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        clocks.register_block(keeping.BLOCK)
        permission.when_withdrawn(moving.consent_withdrawn)
        permission.when_withdrawn(well.consent_withdrawn)
        register_all(NewsClock, page="news:message", permission="news.work")
        says = _("Ask somebody whether relatives may still be told that they are well")
        register(FollowUpKind(code=AGAIN, says=says, page="news:notice", permission="news.work"))
        for entry in ENTRIES:
            navigation.add(navigation.Entry(**entry))


ENTRIES: tuple[dict[str, Any], ...] = (
    {
        "label": _("Family news"),
        "url": "news:messages",
        "permission": "news.view",
        "order": 44,
        "group": "people",
        "says": _("Messages between families: where each stands, and for how long."),
    },
    {
        "label": _("Calls home"),
        "url": "news:calls",
        "permission": "news.count",
        "order": 22,
        "group": "post",
        "says": _("Count free calls, Wi-Fi and charging, and see them by week."),
    },
)
PARTS: dict[str, Any] = {
    "familynews_redcrossmessage": _("a family message, or to whom it goes"),
    "familynews_safeandwell": _("what may be told of somebody who is safe and well"),
}
REASONS: dict[str, Any] = {
    "unknown-message": _("about a family message that is not known here"),
    "already-here": _("a family message that came through here before"),
    "too-many-offices": _("a family message that went through too many offices"),
}
LOG: dict[str, Any] = {
    "news.begin": _("Wrote down a family message"),
    "news.write": _("Changed a family message before it was handed in"),
    "news.hand_in": _("Handed a family message in to be checked"),
    "news.check": _("Checked a family message"),
    "news.return": _("Gave a family message back to its writer"),
    "news.send": _("Sent a family message on, or heard that it was"),
    "news.arrive": _("A family message arrived at an office"),
    "news.deliver": _("Began to deliver a family message, or heard of it"),
    "news.hand_over": _("Recorded that a family message was delivered"),
    "news.fail": _("Recorded that a family message could not be delivered"),
    "news.reply": _("A family answered a message"),
    "news.lose": _("A family message did not reach the next office"),
    "news.stall": _("A family message of another office could not be sent on"),
    "news.withdraw": _("A family message was taken back"),
    "news.close": _("Closed a family message"),
    "news.told": _("Told somebody what became of their family message"),
    "news.print": _("Printed a family message or its receipt"),
    "news.untold": _("Could not tell another office where a family message stands"),
    "news.well": _("Recorded to whom it may be told that somebody is safe and well"),
    "news.well_replace": _("Recorded anew to whom it may be told that somebody is safe and well"),
    "news.well_withdraw": _("Took back that it may be told that somebody is safe and well"),
    "news.well_told": _("Told a relative that somebody is safe and well"),
    "news.well_not_told": _("A relative asked for somebody, and nothing was told"),
}

"""Feedback: what people say of us."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Declares permissions, words, clocks, entries under More, and the way in for anybody."""

    name = "waystation.casework.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.feedback import keeping, policies  # noqa: F401 - declares permissions
        from waystation.casework.feedback.codes import FeedbackClock
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.web import navigation

        words.register(LOG)
        clocks.register(keeping.CLOCK)
        for kind in FeedbackClock:
            permission = "feedback.conduct" if kind == FeedbackClock.CONDUCT else "feedback.work"
            register(FollowUpKind(code=kind.value, says=kind.label, page="feedback:feedback", permission=permission))
        for entry in _entries():
            navigation.add(entry)


def _entries() -> list[Any]:
    from waystation.web.navigation import FOR_ALL, Entry

    return [
        Entry(label=_("Tell us"), url="feedback:say", permission="", order=20, group=FOR_ALL),
        Entry(
            label=_("What people say of us"),
            url="feedback:list",
            permission="feedback.work",
            order=20,
            group="overview",
            says=_("Praise, questions, complaints, and what came of them."),
        ),
        Entry(
            label=_("Somebody wants to say something"),
            url="feedback:take-down",
            permission="feedback.take",
            order=60,
            group="post",
            says=_("Write it down for them, without a name; they get a code for the answer."),
        ),
    ]


LOG: dict[str, Any] = {
    "feedback.receive": _("Somebody said something of us"),
    "feedback.write_again": _("Somebody wrote to us again"),
    "feedback.acknowledge": _("Read what somebody said of us"),
    "feedback.examine": _("Began to look into what somebody said of us"),
    "feedback.answer": _("Answered what somebody said of us"),
    "feedback.refer": _("Put what somebody said of us before somebody else"),
    "feedback.close": _("Closed what somebody said of us"),
    "feedback.mark_sensitive": _("Marked what somebody said as being about conduct"),
}

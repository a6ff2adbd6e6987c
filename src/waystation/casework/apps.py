"""The desk: meetings, needs, what was given, who waits."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Declares permissions, words, panels, and the desk's entries in the frame."""

    name = "waystation.casework"
    label = "casework"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import erasure, panels, policies  # noqa: F401 - declares permissions
        from waystation.casework.words import LOG, PARTS, REASONS
        from waystation.web import navigation
        from waystation.web.navigation import Entry

        words.register(LOG)
        words.register_parts(PARTS)
        words.register_reasons(REASONS)
        panels.declare()
        erasure.declare()
        for entry in (
            Entry(label=_("Front desk"), url="casework:front-desk", permission="casework.desk", order=10),
            Entry(label=_("Who waits"), url="casework:today", permission="casework.today", order=21),
            Entry(label=_("To decide"), url="accounts:approvals", permission="accounts.decide", order=70),
            Entry(label=_("Accounts"), url="accounts:accounts", permission="accounts.manage", order=80),
            Entry(label=_("Posts"), url="organisations:posts", permission="posts.manage", order=85),
            Entry(label=_("Log"), url="audit:log", permission="audit.view", order=90),
            Entry(label=_("My account"), url="accounts:me", permission="accounts.own", order=95),
        ):
            navigation.add(entry)
        navigation.provide(_posts)


def _posts(request: HttpRequest) -> dict[str, Any]:
    from waystation.organisations.queries import open_posts

    mine = request.actor.post_ids  # type: ignore[attr-defined]
    return {"posts": [post for post in open_posts() if post.pk in mine]}

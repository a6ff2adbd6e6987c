"""The page of photos."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhotosConfig(AppConfig):
    """Declares permissions, words, the panel, clocks, what goes with a person, and the way in for anybody."""

    name = "waystation.familylinks.photos"
    label = "photos"

    def ready(self) -> None:
        """Connect this noun with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.followups.kinds import FollowUpKind, register
        from waystation.familylinks.photos import actions, erasure, keeping, panels, policies  # noqa: F401
        from waystation.familylinks.photos.codes import PhotoClock
        from waystation.people import permission
        from waystation.web import navigation

        words.register(LOG)
        words.register_parts(PARTS)
        panels.declare()
        erasure.declare()
        for one in keeping.CLOCKS:
            clocks.register(one)
        clocks.register_block(keeping.BLOCK)
        permission.when_withdrawn(actions.when_withdrawn)
        for entry in _entries():
            navigation.add(entry)
        for kind in PhotoClock:
            page, may = ("answer", "answers") if kind == PhotoClock.ANSWER else ("posting", "work")
            register(FollowUpKind(code=kind.value, says=kind.label, page=f"photos:{page}", permission=f"photos.{may}"))


def _entries() -> list[Any]:
    from waystation.web.navigation import FOR_ALL, Entry

    return [
        Entry(label=_("Do you know this face?"), url="photos:photos", permission="", order=15, group=FOR_ALL),
        Entry(
            label=_("Photos for the public page"),
            url="photos:postings",
            permission="photos.work",
            order=55,
            group="people",
            says=_("People who look for family and want to be seen: what waits, what is shown, what was answered."),
        ),
    ]


PARTS: dict[str, Any] = {
    "photos_posting": _("what was said about a photo for the public page"),
    "photos_picture": _("a photo for the public page"),
    "photos_answer": _("what somebody answered to a photo"),
}
LOG: dict[str, Any] = {
    "photos.draft": _("Put a photo forward for the public page"),
    "photos.show": _("Agreed to a photo, which is on the public page from now on"),
    "photos.down": _("Took a photo off the public page, or did not agree to it"),
    "photos.answer_came": _("Somebody answered to a photo"),
    "photos.answer_look_into": _("Looked into an answer to a photo"),
    "photos.answer_close": _("Closed an answer to a photo"),
}

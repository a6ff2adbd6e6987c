"""Files: papers and pictures, sealed."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Declares permissions, words, panels, what goes with a person, and what is swept up."""

    name = "waystation.casework.files"
    label = "files"

    def ready(self) -> None:
        """Connect this room with the others."""
        from waystation.audit import words
        from waystation.casework import clocks
        from waystation.casework.files import erasure, keeping, panels, policies  # noqa: F401 - declares permissions

        words.register(LOG)
        words.register_parts({"files_storedfile": _("a paper or picture")})
        panels.declare()
        erasure.declare()
        clocks.register(keeping.CLOCK)


LOG: dict[str, Any] = {
    "files.add": _("Kept a paper or picture"),
    "files.erase": _("Erased a paper or picture"),
}

"""The road of four nodes, on each of them."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadConfig(AppConfig):
    """Puts the page of the line and the stick on a node; installed on nodes of a demo's road and nowhere else."""

    name = "waystation.demo.road"
    label = "demo_road"

    def ready(self) -> None:
        """Give words to what is told to the log."""
        from waystation.audit import words

        words.register(LOG)


LOG: dict[str, Any] = {
    "demo.cut": _("Cut the line of this demo node"),
    "demo.mend": _("Mended the line of this demo node"),
    "demo.lose_stick": _("Lost the stick of the demo"),
}

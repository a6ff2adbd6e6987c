"""Our own organisation and its posts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Declares permissions and the words of the log."""

    name = "waystation.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Declare."""
        from waystation.accounts.setup import on_open_house
        from waystation.audit import words
        from waystation.organisations import actions, policies  # noqa: F401 - declares permissions

        on_open_house(actions.open_house)

        words.register(
            {
                "posts.add": _("Opened a post"),
                "posts.change": _("Changed a post"),
                "posts.switch": _("Went to work at another post"),
            }
        )

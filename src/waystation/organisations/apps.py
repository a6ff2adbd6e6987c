"""Our own organisation and its posts."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Declares permissions and the words of the log."""

    name = "waystation.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Declare."""
        from waystation.accounts.setup import on_open_house
        from waystation.audit import words
        from waystation.organisations import actions, policies, queries  # noqa: F401 - declares permissions
        from waystation.organisations.models import Post
        from waystation.web import navigation

        for signal in (post_save, post_delete):
            signal.connect(queries.forget_posts, sender=Post, dispatch_uid=f"posts.{id(signal)}")
        on_open_house(actions.open_house)

        navigation.add(
            navigation.Entry(
                label=_("Partners"),
                url="organisations:partners",
                permission="partners.view",
                order=45,
                group="people",
                says=_("Whom we ask for help, and what they declared."),
            )
        )
        words.register(
            {
                "posts.add": _("Opened a post"),
                "posts.change": _("Changed a post"),
                "posts.close": _("Closed a post"),
                "posts.reopen": _("Opened a post again"),
                "posts.assign": _("Said at which posts someone works"),
                "posts.switch": _("Went to work at another post"),
                "partners.save": _("Wrote down a partner"),
            }
        )

"""The room of people: who they are, with whom they travel, their road, what they allowed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "waystation.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Declare who may do what, the words of the log, what two officers decide, and listen for the node's key."""
        from waystation.organisations import closing
        from waystation.people import approvals, keeping, policies, search, words
        from waystation.web import navigation

        policies.declare()
        words.declare()
        approvals.declare()
        search.listen()
        closing.register(closing.Kept(count=keeping.kept_at, says=keeping.in_words, hand_over=keeping.hand_over))
        navigation.add(
            navigation.Entry(label=_("People"), url="people:people", permission="people.view", order=30, icon="people")
        )
        navigation.add(
            navigation.Entry(
                label=_("A list for a partner"),
                url="people:share",
                permission="people.disclose",
                order=60,
                group="people",
                says=_("Only who allowed it today; each is listed as told."),
            )
        )

"""Staff accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

MORE_PEOPLE = 100


class AccountsConfig(AppConfig):
    """Declares permissions, words, approvals; signs everyone out when the node locks."""

    name = "waystation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect this room with those below it."""
        from waystation.accounts import actions, approvals, policies, queries, roles, sessions
        from waystation.accounts.words import WORDS
        from waystation.audit import staff, watch, words
        from waystation.vault import budget, epochs, node
        from waystation.web import navigation

        words.register(WORDS)
        staff.provide(handles=queries.all_handles, role_words=roles.label)
        node.on_lock(sessions.end_all)
        navigation.add(
            navigation.Entry(
                label=_("Sign in"), url="accounts:sign-in", permission="", order=90, group=navigation.FOR_ALL
            )
        )
        navigation.provide(lambda _request: {"clock_problem": epochs.clock_problem()})
        navigation.provide(lambda request: {"log_problem": watch.warning_for(getattr(request, "actor", None))})
        approvals.register_kind(
            approvals.Kind(
                code=actions.LET_IN,
                says=_("Let someone in whom an administrator invited to a role that opens people."),
                decide_roles=policies.DECIDERS,
                perform=actions.let_in,
                about=actions.invited_as,
            )
        )
        approvals.register_kind(
            approvals.Kind(
                code="vault.release_budget",
                says=_("Release 100 more people in this hour for a colleague."),
                decide_roles=policies.DECIDERS,
                perform=lambda by, account_id: budget.release(by=by, account_id=account_id, more=MORE_PEOPLE),
            )
        )

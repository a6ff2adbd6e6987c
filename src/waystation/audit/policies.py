"""Who may look at the log."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="audit.view",
            roles=frozenset({"coordinator", "administrator"}),
            says=_("See the log: who did what, without what was in it."),
        ),
    ]
)

"""Why the machine orders and matches as it does, and what the log calls this room's actions, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from waystation.casework.codes import Severity, Threat
from waystation.casework.triage import Reasons
from waystation.people.reasons import in_words
from waystation.web.components.cldr import ago

PARTS = {"casework_need": gettext_lazy("what was needed")}
LOG = {
    "casework.help": gettext_lazy("Recorded needs and help"),
    "casework.urgent": gettext_lazy("Recorded urgent help"),
    "casework.attach": gettext_lazy("Said whose urgent help it was"),
    "casework.need_state": gettext_lazy("Said what became of a need"),
    "casework.count": gettext_lazy("Counted people without a name"),
    "casework.undo_count": gettext_lazy("Took back a count"),
}
REASONS = {
    "too-late": gettext_lazy("after it had ended"),
    "not-accepted": gettext_lazy("of what nobody here had accepted"),
    "nobody-to-take": gettext_lazy("for nobody here who may take it over"),
    "too-many-waiting": gettext_lazy("while too many of that organisation wait for a decision here"),
    "not-agreed": gettext_lazy("without the person's yes"),
}
"""Why a message of another organisation about somebody was refused (`problems`)."""


def why_found(reasons: Sequence[str]) -> str:
    """Why a person was found, in one sentence."""
    said = [str(in_words(reason)) for reason in dict.fromkeys(reasons)]
    return _("Because: %(reasons)s.") % {"reasons": pgettext("between reasons", ", ").join(said)} if said else ""


def why_here(reasons: Reasons) -> str:
    """Why someone stands at this place of the list, in one sentence."""
    since = ago(reasons.waiting_since)
    severity = str(Severity(reasons.severity).label)
    if not reasons.threats:
        return _("How bad: %(severity)s. Recorded %(since)s.") % {"severity": severity, "since": since}
    threats = pgettext("between reasons", ", ").join(str(Threat(threat).label) for threat in reasons.threats)
    said = {"threats": threats, "severity": severity, "since": since}
    return _("Threatened now: %(threats)s. How bad: %(severity)s. Recorded %(since)s.") % said

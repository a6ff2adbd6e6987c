"""Why the machine orders and matches as it does, and what the log calls this room's actions, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from waystation.casework.codes import Severity, Threat
from waystation.casework.triage import Reasons
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

MATCH = {
    "card": gettext_lazy("the card code is theirs"),
    "code": gettext_lazy("the card code is theirs"),
    "same_code": gettext_lazy("the card code is theirs"),
    "phone": gettext_lazy("the telephone number is theirs"),
    "same_phone": gettext_lazy("the telephone number is theirs"),
    "same_spelling": gettext_lazy("the name is written the same"),
    "same_in_other_script": gettext_lazy("the same name in another script"),
    "sounds_alike": gettext_lazy("the name sounds alike"),
    "one_letter_differs": gettext_lazy("one letter differs"),
    "other_order": gettext_lazy("the same names in another order"),
    "part_missing": gettext_lazy("one part of the name is missing"),
    "known_variant": gettext_lazy("two forms of the same name"),
    "begins_alike": gettext_lazy("the name begins like this"),
    "birth_year_close": gettext_lazy("born about the same year"),
    "same_origin": gettext_lazy("from the same country"),
}


def why_found(reasons: Sequence[str]) -> str:
    """Why a person was found, in one sentence."""
    said = [str(MATCH.get(reason, gettext_lazy("the name is near"))) for reason in dict.fromkeys(reasons)]
    return _("Because %(reasons)s.") % {"reasons": pgettext("between reasons", ", ").join(said)} if said else ""


def why_here(reasons: Reasons) -> str:
    """Why someone stands at this place of the list, in one sentence."""
    since = ago(reasons.waiting_since)
    severity = str(Severity(reasons.severity).label)
    if not reasons.threats:
        return _("How bad: %(severity)s. Recorded %(since)s.") % {"severity": severity, "since": since}
    threats = pgettext("between reasons", ", ").join(str(Threat(threat).label) for threat in reasons.threats)
    said = {"threats": threats, "severity": severity, "since": since}
    return _("Threatened now: %(threats)s. How bad: %(severity)s. Recorded %(since)s.") % said

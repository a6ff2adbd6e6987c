"""Why something stands where it stands, in one sentence."""

from datetime import datetime

from django.utils.translation import gettext as _

from waystation.casework.followups.codes import Section, WaitingOn
from waystation.casework.followups.models import FollowUp
from waystation.web.components.cldr import ago


def why_here(row: FollowUp, section: int, now: datetime) -> str:
    """The clock of a follow-up and its reason."""
    said = {"when": ago(row.due_at) if row.due_at else "", "since": ago(row.opened_at)}
    parts = []
    if section == Section.IMMEDIATE:
        parts.append(_("A life or dignity is threatened now."))
    if row.due_at is not None:
        late = row.due_at < now
        parts.append((_("Was due %(when)s.") if late else _("Due %(when)s.")) % said)
    else:
        parts.append(_("Open since %(since)s.") % said)
    ours = row.waiting_on == WaitingOn.SUPERVISOR and section in {Section.DUE, Section.NEW, Section.LATER}
    if row.waiting_on != WaitingOn.US and not ours:
        parts.append(_("Waits on %(whom)s.") % {"whom": WaitingOn(row.waiting_on).label})
    return " ".join(parts)

"""What the pages of family news say about a state, about who reads a message, and about time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.news.codes import READ_WHERE_DELIVERED, State
from waystation.familylinks.news.models import NewsStep, RedCrossMessage
from waystation.kernel.errors import Text

RULES: tuple[Text, ...] = (
    _("Family news and nothing else: how they are, births, deaths, school, where letters reach them."),
    _("Nothing political or military, for or against anybody."),
    _("No places where people are held, no movements, no routes."),
    _("No coded words, no numbers that say something to somebody else."),
    _("No insults. It may be read by every authority on the way, and must harm nobody."),
)
NEXT: Mapping[str, Text] = {
    State.DRAFT: _("Read it to the writer, then hand it in. Only who writes it down can open it now."),
    State.WRITTEN: _("Somebody else than who wrote it down checks it within 2 days."),
    State.CHECKED: _("It may go. Nobody here reads it any more."),
    State.RETURNED: _(
        "It holds what may not be carried. Only who checked it and the writer know what it says, and why."
    ),
    State.SENT: _("It is on its way. The next office says when it arrives."),
    State.ARRIVED: _("Deliver it where the family is near; otherwise send it on. On the way nobody reads it."),
    State.DELIVERING: _("Bring it within 14 days, and ask whether the family wants to answer."),
    State.DELIVERED: _("The family has it."),
    State.UNDELIVERED: _("It did not reach the family. The words are no longer kept here."),
    State.REPLIED: _("The family answers."),
    State.TAKEN_BACK: _("The writer took it back. The words are no longer kept here."),
    State.CLOSED: _("Nothing more is to be done. The words are no longer kept here."),
}
AWAY: Mapping[str, Text] = {
    State.ARRIVED: _("Another office has it, and delivers it or sends it on."),
    State.DELIVERING: _("Another office brings it to the family."),
}
_LOST: Mapping[str, Text] = {
    "given-up": _("No receipt came back in time. Ask the office by voice before you send it again."),
    "too-many-waiting": _("They have more messages of ours than they can look at. Send it again later."),
    "already-here": _("It has been at that office before. Choose another."),
    "too-many-offices": _("It has been through too many offices. Deliver it, or say why it cannot be delivered."),
}


def next_of(row: RedCrossMessage) -> Text:
    """What its state means, and what comes next."""
    return NEXT[row.state] if row.is_here or row.state not in AWAY else AWAY[row.state]


def why_lost(row: RedCrossMessage) -> Text:
    """Why it did not reach the next office; empty where it did."""
    if not row.lost:
        return ""
    return _LOST.get(row.lost) or _("Their node could not take it. A coordinator can look under Other nodes.")


def readers_of(row: RedCrossMessage) -> Text:
    """Who reads what it says, in words."""
    if row.state == State.DRAFT:
        return _("who writes it down")
    if row.state == State.RETURNED:
        return _("who checked it, and the writer")
    if row.state == State.WRITTEN or (row.is_here and row.state in READ_WHERE_DELIVERED):
        return _("family-links officers")
    return _("nobody here")


def spans(steps: Sequence[NewsStep], now: datetime) -> list[tuple[NewsStep, str]]:
    """Each step with how many days it lasted, the last until now."""
    ends = [*(step.at for step in steps[1:]), now]
    return [(step, _days(end - step.at)) for step, end in zip(steps, ends, strict=True)]


def _days(lasted: timedelta) -> str:
    if lasted.days < 1:
        return gettext("less than a day")
    return ngettext("%(count)d day", "%(count)d days", lasted.days) % {"count": lasted.days}

"""What the log calls this room's actions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from waystation.casework.clocks import YEAR

LOG = {
    "retention.keep": _("Kept a record longer after a review"),
    "retention.seal": _("Sealed a record to the offline key"),
    "retention.ask-back": _("Asked to bring a sealed record back"),
    "retention.open": _("Allowed to bring a sealed record back"),
    "retention.not-back": _("Left a sealed record sealed"),
    "retention.back": _("Brought a sealed record back"),
    "retention.ask-erase-sealed": _("Asked to erase a sealed record"),
    "retention.export": _("Took the packages of sealed records out"),
    "retention.offline-key.name": _("Named an offline key"),
    "retention.offline-key.use": _("Began to use an offline key"),
    "retention.offline-key.refuse": _("Refused an offline key"),
    "retention.hold.ask": _("Asked for a legal hold"),
    "retention.hold.place": _("Placed a legal hold"),
    "retention.hold.refuse": _("Refused a legal hold"),
    "retention.hold.lift": _("Lifted a legal hold"),
    "retention.hold.over": _("A legal hold ended"),
    "retention.wish": _("Noted that a person asks to be erased"),
    "retention.wish.drop": _("Noted that a person stays on record after all"),
    "retention.period": _("Changed how long records are kept"),
    "retention.period.ask": _("Asked to keep records longer"),
    "retention.period.refuse": _("Refused to keep records longer"),
    "retention.batch": _("Asked to erase people after a review"),
    "retention.batch.refuse": _("Refused to erase people after a review"),
    "retention.clock": _("A clock of keeping ran out"),
    "retention.request": _("Wrote down that an authority asked"),
    "retention.request.told": _("Wrote down whether the person was told"),
    "retention.request.ask": _("Asked to answer an authority under a court order"),
    "retention.request.give": _("Allowed an answer to an authority under a court order"),
    "retention.request.refuse": _("Refused an answer to an authority"),
    "retention.request.export": _("Took the list of authorities' requests out"),
}
PARTS = {
    "retention_hold": _("why a legal hold stands"),
    "retention_kept": _("why the record is kept"),
    "retention_authorityrequest": _("what an authority asked"),
}


def lasting(days: int) -> str:
    """How long something is kept, in whole years where it is whole years."""
    if days and days % YEAR == 0:
        return ngettext("%(count)d year", "%(count)d years", days // YEAR) % {"count": days // YEAR}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

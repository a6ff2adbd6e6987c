"""How long records are kept on this node: one officer may shorten, it takes two to lengthen."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework import clocks
from waystation.casework.retention import periods
from waystation.casework.retention.codes import OF_TWO, OfTwo
from waystation.casework.retention.models import Period
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Detail, Entry

LENGTHEN = "retention.lengthen"
LONGEST = 20 * 365


@action("retention.clocks")
def change_period(*, by: Actor, clock_code: str, days: int) -> Period:
    """Let a clock run for so many days: at once when that is shorter than now, else once a second officer agrees.

    Raises NotFound for a clock that cannot be changed, Invalid.
    """
    one = clocks.get(clock_code)
    if one is None or one.fixed:
        raise NotFound
    if not 1 <= days <= LONGEST:
        raise Invalid({"days": _("Write a number of days between 1 and 7300.")})
    present = periods.of_node()[clock_code]
    if days == present:
        raise Invalid({"days": _("It is so many days already.")})
    Period.objects.filter(clock=clock_code, state=OfTwo.ASKED).update(state=OF_TWO.after(OfTwo.ASKED, "end"))
    period = Period(clock=clock_code, days=days, at=clock.now(), by=by.account_id)
    period.save(force_insert=True)
    if days < present:
        _stand(by, period)
        return period
    detail: Detail = {"clock": clock_code, "days": days}
    journal.record(by, Entry(action="retention.period.ask", subject=period.pk, detail=detail))
    approvals.request(by=by, kind=LENGTHEN, subject=period.pk, reason="")
    return period


def lengthen(by: Actor, period_id: UUID) -> None:
    """The second officer agreed. Raises NotFound, WrongState when another answer came since."""
    period = _locked(period_id)
    period.approved_by = by.account_id
    _stand(by, period)


def refuse(by: Actor, period_id: UUID) -> None:
    """The second officer refused."""
    period = _locked(period_id)
    if OF_TWO.allows(period.state, "refuse"):
        period.state = OF_TWO.after(period.state, "refuse")
        period.save(update_fields=["state"])
        journal.record(by, Entry(action="retention.period.refuse", subject=period.pk))


def _stand(by: Actor, period: Period) -> None:
    state = OF_TWO.after(period.state, "approve")
    standing = Period.objects.filter(clock=period.clock, state=OfTwo.STANDS)
    standing.update(state=OF_TWO.after(OfTwo.STANDS, "end"))
    period.state = state
    period.save(update_fields=["state", "approved_by"])
    detail: Detail = {"clock": period.clock, "days": period.days}
    journal.record(by, Entry(action="retention.period", subject=period.pk, detail=detail))


def _locked(period_id: UUID) -> Period:
    period = Period.objects.select_for_update().filter(pk=period_id).first()
    if period is None:
        raise NotFound
    return period

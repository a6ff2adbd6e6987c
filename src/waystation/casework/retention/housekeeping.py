"""What this room does by itself while the node is unlocked; the server calls it every hour."""

import logging

from waystation.casework import clocks
from waystation.casework.retention import own_clocks, periods
from waystation.casework.retention.actions import holding
from waystation.kernel import journal
from waystation.kernel.journal import Entry
from waystation.vault import node
from waystation.vault.actors import system_actor

log = logging.getLogger(__name__)


def tidy() -> dict[str, int]:
    """End holds that are over, and let the automatic clocks do what is due. How many rows, by clock.

    One clock that fails does not hold up the others.
    """
    done: dict[str, int] = {}
    if not node.is_unlocked():
        return done
    holding.end_overdue()
    days = periods.of_node()
    for one in clocks.all_clocks():
        if one.act is None:
            continue
        try:
            done[one.code] = own_clocks.run(one, days[one.code])
        except Exception:
            log.exception("The clock %s failed; it is tried again in an hour.", one.code)
    entries = [
        Entry(action="retention.clock", reason=code, detail={"rows": count}) for code, count in done.items() if count
    ]
    journal.record(system_actor(), *entries)
    return done

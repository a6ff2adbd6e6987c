"""What the exchange does by itself while the node is open; the server calls it after unlocking and every hour."""

from django.db import transaction

from waystation.exchange import actions, identity, inbox, receipts
from waystation.exchange.codes import GIVE_UP_AFTER, OPEN, RELAYED_KEPT, SENT, SentAct, SentState
from waystation.exchange.models import Outgoing, Relayed
from waystation.kernel import journal
from waystation.kernel.clock import now
from waystation.vault import node

MOST_AT_ONCE = 500


def tidy() -> None:
    """A new key when the month is over, old ones destroyed, what nobody can open given up, new kinds taken up."""
    if not node.is_unlocked() or identity.ensure() is None:
        return
    if identity.key_is_due():
        rotate()
    identity.destroy_old_keys()
    give_up()
    Relayed.objects.filter(came_at__lt=now() - RELAYED_KEPT).delete()
    inbox.take_up()


def rotate() -> None:
    """Make the next month's key and tell every trusted node. Raises NodeLocked."""
    by = identity.exchange_actor()
    with transaction.atomic():
        identity.add_key()
        identity.describe(identity.required())
        actions.tell_everyone(by=by)
        journal.record(by, journal.Entry(action="exchange.rotate"))


def give_up() -> None:
    """End what waited so long that no key can open it any more; its room is told."""
    with transaction.atomic():
        old = Outgoing.objects.filter(state__in=OPEN, made_at__lt=now() - GIVE_UP_AFTER).defer("file")
        for row in old.select_for_update()[:MOST_AT_ONCE]:
            row.state = SentState(SENT.after(row.state, SentAct.GIVE_UP))
            row.answered_at, row.file = now(), b""
            row.save(update_fields=["state", "answered_at", "file"])
            receipts.tell(row)

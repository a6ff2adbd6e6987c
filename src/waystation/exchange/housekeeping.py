"""What the exchange does by itself while the node is open; the server calls it after unlocking and every hour."""

from django.db import transaction
from django.db.models import F, Min, Q

from waystation.exchange import actions, identity, inbox, receipts
from waystation.exchange.codes import GIVE_UP_AFTER, KEPT, OPEN, RELAYED_KEPT, SENT, UNKNOWN_KIND, SentAct, SentState
from waystation.exchange.models import Envelope, Incoming, Outgoing, Peer, Relayed
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
    forget()
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
        old = Outgoing.objects.filter(state__in=OPEN, made_at__lt=now() - GIVE_UP_AFTER)
        for row in old.select_for_update()[:MOST_AT_ONCE]:
            row.state = SentState(SENT.after(row.state, SentAct.GIVE_UP))
            row.answered_at = now()
            row.save(update_fields=["state", "answered_at"])
            Envelope.objects.filter(pk=row.pk).delete()
            receipts.tell(row)


def forget() -> None:
    """Let go of the list of what left and came long ago: of each peer, up to the first that is still looked for.

    Only what is older than every key that still opens: no copy of it is taken a second time, whatever the clock says.
    """
    before = min(now() - KEPT, identity.oldest_key_made_at())
    Incoming.objects.filter(last_at__lt=before, seq__lt=F("sender__came_to")).exclude(outcome=UNKNOWN_KIND).delete()
    for peer_id in Outgoing.objects.filter(answered_at__lt=before).values_list("peer", flat=True).distinct():
        with transaction.atomic():
            peer = Peer.objects.select_for_update().get(pk=peer_id)
            sent = Outgoing.objects.filter(peer=peer)
            looked_for = sent.filter(Q(answered_at__isnull=True) | Q(answered_at__gte=before))
            keep_from = looked_for.aggregate(first=Min("seq"))["first"] or peer.next_seq
            sent.filter(seq__lt=keep_from).delete()
            # A receipt for a number below names a message that this database knows no more.
            peer.ours_from = max(peer.ours_from, keep_from)
            peer.save(update_fields=["ours_from"])

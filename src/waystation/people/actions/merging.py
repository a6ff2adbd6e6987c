"""Two records of one person, and parting them again. Rows never move: a merge says who stands for whom."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, erasure, queries
from waystation.people.documents import MergeDocument
from waystation.people.models import Merge, Person
from waystation.vault import seal


@action("people.merge")
def merge(*, by: Actor, survivor_id: UUID, absorbed_id: UUID, note: str = "") -> Merge:
    """Let one record stand for another of the same person; `split` takes it back. Raises NotFound, Invalid."""
    survivor, absorbed = queries.get_for(by, survivor_id), queries.get_for(by, absorbed_id)
    if survivor.pk == absorbed.pk:
        raise Invalid({"absorbed_id": _("These are already one person. Choose two different records.")})
    errors: cleaning.Errors = {}
    document = cleaning.texts(MergeDocument(note=note), errors, note=cleaning.LONGEST_NOTE)
    cleaning.refuse(errors)
    row = Merge(survivor=survivor, absorbed=absorbed, merged_at=clock.now(), merged_by=by.account_id)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    group = queries.one_person_ids(absorbed)
    Person.objects.filter(pk__in=group).update(merged_into=survivor)
    journal.record(
        by,
        Entry(action="people.merge", subject=survivor.pk, person=survivor.pk, detail={"merge": str(row.pk)}),
        Entry(action="people.merge", subject=absorbed.pk, person=absorbed.pk, detail={"merge": str(row.pk)}),
    )
    return row


@action("people.merge")
def split(*, by: Actor, merge_id: UUID) -> tuple[Person, Person]:
    """Undo a merge: gives who stays and who is parted, with all that was merged into each before.

    What was written since the merge stays with the record that stood for both. Raises NotFound, also for an undone one,
    and HeldBack: the part without the hold could be erased.
    """
    row = Merge.objects.filter(pk=merge_id, undone_at__isnull=True).first()
    if row is None:
        raise NotFound
    root = queries.get_for(by, row.absorbed_id)
    if erasure.refusal(queries.one_person_ids(root)):
        raise erasure.HeldBack(_("A legal hold stands on this person. The records stay joined until it ends."))
    row.undone_at, row.undone_by = clock.now(), by.account_id
    row.save(update_fields=["undone_at", "undone_by"])
    own = _under(row.absorbed_id, queries.one_person_ids(root))
    Person.objects.filter(pk=row.absorbed_id).update(merged_into=None)
    Person.objects.filter(pk__in=own - {row.absorbed_id}).update(merged_into=row.absorbed_id)
    journal.record(
        by,
        Entry(action="people.split", subject=root.pk, person=root.pk, detail={"merge": str(row.pk)}),
        Entry(action="people.split", subject=row.absorbed_id, person=row.absorbed_id, detail={"merge": str(row.pk)}),
    )
    return root, Person.objects.get(pk=row.absorbed_id)


def _under(person_id: UUID, group: Iterable[UUID]) -> set[UUID]:
    """A record and all that stand under it in the tree of merges that hold."""
    below: dict[UUID, list[UUID]] = defaultdict(list)
    standing = Merge.objects.filter(undone_at__isnull=True, absorbed__in=list(group))
    for survivor, absorbed in standing.values_list("survivor_id", "absorbed_id"):
        below[survivor].append(absorbed)
    found, waiting = {person_id}, [person_id]
    while waiting:
        for child in below[waiting.pop()]:
            found.add(child)
            waiting.append(child)
    return found

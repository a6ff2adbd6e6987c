"""Without what a family is not brought together: one sentence for each thing that is missing."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from waystation.casework.children.queries import decided_since
from waystation.familylinks.reunification import queries
from waystation.familylinks.reunification.codes import NEEDS_BEST, NEEDS_BOTH, Act, Side, Submitter
from waystation.familylinks.reunification.documents import ReunificationDocument
from waystation.familylinks.reunification.models import Agreement, Reunification
from waystation.kernel.errors import Text
from waystation.people import queries as people
from waystation.people.codes import CHILDREN, Purpose, RecipientKind
from waystation.people.models import Disclosure

NO_YES = {
    Side.PERSON: _("The person who asks has not said yes, or the yes is over. Ask, and write it down."),
    Side.OTHER: _("The other member of the family has not said yes, or the yes is over. Ask, and write it down."),
}


def against(row: Reunification, said: ReunificationDocument, act: str, agreements: Iterable[Agreement]) -> list[Text]:
    """Why it may not go on. `agreements` are those of the row with their consents."""
    missing: list[Text] = []
    if act in NEEDS_BOTH:
        standing = {one.side for one in agreements if queries.stands(one)}
        missing += [says for side, says in NO_YES.items() if side not in standing]
    if act == Act.PROVE and not said.proofs:
        missing.append(
            _("Nothing is written down yet that shows that they are family. “Nothing but their word” counts.")
        )
    if queries.has_child(row, said):
        missing += _for_a_child(row, act)
    elif act == Act.WEIGH:
        missing.append(_("Neither of them is a child."))
    return missing


def _for_a_child(row: Reunification, act: str) -> list[Text]:
    if act == Act.WEIGH and not _decided(row):
        return [
            _(
                "Nothing is decided in the child's case since this was opened. Ask the caseworker to have it weighed "
                "what is best for the child."
            )
        ]
    if act in NEEDS_BEST and not row.steps.filter(act=Act.WEIGH).exists():
        return [_("One of them is a child: first it must be decided what is best for the child.")]
    return []


def _decided(row: Reunification) -> bool:
    """Whether the best interests of each child in our book were decided since this was opened."""
    children = [person for person in (row.person, row.other) if person and person.age_band in CHILDREN]
    return all(decided_since(child.pk, row.opened_at) for child in children)


def before_authority(row: Reunification, submitter: str) -> Text | None:
    """What we bring before an authority ourselves leaves our book: a second officer agreed to it, and it is listed."""
    if submitter != Submitter.US:
        return None
    left = Disclosure.objects.filter(
        person__in=people.one_person_ids(row.person_id),
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind.AUTHORITY,
        sent_at__gte=row.opened_at,
    )
    if left.exists():
        return None
    return _(
        "If we bring it before the authority, a second officer must agree first: record on the person's page what is "
        "passed on. Or let the family, or their lawyer, bring it."
    )

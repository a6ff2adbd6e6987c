"""What a person's consents allow: rules over opened consents, nothing fetched or written; who hears of a withdrawal."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from waystation.kernel.actors import Actor
from waystation.kernel.clock import today
from waystation.kernel.errors import Text
from waystation.names.writing import normal
from waystation.people.codes import ConsentState, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person

Withdrawn = Callable[[Actor, Consent], None]
_when_withdrawn: list[Withdrawn] = []
Objection = Callable[[Actor, Person, str, ConsentDocument], Text | None]
_objections: list[Objection] = []


def when_withdrawn(hook: Withdrawn) -> None:
    """Call `hook` inside the action that takes a consent back, so that what hangs on it stops at the same moment."""
    if hook not in _when_withdrawn:
        _when_withdrawn.append(hook)


def withdrawn(by: Actor, consent: Consent) -> None:
    """Tell the other rooms that a consent was taken back."""
    for hook in _when_withdrawn:
        hook(by, consent)


def register_objection(objection: Objection) -> None:
    """Ask `objection(actor, person, recipient kind, consent)` before anything leaves under a consent: why not."""
    if objection not in _objections:
        _objections.append(objection)


def objection_to(by: Actor, person: Person, recipient_kind: str, document: ConsentDocument) -> Text | None:
    """The first thing that another room has against it."""
    answers = (objection(by, person, recipient_kind, document) for objection in _objections)
    return next((says for says in answers if says), None)


def stands(consent: Consent, all_of_person: Iterable[Consent], day: date | None = None) -> bool:
    """Whether a consent allows anything on a day: given, not over, and no later answer to the same question."""
    if consent.state != ConsentState.GIVEN or (
        consent.expires_on is not None and consent.expires_on < (day or today())
    ):
        return False
    question = (consent.purpose, consent.recipient_kind)
    return not any(
        (other.purpose, other.recipient_kind) == question
        and other.state != ConsentState.GIVEN
        and (other.withdrawn_at or other.given_at) >= consent.given_at
        for other in all_of_person
        if other.pk != consent.pk
    )


def ends(answer: Consent, said: ConsentDocument, other: Consent, document: ConsentDocument) -> bool:
    """Whether an answer ends another yes: a no to the same question and the same recipients, or they are withheld."""
    if document.recipients and all(is_withheld([said], name) for name in document.recipients):
        return True
    if answer.state == ConsentState.GIVEN:
        return False
    named, others = ({*map(_words, one.recipients)} for one in (said, document))
    same = (answer.purpose, answer.recipient_kind) == (other.purpose, other.recipient_kind)
    return same and (not named or not others or bool(named & others))


def allowing(
    consents: Iterable[Consent],
    documents: Mapping[UUID, ConsentDocument],
    *,
    purpose: str,
    recipient_kind: str,
    recipient: str,
    day: date | None = None,
) -> Consent | None:
    """The newest consent under which `recipient` may be told something for `purpose`, or None.

    A name withheld anywhere is withheld everywhere, also by a consent that is over: only asking again opens it. Who is
    called by it and by more (“City Hospital, Dr Amin”) is withheld too. An authority must be named in the consent.
    """
    rows = list(consents)
    name = _words(recipient)
    if is_withheld(documents.values(), recipient):
        return None
    by_name = recipient_kind == RecipientKind.AUTHORITY
    fitting = [
        row
        for row in rows
        if row.pk in documents
        and (row.purpose, row.recipient_kind) == (purpose, recipient_kind)
        and stands(row, rows, day)
        and ((not documents[row.pk].recipients and not by_name) or name in map(_words, documents[row.pk].recipients))
    ]
    return max(fitting, key=lambda row: row.given_at, default=None)


def is_withheld(documents: Iterable[ConsentDocument], recipient: str) -> bool:
    """Whether the person said anywhere that this recipient must never be told, whatever accents it is written with."""
    name = _words(_unaccented(recipient))
    withheld = (_words(_unaccented(never)) for document in documents for never in document.withheld)
    return any(never and never <= name for never in withheld)


def _words(name: str) -> frozenset[str]:
    """The words of a name, however they are written: no dots, no wide letters, no invisible signs; marks that belong
    to a letter stay with it."""
    return frozenset("".join(sign if _in_word(sign) else " " for sign in normal(name)).split())


def _in_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _unaccented(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))

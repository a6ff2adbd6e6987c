"""When another node may look for somebody of our book: an officer decides whether to ask, then the person decides.

A no, or silence, is never told: for who asks it is as if nobody were known.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.followups import actions as followups
from waystation.exchange import actions as exchange
from waystation.exchange.queries import sent_about
from waystation.familylinks.asking import finding, queries
from waystation.familylinks.asking.codes import (
    CLAIMS,
    LOGGED_AS,
    LONGEST_WORDS,
    OPEN_CLAIMS,
    WORD,
    ClaimAct,
    ClaimState,
    Never,
)
from waystation.familylinks.asking.documents import BarsDocument
from waystation.familylinks.asking.models import Bars, Claim, OwnPublication
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid
from waystation.people import actions as consents
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import USUAL_CONSENT, DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Disclosure
from waystation.vault import new_person_key, seal
from waystation.vault.actors import system_actor
from waystation.vault.sealing import open_for_keeping


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the person says: the words that go to the family, who explained it, in which language, until when."""

    words: str = ""
    note: str = ""
    language: str = ""
    explained_by: str = ""
    read_back: bool = False
    until: date | None = None


class NotFindable(Conflict):
    """The person no longer says that the family may find them."""

    code = "not-findable"
    message = _("The person no longer says that the family may find them. Nothing is told, and nobody asks.")


@action("asking.answer")
def go_on(*, by: Actor, claim_id: UUID, act: str, note: str = "") -> Claim:
    """The person is being asked, or it is somebody else. Raises NotFound, WrongState, Invalid, NotFindable."""
    row = queries.claim_for(by, claim_id, lock=True)
    if act not in {ClaimAct.ASK, ClaimAct.DISMISS}:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    CLAIMS.after(row.state, act)
    if act == ClaimAct.ASK:
        _require_findable(row)
    _write(by, row, note=note)
    _move(by, row, ClaimAct(act))
    return row


@action("asking.answer")
def agree(*, by: Actor, claim_id: UUID, answer: Answer) -> Claim:
    """The person wishes to be in touch: exactly their words are sent, under a consent to this organisation alone.

    Raises NotFound, WrongState, Invalid, NotFindable, PeerNotTrusted.
    """
    row = queries.claim_for(by, claim_id, lock=True)
    CLAIMS.after(row.state, ClaimAct.AGREE)
    _require_findable(row)
    words = cleaning.note(answer.words)
    if problem := (cleaning.too_long(words, LONGEST_WORDS) if words else _("Write down the person's own words.")):
        raise Invalid({"words": problem})
    _consent(by, row, answer)
    body = {"exchange": row.answered.number.bytes, "words": words}
    sent = exchange.send(by=by, peer_id=row.peer_id, kind=WORD, subject=row.pk, body=body)
    _disclose(by, row, sent.pk)
    _write(by, row, words=words, note=answer.note)
    _move(by, row, ClaimAct.AGREE)
    return row


@action("asking.answer")
def decline(*, by: Actor, claim_id: UUID, note: str, never: str) -> Claim:
    """The person does not wish it. Nobody is told, now or ever. Raises NotFound, WrongState, Invalid."""
    row = queries.claim_for(by, claim_id, lock=True)
    CLAIMS.after(row.state, ClaimAct.DECLINE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Never, never, "never", errors)
    cleaning.refuse(errors)
    _write(by, row, note=note)
    _bar(row, never)
    _move(by, row, ClaimAct.DECLINE)
    for other in _unsaid(row.person_id):
        if _is_barred(other):
            _take_back(by, other)
    return row


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """Who may be found no more is asked no more, and words that wait never leave; inside the action that takes the
    consent back."""
    if consent.purpose != Purpose.TRACING:
        return
    for row in _unsaid(consent.person_id):
        if _went_under(consent, row) or not _is_findable(row):
            _take_back(by, row)


def lapse(before: datetime) -> int:
    """Nobody could be asked in time; how many."""
    rows = list(Claim.objects.filter(state__in=OPEN_CLAIMS, came_at__lt=before)[:200])
    for row in rows:
        _move(system_actor(), row, ClaimAct.LAPSE)
    return len(rows)


def _consent(by: Actor, row: Claim, answer: Answer) -> None:
    """The person's yes to these words for this organisation."""
    consents.give_consent(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind.FAMILY,
        document=ConsentDocument(
            recipients=(row.peer.name,),
            language=answer.language,
            explained_by=answer.explained_by,
            read_back=answer.read_back,
        ),
        expires_on=answer.until or clock.today() + USUAL_CONSENT,
    )


def _disclose(by: Actor, row: Claim, number: UUID) -> None:
    """What the message of this number tells, on the list of what left."""
    with translation.override("en"):  # each page then says it in the language of who reads
        told = DisclosureDocument(
            recipient=row.peer.name,
            fields=(str(_("Words of their own")),),
            why=str(_("A member of the family looks for this person")),
        )
    consents.record_disclosure(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind.FAMILY,
        kind=DisclosureKind.MESSAGE,
        document=told,
        number=number,
    )


def _unsaid(person_id: UUID) -> list[Claim]:
    """Claims of which nothing has left yet, or of which words may still wait."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("answered__publication", "peer")
    states = (*OPEN_CLAIMS, ClaimState.AGREED)
    return list(rows.filter(person__in=people.one_person_ids(person_id), state__in=states))


def _went_under(consent: Consent, row: Claim) -> bool:
    """Whether the words of a claim were given under this consent."""
    sent = list(sent_about(row.pk).values_list("pk", flat=True))
    return Disclosure.objects.filter(pk__in=sent, consent=consent).exists()


def _take_back(by: Actor, row: Claim) -> None:
    """What is open ends; words that wait never leave. Words that left have left."""
    if row.state in OPEN_CLAIMS:
        _move(by, row, ClaimAct.DECLINE)
    elif road.call_back(by, {WORD}, row.pk):
        _move(by, row, ClaimAct.TAKE_BACK)


def _require_findable(row: Claim) -> None:
    if not _is_findable(row):
        raise NotFindable


def _is_findable(row: Claim) -> bool:
    name = queries.circle_name(OwnPublication.objects.get(pk=row.answered.publication_id).circle)
    return not _is_barred(row) and finding.is_findable(row.person_id, name)


def _is_barred(row: Claim) -> bool:
    """Whether the person said, there or in any consent, that who asks must never reach them."""
    ids = people.one_person_ids(row.person_id)
    barred = finding.is_barred(ids, peer_id=row.peer_id, country=row.peer.country)
    return barred or finding.withholds(ids, row.peer.name)


def _bar(row: Claim, never: str) -> None:
    if never == Never.NOBODY:
        return
    bars = Bars.objects.select_for_update().filter(person=row.person_id).first()
    known = open_for_keeping(bars, BarsDocument) if bars else BarsDocument()
    if never == Never.ASKER:
        known = replace(known, nodes=tuple({*known.nodes, row.peer_id}))
    else:
        known = replace(known, countries=tuple(sorted({*known.countries, row.peer.country})))
    if bars is None:
        bars = Bars(person_id=row.person_id)
        new_person_key(bars.pk)
    seal(bars, "sealed", known)
    bars.save()


def _write(by: Actor, row: Claim, **said: Any) -> None:
    errors: cleaning.Errors = {}
    document = replace(queries.document_of(row, by=by), **{name: value for name, value in said.items() if value})
    cleaned = cleaning.texts(document, errors, note=cleaning.LONGEST_NOTE, words=LONGEST_WORDS)
    cleaning.refuse(errors)
    seal(row, "sealed", cleaned)


def _move(by: Actor, row: Claim, act: ClaimAct) -> None:
    row.state, row.state_at, row.decided_by = ClaimState(CLAIMS.after(row.state, act)), clock.now(), by.account_id
    row.save(update_fields=["state", "state_at", "decided_by", "sealed"])
    if row.state not in OPEN_CLAIMS:
        followups.drop_all(by=by, subject=row.pk)
    journal.record(by, journal.Entry(action=f"asking.{LOGGED_AS.get(act, act)}", subject=row.pk, person=row.pk))

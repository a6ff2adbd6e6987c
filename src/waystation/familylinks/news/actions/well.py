"""Saying that one is safe and well, taking it back, and answering relatives who ask."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waystation.casework.followups import actions as followups
from waystation.familylinks.news import queries
from waystation.familylinks.news.codes import (
    AGAIN,
    ASK_AGAIN_BEFORE,
    WELL_TABLE,
    AskerKnown,
    Audience,
    WellAct,
    WellState,
)
from waystation.familylinks.news.documents import FAMILY_LINKS, WellDocument
from waystation.familylinks.news.models import SafeAndWell
from waystation.familylinks.news.problems import NothingToSay
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing
from waystation.people import actions as consents
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import LONGEST_CONSENT, ConsentState, DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent
from waystation.vault import open_document, seal

QUESTION: dict[str, Any] = {"purpose": Purpose.TRACING, "recipient_kind": RecipientKind.FAMILY}


@dataclass(frozen=True, kw_only=True)
class WellDraft:
    """To whom it may be told (`Audience`), in which words, until when; `consent` says how it was asked."""

    audience: str
    document: WellDocument
    expires_on: date | None
    consent: ConsentDocument


@action("news.write")
def say(*, by: Actor, person_id: UUID, draft: WellDraft) -> SafeAndWell:
    """Record the person's word; what they said before ends. With NOBODY it is a no, and holds against every asker.

    Raises NotFound, Invalid.
    """
    person = people.get_for(by, person_id)
    document, until = _checked(draft)
    earlier = SafeAndWell.objects.select_for_update().filter(
        person__in=people.one_person_ids(person), state=WellState.STANDS
    )
    for row in earlier:
        _end(by, row, WellAct.REPLACE)
        # A wider yes needs no end of the narrower one, which would also end what else was allowed to the family.
        if draft.audience != Audience.ANYONE and row.consent and row.consent.state == ConsentState.GIVEN:
            consents.withdraw_consent(by=by, consent_id=row.consent.pk)
    asked = replace(draft.consent, note=_("Safe and well"), recipients=document.relatives)
    if draft.audience == Audience.NOBODY:
        answer = consents.refuse_consent(by=by, person_id=person.pk, document=asked, **QUESTION)
    else:
        answer = consents.give_consent(by=by, person_id=person.pk, document=asked, expires_on=until, **QUESTION)
    row = SafeAndWell(
        person=person,
        consent=answer,
        audience=draft.audience,
        state_at=clock.now(),
        expires_on=until,
        made_at=clock.now(),
        made_by=by.account_id,
    )
    seal(row, "sealed", document)
    row.save(force_insert=True)
    _ask_again(by, row)
    journal.about(by, "news.well", row)
    return row


@action("news.write")
def take_back(*, by: Actor, notice_id: UUID) -> SafeAndWell:
    """From now on nothing is told. Raises NotFound, WrongState."""
    row = queries.notice_for(by, notice_id, permission="news.write", lock=True)
    _end(by, row, WellAct.WITHDRAW)
    if row.consent and row.consent.state == ConsentState.GIVEN:
        consents.withdraw_consent(by=by, consent_id=row.consent.pk)
    return row


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """The consent was taken back by another way: the notice ends with it. Inside that action."""
    for row in SafeAndWell.objects.select_for_update().filter(consent=consent, state=WellState.STANDS):
        _end(by, row, WellAct.WITHDRAW)


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks: a name, what they say they are to the person, how that was checked (`AskerKnown`), by which way the
    answer reaches them (`DisclosureKind`)."""

    name: str
    relation: str
    known: str
    by_way: str = DisclosureKind.SPOKEN


@action("news.work")
def tell(*, by: Actor, notice_id: UUID, asker: Asker) -> WellDocument:
    """A relative asks, and was checked: what may be told to them now, written on the list of what left.

    Raises NotFound, Invalid; NothingToSay where the person did not allow it to this asker: then the answer is that of
    somebody who is not known.
    """
    row = queries.notice_for(by, notice_id, permission="news.work")
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(asker, errors, name=200, relation=200)
    if not cleaned.name:
        errors["name"] = _("Write the name of who asks.")
    if not cleaned.relation:
        errors["relation"] = _("Write what they say they are to the person.")
    cleaning.require_code(AskerKnown, asker.known, "known", errors)
    cleaning.require_code(DisclosureKind, asker.by_way, "by_way", errors)
    cleaning.refuse(errors)
    if not row.stands or row.audience == Audience.NOBODY:
        raise _nothing(by, row)
    with translation.override("en"):  # each page then says it in the language of who reads
        known = str(AskerKnown(asker.known).label)
        document = DisclosureDocument(
            recipient=cleaned.name, fields=(_("That they are safe and well"),), why=f"{cleaned.relation}. {known}."
        )
    try:
        consents.record_disclosure(by=by, person_id=row.person_id, kind=asker.by_way, document=document, **QUESTION)
    except ConsentMissing as problem:
        raise _nothing(by, row) from problem
    journal.about(by, "news.well_told", row)
    return open_document(row, WellDocument, by=by)


def _nothing(by: Actor, row: SafeAndWell) -> NothingToSay:
    journal.about(by, "news.well_not_told", row)
    return NothingToSay()


def _end(by: Actor, row: SafeAndWell, act: WellAct) -> None:
    row.state, row.state_at = WellState(WELL_TABLE.after(row.state, act)), clock.now()
    row.save(update_fields=["state", "state_at"])
    followups.drop_all(by=by, subject=row.pk)
    journal.about(by, f"news.well_{act}", row)


def _ask_again(by: Actor, row: SafeAndWell) -> None:
    last = timezone.make_aware(datetime.combine(row.expires_on, time.min))
    followups.open_follow_up(
        by=by,
        kind=AGAIN,
        subject=row.pk,
        compartment=FAMILY_LINKS,
        person_id=row.person_id,
        due_at=max(last - ASK_AGAIN_BEFORE, clock.now()),
    )


def _checked(draft: WellDraft) -> tuple[WellDocument, date]:
    errors: cleaning.Errors = {}
    cleaning.require_code(Audience, draft.audience, "audience", errors)
    document = cleaning.texts(draft.document, errors, relatives=200, words=cleaning.LONGEST_NOTE)
    if draft.audience == Audience.NAMED and not document.relatives:
        errors["relatives"] = _("Write the names of those who may be told, one a line.")
    if draft.audience != Audience.NAMED:
        document = replace(document, relatives=())
    until, today = draft.expires_on, clock.today()
    if until is None or not today <= until <= today + LONGEST_CONSENT:
        errors["expires_on"] = _("Choose a day from today on, two years from now at the latest.")
    if not draft.consent.read_back:
        errors["agreed"] = _("Ask the person to say in their own words what they allow. Without that it is no yes.")
    cleaning.refuse(errors)
    return document, until or today

"""People who allowed it, as a file for one registry; and the placeholders of what is over there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from waystation.casework.followups import actions as followups
from waystation.familylinks.pfif import keeping
from waystation.familylinks.pfif.codes import PfifClock, Told
from waystation.familylinks.pfif.models import PfifRecord
from waystation.familylinks.pfif.records import Note, Person
from waystation.familylinks.pfif.writing import placeholder, stamped, write
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.ids import new_id
from waystation.organisations.queries import own_organisation
from waystation.people import actions as people_actions
from waystation.people import cleaning, coverage, permission, queries
from waystation.people.codes import CHILDREN, LONGEST_CONSENT, DisclosureKind, Purpose, RecipientKind, Sex
from waystation.people.documents import ConsentDocument, DisclosureDocument, IdentityDocument
from waystation.people.models import Consent, Disclosure
from waystation.people.models import Person as Someone
from waystation.vault import open_documents

DOMAIN = re.compile(r"(?=.{4,100}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
LINE = 200
NOT_TO = frozenset({RecipientKind.AUTHORITY})


@dataclass(frozen=True, kw_only=True)
class FileDraft:
    """To whom a file goes and what it tells. `fields` are codes of `Told`; the name is always told."""

    recipient_kind: str
    recipient: str
    domain: str
    until: date
    fields: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Who stands in a file, with the last day of each; how many allowed it and are left out, as children are from what
    is public."""

    people: tuple[tuple[Someone, IdentityDocument, date], ...]
    children: int = 0


def chosen(by: Actor, draft: FileDraft) -> Chosen:
    """Who would stand in a file as of now. Raises Invalid."""
    cleaned = _checked(draft)
    covered = coverage.covered(by, _question(cleaned))
    consents = [consent for _person, consent in covered]
    said = open_documents(consents, ConsentDocument, by=by)
    allowed = [
        (person, consent)
        for person, consent in covered
        if not permission.objection_to(by, person, cleaned.recipient_kind, said[consent.pk])
    ]
    fit = [pair for pair in allowed if not _is_kept_back(pair[0], cleaned)]
    names = queries.identities([person for person, _consent in fit], by=by)
    people = tuple(
        (person, names[person.pk], _last_day(consent, cleaned)) for person, consent in fit if person.pk in names
    )
    return Chosen(people=people, children=len(allowed) - len(fit))


@action("pfif.write")
def write_file(*, by: Actor, draft: FileDraft) -> bytes:
    """Let a file leave now: who allows it, each written down as told, and placeholders of what is over there.

    Raises Invalid, also when nobody allows it and nothing is over.
    """
    cleaned = _checked(draft)
    keeping.end_records(clock.now() - timedelta(days=1))
    told = []
    for person, identity, _until in chosen(by, cleaned).people:
        disclosure = _disclosed(by, person, cleaned)
        if disclosure is not None and disclosure.consent is not None:
            told.append(_record(_kept(by, person, disclosure.consent, cleaned), identity, cleaned.fields))
    over = _placeholders(by, cleaned.recipient_kind, cleaned.recipient)
    if not told and not over:
        raise Invalid({}, _("Nobody allows this today. Nothing was written."))
    detail = {"people": len(told), "over": len(over)}
    journal.record(by, journal.Entry(action="pfif.write", detail=detail))
    return write([*told, *over], clock.now())


@action("pfif.write")
def write_over(*, by: Actor, recipient_kind: str, recipient: str) -> bytes:
    """Only the placeholders of what is over with a recipient. Raises Invalid when there is nothing."""
    keeping.end_records(clock.now() - timedelta(days=1))
    over = _placeholders(by, recipient_kind, recipient)
    if not over:
        raise Invalid({}, _("Nothing is over there."))
    journal.record(by, journal.Entry(action="pfif.write", detail={"people": 0, "over": len(over)}))
    return write(over, clock.now())


def _checked(draft: FileDraft) -> FileDraft:
    errors: cleaning.Errors = {}
    cleaning.require_code(RecipientKind, draft.recipient_kind, "recipient_kind", errors)
    if draft.recipient_kind in NOT_TO:
        errors["recipient_kind"] = _("Authorities are told nothing by a file.")
    recipient, domain = cleaning.line(draft.recipient), draft.domain.strip().lower()
    if not recipient:
        errors["recipient"] = _("Say to whom it goes.")
    elif problem := cleaning.too_long(recipient, LINE):
        errors["recipient"] = problem
    if not DOMAIN.fullmatch(domain):
        errors["domain"] = _("Write the domain of your organisation, like relief.example.org.")
    if set(draft.fields) - set(Told.values):
        errors["fields"] = _("Choose one of the answers offered.")
    if not clock.today() <= draft.until <= clock.today() + LONGEST_CONSENT:
        errors["until"] = _("Choose a day from today on, two years ahead at most.")
    why = cleaning.note(draft.why)
    if problem := cleaning.too_long(why, cleaning.LONGEST_NOTE):
        errors["why"] = problem
    cleaning.refuse(errors)
    told = {"recipient": recipient, "domain": domain, "why": why}
    return FileDraft(**{**vars(draft), **told})


def _question(draft: FileDraft) -> coverage.Question:
    return coverage.Question(
        purpose=Purpose.TRACING,
        recipient_kind=draft.recipient_kind,
        kind=DisclosureKind.LETTER,
        recipient=draft.recipient,
        fields=draft.fields,
    )


def _is_kept_back(person: Someone, draft: FileDraft) -> bool:
    """Children are never named in public, whoever allowed it."""
    return draft.recipient_kind == RecipientKind.PUBLIC and person.age_band in CHILDREN


def _last_day(consent: Consent, draft: FileDraft) -> date:
    return min(draft.until, consent.expires_on or draft.until)


def _disclosed(by: Actor, person: Someone, draft: FileDraft) -> Disclosure | None:
    """Write down that it leaves; nothing for who does not allow it any more."""
    with translation.override("en"):  # each page then says it in the language of who reads
        fields = ("Name", *(str(Told(code).label) for code in draft.fields))
    document = DisclosureDocument(recipient=draft.recipient, fields=fields, why=draft.why)
    try:
        return people_actions.record_disclosure(
            by=by,
            person_id=person.pk,
            purpose=Purpose.TRACING,
            recipient_kind=draft.recipient_kind,
            kind=DisclosureKind.LETTER,
            document=document,
        )
    except ConsentMissing:
        return None


def _kept(by: Actor, person: Someone, consent: Consent, draft: FileDraft) -> PfifRecord:
    now = clock.now()
    row, _is_new = PfifRecord.objects.update_or_create(
        person=person,
        recipient_kind=draft.recipient_kind,
        recipient=draft.recipient,
        domain=draft.domain,
        defaults={
            "consent": consent, "until": _last_day(consent, draft), "told_at": now, "told_by": by.account_id,
        },
        create_defaults={
            "id": new_id(), "consent": consent, "until": _last_day(consent, draft), "told_at": now,
            "told_by": by.account_id,
        },
    )  # fmt: skip
    return row


def _record(row: PfifRecord, identity: IdentityDocument, fields: Iterable[str]) -> Person:
    """A record of PFIF 1.4 with what may be told."""
    organisation = own_organisation()
    us = organisation.name if organisation else row.domain
    told, now = set(fields), stamped(row.told_at)
    optional = {
        name: value
        for code, told_of in _optional(row, identity).items()
        if code in told
        for name, value in told_of.items()
    }
    notes = (_note(row, us, now),) if Told.ALIVE in told else ()
    return Person(
        person_record_id=row.number,
        entry_date=now,
        source_date=now,
        expiry_date=stamped(row.ends_at),
        author_name=us,
        source_name=us,
        full_name=identity.display_name or row.number,
        given_name=identity.given_name,
        family_name=identity.family_name,
        notes=notes,
        **optional,
    )


def _optional(row: PfifRecord, identity: IdentityDocument) -> Mapping[str, Mapping[str, str]]:
    sex = row.person.sex if row.person and row.person.sex in {Sex.FEMALE, Sex.MALE, Sex.OTHER} else ""
    others = [name for name in identity.all_names if name != identity.display_name]
    return {
        Told.OTHER_NAMES: {"alternate_names": "\n".join(others)},
        Told.SEX: {"sex": sex},
        Told.BIRTH: {"date_of_birth": str(identity.birth_year or "")},
        Told.COUNTRY: {"home_country": identity.origin},
    }


def _note(row: PfifRecord, us: str, now: str) -> Note:
    return Note(
        note_record_id=f"{row.domain}/note.{row.pk.hex}",
        entry_date=now,
        author_name=us,
        source_date=now,
        author_made_contact="true",
        status="believed_alive",
        text=_("We are in touch with this person. Write to us, and we ask whether they want to hear from you."),
    )


def _placeholders(by: Actor, recipient_kind: str, recipient: str) -> list[Person]:
    rows = list(PfifRecord.objects.filter(recipient_kind=recipient_kind, recipient=recipient, over_at__isnull=False))
    now = clock.now()
    PfifRecord.objects.filter(pk__in=[row.pk for row in rows]).update(over_told_at=now)
    for row in rows:
        _told_over(by, row.pk)
    return [placeholder(row.number, stamped(row.ends_at), now) for row in rows]


def _told_over(by: Actor, number: UUID) -> None:
    followups.finish_follow_up(by=by, kind=PfifClock.OVER, subject=number)

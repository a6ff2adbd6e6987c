"""The summary handed on, and what another post wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.casework.health import queries
from waystation.casework.health.actions.common import LINE, new, patient, tell
from waystation.casework.health.actions.summary import SINCE, add_line
from waystation.casework.health.codes.diseases import Act, Disease
from waystation.casework.health.codes.summary import DISEASE_CODES, RESULT_CODES, SNOMED, SYSTEMS, WRITTEN, Kind
from waystation.casework.health.ips.reading import Unreadable, read
from waystation.casework.health.ips.writing import Leaving, Told, write
from waystation.casework.health.models import (
    DiseaseDocument,
    Line,
    LineDocument,
    OriginalDocument,
    Received,
    ReceivedDocument,
    ReceivedLine,
)
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.organisations.queries import own_organisation
from waystation.people import actions as consents
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import NAMELESS, ConsentDocument, DisclosureDocument, IdentityDocument
from waystation.people.models import Person
from waystation.vault import open_document, seal

SELF = _("The person, to carry it")
"""Who receives the file when no helper does."""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What leaves and to whom: `lines` and `results` are numbers of rows; no `recipient`: the person carries it.

    `consent` says how the person agreed, `expires_on` until when.
    """

    lines: frozenset[UUID]
    results: frozenset[UUID]
    consent: ConsentDocument
    expires_on: date | None
    recipient: str = ""
    recipient_kind: str = RecipientKind.HEALTH
    kind: str = DisclosureKind.PAPER


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """What was chosen, opened."""

    lines: Sequence[LineDocument]
    results: Sequence[DiseaseDocument]
    none: frozenset[str]


@action("health.work")
def hand_over(*, by: Actor, person_id: UUID, what: HandOver) -> bytes:
    """Record the yes, write down what leaves to whom, and give the file, all at once.

    Raises NotAllowed, NotFound, Invalid, ConsentMissing, AuthorityRefused.
    """
    person = patient(by, person_id)
    chosen = _chosen(by, person, what)
    told = _parts(chosen)
    to_self = not what.recipient.strip()
    recipient = str(SELF) if to_self else what.recipient.strip()
    kind = RecipientKind.OTHER if to_self else what.recipient_kind
    purpose = Purpose.SERVICES if to_self else Purpose.REFERRAL
    note = f"{gettext('Health summary')}: {gettext(', ').join(told)}"
    if kind != RecipientKind.AUTHORITY:
        consents.give_consent(
            by=by,
            person_id=person.pk,
            purpose=purpose,
            recipient_kind=kind,
            document=replace(what.consent, recipients=(recipient,), note=note[: cleaning.LONGEST_NOTE]),
            expires_on=what.expires_on,
        )
    with translation.override("en"):  # each page then says it in the language of who reads
        fields = _parts(chosen)
    consents.record_disclosure(
        by=by,
        person_id=person.pk,
        purpose=purpose,
        recipient_kind=kind,
        kind=what.kind,
        document=DisclosureDocument(recipient=recipient, fields=fields, why=gettext("Health summary")),
    )
    return write(_leaving(people.identity_of(person, by=by), person, chosen))


def _chosen(by: Actor, person: Person, what: HandOver) -> _Chosen:
    lines = queries.lines_of(person, by=by)
    results = [(row, text) for row, text in queries.screenings_of(person, by=by) if text.result]
    known = {row.pk for row, _text in lines} | {row.pk for row, _text in results}
    if (what.lines | what.results) - known:
        raise Invalid({"lines": _("Something has changed meanwhile. Load the page anew and choose again.")})
    return _Chosen(
        lines=[text for row, text in lines if row.pk in what.lines and not text.none],
        results=[text for row, text in results if row.pk in what.results],
        none=frozenset(text.kind for row, text in lines if row.pk in what.lines and text.none),
    )


def _parts(chosen: _Chosen) -> tuple[str, ...]:
    """What leaves, in words for the consent and the list of what left: kinds, and no illness by name."""
    kinds = {text.kind for text in chosen.lines} | chosen.none | ({Kind.RESULT.value} if chosen.results else set())
    who = gettext("Name, sex, year or day of birth")
    return (who, *(str(kind.label) for kind in Kind if kind in kinds))


def _leaving(identity: IdentityDocument, person: Person, chosen: _Chosen) -> Leaving:
    born = identity.birth_date.isoformat() if identity.birth_date else str(identity.birth_year or "")
    lines: dict[str, list[Told]] = {}
    for text in chosen.lines:
        lines.setdefault(text.kind, []).append(
            Told(text=text.text, system=text.system, code=text.code, when=text.since, more=text.more)
        )
    if chosen.results:
        lines[Kind.RESULT] = [_result(text) for text in chosen.results]
    organisation = own_organisation()
    return Leaving(
        organisation=organisation.name if organisation else "",
        at=clock.now(),
        name=identity.display_name or str(NAMELESS),
        sex=person.sex,
        born=born,
        lines=lines,
        none=chosen.none,
    )


def _result(text: DiseaseDocument) -> Told:
    """A result, with how far the treatment is, so that the next stop can go on."""
    code = DISEASE_CODES.get(text.disease, "")
    steps = [
        f"{gettext('Treatment begun')}: {text.treated_on}" if text.treated_on else "",
        f"{gettext('Treatment completed')}: {text.completed_on}" if text.completed_on else "",
        next((step.words for step in reversed(text.steps) if step.words and step.act in {Act.TREAT, Act.CHECK}), ""),
    ]
    return Told(
        text=text.other if text.disease == Disease.OTHER else str(Disease(text.disease).label),
        system=SNOMED if code else "",
        code=code,
        when=text.result_on.isoformat() if text.result_on else "",
        more=" · ".join(part for part in steps if part),
        result=RESULT_CODES[text.result],
    )


@action("health.work")
def keep_received(*, by: Actor, person_id: UUID, raw: bytes, same_person: bool = False) -> Received:
    """Read a summary that another post wrote and keep it, with the file itself, beside the person.

    Raises Invalid with every line or field that cannot be read (`file`), or when the name in it is another (`same`);
    NotAllowed, NotFound. Nothing is kept then. Read twice it is kept once.
    """
    person = patient(by, person_id)
    try:
        document = read(raw)
    except Unreadable as problem:
        raise Invalid({"file": " ".join(problem.problems)}) from problem
    identity = people.identity_of(person, by=by)
    if not same_person and not _may_be(document, identity):
        says = gettext("In this file the person is called “%(name)s”. If it is this person, say so below.")
        raise Invalid({"same": says % {"name": document.name}})
    before = [one for one, text in queries.newest(by, Received, person, ReceivedDocument) if text == document]
    row: Received = before[0] if before else new(Received, by, person)
    if before:
        return row
    seal(row, "sealed", document)
    seal(row, "original", OriginalDocument(raw=raw))
    row.save(force_insert=True)
    tell(by, "health.received", row)
    return row


def _may_be(document: ReceivedDocument, identity: IdentityDocument) -> bool:
    """Whether a name in the file shares a word with a name of the person."""
    ours = {word for name in identity.all_names for word in name.casefold().split()}
    return bool(ours & set(document.name.casefold().split()))


@action("health.work")
def take_over(*, by: Actor, received_id: UUID, section: int, line: int) -> Line:
    """Write a line of another post into our own summary, with who told it. Raises NotFound, Invalid."""
    row = queries.get_for(by, Received, received_id)
    document = open_document(row, ReceivedDocument, by=by)
    if not (0 <= section < len(document.sections) and 0 <= line < len(document.sections[section].lines)):
        raise NotFound
    found = document.sections[section]
    if found.kind not in WRITTEN or found.lines[line].absent:
        raise Invalid({}, _("Only allergies, medicines, conditions and vaccinations can be written into ours."))
    person = patient(by, row.person_id)
    made = _ours(found.kind, found.lines[line], document.author)
    same = [have for have, text in queries.lines_of(person, by=by) if _same(text, made)]
    return same[0] if same else add_line(by, person, made)


def _ours(kind: str, told: ReceivedLine, author: str) -> LineDocument:
    coded = told.system in SYSTEMS and bool(told.code)
    since = told.when.split("/")[0]
    return LineDocument(
        kind=kind,
        text=told.text[:LINE],
        system=told.system if coded else "",
        code=told.code if coded else "",
        since=since if SINCE.fullmatch(since) else "",
        more=told.more[:LINE],
        told_by=author[:LINE],
    )


def _same(text: LineDocument, made: LineDocument) -> bool:
    return (text.kind, text.text.casefold(), text.since) == (made.kind, made.text.casefold(), made.since)

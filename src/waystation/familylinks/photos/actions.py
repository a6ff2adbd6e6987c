"""Every write on photos: put one forward, let a second officer decide, take it down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.familylinks.photos import ages, pictures, queries
from waystation.familylinks.photos.codes import (
    ASK_BEFORE_END,
    BY_OFFICER,
    DECIDE_WITHIN,
    TABLE,
    USUAL,
    Act,
    Down,
    LooksFor,
    PhotoClock,
    State,
)
from waystation.familylinks.photos.documents import PictureDocument, PostingDocument
from waystation.familylinks.photos.models import Picture, Posting
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import ConsentMissing, Invalid, Text
from waystation.people import cleaning, coverage
from waystation.people import queries as people
from waystation.people.actions.consenting import disclose
from waystation.people.codes import DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import DisclosureDocument
from waystation.people.models import Consent, Person
from waystation.vault import erase_person, new_person_key, seal

RECIPIENT = "Public page of photos"
"""What a consent may name besides the public in general; never translated, so that it is found again."""
NOT_ALLOWED = _(
    "The person has not allowed that a photo is shown to the public. Ask, and record the answer first: "
    "“Publishing a photo”, to the public, until a day."
)
TOO_YOUNG = _("Nobody under fifteen is shown. Look for the family without a photo.")
NO_PICTURE: Text = _("Choose a photo, as JPEG or PNG.")


@dataclass(frozen=True, kw_only=True)
class PhotoDraft:
    """What is put forward. `told`: the person knows that anybody may see and keep the photo; `at_least_fifteen` is
    what the officer says where the age is not known."""

    looks_for: str
    picture: bytes
    until: date | None = None
    told: bool = False
    at_least_fifteen: bool = False
    note: str = ""


@action("photos.work")
def draft(*, by: Actor, person_id: UUID, draft: PhotoDraft) -> Posting:
    """Put a photo forward; nobody outside sees it before a second officer agreed. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(LooksFor, draft.looks_for, "looks_for", errors)
    _check_age(by, person, errors, confirmed=draft.at_least_fifteen)
    if not draft.told:
        errors["told"] = _("Tell the person first, and ask whether they still want it.")
    picture = _picture(draft.picture, errors)
    said = cleaning.texts(PostingDocument(note=draft.note), errors, note=cleaning.LONGEST_NOTE)
    consent = _consent(by, person)
    until = _until(draft.until, consent, errors)
    cleaning.refuse(errors)
    for earlier in queries.of_person(person, by=by):
        if earlier.state == State.DRAFTED:
            _down(by, earlier, Down.REPLACED)
    now = clock.now()
    row = Posting(person=person, consent=consent, looks_for=draft.looks_for, until=until, state_at=now)
    row.drafted_at, row.drafted_by = now, by.account_id
    seal(row, "sealed", said)
    row.save(force_insert=True)
    _keep_picture(row, picture)
    _clock(by, row, PhotoClock.DECIDE)
    journal.about(by, "photos.draft", row)
    return row


@action("photos.work")
def show(*, by: Actor, posting_id: UUID, nothing_tells: bool) -> Posting:
    """A second officer agrees: it is shown from this moment, and listed as told to the public.

    `nothing_tells`: the officer has looked, and the photo shows a face and nothing by which a name, a place, an age
    or a number is known. Another photo of the person comes down. Raises NotFound, WrongState, Invalid.
    """
    person = queries.get_for(by, posting_id).person
    coverage.locked(person)
    row = queries.get_for(by, posting_id, lock=True)
    end = TABLE.after(row.state, Act.SHOW)
    if row.drafted_by == by.account_id:
        raise Invalid({}, _("You put this photo forward yourself. Another officer decides."))
    errors: cleaning.Errors = {}
    if not nothing_tells:
        errors["nothing_tells"] = _("Look at the photo first. If something in it tells more, do not show it.")
    # Whoever put it forward said how old the person is where that is not known; too young is too young.
    _check_age(by, row.person, errors, confirmed=True)
    consent = _consent(by, row.person)
    row.consent, row.until = consent, min(row.until, consent.expires_on or row.until)
    if row.until < clock.today():
        errors["nothing_tells"] = _("Its last day has passed while it waited. Put it forward anew.")
    cleaning.refuse(errors)
    for earlier in queries.of_person(row.person, by=by):
        if earlier.state == State.SHOWN:
            _down(by, earlier, Down.REPLACED)
    now = clock.now()
    row.state, row.state_at, row.shown_at, row.decided_by = State(end), now, now, by.account_id
    row.save(update_fields=["state", "state_at", "shown_at", "decided_by", "consent", "until"])
    followups.finish_follow_up(by=by, kind=PhotoClock.DECIDE, subject=row.pk)
    _clock(by, row, PhotoClock.ENDS)
    _tell(by, row)
    journal.about(by, "photos.show", row)
    return row


@action("photos.work")
def refuse(*, by: Actor, posting_id: UUID, why: str) -> Posting:
    """A second officer does not agree, and says why; the picture is gone. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, posting_id, lock=True)
    TABLE.after(row.state, Act.REFUSE)
    _mend(by, row, why)
    return _down(by, row, Down.NOT_AGREED)


@action("photos.work")
def take_down(*, by: Actor, posting_id: UUID, reason: str, why: str = "") -> Posting:
    """An officer takes it down; the picture is gone for good. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, posting_id, lock=True)
    TABLE.after(row.state, Act.TAKE_DOWN)
    if reason not in BY_OFFICER:
        raise Invalid({"reason": _("Choose one of the answers offered.")})
    if reason == Down.OTHER or why.strip():
        _mend(by, row, why)
    return _down(by, row, Down(reason))


def when_withdrawn(by: Actor, consent: Consent) -> None:
    """In the moment in which the person takes the consent back. Inside that action."""
    rows = Posting.objects.select_for_update().filter(consent=consent).exclude(state=State.DOWN)
    _all_down(by, rows, Down.WITHDRAWN)


def take_down_over(by: Actor, chunk: int) -> int:
    """Those whose last day has passed: they are shown no more already, now the pictures go. How many."""
    rows = Posting.objects.select_for_update().filter(until__lt=clock.today()).exclude(state=State.DOWN)
    return _all_down(by, rows[:chunk], Down.EXPIRED)


def erase_pictures(posting_ids: Iterable[UUID]) -> None:
    """Pictures and their keys: nothing of them can be opened any more, in older copies neither."""
    rows = Picture.objects.filter(posting__in=list(posting_ids))
    gone = list(rows.values_list("pk", flat=True))
    rows.delete()
    for picture_id in gone:
        erase_person(picture_id)


def _all_down(by: Actor, rows: Iterable[Posting], reason: Down) -> int:
    return len([_down(by, row, reason) for row in rows])


def _down(by: Actor, row: Posting, reason: Down) -> Posting:
    row.state, row.state_at, row.down = State.DOWN, clock.now(), reason
    row.save(update_fields=["state", "state_at", "down", "sealed"])
    erase_pictures([row.pk])
    followups.drop_all(by=by, subject=row.pk)
    journal.record(
        by, journal.Entry(action="photos.down", subject=row.pk, person=row.person_id, detail={"reason": reason.value})
    )
    return row


def _mend(by: Actor, row: Posting, why: str) -> None:
    errors: cleaning.Errors = {}
    said = cleaning.texts(replace(queries.words(row, by=by), why=why), errors, why=cleaning.LONGEST_NOTE)
    if not said.why:
        errors["why"] = _("Say why.")
    cleaning.refuse(errors)
    seal(row, "sealed", said)


def _check_age(by: Actor, person: Person, errors: cleaning.Errors, *, confirmed: bool) -> None:
    known = ages.of(person, people.identity_of(person, by=by))
    if known is ages.Age.TOO_YOUNG:
        raise Invalid({}, TOO_YOUNG)
    if known is ages.Age.NOT_SURE and not confirmed:
        errors["at_least_fifteen"] = _("The age is not known for sure. Ask, and say whether the person is fifteen.")


def _consent(by: Actor, person: Person) -> Consent:
    try:
        return coverage.consent_for(
            by,
            person,
            purpose=Purpose.PHOTO,
            recipient_kind=RecipientKind.PUBLIC,
            recipient=RECIPIENT,
            lock=True,
        )
    except ConsentMissing as problem:
        says = NOT_ALLOWED if problem.message == ConsentMissing.message else problem.message
        raise Invalid({}, says) from problem


def _until(wished: date | None, consent: Consent, errors: cleaning.Errors) -> date:
    latest = min(clock.today() + USUAL, consent.expires_on or clock.today())
    if wished is not None and wished < clock.today():
        errors["until"] = _("This day has passed. Choose a later one.")
    elif wished is not None and wished > latest:
        errors["until"] = _("A photo is shown for a year at the most, and never longer than the person allowed.")
    return wished or latest


def _picture(raw: bytes, errors: cleaning.Errors) -> PictureDocument:
    try:
        written = pictures.clean(raw)
    except pictures.NotAPicture:
        errors["file"] = NO_PICTURE
    except pictures.WrongSize:
        errors["file"] = _("A photo has at most 2 MB, and sides of 120 to 6000 points. Send a smaller copy.")
    else:
        return PictureDocument(kind=written.kind, plain=written.plain)
    return PictureDocument()


def _keep_picture(row: Posting, said: PictureDocument) -> None:
    picture = Picture(posting=row)
    new_person_key(picture.pk)
    seal(picture, "sealed", said)
    picture.save(force_insert=True)


def _tell(by: Actor, row: Posting) -> None:
    with translation.override("en"):  # each page then says it in the language of who reads
        told = (str(_("Photo")), str(_("Family relation")))
    disclose(
        by,
        row.person,
        (Purpose.PHOTO, RecipientKind.PUBLIC, DisclosureKind.PUBLISHED),
        DisclosureDocument(recipient=RECIPIENT, fields=told),
        row.consent,
        clock.now(),
    )


def _clock(by: Actor, row: Posting, kind: PhotoClock) -> None:
    due = clock.now() + DECIDE_WITHIN if kind == PhotoClock.DECIDE else clock.end_of(row.until) - ASK_BEFORE_END
    followups.open_follow_up(
        by=by, kind=kind, subject=row.pk, compartment=Compartment.BASIC, person_id=row.person_id, due_at=due
    )

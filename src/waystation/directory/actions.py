"""Every write on services and who gives them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.referrals.codes import Service as Kind
from waystation.directory import queries
from waystation.directory.codes import (
    ASK_SOON,
    FRESH,
    KEPT,
    TABLE,
    Act,
    DirectoryClock,
    SafeCheck,
    Safety,
    Status,
)
from waystation.directory.models import (
    LINE,
    NOTE,
    Location,
    Phone,
    Provider,
    Service,
    ServiceAt,
    Spoken,
    Wording,
)
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import known_id
from waystation.organisations.models import Post, PostKind
from waystation.organisations.queries import own_organisation, partner_for
from waystation.people import cleaning
from waystation.people.tongues import LANGUAGES

OLDEST = 120
NOT_PUBLIC_POSTS = (PostKind.DETENTION, PostKind.HEADQUARTERS)
"""Where nobody comes to ask for help."""
LINES = {"name": LINE, "fees": LINE, "wait_time": LINE, "description": NOTE, "application": NOTE}
LINES |= {"alert": NOTE, "bring": NOTE}


@dataclass(frozen=True, kw_only=True)
class TextsDraft:
    """What is written about a service in one language."""

    language: str
    name: str = ""
    description: str = ""
    application: str = ""
    fees: str = ""
    wait_time: str = ""
    alert: str = ""
    bring: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceDraft:
    """A service. `provider` is `own`, `partner:<id>`, an id of one in the directory, or empty with a new name."""

    texts: TextsDraft
    kind: str
    provider: str = ""
    provider_name: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    referral_needed: bool = False
    asks_nothing: bool = False
    website: str = ""
    email: str = ""
    area: str = ""
    languages: tuple[str, ...] = ()
    phones: tuple[str, ...] = field(default=())


@action("directory.keep")
def add_service(*, by: Actor, draft: ServiceDraft) -> Service:
    """Put a service into the directory; it counts as confirmed today. Raises NotFound, Invalid."""
    row = Service(assured_on=clock.today(), assured_by=by.account_id)
    return _write(by, row, draft, "directory.add")


@action("directory.keep")
def change_service(*, by: Actor, service_id: UUID, draft: ServiceDraft) -> Service:
    """Change what is said of a service; it counts as confirmed today. Raises NotFound, Invalid."""
    row = queries.get_for(by, service_id, lock=True)
    before = row.provider
    row.assured_on, row.assured_by = clock.today(), by.account_id
    row = _write(by, row, draft, "directory.change")
    if before.pk != row.provider_id:
        set_clock(by, before)
    return row


@action("directory.keep")
def confirm(*, by: Actor, service_id: UUID) -> Service:
    """What stands there is still true today. Raises NotFound."""
    row = queries.get_for(by, service_id, lock=True)
    _confirm(by, [row])
    set_clock(by, row.provider)
    return row


@action("directory.keep")
def confirm_all(*, by: Actor, provider_id: UUID) -> int:
    """All that one organisation offers is still true today; how many. Raises NotFound."""
    provider = queries.provider_for(by, provider_id)
    rows = list(provider.services.select_for_update().filter(status__in=KEPT))
    _confirm(by, rows)
    set_clock(by, provider)
    return len(rows)


@action("directory.keep")
def go_on(*, by: Actor, service_id: UUID, act: str) -> Service:
    """Show, close for now, hide, end. Raises NotFound, WrongState."""
    row = queries.get_for(by, service_id, lock=True)
    row.status, row.changed_at = Status(TABLE.after(row.status, act)), clock.now()
    if act != Act.HIDE:
        row.assured_on, row.assured_by = clock.today(), by.account_id
    row.save(update_fields=["status", "changed_at", "assured_on", "assured_by"])
    set_clock(by, row.provider)
    journal.record(by, journal.Entry(action=f"directory.{act}", subject=row.pk))
    return row


@action("directory.keep")
def mark_safe(*, by: Actor, service_id: UUID, checks: Collection[str]) -> Service:
    """It was looked at and people can go there without fear. Raises NotFound, Invalid for what was not checked."""
    row = queries.get_for(by, service_id, lock=True)
    if missing := [check for check in SafeCheck if check.value not in checks]:
        said = "; ".join(str(one.label) for one in missing)
        raise Invalid(
            {"checks": _("It can be called safe only when all of it is so. Not so: %(what)s.") % {"what": said}}
        )
    return _mark(by, row, Safety.SAFE, "directory.safe")


@action("directory.keep")
def mark_unsafe(*, by: Actor, service_id: UUID) -> Service:
    """People must not be sent there: from this moment nobody outside is shown it. Raises NotFound."""
    return _mark(by, queries.get_for(by, service_id, lock=True), Safety.UNSAFE, "directory.unsafe")


@action("directory.keep")
def write_in(*, by: Actor, service_id: UUID, texts: TextsDraft) -> Wording:
    """Say it in another language too, or change what is said there. Raises NotFound, Invalid."""
    row = queries.get_for(by, service_id, lock=True)
    errors: cleaning.Errors = {}
    cleaned = _texts(texts, errors)
    if cleaned.language == row.language:
        errors["language"] = _("The entry itself is in this language. Choose another.")
    cleaning.refuse(errors)
    said = {name: getattr(cleaned, name) for name in LINES}
    wording, _made = Wording.objects.update_or_create(service=row, language=cleaned.language, defaults=said)
    journal.record(by, journal.Entry(action="directory.write_in", subject=row.pk))
    return wording


@action("directory.keep")
def list_post(*, by: Actor, post_id: UUID) -> Service:
    """Put a post of ours into the directory, with what is known of it. Raises NotFound, Invalid for one that is."""
    post = Post.objects.filter(pk=post_id, is_open=True).exclude(kind__in=NOT_PUBLIC_POSTS).first()
    if post is None:
        raise NotFound
    if Location.objects.filter(post=post).exists():
        raise Invalid({"post": _("This post stands in the directory already.")})
    texts = TextsDraft(language="eng", name=post.name, description=post.hours)
    row = _write(by, Service(assured_on=clock.today(), assured_by=by.account_id), _of_post(texts), "directory.add")
    own = own_organisation()
    country = own.country if own else ""
    place = Location.objects.create(post=post, name=post.name, address=post.place[:LINE], country=country)
    ServiceAt.objects.create(service=row, location=place)
    return row


def set_clock(by: Actor, provider: Provider) -> None:
    """When somebody asks an organisation next whether all of it is still true, inside the caller's action."""
    followups.finish_follow_up(by=by, kind=DirectoryClock.CONFIRM, subject=provider.pk)
    rows = list(provider.services.filter(status__in=KEPT))
    if rows:
        followups.open_follow_up(
            by=by,
            kind=DirectoryClock.CONFIRM,
            subject=provider.pk,
            compartment=Compartment.BASIC,
            due_at=min(map(_ask_at, rows)),
            owner=by.account_id,
        )


def _ask_at(row: Service) -> datetime:
    """Half a year after one of us confirmed it; what nobody of us ever did is asked about soon after it came."""
    if row.assured_on and row.assured_by:
        return timezone.make_aware(datetime.combine(row.assured_on + FRESH, time(12)))
    return row.changed_at + ASK_SOON


def checked_language(code: str, errors: cleaning.Errors, name: str = "language") -> None:
    """Note an error for what is no language."""
    if code not in LANGUAGES:
        errors[name] = _("Choose a language from the list.")


def _of_post(texts: TextsDraft) -> ServiceDraft:
    return ServiceDraft(texts=texts, kind=Kind.SOCIAL, provider="own", asks_nothing=True)


def _write(by: Actor, row: Service, draft: ServiceDraft, name: str) -> Service:
    errors: cleaning.Errors = {}
    texts = _texts(draft.texts, errors)
    phones = _phones(draft.phones, errors)
    _facts(draft, errors)
    provider = _provider(by, draft, errors)
    cleaning.refuse(errors)
    if provider is None:
        raise NotFound
    for part in (*LINES, "language"):
        setattr(row, part, getattr(texts, part))
    for part in ("kind", "minimum_age", "maximum_age", "referral_needed", "asks_nothing", "website", "email", "area"):
        setattr(row, part, getattr(draft, part))
    row.provider, row.changed_at = provider, clock.now()
    row.save()
    _spoken_and_phones(row, draft.languages, phones)
    set_clock(by, provider)
    journal.record(by, journal.Entry(action=name, subject=row.pk))
    return row


def _texts(texts: TextsDraft, errors: cleaning.Errors) -> TextsDraft:
    cleaned = cleaning.texts(texts, errors, **LINES)
    if not cleaned.name:
        errors["name"] = _("Say what it is called, so that people can ask for it.")
    checked_language(cleaned.language, errors)
    return cleaned


def _facts(draft: ServiceDraft, errors: cleaning.Errors) -> None:
    cleaning.require_code(Kind, draft.kind, "kind", errors)
    if any(code not in LANGUAGES for code in draft.languages):
        errors["languages"] = _("Choose a language from the list.")
    for name in ("minimum_age", "maximum_age"):
        if (age := getattr(draft, name)) is not None and not 0 <= age <= OLDEST:
            errors[name] = _("Write an age in years, or leave it empty.")
    if draft.minimum_age is not None and draft.maximum_age is not None and draft.maximum_age < draft.minimum_age:
        errors["maximum_age"] = _("The oldest age is below the youngest. Mend one.")
    if problem := cleaning.too_long(draft.area, LINE):
        errors["area"] = problem
    if draft.website and not is_address(draft.website):
        errors["website"] = _("Write the whole address, like https://example.org.")
    if draft.email and not is_email(draft.email):
        errors["email"] = _("Write an e-mail address, like help@example.org.")


def is_address(text: str) -> bool:
    """Whether a browser can go there."""
    try:
        URLValidator(schemes=("https", "http"))(text)
    except ValidationError:
        return False
    return len(text) <= LINE


def is_email(text: str) -> bool:
    """Whether one can write there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LINE


def _phones(numbers: tuple[str, ...], errors: cleaning.Errors) -> list[str]:
    try:
        return [phone for phone in map(cleaning.phone, numbers) if phone]
    except ValueError:
        errors["phones"] = _("Write the telephone number with its digits, like +254 700 123456.")
        return []


def _provider(by: Actor, draft: ServiceDraft, errors: cleaning.Errors) -> Provider | None:
    if draft.provider == "own":
        return own_provider()
    if draft.provider.startswith("partner:"):
        return _of_partner(by, draft.provider.removeprefix("partner:"))
    if draft.provider:
        return queries.provider_for(by, known_id(draft.provider))
    name = cleaning.line(draft.provider_name)
    if not name or len(name) > LINE:
        errors["provider_name"] = _("Choose who helps, or write the name.")
    if errors:
        return None
    return Provider.objects.filter(name=name).first() or Provider.objects.create(name=name)


def own_provider() -> Provider:
    """Our own organisation in the directory; made when it is first needed."""
    known = Provider.objects.filter(is_own=True).first()
    return known or Provider.objects.create(is_own=True, name=own_name())


def own_name() -> str:
    """What our own organisation is called."""
    own = own_organisation()
    return own.name if own else ""


def _of_partner(by: Actor, partner_id: str) -> Provider:
    partner = partner_for(by, known_id(partner_id))
    known = Provider.objects.filter(partner=partner).first()
    return known or Provider.objects.create(partner=partner, name=partner.name, description=partner.services)


def _spoken_and_phones(row: Service, languages: tuple[str, ...], phones: list[str]) -> None:
    wanted = dict.fromkeys(languages)
    row.languages.exclude(code__in=wanted).delete()
    known = set(row.languages.values_list("code", flat=True))
    Spoken.objects.bulk_create(Spoken(service=row, code=code) for code in wanted if code not in known)
    numbers = dict.fromkeys(phones)
    row.phones.exclude(number__in=numbers).delete()
    told = set(row.phones.values_list("number", flat=True))
    Phone.objects.bulk_create(Phone(service=row, number=number) for number in numbers if number not in told)


def _confirm(by: Actor, rows: list[Service]) -> None:
    for row in rows:
        row.assured_on, row.assured_by = clock.today(), by.account_id
        row.save(update_fields=["assured_on", "assured_by"])
        journal.record(by, journal.Entry(action="directory.confirm", subject=row.pk))


def _mark(by: Actor, row: Service, safety: Safety, name: str) -> Service:
    row.safety, row.safe_on, row.safe_by = safety, clock.today(), by.account_id
    row.save(update_fields=["safety", "safe_on", "safe_by"])
    journal.record(by, journal.Entry(action=name, subject=row.pk))
    return row

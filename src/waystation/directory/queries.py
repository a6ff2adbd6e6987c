"""The only door to the directory: what the public is shown, and what its keepers see."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from waystation.directory.codes import PUBLIC, PlaceType, Safety
from waystation.directory.models import BadRow, Import, Location, Provider, Service, ServiceAt, Spoken, Wording
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Post

OPEN_PLACE = Q(location__post__isnull=True) | Q(location__post__is_open=True)


def shown() -> QuerySet[Service]:
    """What anybody is shown: at work or closed for now, somewhere, and never where it is not safe."""
    somewhere = ServiceAt.objects.filter(OPEN_PLACE, service=OuterRef("pk"))
    return Service.objects.filter(Exists(somewhere), status__in=PUBLIC).exclude(safety=Safety.UNSAFE)


def shown_places() -> QuerySet[ServiceAt]:
    """The same by place, with all that a line of an answer needs."""
    rows = ServiceAt.objects.filter(OPEN_PLACE, service__status__in=PUBLIC).exclude(service__safety=Safety.UNSAFE)
    return rows.select_related("service__provider", "location__post")


def with_parts(rows: QuerySet[ServiceAt], reader: str) -> QuerySet[ServiceAt]:
    """With opening times, days off, languages, numbers, and words in the reader's language."""
    words = Prefetch("service__wordings", Wording.objects.filter(language=reader), to_attr="in_reader")
    return rows.prefetch_related("schedules", "days_off", "service__languages", "service__phones", words)


def shown_one(service_id: UUID) -> Service:
    """One that anybody is shown. Raises NotFound."""
    row = shown().select_related("provider").filter(pk=service_id).first()
    if row is None:
        raise NotFound
    return row


def shown_languages() -> list[str]:
    """Languages in which anybody who is shown helps."""
    return sorted(Spoken.objects.filter(service__in=shown()).values_list("code", flat=True).distinct())


def shown_points() -> QuerySet[Location]:
    """Places with a known point that anybody is shown."""
    ids = shown_places().values("location")
    rows = Location.objects.filter(pk__in=ids, kind=PlaceType.PHYSICAL, latitude__isnull=False)
    return rows.select_related("post").order_by("city", "name")


def visible_to(actor: Actor) -> QuerySet[Service]:
    """All entries, for who works here."""
    return Service.objects.filter(policies.rows(actor, "directory.view"))


def get_for(actor: Actor, service_id: UUID, *, lock: bool = False) -> Service:
    """One entry. Raises NotFound."""
    rows = visible_to(actor).select_related("provider")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=service_id).first()
    if row is None:
        raise NotFound
    return row


def place_for(actor: Actor, at_id: UUID) -> ServiceAt:
    """A service at a place. Raises NotFound."""
    rows = ServiceAt.objects.filter(service__in=visible_to(actor))
    row = rows.select_related("service__provider", "location__post").filter(pk=at_id).first()
    if row is None:
        raise NotFound
    return row


def providers(actor: Actor) -> QuerySet[Provider]:
    """Who helps. Raises NotAllowed."""
    policies.require(actor, "directory.view")
    return Provider.objects.all()


def provider_for(actor: Actor, provider_id: UUID) -> Provider:
    """One of them. Raises NotFound."""
    row = providers(actor).filter(pk=provider_id).first()
    if row is None:
        raise NotFound
    return row


def posts_not_listed(actor: Actor, never: tuple[str, ...]) -> QuerySet[Post]:
    """Open posts of ours that do not stand in the directory. Raises NotAllowed."""
    policies.require(actor, "directory.view")
    return Post.objects.filter(is_open=True, in_directory__isnull=True).exclude(kind__in=never)


def locations(actor: Actor) -> QuerySet[Location]:
    """Every place, to choose from. Raises NotAllowed."""
    policies.require(actor, "directory.view")
    return Location.objects.select_related("post").order_by("city", "name")


def imports(actor: Actor) -> QuerySet[Import]:
    """Files read before, the last first. Raises NotAllowed."""
    policies.require(actor, "directory.import")
    return Import.objects.all()


def import_for(actor: Actor, import_id: UUID) -> Import:
    """One. Raises NotFound."""
    row = imports(actor).filter(pk=import_id).first()
    if row is None:
        raise NotFound
    return row


def bad_rows(source: Import) -> QuerySet[BadRow]:
    """What could not be taken from a file as it stood."""
    return source.bad_rows.all()

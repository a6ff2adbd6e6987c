"""What help is missing: kinds of help by post, by town and by language. A zero is a gap (DOMAIN.md rows 47 and 66)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from waystation.casework.referrals.codes import Service as Kind
from waystation.directory import queries, search
from waystation.directory.codes import Status
from waystation.directory.models import ServiceAt
from waystation.directory.near import distance_km
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.people.tongues import FROM_SHORT, language_name

USUAL_KM = 10


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """One table: kinds of help down, places or languages across."""

    title: str
    heads: list[str]
    lines: list[tuple[str, list[int]]]

    @property
    def missing(self) -> int:
        """How many cells are empty."""
        return sum(count == 0 for _label, counts in self.lines for count in counts)


def tables(actor: Actor, km: int) -> list[Gaps]:
    """The three tables, of what anybody is shown and helps people now. Raises NotAllowed."""
    policies.require(actor, "directory.view")
    rows = list(
        queries.shown_places()
        .filter(service__status=Status.ACTIVE)
        .prefetch_related("service__languages", "service__wordings")
    )
    return [table for table in (_by_post(rows, km), _by_town(rows), _spoken(rows), _written(rows)) if table.heads]


def _by_post(rows: list[ServiceAt], km: int) -> Gaps:
    posts = [place for place in search.places() if not place.code.startswith(search.TOWN)]
    pairs = [
        (str(at.service_id), at.service.kind, post.name)
        for at in rows
        for post in posts
        if at.location.point and distance_km(post.point, at.location.point) <= km
    ]
    return _table(_("Within %(km)d km of our posts") % {"km": km}, [post.name for post in posts], pairs)


def _by_town(rows: list[ServiceAt]) -> Gaps:
    pairs = [(str(at.service_id), at.service.kind, at.location.city) for at in rows if at.location.city]
    return _table(_("By town"), sorted({town for _id, _kind, town in pairs}), pairs)


def _spoken(rows: list[ServiceAt]) -> Gaps:
    pairs = [(str(at.service_id), at.service.kind, one.code) for at in rows for one in at.service.languages.all()]
    codes = sorted({code for _id, _kind, code in pairs} | _page_languages(), key=language_name)
    return _table(_("Spoken there, by language"), codes, pairs, named=True)


def _written(rows: list[ServiceAt]) -> Gaps:
    pairs = [
        (str(at.service_id), at.service.kind, text.language)
        for at in rows
        for text in (at.service, *at.service.wordings.all())
    ]
    codes = sorted({code for _id, _kind, code in pairs} | _page_languages(), key=language_name)
    return _table(_("Written in this directory, by language"), codes, pairs, named=True)


def _page_languages() -> set[str]:
    return {FROM_SHORT[code] for code, _name in settings.LANGUAGES}


def _table(title: str, columns: list[str], pairs: Iterable[tuple[str, str, str]], *, named: bool = False) -> Gaps:
    counted = Counter((kind, column) for _id, kind, column in set(pairs))
    lines = [(str(kind.label), [counted[kind.value, column] for column in columns]) for kind in Kind]
    return Gaps(title=title, heads=[language_name(code) for code in columns] if named else columns, lines=lines)

"""The directory of the demo: invented services round its posts, some open day and night and one that is shut today.

The hill village and its river are invented; the points lie in the hills between Turin and the border.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from waystation.demo.people import BRIDGE, HARBOUR
from waystation.directory import actions, places
from waystation.directory.codes import SafeCheck
from waystation.directory.models import Provider, Service, ServiceAt
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.models import Partner, Post

ZONE = "Europe/Rome"
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")
EVERY_DAY = (*WORKDAYS, "SA", "SU")
SAFE = tuple(SafeCheck.values)
POSTS: Mapping[str, str] = {HARBOUR: "44.411, 8.926", BRIDGE: "45.071, 7.685"}
"""Where the two fixed posts stand on the map."""


@dataclass(frozen=True, kw_only=True)
class DemoService:
    """One invented service at one place. `hours` are (days, opens, closes)."""

    kind: str
    name: str
    provider: str
    point: str
    address: str
    city: str
    hours: tuple[tuple[tuple[str, ...], time, time], ...] = ()
    description: str = ""
    languages: tuple[str, ...] = ("ita",)
    phone: str = ""
    step_free: bool = False
    asks_nothing: bool = True
    safe: bool = True
    arabic: tuple[str, str] = ("", "")
    bring: str = ""
    alert: str = ""


DAY_AND_NIGHT = ((EVERY_DAY, time(0), time(0)),)
S = DemoService
SERVICES: tuple[DemoService, ...] = (
    S(
        kind="health", name="Night clinic on the bridge road", provider="Ospedale di Ponte, walk-in clinic",
        point="45.074, 7.690", address="Via del Ponte 3", city="Ponte", hours=DAY_AND_NIGHT, step_free=True,
        description="A doctor and a nurse, for everybody. Medicine for the first days.",
        languages=("ita", "fra", "ara"), phone="+39 06 555 0140",
        arabic=("العيادة الليلية على طريق الجسر", "طبيب وممرّضة للجميع، ودواء للأيام الأولى."),
    ),
    S(
        kind="health", name="Women's health house", provider="Casa delle Donne", point="45.066, 7.668",
        address="Piazza dell'Orto 9", city="Ponte", hours=DAY_AND_NIGHT,
        description="Care in pregnancy and after, by women. Ring at any hour.", languages=("ita", "ara", "tir"),
        phone="+39 06 555 0151",
        arabic=("بيت صحّة النساء", "رعاية أثناء الحمل وبعده، تقدّمها نساء. اقرعي الجرس في أيّ ساعة."),
    ),
    S(
        kind="health", name="Teeth, on the first Monday", provider="Ospedale di Ponte, walk-in clinic",
        point="45.072, 7.686", address="Via del Ponte 5", city="Ponte", languages=("ita",),
        description="A dentist takes out what hurts.", asks_nothing=False, safe=False,
        arabic=("طبيب أسنان في أوّل اثنين من الشهر", "يقلع الطبيب السنّ المؤلم."),
    ),
    S(
        kind="food", name="Night kitchen", provider="Night kitchen on the quay", point="44.409, 8.921",
        address="Molo Vecchio, the blue door", city="Porto Alto", hours=((EVERY_DAY, time(21), time(2)),),
        description="Hot food and tea, until nothing is left.", languages=("ita", "fra", "wol"),
        arabic=("مطبخ الليل", "طعام ساخن وشاي حتى ينفد."),
    ),
    S(
        kind="legal", name="Advice on the road", provider="Avvocati di Strada, border desk", point="45.070, 7.684",
        address="Via del Ponte 12", city="Ponte", hours=((("TU", "FR"), time(14), time(18)),),
        description="Lawyers listen and say what can be done. Nothing is written down unless you want it.",
        languages=("ita", "eng", "fra", "spa"), phone="+39 06 555 0121",
        arabic=("مشورة على الطريق", "محامون يستمعون ويقولون ما يمكن فعله."),
    ),
    S(
        kind="shelter", name="A bed for the night", provider="Casa Aperta", point="45.079, 7.700",
        address="Strada dei Mulini 41", city="Ponte", hours=((EVERY_DAY, time(18), time(9)),),
        description="Women and families sleep apart from men. Doors lock.", languages=("ita", "eng"),
        phone="+39 06 555 0188", bring="A towel, if you have one.", step_free=True,
        alert="Full on most nights: call before five.",
        arabic=("سرير لليلة", "النساء والعائلات في جهة والرجال في جهة. الأبواب تُقفل."),
    ),
)  # fmt: skip


def listed(by: Actor) -> None:
    """Services with places and opening times, and the posts themselves."""
    for one in SERVICES:
        _service(by, one)
    for post in Post.objects.filter(name__in=[HARBOUR, BRIDGE]):
        _post(by, post)
    old = Service.objects.get(name="Advice on the road")
    Service.objects.filter(pk=old.pk).update(assured_on=clock.today() - timedelta(days=220))
    actions.set_clock(by, old.provider)
    dentist = ServiceAt.objects.get(service__name__startswith="Teeth")
    places.add_hours(
        by=by,
        at_id=dentist.pk,
        draft=places.HoursDraft(freq="MONTHLY", days=("1MO",), opens_at=time(9), closes_at=time(12)),
    )
    places.add_days_off(by=by, at_id=dentist.pk, first_day=clock.today(), note="The dentist is away")


def _service(by: Actor, one: DemoService) -> None:
    texts = actions.TextsDraft(
        language="eng", name=one.name, description=one.description, bring=one.bring, alert=one.alert, fees="Nothing"
    )
    draft = actions.ServiceDraft(
        texts=texts,
        kind=one.kind,
        provider=_provider(one.provider),
        provider_name=one.provider,
        asks_nothing=one.asks_nothing,
        languages=one.languages,
        phones=(one.phone,) if one.phone else (),
    )
    row = actions.add_service(by=by, draft=draft)
    name, description = one.arabic
    arabic = actions.TextsDraft(language="ara", name=name, description=description)
    actions.write_in(by=by, service_id=row.pk, texts=arabic)
    place = places.PlaceDraft(
        point=one.point, address=one.address, city=one.city, country="IT", zone=ZONE, step_free=one.step_free
    )
    at = places.add_place(by=by, service_id=row.pk, draft=place)
    _hours(by, at, one.hours)
    if one.safe:
        actions.mark_safe(by=by, service_id=row.pk, checks=SAFE)


def _provider(name: str) -> str:
    known = Provider.objects.filter(name=name).first()
    partner = Partner.objects.filter(name=name).first()
    if known is None and partner is not None:
        return f"partner:{partner.pk}"
    return str(known.pk) if known else ""


def _post(by: Actor, post: Post) -> None:
    row = actions.list_post(by=by, post_id=post.pk)
    at = ServiceAt.objects.get(service=row)
    city = "Porto Alto" if post.name == HARBOUR else "Ponte"
    draft = places.PlaceDraft(point=POSTS[post.name], city=city, address=post.name, country="IT", zone=ZONE)
    places.change_place(by=by, at_id=at.pk, draft=draft)
    _hours(by, at, ((EVERY_DAY, time(7), time(21)),))
    actions.mark_safe(by=by, service_id=row.pk, checks=SAFE)


def _hours(by: Actor, at: ServiceAt, hours: tuple[tuple[tuple[str, ...], time, time], ...]) -> None:
    for days, opens, closes in hours:
        places.add_hours(by=by, at_id=at.pk, draft=places.HoursDraft(days=days, opens_at=opens, closes_at=closes))

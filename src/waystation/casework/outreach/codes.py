"""Kinds, states, fears and checks of outreach, as data (DOMAIN.md rows 44 to 46 and 1.3, barriers; report P4.3)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class DoorKind(TextChoices):
    """Who opens a door: those whom people trust already."""

    FAITH = "faith", _("Mosque, church, temple")
    DIASPORA = "diaspora", _("Association of people from there")
    SHOP = "shop", _("Shop, café or hairdresser")
    EMPLOYER = "employer", _("Employer")
    UNION = "union", _("Trade union")
    SCHOOL = "school", _("School")
    CLINIC = "clinic", _("Clinic or pharmacy")
    PERSON = "person", _("Somebody whom people trust")
    OTHER = "other", _("Somebody else")


class PlaceKind(TextChoices):
    """Where people are."""

    WORK = "work", _("Place of work")
    RECREATION = "recreation", _("Where people spend free time")
    TRANSIT = "transit", _("Station, stop or road")
    INFORMAL = "informal", _("Where people sleep outside")
    HOME = "home", _("At people's homes")
    WORSHIP = "worship", _("Place of prayer")
    ONLINE = "online", _("On the telephone or online")


class Way(TextChoices):
    """How we come."""

    OUTREACH = "outreach", _("On foot, to where people are")
    MOBILE = "mobile", _("With a vehicle that is a small post")
    FIXED = "fixed", _("At set hours in the same place")


class State(TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    CALLED_OFF = "called_off", _("Called off")


class Act(TextChoices):
    """What may be done with a round."""

    SET_OUT = "set_out", _("Set out")
    MEET = "meet", _("Write down a contact")
    END = "end", _("We are back")
    CALL_OFF = "call_off", _("Call it off")


S = State
TABLE = StateTable(
    states=State.values,
    first=S.PLANNED,
    steps=[
        (Act.SET_OUT, S.PLANNED, S.UNDER_WAY),
        (Act.MEET, S.UNDER_WAY, S.UNDER_WAY),
        (Act.END, S.UNDER_WAY, S.DONE),
        (Act.CALL_OFF, (S.PLANNED, S.UNDER_WAY), S.CALLED_OFF),
    ],
)


class Check(TextChoices):
    """What must be so before anybody sets out."""

    KNOWN = "known", _("Somebody at the post knows where we are and when we come back")
    TWO = "two", _("We are two or more")
    NO_CHECKS = "no_checks", _("No police or border checks there that we know of")
    WAY_OUT = "way_out", _("We know how to leave, and what to say if an authority comes")
    NO_LISTS = "no_lists", _("Nobody carries names or pictures")


class CalledOff(TextChoices):
    """Why a round did not take place."""

    CHECKS = "checks", _("Police or border checks there")
    DANGER = "danger", _("Not safe")
    NOBODY = "nobody", _("Nobody was there")
    NO_TEAM = "no_team", _("Too few of us")
    WEATHER = "weather", _("Weather or road")
    OTHER = "other", _("Something else")


class Fear(TextChoices):
    """What keeps people away, as they say it."""

    DEPORTATION = "deportation", _("Being sent back")
    FOUND = "found", _("Being found out or held")
    AUTHORITIES = "authorities", _("Authorities")
    VIOLENCE = "violence", _("Insults or violence")
    DATA = "data", _("Who reads what they tell")
    COST = "cost", _("What it costs")
    LANGUAGE = "language", _("Not being understood")
    DOCUMENTS = "documents", _("Being asked for documents")
    WORK = "work", _("Losing the work or the room")
    UNKNOWN = "unknown", _("Did not know that there is help")
    OTHER = "other", _("Something else")


class OutreachClock(TextChoices):
    """Follow-ups that outreach opens by itself."""

    ROUND = "outreach.round", _("A round is planned")
    VISIT = "outreach.visit", _("Look in on somebody who opens doors for us")


VISIT_EVERY = timedelta(days=90)
MONTHS_SHOWN = 12

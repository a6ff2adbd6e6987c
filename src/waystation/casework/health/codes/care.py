"""What people come with, how soon they must be seen, what was done, and what was lent.

Colours are those of the Interagency Integrated Triage Tool (WHO, MSF, ICRC 2020). Groups of complaints follow the
Minimum Data Set for emergency medical teams (WHO 2017), said in plain words, with what roads add: feet, and medicine
that has run out. Things come from the Priority Assistive Products List (WHO 2016).
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class Colour(TextChoices):
    """How soon somebody must be seen."""

    RED = "red", _("Red: now")
    YELLOW = "yellow", _("Yellow: soon")
    GREEN = "green", _("Green: can wait")


SHAPES: Mapping[str, str] = {Colour.RED: "now", Colour.YELLOW: "soon", Colour.GREEN: ""}
"""How each is drawn, so that it is known without its colour."""


class Complaint(TextChoices):
    """What somebody comes with, in groups."""

    INJURY = "injury", _("Injury or burn")
    FEVER = "fever", _("Fever")
    BREATHING = "breathing", _("Cough, or breathing is hard")
    STOMACH = "stomach", _("Diarrhoea or vomiting")
    SKIN = "skin", _("Skin, scabies or lice")
    FEET = "feet", _("Feet: blisters, wounds, cold")
    PAIN = "pain", _("Pain")
    PREGNANCY = "pregnancy", _("Pregnancy, birth or a newborn")
    LONG = "long", _("A long illness: sugar, blood pressure, asthma, fits")
    MEDICINE = "medicine", _("Medicine has run out")
    SENSES = "senses", _("Teeth, eyes or ears")
    MIND = "mind", _("Sleep, worry or deep distress")
    VIOLENCE = "violence", _("After violence")
    HUNGER = "hunger", _("Too little food or water")
    MOVING = "moving", _("Moving, seeing or hearing is hard")
    OTHER = "other", _("Something else")


class Done(TextChoices):
    """What was done."""

    ADVICE = "advice", _("Advice")
    DRESSING = "dressing", _("Wound cleaned and dressed")
    MEDICINE = "medicine", _("Medicine given")
    FLUIDS = "fluids", _("Fluids or food")
    REST = "rest", _("Rest under our eyes")
    VACCINE = "vaccine", _("Vaccination")
    SUPPORT = "support", _("A talk")
    REFERRED = "referred", _("Sent on to a clinic")
    AMBULANCE = "ambulance", _("Ambulance called")
    NOTHING = "nothing", _("Nothing, as the person wished")


class Thing(TextChoices):
    """What helps somebody move, see, hear or be at ease."""

    CRUTCHES = "crutches", _("Crutches")
    STICK = "stick", _("Walking stick")
    FRAME = "frame", _("Walking frame")
    WHEELCHAIR = "wheelchair", _("Wheelchair")
    SPLINT = "splint", _("Splint or brace")
    LIMB = "limb", _("Artificial limb")
    CUSHION = "cushion", _("Cushion against sores")
    GLASSES = "glasses", _("Glasses")
    WHITE_CANE = "white_cane", _("White cane")
    HEARING = "hearing", _("Hearing aid or batteries")
    PADS = "pads", _("Absorbent pads")
    PILLS = "pills", _("Pill box")
    PICTURES = "pictures", _("Picture board to speak with")
    OTHER = "other", _("Something else")


class ThingState(TextChoices):
    """Whose it is now."""

    LENT = "lent", _("Lent")
    GIVEN = "given", _("Given to keep")
    RETURNED = "returned", _("Back with us")
    LOST = "lost", _("Lost or broken")


class ThingAct(TextChoices):
    """What may become of something lent."""

    RETURN = "return", _("It is back")
    LEAVE = "leave", _("Let them keep it")
    LOSE = "lose", _("It is lost or broken")


THINGS = StateTable(
    states=ThingState.values,
    first=ThingState.LENT,
    steps=[
        (ThingAct.RETURN, ThingState.LENT, ThingState.RETURNED),
        (ThingAct.LEAVE, ThingState.LENT, ThingState.GIVEN),
        (ThingAct.LOSE, ThingState.LENT, ThingState.LOST),
    ],
)
ASK_AFTER = timedelta(days=30)
"""How long something is lent before somebody asks after it; our own measure."""


class HealthClock(TextChoices):
    """Follow-ups that health opens by itself. Who opens the locked book learns no illness from them."""

    STEP = "health.step", _("A step of a health screening is owed")
    AGAIN = "health.again", _("Look at somebody's health again")
    TALK = "health.talk", _("A talk is planned")
    LENT = "health.lent", _("Ask after something lent")
    CALL = "health.call", _("See this person now: they could harm themselves")
    PLAN = "health.plan", _("Make a plan with this person to stay safe")
    UNSEEN = "health.unseen", _("Health staff were called and have not seen this person: reach them now")

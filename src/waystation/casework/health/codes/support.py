"""Psychosocial support, and what is done when somebody could harm themselves, as data.

Kinds of support follow the layers of the "Guidelines on Mental Health and Psychosocial Support in Emergency Settings"
(IASC 2007) and the work of lay helpers that WHO describes (Psychological First Aid 2011; Problem Management Plus 2016).
What to do at once is said in our own words after the module on self-harm and suicide of the mhGAP Intervention Guide
(WHO, version 2.0, 2016) and "Basic Psychosocial Skills" (IASC 2020). The plan has the steps of the Safety Planning
Intervention (Stanley and Brown 2012).
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text
from waystation.kernel.states import StateTable


class Setting(TextChoices):
    """With whom."""

    ONE = "one", _("With one person")
    GROUP = "group", _("With a group")


class Topic(TextChoices):
    """What it is about."""

    FIRST = "first", _("First support after something bad")
    STRESS = "stress", _("Stress, sleep, calm")
    GRIEF = "grief", _("Loss and grief")
    PROBLEMS = "problems", _("Solving problems step by step")
    FAMILY = "family", _("Family and children")
    VIOLENCE = "violence", _("After violence")
    SUBSTANCES = "substances", _("Alcohol or drugs")
    WAITING = "waiting", _("Waiting and not knowing")
    PLAY = "play", _("Play and movement with children")
    TOGETHER = "together", _("Being together: craft, sport, cooking")
    OTHER = "other", _("Something else")


class CallState(TextChoices):
    """Where a call to health staff stands."""

    RAISED = "raised", _("Called, not seen yet")
    SEEN = "seen", _("Somebody is with the person")
    PLANNED = "planned", _("There is a plan to stay safe")
    CLOSED = "closed", _("Closed")


class CallAct(TextChoices):
    """What may be done with a call."""

    SEE = "see", _("I am with the person")
    PLAN = "plan", _("Write down the plan to stay safe")
    CLOSE = "close", _("Close")


C = CallState
CALLS = StateTable(
    states=C.values,
    first=C.RAISED,
    steps=[
        (CallAct.SEE, C.RAISED, C.SEEN),
        (CallAct.PLAN, (C.SEEN, C.PLANNED), C.PLANNED),
        (CallAct.CLOSE, (C.SEEN, C.PLANNED), C.CLOSED),
    ],
)


class Outcome(TextChoices):
    """How it ended."""

    SAFER = "safer", _("Safer: the plan holds, and somebody looks in")
    CARE = "care", _("In the care of specialists")
    NO_DANGER = "no_danger", _("No danger: the talk showed something else")
    MOVED_ON = "moved_on", _("Has moved on")
    DIED = "died", _("Has died")


NEEDS_PLAN = frozenset({Outcome.SAFER})
"""Ends that are true only with a plan."""
SEEN_WITHIN = timedelta(hours=1)
PLAN_WITHIN = timedelta(hours=24)
LOOK_IN_AFTER = timedelta(days=7)
"""The first weeks somebody looks in every week (mhGAP, regular follow-up)."""

AT_ONCE: tuple[tuple[Text, Text], ...] = (
    (_("Stay."), _("Do not leave the person alone, not even for a moment. If you must go, somebody they trust stays.")),
    (
        _("Get a health worker."),
        _("Telephone, or send somebody to fetch them. Do not wait for an answer on this screen."),
    ),
    (
        _("Already hurt, or swallowed something?"),
        _("That is an emergency: first aid and an ambulance now, talk afterwards."),
    ),
    (
        _("Make the place safe."),
        _("A quiet place apart. Put out of reach what could harm: medicines, blades, cords. Only if you are safe."),
    ),
    (
        _("Ask plainly."),
        _("“Do you think of ending your life?” To ask puts no idea into anybody's head; most are relieved."),
    ),
    (
        _("Listen."),
        _("Let them talk. Do not argue or blame, do not say that it is not so bad. Say that you are glad to hear it."),
    ),
    (
        _("Promise no secret."),
        _("Say whom you tell, a health worker and nobody else, and why. No police, no locked room: it is no offence."),
    ),
    (
        _("Hand over in person."),
        _("Introduce the health worker, say what you heard in front of the person, and ask whether you should stay."),
    ),
    (_("Afterwards, look after yourself."), _("Talk with a colleague or your coordinator. This was heavy.")),
)
"""What to do, in this order, said to whoever is there."""

PLAN_STEPS: Mapping[str, tuple[Text, Text]] = {
    "signs": (_("How does the person notice that it is getting bad?"), _("Thoughts, moods, places, times of day.")),
    "alone": (_("What helps that they can do alone?"), _("Walking, praying, music, washing, breathing slowly.")),
    "people": (_("Where, and with whom, do other thoughts come?"), _("No need to talk about it there.")),
    "help": (_("Whom can they ask for help?"), _("Family, friends, a neighbour: name and number.")),
    "staff": (_("Which helpers can they reach, day and night?"), _("The post, a crisis line, a hospital.")),
    "safe": (_("What was put out of reach, and who keeps it?"), _("Medicines, blades, cords. Who sleeps nearby?")),
    "living": (_("What is worth living for?"), _("In the person's words.")),
}
"""The steps of the plan, by their names in its document."""

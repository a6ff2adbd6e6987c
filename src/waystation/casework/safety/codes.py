"""Risks, states and clocks of safety, as data.

Risks are those of the background report, P2.9, with drowning (P2.9), marginalization (ES.3) and segregation (fn22);
stages are those of the trail (DOMAIN.md 1.3). Time to think is the recovery and reflection period of the Council of
Europe Convention on Action against Trafficking in Human Beings (CETS 197, 2005), article 13: at least thirty days, so
that a person recovers, escapes the influence of those who hurt them, and decides for themself.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.casework.cases.codes import Closing, Risk
from waystation.kernel.states import StateTable


class RiskKind(TextChoices):
    """What happened to a person on the road, or is feared."""

    THEFT = "theft", _("Theft")
    EXPLOITATION = "exploitation", _("Exploitation")
    SLAVERY = "slavery", _("Slavery")
    VIOLENCE = "violence", _("Violence")
    ABUSE = "abuse", _("Abuse of body or mind")
    DISCRIMINATION = "discrimination", _("Discrimination")
    LIBERTY = "liberty", _("Loss of liberty")
    DISAPPEARANCE = "disappearance", _("Disappearance")
    FAMILY = "family", _("Torn from family")
    DIGNITY = "dignity", _("Loss of dignity")
    DEATH = "death", _("Death of somebody they travelled with")
    DROWNING = "drowning", _("Drowning")
    MARGINALIZATION = "marginalization", _("Pushed to the margin")
    SEGREGATION = "segregation", _("Kept apart from others")


class Lived(TextChoices):
    """Whether it happened."""

    LIVED = "lived", _("Lived through")
    FEARED = "feared", _("Feared")


class ActorKind(TextChoices):
    """Who did it, or would."""

    SMUGGLER = "smuggler", _("Somebody paid to bring people across")
    TRAFFICKER = "trafficker", _("Somebody who uses people for gain")
    EMPLOYER = "employer", _("Employer")
    FAMILY = "family", _("Partner or family")
    COMPANION = "companion", _("Somebody who travels along")
    ARMED = "armed", _("Armed group or gang")
    OFFICIAL = "official", _("Police, border guard or another official")
    HELPER = "helper", _("Somebody of an organisation that helps")
    LOCAL = "local", _("People who live there")
    STRANGER = "stranger", _("A stranger")
    NATURE = "nature", _("Nobody: sea, river, desert, cold")
    NOT_KNOWN = "not-known", _("Not known")


class RiskState(TextChoices):
    """Whether an entry still says what is so."""

    STANDS = "stands", _("Stands")
    CORRECTED = "corrected", _("Written anew")
    STRUCK = "struck", pgettext_lazy("of an entry", "Struck out")


RISK_TABLE = StateTable(
    states=RiskState.values,
    first=RiskState.STANDS,
    steps=[
        ("correct", RiskState.STANDS, RiskState.CORRECTED),
        ("strike", RiskState.STANDS, RiskState.STRUCK),
    ],
)


class PlanState(TextChoices):
    """Where one version of a plan stands."""

    DRAFT = "draft", _("Not read back yet")
    AGREED = "agreed", _("Read back and agreed")
    REFUSED = "refused", _("The person wants no plan")
    ENDED = "ended", _("No longer needed, as the person says")
    REPLACED = "replaced", _("A newer one took its place")


class PlanAct(TextChoices):
    """What may be done with a plan."""

    WRITE = "write", _("Write a plan together")
    REFUSE = "refuse", _("The person wants no plan")
    READ_BACK = "read_back", _("Read it back")
    LOOK_AGAIN = "look_again", _("Look at it together again")
    END = "end", _("No longer needed")
    REPLACE = "replace", _("A newer one takes its place")


ASKED = "asked"
"""Where each plan begins: it was offered; never stored."""
P = PlanState
PLAN_TABLE = StateTable(
    states=[ASKED, *PlanState.values],
    first=ASKED,
    steps=[
        (PlanAct.WRITE, ASKED, P.DRAFT),
        (PlanAct.REFUSE, ASKED, P.REFUSED),
        (PlanAct.READ_BACK, P.DRAFT, P.AGREED),
        (PlanAct.LOOK_AGAIN, P.AGREED, P.AGREED),
        (PlanAct.END, P.AGREED, P.ENDED),
        (PlanAct.REPLACE, (P.DRAFT, P.AGREED, P.REFUSED, P.ENDED), P.REPLACED),
    ],
)
STANDING = (P.AGREED, P.REFUSED, P.ENDED)
"""States of which a person has one at most: the person's last word."""
CURRENT = (P.DRAFT, P.AGREED)
"""Versions whose mark "do not contact" is heeded: doubt is on the side of silence."""


class TimeState(TextChoices):
    """Where the time to think stands."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", pgettext_lazy("of an offer", "Wanted")
    DECLINED = "declined", pgettext_lazy("of an offer", "Not wanted")
    RUNNING = "running", pgettext_lazy("of a time", "Running")
    ENDED = "ended", pgettext_lazy("of a time", "Over")


class TimeAct(TextChoices):
    """What may be done with it."""

    ACCEPT = "accept", _("The person wants it")
    DECLINE = "decline", _("The person does not want it")
    START = "start", _("Let it begin")
    LENGTHEN = "lengthen", _("Make it longer")
    END = "end", _("End it")


T = TimeState
TIME_TABLE = StateTable(
    states=TimeState.values,
    first=T.OFFERED,
    steps=[
        (TimeAct.ACCEPT, T.OFFERED, T.ACCEPTED),
        (TimeAct.DECLINE, (T.OFFERED, T.ACCEPTED), T.DECLINED),
        (TimeAct.START, T.ACCEPTED, T.RUNNING),
        (TimeAct.LENGTHEN, T.RUNNING, T.RUNNING),
        (TimeAct.END, T.RUNNING, T.ENDED),
    ],
)
OPEN_TIMES = (T.OFFERED, T.ACCEPTED, T.RUNNING)


class Ending(TextChoices):
    """Why time to think ended. Nobody but the person ends it early."""

    OVER = "over", _("Its last day has passed")
    DECIDED = "decided", _("The person has decided")
    WISH = "wish", _("The person wished to end it")
    DIED = "died", _("Has died")


SHORTEST_DAYS = 30
"""CETS 197, article 13."""
LONGEST_DAYS = 365
BEFORE_END = timedelta(days=5)
"""So long before the last day somebody asks what comes after."""


class SafetyClock(TextChoices):
    """Follow-ups that safety opens by itself."""

    PLAN = "safety.plan", _("Make a plan together to stay safe")
    READ_BACK = "safety.read_back", _("Read a safety plan back to the person")
    REVIEW = "safety.review", _("Look at a safety plan together again")
    OFFER = "safety.offer", _("Offer time to think")
    TIME_ENDS = "safety.time_ends", _("Time to think ends soon: what comes after?")


REVIEW_EVERY: Mapping[str, timedelta] = {
    Risk.HIGH: timedelta(days=7),
    Risk.MEDIUM: timedelta(days=30),
    Risk.LOW: timedelta(days=30),
}
PLAN_WITHIN: Mapping[str, timedelta] = {
    Risk.HIGH: timedelta(hours=24),
    Risk.MEDIUM: timedelta(hours=72),
    Risk.LOW: timedelta(days=7),
}
READ_BACK_WITHIN = timedelta(hours=24)
OFFER_WITHIN = timedelta(days=7)

NOBODY_TO_ASK = frozenset({Closing.DUPLICATE, Closing.DIED, Closing.LOST_CONTACT})
"""Ends of a case at which there is nobody with whom a plan could be read back."""
KEPT_DAYS = 365
"""How long the words of replaced versions and corrected entries stay."""


class Paper(TextChoices):
    """What is printed, if the person wishes it."""

    POCKET = "pocket", _("A small slip for the pocket, with nothing on it but those words")
    WHOLE = "whole", _("The whole plan")


MONTHS = (3, 6, 12, 24)
"""Months back that figures may look."""

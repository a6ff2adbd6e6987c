"""States, clocks and fields of referrals, as data.

States and the priority clock follow DOMAIN.md 2.10; fields the IASC referral form and guidance note for mental health
and psychosocial support (2017).
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.kernel.actors import Compartment
from waystation.kernel.states import StateTable
from waystation.organisations.models import PartnerKind
from waystation.people.codes import RecipientKind


class Priority(TextChoices):
    """How soon an answer must come; set by need alone."""

    EMERGENCY = "emergency", _("Emergency: within 24 hours")
    URGENT = "urgent", _("Urgent: within 72 hours")
    NORMAL = "normal", _("Normal: within two weeks")


ANSWER_WITHIN: Mapping[str, timedelta] = {
    Priority.EMERGENCY: timedelta(hours=24),
    Priority.URGENT: timedelta(hours=72),
    Priority.NORMAL: timedelta(weeks=2),
}
START_WITHIN = timedelta(days=7)
OUTCOME_WITHIN = timedelta(days=30)
FEEDBACK_WITHIN = timedelta(days=7)
TELL_WITHIN = timedelta(hours=24)
"""How soon a partner must hear that a person took their consent back."""
CONTENT_WITHIN = timedelta(hours=24)
QUESTION_WITHIN = timedelta(hours=48)
LOST_WITHIN = timedelta(hours=24)
KEPT_DAYS = 365
"""How long a node keeps messages of a referral, unless its own clock says less."""


class State(TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", _("Draft")
    CONSENTED = "consented", _("The person agreed")
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Received by them")
    WILLING = "willing", _("They would help, nothing told yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    STARTED = "started", _("Help has begun")
    COMPLETED = "completed", _("Help given")
    FAILED = "failed", _("Did not work out")
    FEEDBACK = "feedback", _("The person has said how it was")
    RECALLED = "recalled", _("Taken back by the person")
    CLOSED = "closed", _("Closed")


class Act(TextChoices):
    """What may be done with a referral."""

    CONSENT = "consent", _("Record the consent")
    SEND = "send", _("Send it")
    ACKNOWLEDGE = "acknowledge", _("They have received it")
    WILL = "will", _("They would help")
    TELL = "tell", _("Tell them what was agreed")
    ACCEPT = "accept", _("They accept")
    DECLINE = "decline", _("They decline")
    START = "start", _("Their help has begun")
    COMPLETE = "complete", _("Their help was given")
    FAIL = "fail", _("It did not work out")
    FEEDBACK = "feedback", _("Write down what the person says of it")
    WITHDRAW = "withdraw", _("The consent was taken back")
    CLOSE = "close", _("Close it")


S = State
ON_THEIR_WAY = (S.SENT, S.ACKNOWLEDGED, S.WILLING, S.ACCEPTED, S.STARTED)
TABLE = StateTable(
    states=State.values,
    first=S.DRAFT,
    steps=[
        (Act.CONSENT, S.DRAFT, S.CONSENTED),
        (Act.SEND, S.CONSENTED, S.SENT),
        (Act.ACKNOWLEDGE, S.SENT, S.ACKNOWLEDGED),
        (Act.WILL, (S.SENT, S.ACKNOWLEDGED), S.WILLING),
        (Act.TELL, S.WILLING, S.ACCEPTED),
        (Act.ACCEPT, (S.SENT, S.ACKNOWLEDGED), S.ACCEPTED),
        (Act.DECLINE, (S.SENT, S.ACKNOWLEDGED), S.DECLINED),
        (Act.START, S.ACCEPTED, S.STARTED),
        (Act.COMPLETE, S.STARTED, S.COMPLETED),
        (Act.FAIL, ON_THEIR_WAY, S.FAILED),
        (Act.FEEDBACK, (S.COMPLETED, S.FAILED, S.DECLINED), S.FEEDBACK),
        (Act.WITHDRAW, S.CONSENTED, S.DRAFT),
        (Act.WITHDRAW, ON_THEIR_WAY, S.RECALLED),
        (Act.CLOSE, (S.DRAFT, S.CONSENTED, S.DECLINED, S.COMPLETED, S.FAILED, S.FEEDBACK, S.RECALLED), S.CLOSED),
    ],
)
"""By a sealed message it is first asked without a name: whoever would help is told only then. Every other way asks and
tells at once, and never comes to WILLING."""
THEIRS = frozenset({Act.ACKNOWLEDGE, Act.WILL, Act.ACCEPT, Act.DECLINE, Act.START, Act.COMPLETE})
"""What the other organisation's messages do where it was asked by one: nobody here does it for them."""
ONLY_BY_MESSAGE = frozenset({Act.WILL, Act.TELL})


class Service(TextChoices):
    """What is asked for (DOMAIN.md 1.3, services named)."""

    HEALTH = "health", _("Health care")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial support")
    LEGAL = "legal", _("Legal advice and representation")
    SHELTER = "shelter", _("Shelter")
    FOOD = "food", _("Food and things for daily life")
    CHILD = "child", _("Care for a child")
    PROTECTION = "protection", _("Protection and safety")
    TRACING = "tracing", _("Finding family")
    EDUCATION = "education", _("School and courses")
    SOCIAL = "social", _("Social support")
    REHABILITATION = "rehabilitation", _("Rehabilitation and aids")
    RETURN = "return", _("Help with returning home")
    OTHER = "other", _("Something else")


COMPARTMENT_OF: Mapping[str, Compartment] = {
    Service.HEALTH: Compartment.HEALTH,
    Service.PSYCHOSOCIAL: Compartment.HEALTH,
    Service.REHABILITATION: Compartment.HEALTH,
    Service.LEGAL: Compartment.LEGAL,
    Service.CHILD: Compartment.CHILD,
    Service.TRACING: Compartment.FAMILY_LINKS,
    Service.PROTECTION: Compartment.PROTECTION,
    Service.RETURN: Compartment.PROTECTION,
}
"""Where what is said in a referral belongs; basic for all others."""
OWN_FIELD = (Compartment.PROTECTION, Compartment.HEALTH, Compartment.FAMILY_LINKS, Compartment.DETENTION)
"""Whose field it is when somebody asks for help beyond their own: a caseworker must be able to ask a clinic."""


def compartment_for(service: str, opened: Collection[Compartment]) -> Compartment:
    """Where a new referral belongs: with the service it asks for, else in the field of who asks."""
    wanted = COMPARTMENT_OF.get(service, Compartment.BASIC)
    if wanted in opened:
        return wanted
    return next((one for one in OWN_FIELD if one in opened), Compartment.BASIC)


RECIPIENT_OF: Mapping[str, RecipientKind] = {
    PartnerKind.SOCIETY: RecipientKind.SOCIETY,
    PartnerKind.IFRC: RecipientKind.SOCIETY,
    PartnerKind.ICRC: RecipientKind.SOCIETY,
    PartnerKind.HOSPITAL: RecipientKind.HEALTH,
    PartnerKind.SHELTER: RecipientKind.SHELTER,
    PartnerKind.LEGAL_AID: RecipientKind.LEGAL_HELP,
    PartnerKind.UN_AGENCY: RecipientKind.UN_AGENCY,
    PartnerKind.INTERNATIONAL_NGO: RecipientKind.NGO,
    PartnerKind.LOCAL_NGO: RecipientKind.NGO,
    PartnerKind.MIGRANTS: RecipientKind.NGO,
    PartnerKind.TRUSTED: RecipientKind.NGO,
    PartnerKind.SCHOOL: RecipientKind.OTHER,
    PartnerKind.COMPANY: RecipientKind.OTHER,
    PartnerKind.LOCAL_GOVERNMENT: RecipientKind.AUTHORITY,
    PartnerKind.MINISTRY: RecipientKind.AUTHORITY,
}
"""What a partner is to a consent; towns and ministries are authorities, which are refused unless expressly allowed."""
NODE_OF = tuple(
    (kind.value, kind.label)
    for kind in RecipientKind
    if kind not in {RecipientKind.AUTHORITY, RecipientKind.FAMILY, RecipientKind.PUBLIC}
)
"""What an organisation with a node may be. Nothing about a person goes to an authority by a sealed message."""


class Passed(TextChoices):
    """What a referral may tell. Only what the person agreed to leaves."""

    NAME = "name", _("Name")
    ALIAS = "alias", _("A name to be called by")
    AGE = "age", _("Age")
    SEX = "sex", _("Sex")
    LANGUAGES = "languages", _("Languages")
    PHONE = "phone", _("Telephone")
    CONTACT = "contact", _("How to reach them")
    HOUSEHOLD = "household", _("How many travel together")
    CAREGIVER = "caregiver", _("Who cares for the child")
    REASON = "reason", _("Why help is asked for")
    GIVEN = "given", _("What was done already")
    SPECIAL = "special", _("What to take care of")
    DEADLINE = "deadline", _("A day that must not be missed")


class Way(TextChoices):
    """How it reached them."""

    TELEPHONE = "telephone", _("Telephone")
    EMAIL = "email", _("E-mail")
    PAPER = "paper", _("On paper, handed over")
    IN_PERSON = "in_person", _("In person, going along")
    NODE = "node", _("By a sealed message")


class Declined(TextChoices):
    """Why they do not help."""

    FULL = "full", _("No place or no time")
    NOT_THEIRS = "not_theirs", _("Not what they do")
    NOT_ELIGIBLE = "not_eligible", _("Their rules leave the person out")
    CANNOT_REACH = "cannot_reach", _("They could not reach the person")
    CLOSED_DOWN = "closed_down", _("They have closed")
    OTHER = "other", _("Something else")


class Verdict(TextChoices):
    """How it was for the person."""

    HELPED = "helped", _("It helped")
    PARTLY = "partly", _("It helped in part")
    NOT = "not", _("It did not help")
    HARMED = "harmed", _("It did harm")


class ReferralClock(TextChoices):
    """Follow-ups that a referral opens by itself."""

    ANSWER = "referral.answer", _("Answer to a referral")
    START = "referral.start", _("Has their help begun?")
    OUTCOME = "referral.outcome", _("What came of a referral?")
    FEEDBACK = "referral.feedback", _("Ask the person how it was")
    TELL = "referral.tell", _("Tell the partner that the consent was taken back")
    ESCALATED = "referral.escalated", _("No answer to a referral: find another way")
    CONTENT = "referral.content", _("They would help: tell them what was agreed")
    QUESTION = "referral.question", _("Answer their question about a referral")
    LOST = "referral.lost", _("A referral did not reach them: find another way")


def labels(codes: tuple[str, ...]) -> list[Promise]:
    """Fields in words."""
    return [Passed(code).label for code in codes if code in Passed.values]

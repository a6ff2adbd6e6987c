"""Lists, states and rules of children's cases, as data (DOMAIN.md 2.3).

Care arrangements and concerns are Primero's, without those of papers; unaccompanied and separated as in the
Inter-agency Guiding Principles on Unaccompanied and Separated Children (2004); best interests as in UNHCR's
guidelines (2021).
"""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class Situation(TextChoices):
    """With whom a child travels, derived from age and household."""

    GROWN = "grown", _("Not a child")
    WITH_PARENT = "with_parent", _("With a parent or guardian")
    SEPARATED = "separated", _("Separated: with other relatives, without a parent")
    UNACCOMPANIED = "unaccompanied", _("Unaccompanied: with no relative who is grown up")


WITHOUT_PARENT = frozenset({Situation.SEPARATED, Situation.UNACCOMPANIED})


class GuardianKind(TextChoices):
    """Who speaks for a child."""

    COURT = "court", _("Appointed by a court")
    SERVICE = "service", _("Appointed by the child protection service")
    INTERIM = "interim", _("For the time being, until one is appointed")
    RELATIVE = "relative", _("A relative who has custody")


class Care(TextChoices):
    """Who cares for a child day by day."""

    PARENT = "parent", _("Parent")
    STEP_PARENT = "step_parent", _("Step-parent")
    CUSTOMARY = "customary", _("Who cares by custom")
    ADULT_SIBLING = "adult_sibling", _("Grown-up brother or sister")
    KINSHIP = "kinship", _("Relatives")
    FOSTER = "foster", _("Foster family")
    RESIDENTIAL = "residential", _("Children's home")
    KAFALA = "kafala", _("Kafala")
    INDEPENDENT = "independent", _("Lives alone, with support")
    CHILD_HEADED = "child_headed", _("Household led by a child")
    UNRELATED = "unrelated", _("A grown-up who is no relative")
    NONE = "none", _("Nobody")
    OTHER = "other", _("Something else")


class Concern(TextChoices):
    """What a child must be protected from, or needs."""

    SEXUAL_EXPLOITATION = "sexual_exploitation", _("Sexually exploited")
    GENDER_VIOLENCE = "gender_violence", _("Has lived through gender-based violence")
    TRAFFICKED = "trafficked", _("Trafficked or smuggled")
    HELD = "held", _("Held or arrested")
    DISABILITY = "disability", _("Lives with a disability")
    HEALTH = "health", _("Seriously ill")
    ARMED_GROUP = "armed_group", _("Was with an armed group")
    STREET = "street", _("Lives on the street")
    CHILD_MOTHER = "child_mother", _("Is a mother herself")
    ABUSED = "abused", _("Abused or neglected")
    WORK = "work", _("Works in a harmful way")
    CHILD_HEADED = "child_headed", _("Leads a household")
    DISTRESS = "distress", _("In deep distress")


class Procedure(TextChoices):
    """Which part of the best interests procedure."""

    ASSESSMENT = "assessment", _("Best interests assessment")
    DETERMINATION = "determination", _("Best interests determination by a panel")


class Step(TextChoices):
    """Where it stands."""

    BEGUN = "begun", _("Begun")
    PANEL = "panel", _("The panel is called")
    DECIDED = "decided", _("Decided")
    REVIEWED = "reviewed", _("Looked at again")


ASSESSMENT_TABLE = StateTable(
    states=[Step.BEGUN, Step.DECIDED, Step.REVIEWED],
    first=Step.BEGUN,
    steps=[("decide", Step.BEGUN, Step.DECIDED), ("review", (Step.DECIDED, Step.REVIEWED), Step.REVIEWED)],
)
DETERMINATION_TABLE = StateTable(
    states=Step.values,
    first=Step.BEGUN,
    steps=[
        ("call", Step.BEGUN, Step.PANEL),
        ("decide", Step.PANEL, Step.DECIDED),
        ("review", (Step.DECIDED, Step.REVIEWED), Step.REVIEWED),
    ],
)
TABLES = {Procedure.ASSESSMENT: ASSESSMENT_TABLE, Procedure.DETERMINATION: DETERMINATION_TABLE}
SMALLEST_PANEL = 3
"""A panel has three members or more (DOMAIN.md 2.3)."""
SAME_NAME = 0.9
"""From this likeness on, names that sound the same are one person's; who shares a name is told apart by what stands
beside it ("Samira Haddad, clinic")."""
REVIEW_EVERY = timedelta(days=90)
GUARDIAN_WITHIN = timedelta(hours=72)


class ChildClock(TextChoices):
    """Follow-ups that a child's case opens by itself."""

    GUARDIAN = "children.guardian", _("This child has no guardian")
    REVIEW = "children.review", _("Look again at what is best for the child")

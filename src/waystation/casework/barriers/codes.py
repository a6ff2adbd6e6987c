"""What was denied, by whom, what stood in the way, and what was done about it, as data.

What stands in the way is the list of the background report (DOMAIN.md 1.3, barriers to reaching help), its words made
plain, with what the nine kinds of access constraint have besides (road, fighting, mines, violence against helpers).
Each is mapped to one of those nine, of OCHA's Access Monitoring and Reporting Framework (26 December 2012; the same
nine in ACAPS' Humanitarian Access methodology, December 2021), or to one of five kinds of this project, for what the
nine do not know (DOMAIN.md 2.9). What stood in the way is what others did, never what a person is.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import YEAR


class Denied(TextChoices):
    """Which help. Codes that referrals know too are the same."""

    HEALTH = "health", _("Health care")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial support")
    LEGAL = "legal", _("Legal advice and representation")
    LODGING = "lodging", _("Lodging a request with an office")
    JUSTICE = "justice", _("Police or court, when harm was done")
    SHELTER = "shelter", _("Shelter")
    FOOD = "food", _("Food and things for daily life")
    SOCIAL = "social", _("Social support")
    EDUCATION = "education", _("School and courses")
    CHILD = "child", _("Care for a child")
    PROTECTION = "protection", _("Protection and safety")
    TRACING = "tracing", _("Finding family")
    REHABILITATION = "rehabilitation", _("Rehabilitation and aids")
    CERTIFICATE = "certificate", _("A certificate of birth, marriage or death")
    MONEY = "money", _("Bank, telephone or room to rent")
    OUR_HELP = "our_help", _("That we reach them")
    RETURN = "return", _("Help with returning home")
    OTHER = "other", _("Something else")


class By(TextChoices):
    """Who denied it."""

    STATE = "state", _("An office of the state")
    TOWN = "town", _("The town")
    POLICE = "police", _("Police or border guards")
    HELD = "held", _("A place where people are held")
    COURT = "court", _("A court")
    CLINIC = "clinic", _("A hospital or clinic")
    SCHOOL = "school", _("A school")
    SHELTER = "shelter", _("A shelter")
    AID = "aid", _("An aid organisation")
    OURSELVES = "ourselves", _("We ourselves")
    BUSINESS = "business", _("Employer, landlord, bank or shop")
    NEIGHBOURS = "neighbours", _("People who live there")
    NOBODY = "nobody", _("Nobody: it is just so")
    OTHER = "other", _("Somebody else")
    NOT_KNOWN = "not-known", _("Not known")


class Kind(TextChoices):
    """What stood in the way."""

    LAW = "law", _("A law or rule leaves them out")
    DECISION = "decision", _("An office decided so")
    DOCUMENT = "document", _("A document was asked for")
    PUBLIC_MONEY = "public_money", _("Public money may not be spent on them")
    CUTS = "cuts", _("Support was cut")
    FULL = "full", _("No place, no time, too little of it")
    TURNED_AWAY = "turned_away", _("Turned away for who they are")
    LANGUAGE = "language", _("Nobody understood them")
    NOT_TOLD = "not_told", _("Nobody told them that there is help")
    UNCLEAR = "unclear", _("Too little was known of where to go")
    FEAR_SENT_BACK = "fear_sent_back", _("Fear of being sent back")
    FEAR_AUTHORITIES = "fear_authorities", _("Fear of authorities")
    FEAR_VIOLENCE = "fear_violence", _("Fear of insults or violence")
    FEAR_FOUND = "fear_found", _("Fear of being found out or held")
    NOT_LET_IN = "not_let_in", _("We were not let in")
    PUNISHED = "punished", _("Who helps is punished")
    ONLY_SOME = "only_some", _("Only some are allowed to help")
    THROUGH_OTHERS = "through_others", _("Only through somebody in between")
    TOO_SELDOM = "too_seldom", _("We may come too seldom")
    STAGE = "stage", _("Only at some stages of what an office does")
    OFFSHORE = "offshore", _("They are kept far away, on an island or in another country")
    RETURN_UNKNOWN = "return_unknown", _("Nobody knew that they were sent back")
    FUNDS_SHORT = "funds_short", _("The money for it ran out")
    FUNDS_LATE = "funds_late", _("The money for it came late")
    BORDER = "border", _("A border was closed to help")
    ROAD = "road", _("Road, weather or distance")
    FIGHTING = "fighting", _("Fighting")
    MINES = "mines", _("Mines or what is left of fighting")
    HELPERS_HURT = "helpers_hurt", _("Helpers were attacked or threatened")


GROUPS: tuple[tuple[Promise, tuple[Kind, ...]], ...] = (
    (
        _("Said or decided by others"),
        (Kind.LAW, Kind.DECISION, Kind.DOCUMENT, Kind.PUBLIC_MONEY, Kind.CUTS, Kind.FULL, Kind.TURNED_AWAY),
    ),
    (_("Not known, not understood"), (Kind.LANGUAGE, Kind.NOT_TOLD, Kind.UNCLEAR)),
    (_("Fear"), (Kind.FEAR_SENT_BACK, Kind.FEAR_AUTHORITIES, Kind.FEAR_VIOLENCE, Kind.FEAR_FOUND)),
    (
        _("We do not reach them"),
        (
            Kind.NOT_LET_IN, Kind.PUNISHED, Kind.ONLY_SOME, Kind.THROUGH_OTHERS, Kind.TOO_SELDOM, Kind.STAGE,
            Kind.OFFSHORE, Kind.RETURN_UNKNOWN, Kind.FUNDS_SHORT, Kind.FUNDS_LATE, Kind.BORDER, Kind.ROAD,
            Kind.FIGHTING, Kind.MINES, Kind.HELPERS_HURT,
        ),
    ),
)  # fmt: skip
"""As the form offers them: what people at a desk hear first."""


class Access(TextChoices):
    """The nine kinds of access constraint, then the five of this project."""

    DENIAL = "denial", _("1 Need or entitlement is denied")
    INTO = "into", _("2 Movement into the country")
    INSIDE = "inside", _("3 Movement inside the country")
    INTERFERENCE = "interference", _("4 Interference in the work")
    VIOLENCE = "violence", _("5 Violence against staff and goods")
    HOSTILITIES = "hostilities", _("6 Active hostilities")
    EXPLOSIVES = "explosives", _("7 Mines and unexploded ordnance")
    ENVIRONMENT = "environment", _("8 Physical environment")
    SERVICES = "services", _("9 People's access to services")
    FUNDING = "funding", _("Funding")
    TRUST = "trust", _("Fear and trust")
    TONGUE = "tongue", _("Language")
    INFORMATION = "information", _("Information")
    ELIGIBILITY = "eligibility", _("Who is entitled by law")


ACCESS: Mapping[Kind, Access] = {
    Kind.LAW: Access.ELIGIBILITY,
    Kind.DECISION: Access.DENIAL,
    Kind.DOCUMENT: Access.SERVICES,
    Kind.PUBLIC_MONEY: Access.FUNDING,
    Kind.CUTS: Access.FUNDING,
    Kind.FULL: Access.SERVICES,
    Kind.TURNED_AWAY: Access.SERVICES,
    Kind.LANGUAGE: Access.TONGUE,
    Kind.NOT_TOLD: Access.INFORMATION,
    Kind.UNCLEAR: Access.INFORMATION,
    Kind.FEAR_SENT_BACK: Access.TRUST,
    Kind.FEAR_AUTHORITIES: Access.TRUST,
    Kind.FEAR_VIOLENCE: Access.TRUST,
    Kind.FEAR_FOUND: Access.TRUST,
    Kind.NOT_LET_IN: Access.INSIDE,
    Kind.PUNISHED: Access.INTERFERENCE,
    Kind.ONLY_SOME: Access.INTERFERENCE,
    Kind.THROUGH_OTHERS: Access.INTERFERENCE,
    Kind.TOO_SELDOM: Access.INTERFERENCE,
    Kind.STAGE: Access.INTERFERENCE,
    Kind.OFFSHORE: Access.ENVIRONMENT,
    Kind.RETURN_UNKNOWN: Access.INFORMATION,
    Kind.FUNDS_SHORT: Access.FUNDING,
    Kind.FUNDS_LATE: Access.FUNDING,
    Kind.BORDER: Access.INTO,
    Kind.ROAD: Access.ENVIRONMENT,
    Kind.FIGHTING: Access.HOSTILITIES,
    Kind.MINES: Access.EXPLOSIVES,
    Kind.HELPERS_HURT: Access.VIOLENCE,
}
PROTECTED = frozenset(
    {
        Kind.TURNED_AWAY,
        Kind.FEAR_SENT_BACK,
        Kind.FEAR_AUTHORITIES,
        Kind.FEAR_VIOLENCE,
        Kind.FEAR_FOUND,
        Kind.HELPERS_HURT,
    }
)
"""Where the words may tell who threatens whom: only who works on protection reads them."""


class Done(TextChoices):
    """What was done about it."""

    NOTHING = "nothing", _("Nothing yet")
    WENT_ALONG = "went_along", _("Somebody went along")
    SPOKE = "spoke", _("We spoke with them")
    ELSEWHERE = "elsewhere", _("Help was found elsewhere")
    LAWYER = "lawyer", _("A lawyer was asked")
    COMPLAINT = "complaint", _("A complaint was made")
    RAISED = "raised", _("It was put before an authority")
    HELPED = "helped", _("They got the help after all")
    NOT_WISHED = "not_wished", _("The person wishes nothing to be done")


KIND_OF_DECLINED: Mapping[str, Kind] = {
    "full": Kind.FULL,
    "not_eligible": Kind.LAW,
    "not_theirs": Kind.UNCLEAR,
    "closed_down": Kind.FUNDS_SHORT,
}
"""What most likely stood in the way when a referral was declined for a reason; whoever writes it down may change it."""
BY_PARTNER: Mapping[str, By] = {
    "society": By.AID,
    "ifrc": By.AID,
    "icrc": By.AID,
    "hospital": By.CLINIC,
    "shelter": By.SHELTER,
    "legal_aid": By.AID,
    "un_agency": By.AID,
    "international": By.AID,
    "local": By.AID,
    "migrants": By.AID,
    "trusted": By.AID,
    "school": By.SCHOOL,
    "company": By.BUSINESS,
    "municipality": By.TOWN,
    "ministry": By.STATE,
}


class BarrierClock(TextChoices):
    """Follow-ups that a barrier opens when somebody asks for it."""

    SEE_TO = "barriers.see_to", _("Somebody was turned away: see to it")


SEE_TO_WITHIN = timedelta(hours=72)
MOST_PEOPLE = 500
MOST_COUNTRIES = 8
MONTHS_SHOWN = 12
KEPT_DAYS = 2 * YEAR

"""Tables of this room, one file per noun."""

from waystation.people.models.consent import Consent, Disclosure, NoticeReading
from waystation.people.models.household import Household, Membership
from waystation.people.models.journey import JourneyStop
from waystation.people.models.merge import Merge
from waystation.people.models.person import ChangeCounter, Person

__all__ = [
    "ChangeCounter",
    "Consent",
    "Disclosure",
    "Household",
    "JourneyStop",
    "Membership",
    "Merge",
    "NoticeReading",
    "Person",
]

"""Whether somebody is old enough to be shown: from fifteen years on, and where nobody knows, an officer says so."""

from enum import Enum

from waystation.familylinks.photos.codes import YOUNGEST
from waystation.kernel import clock
from waystation.people.codes import AgeBand, age_on
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person


class Age(Enum):
    """What is known of an age."""

    ENOUGH = "enough"
    TOO_YOUNG = "too-young"
    NOT_SURE = "not-sure"


OF_BAND = {
    AgeBand.INFANT: Age.TOO_YOUNG,
    AgeBand.CHILD: Age.TOO_YOUNG,
    AgeBand.ADOLESCENT: Age.NOT_SURE,
    AgeBand.NOT_KNOWN: Age.NOT_SURE,
}


def of(person: Person, identity: IdentityDocument) -> Age:
    """From the day of birth; else the year, which leaves two ages; else the age band."""
    today = clock.today()
    if identity.birth_date is not None:
        return Age.ENOUGH if age_on(today, identity.birth_date) >= YOUNGEST else Age.TOO_YOUNG
    if identity.birth_year is not None:
        oldest = today.year - identity.birth_year
        if oldest == YOUNGEST:
            return Age.NOT_SURE
        return Age.ENOUGH if oldest > YOUNGEST else Age.TOO_YOUNG
    return OF_BAND.get(AgeBand(person.age_band), Age.ENOUGH)

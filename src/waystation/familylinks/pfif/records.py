"""Records of PFIF under the names of version 1.4, and what each version calls its fields. Pure: no Django, no I/O.

PFIF (People Finder Interchange Format, zesty.ca/pfif) is the format in which registries of missing people exchange
records since 2005. Versions 1.1 to 1.4 differ in names of fields, in what must be there, and in whether a record ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

LATEST = "1.4"
NAMESPACE = "http://zesty.ca/pfif/"
VERSIONS = ("1.1", "1.2", "1.3", "1.4")


class Kind(StrEnum):
    """What a field may hold."""

    ID = "id"
    TIME = "time"
    LINE = "line"
    TEXT = "text"
    SEX = "sex"
    BIRTH = "birth"
    AGE = "age"
    COUNTRY = "country"
    TRUTH = "truth"
    STATUS = "status"


def _of(kind: Kind, since: str = "1.1") -> str:
    """A field that stays empty until somebody fills it, of a kind, known since a version."""
    found: str = field(default="", metadata={"kind": kind, "since": since})
    return found


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody told about a person. Times, ids and codes stay as text: a reader checked them."""

    note_record_id: str = _of(Kind.ID)
    person_record_id: str = _of(Kind.ID)
    linked_person_record_id: str = _of(Kind.ID, "1.2")
    entry_date: str = _of(Kind.TIME)
    author_name: str = _of(Kind.LINE)
    author_email: str = _of(Kind.LINE)
    author_phone: str = _of(Kind.LINE)
    source_date: str = _of(Kind.TIME)
    author_made_contact: str = _of(Kind.TRUTH)
    status: str = _of(Kind.STATUS, "1.2")
    email_of_found_person: str = _of(Kind.LINE)
    phone_of_found_person: str = _of(Kind.LINE)
    last_known_location: str = _of(Kind.LINE)
    text: str = _of(Kind.TEXT)
    photo_url: str = _of(Kind.LINE, "1.4")


@dataclass(frozen=True, kw_only=True)
class Person:
    """A record about a person with its notes. `full_name` and `alternate_names` may hold several, one a line."""

    person_record_id: str = _of(Kind.ID)
    entry_date: str = _of(Kind.TIME)
    expiry_date: str = _of(Kind.TIME, "1.3")
    author_name: str = _of(Kind.LINE)
    author_email: str = _of(Kind.LINE)
    author_phone: str = _of(Kind.LINE)
    source_name: str = _of(Kind.LINE)
    source_date: str = _of(Kind.TIME)
    source_url: str = _of(Kind.LINE)
    full_name: str = _of(Kind.TEXT, "1.3")
    given_name: str = _of(Kind.LINE)
    family_name: str = _of(Kind.LINE)
    alternate_names: str = _of(Kind.TEXT, "1.4")
    description: str = _of(Kind.TEXT)
    sex: str = _of(Kind.SEX, "1.2")
    date_of_birth: str = _of(Kind.BIRTH, "1.2")
    age: str = _of(Kind.AGE, "1.2")
    home_street: str = _of(Kind.LINE)
    home_neighborhood: str = _of(Kind.LINE)
    home_city: str = _of(Kind.LINE)
    home_state: str = _of(Kind.LINE)
    home_postal_code: str = _of(Kind.LINE)
    home_country: str = _of(Kind.COUNTRY, "1.2")
    photo_url: str = _of(Kind.LINE)
    profile_urls: str = _of(Kind.TEXT, "1.4")
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, each once: whole names first."""
        whole = self.full_name.split("\n") if self.full_name else [self.joined_name]
        return tuple(dict.fromkeys(name for name in (*whole, *self.alternate_names.split("\n")) if name))

    @property
    def joined_name(self) -> str:
        """Given and family name as one."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def is_placeholder(self) -> bool:
        """Whether nothing is left of it but its id and dates."""
        told = (getattr(self, one.name) for one in fields(self) if one.name not in PLACEHOLDER)
        return bool(self.expiry_date) and not any(told)


PLACEHOLDER = ("person_record_id", "entry_date", "source_date", "expiry_date")
"""What stays of a record the day after its `expiry_date`."""
SEXES = ("female", "male", "other")
STATUSES = ("information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead")

OLD_NAMES: Mapping[str, tuple[str, str]] = {
    "first_name": ("given_name", "1.3"),
    "last_name": ("family_name", "1.3"),
    "home_zip": ("home_postal_code", "1.1"),
    "other": ("description", "1.3"),
    "found": ("author_made_contact", "1.3"),
}
"""What a field was called earlier, today's name, and the last version that called it so."""
MUST: Mapping[str, Mapping[type, tuple[str, ...]]] = {
    "1.1": {
        Person: ("person_record_id", "given_name", "family_name"),
        Note: ("note_record_id", "author_name", "source_date", "text"),
    },
    "1.3": {
        Person: ("person_record_id", "source_date", "full_name"),
        Note: ("note_record_id", "author_name", "source_date", "text"),
    },
}
"""What must stand in a record since a version."""


def must_have(record: type, version: str) -> tuple[str, ...]:
    """What must stand in a record of a version."""
    return MUST["1.1" if version < "1.3" else "1.3"][record]


def kinds(record: type) -> dict[str, Kind]:
    """The fields of a record in the order in which they are written."""
    return {one.name: one.metadata["kind"] for one in fields(record) if "kind" in one.metadata}


def called(record: type, version: str) -> dict[str, str]:
    """What each field of a record is called in a version: the name in the file, and ours."""
    old = {ours: (theirs, until) for theirs, (ours, until) in OLD_NAMES.items()}
    found = {}
    for one in fields(record):
        if "kind" not in one.metadata or one.metadata["since"] > version:
            continue
        theirs, until = old.get(one.name, (one.name, "0"))
        found[theirs if version <= until else one.name] = one.name
    return found

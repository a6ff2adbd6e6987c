"""What is sealed of a list and of each of its people."""

from dataclasses import dataclass
from typing import ClassVar

from waystation.familylinks.lists.codes import Believed
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Text
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class Word:
    """What somebody told the keeper of a list about a person (a note of PFIF): when, who, what state they believed the
    person in, where last known, how to reach who was found, and the number of another record of the same person."""

    number: str = ""
    at: str = ""
    by: str = ""
    status: str = ""
    place: str = ""
    text: str = ""
    reach: str = ""
    linked: str = ""

    @property
    def status_words(self) -> Text:
        """The state in words."""
        return Believed(self.status).label if self.status in Believed.values else self.status


@dataclass(frozen=True, kw_only=True)
class ListedDocument(SealedDocument):
    """A person as a list tells of them. Every field may stay empty but one name.

    `birth_year` may be worked out from `age` and the day on which the list came; `birth` is a year, a month (YYYY-MM)
    or a day as told; `country` is ISO 3166-1 alpha-2; `number` is what the keeper calls the record. `told_at` is when
    it was written down, `told_by` by whom and how to reach them. Of a person whose record is over `number` is left.
    """

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    names: tuple[str, ...] = ()
    sex: str = ""
    birth_year: int | None = None
    birth: str = ""
    age: str = ""
    country: str = ""
    place: str = ""
    father: str = ""
    mother: str = ""
    note: str = ""
    number: str = ""
    told_at: str = ""
    told_by: str = ""
    told: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListDocument(SealedDocument):
    """Words about a list: the name of its file, by what agreement it came to us."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    file_name: str = ""
    agreement: str = ""


@dataclass(frozen=True, kw_only=True)
class FileDocument(SealedDocument):
    """The file while it waits for somebody to look at its columns."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    data: bytes = b""


@dataclass(frozen=True, kw_only=True)
class FaultDocument(SealedDocument):
    """What stood in a row that could not be taken as it stands: the value at fault, in which column or element as the
    file calls it (where a line of names is taken for heads, those are names too), and all cells of the row."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    where: str = ""
    said: str = ""
    cells: tuple[str, ...] = ()

"""What the actions of registration take and give."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict
from waystation.people.codes import AgeBand, Relation, Sex
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class RegistrationDraft:
    """Someone to register. Everything has a default: a sex and an age band are enough, and so is an alias.

    `card_code` inside `identity` is ignored: registration draws one. `kept_to_post`: only the actor's own post may see
    this person. `post_id`: where it happens, else the actor's post. `person_id`: a number the form carries, so that
    sending it twice registers once.
    """

    identity: IdentityDocument = field(default_factory=IdentityDocument)
    sex: str = Sex.NOT_KNOWN
    age_band: str = AgeBand.NOT_KNOWN
    interpreter_needed: bool = False
    kept_to_post: bool = False
    post_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MemberDraft:
    """One member of a household to register; `relation` is what they are to its first person (`codes.Relation`)."""

    person: RegistrationDraft
    relation: str = Relation.NOT_KNOWN
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What registration gives back: the row, the code for the slip (as printed), the household if there is one."""

    person: Person
    card_code: str
    household_id: UUID | None = None


class AlreadyRegistered(Conflict):
    """The same form was sent before; `person_id` is who it registered."""

    code = "already-registered"
    message = _("This was registered before: the same form came twice. Nothing was written a second time.")

    def __init__(self, person_id: UUID) -> None:
        super().__init__()
        self.person_id = person_id

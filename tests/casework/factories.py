"""Someone to help in tests, registered as the desk does it."""

from uuid import UUID

from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
from waystation.casework.models import Need
from waystation.kernel.actors import Actor
from waystation.people.drafts import MemberDraft, RegistrationDraft


def someone_in_need(by: Actor) -> dict[str, UUID]:
    """A new person with one open need, by the names that addresses use for them."""
    draft = HelpDraft(needs=[NeedDraft(code="food")], kind="registration")
    person = register_at_desk(by=by, members=[MemberDraft(person=RegistrationDraft())], draft=draft)[0].person
    return {"person_id": person.pk, "need_id": Need.objects.get(person=person).pk}

"""Family links of the demo: people of the road who look for somebody, in several scripts."""

from collections.abc import Mapping
from uuid import UUID

from waystation.familylinks.matches import actions as matches
from waystation.familylinks.tracing import actions
from waystation.familylinks.tracing.actions import MoveDraft, NewsDraft, RequestDraft
from waystation.familylinks.tracing.codes import Act, Relation
from waystation.familylinks.tracing.documents import NamePart, Relative, RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Actor
from waystation.kernel.clock import today
from waystation.people.actions import register
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import RegistrationDraft

MAY_ASK = ("own", "societies", "nodes", "lists")


def looked_for(people: Mapping[str, UUID], by: Actor) -> dict[str, TracingRequest]:
    """Two requests at work and one just written down, by the enquirer's name."""
    return {
        "ሰላም": _brother(people["ሰላም"], by),
        "Xaliimo": _son(people["Xaliimo"], by),
        "نور": _husband(people["نور"], by),
    }


def may_be_found(by: Actor, colleague: Actor) -> None:
    """Who may be the brother is in our own book, in other letters; two officers have begun to compare."""
    row = TracingRequest.objects.get(relation=Relation.BROTHER)
    identity = IdentityDocument(
        given_name="Mikael", family_name="Tekle", birth_year=today().year - 25, origin="ER", languages=("tir",)
    )
    draft = RegistrationDraft(identity=identity, sex="male", age_band="25-59")
    person = register(by=colleague, draft=draft).person
    made = matches.propose(by=by, request_id=row.pk, person_id=person.pk)
    matches.confirm(by=by, match_id=made.pk, words="He names the same mother and the same street in Keren.")


def _brother(enquirer: UUID, by: Actor) -> TracingRequest:
    document = RequestDocument(
        names=(
            NamePart(kind="given", text="ሚካኤል"),
            NamePart(kind="father", text="ተኽለ"),
            NamePart(kind="nickname", text="ሚኪ"),
            NamePart(kind="mother", text="ለተብርሃን"),
        ),
        birth_year=today().year - 24,
        birth_place="Keren",
        country="ER",
        languages=("tir",),
        work="Welder",
        cause="migration",
        lost_on=f"{today().year}-01",
        lost_at="Kassala",
        lost_how="He went ahead to find work for both, and called every week until June.",
        last_on=str(today().year),
        last_country="LY",
        last_place="Tripoli",
        together="Two friends from Keren",
        relatives=(Relative(relation="mother", name="ለተብርሃን ግርማይ"),),
        may_ask=MAY_ASK,
    )
    row = actions.open_request(
        by=by,
        person_id=enquirer,
        draft=RequestDraft(relation="brother", sex="male", age_band="18-24", document=document),
    )
    for act in (Act.ASSESS, Act.ACCEPT, Act.SEARCH):
        row = actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=act))
    news = NewsDraft(news="received", how="face", words="We wrote down everything and begin to look.")
    actions.tell(by=by, request_id=row.pk, draft=news)
    return row


def _son(enquirer: UUID, by: Actor) -> TracingRequest:
    document = RequestDocument(
        names=(
            NamePart(kind="given", text="Maxamed"),
            NamePart(kind="father", text="Cali"),
            NamePart(kind="grandfather", text="Warsame"),
        ),
        birth_year=today().year - 12,
        country="SO",
        languages=("som",),
        cause="conflict",
        lost_on=str(today().year - 1),
        lost_at="Baidoa",
        last_how="An aunt sent a message through a driver.",
        may_ask=(*MAY_ASK, "partners"),
    )
    row = actions.open_request(
        by=by, person_id=enquirer, draft=RequestDraft(relation="son", sex="male", age_band="12-17", document=document)
    )
    for act in (Act.ASSESS, Act.ACCEPT):
        row = actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=act))
    return row


def _husband(enquirer: UUID, by: Actor) -> TracingRequest:
    document = RequestDocument(
        names=(
            NamePart(kind="given", text="سامر"),
            NamePart(kind="father", text="خالد"),
            NamePart(kind="family", text="الحسن"),
            NamePart(kind="variant", text="Samer Alhasan"),
        ),
        birth_year=today().year - 44,
        country="SY",
        cause="at-sea",
        lost_on=str(today().year),
        may_ask=("own",),
    )
    draft = RequestDraft(relation="partner", sex="male", age_band="25-59", document=document)
    return actions.open_request(by=by, person_id=enquirer, draft=draft)

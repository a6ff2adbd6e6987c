"""Partners, cases, a child alone, and referrals of the demo, at different points of their roads."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from waystation.casework.cases import actions as cases
from waystation.casework.cases.codes import Act
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.children import actions as children
from waystation.casework.children.models import BestInterestsDocument, CareDocument
from waystation.casework.followups.models import FollowUp
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.casework.screening import actions as screening
from waystation.casework.screening.models import DomainDocument, ScreeningDocument, SignsDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.actions import save_partner
from waystation.organisations.models import Partner
from waystation.people.documents import ConsentDocument

LATER = timedelta(days=120)
PARTNERS = (
    ("Ospedale di Ponte, walk-in clinic", "hospital", "Health care, also at night", "Via del Ponte 3, ask for the triage nurse", 200),
    ("Casa Aperta", "shelter", "A bed for the night; women and families apart", "+39 06 555 0188", 90),
    ("Avvocati di Strada, border desk", "legal_aid", "Legal advice, Tuesdays and Fridays", "+39 06 555 0121", 400),
    ("Night kitchen on the quay", "trusted", "Hot food after nine", "Ask at the blue door", None),
)  # fmt: skip


def fill(people: Mapping[str, UUID], *, caseworker: Actor, coordinator: Actor) -> None:
    """Partners first; then people by their given name or alias, each followed a different way."""
    partners = _partners(coordinator)
    _child(people["فرهاد"], caseworker)
    _family(people["Hawa"], caseworker, coordinator, partners["Casa Aperta"])
    _afraid(people["Blessing"], caseworker)
    _looked_at(people["Blessing"], caseworker)
    _unanswered(people["Mamadou Aliou"], caseworker, partners["Avvocati di Strada, border desk"])
    _draft(people["María Fernanda"], caseworker, partners["Night kitchen on the quay"])


def _partners(by: Actor) -> dict[str, Partner]:
    today = clock.today()
    made = [
        save_partner(
            by=by,
            name=name,
            kind=kind,
            services=services,
            contact=contact,
            declared_on=today - timedelta(days=days) if days else None,
        )
        for name, kind, services, contact, days in PARTNERS
    ]
    return {partner.name: partner for partner in made}


def _child(person_id: UUID, by: Actor) -> None:
    draft = cases.CaseDraft(
        kind="child",
        risk="high",
        reason="Seventeen and travelling alone since Van. Wants to reach his uncle and go back to school.",
        wishes="To call his mother every Friday, and not to share a room with grown men.",
    )
    case = cases.open_case(by=by, person_id=person_id, draft=draft)
    children.arrange_care(by=by, case_id=case.pk, document=CareDocument(kind="none", concerns=("distress",)))
    question = BestInterestsDocument(
        question="Where Farhad sleeps until his uncle answers",
        views="He wants to stay near the post, where people know him.",
    )
    children.begin_best_interests(by=by, case_id=case.pk, procedure="determination", document=question)
    _earlier(case, timedelta(hours=27))


def _family(person_id: UUID, by: Actor, coordinator: Actor, shelter: Partner) -> None:
    draft = cases.CaseDraft(
        kind="general",
        risk="medium",
        reason="A young mother with a baby and her brother; they slept outside for three nights.",
        wishes="A door that locks, and milk for Zahra.",
    )
    case = cases.open_case(by=by, person_id=person_id, draft=draft)
    cases.go_on(by=by, case_id=case.pk, act=Act.ASSESS)
    words = {
        "assessment": "Hawa is strong and has a plan. The baby is well. What is missing is a place to sleep and money for the bus."
    }
    case.refresh_from_db()
    cases.write(by=by, case_id=case.pk, revision=case.revision, texts=words)
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="assessment", asked="May I go on to the plan?")
    cases.decide(
        by=coordinator, review_id=review.pk, act="approve", said="Yes. Please ask about the baby's vaccinations too."
    )
    cases.go_on(by=by, case_id=case.pk, act=Act.PLAN)
    week = clock.today() + timedelta(days=7)
    for goal, service, provider in (
        ("A room for the three of them", "Shelter", "Casa Aperta"),
        ("Zahra is seen by a nurse", "Health care", "Our health worker on Thursday"),
    ):
        document = GoalDocument(goal=goal, service=service, provider=provider)
        cases.add_goal(by=by, case_id=case.pk, document=document, by_when=week)
    cases.ask_supervisor(by=by, case_id=case.pk, of="plan")
    cases.add_task(
        by=by, case_id=case.pk, text="Bring the bus tickets to the harbour", due_at=clock.end_of(clock.today())
    )
    referral = _referred(person_id, by, shelter, service="shelter", priority="urgent", case=case)
    referrals.go_on(by=by, referral_id=referral.pk, act="acknowledge")
    referrals.go_on(by=by, referral_id=referral.pk, act="accept")


def _afraid(person_id: UUID, by: Actor) -> None:
    draft = cases.CaseDraft(
        kind="trafficking",
        risk="high",
        reason="Says that someone waits for her in the next town and holds a debt over her. Wants to think it over.",
        wishes="That nobody calls her telephone; she comes by herself in the mornings.",
    )
    case = cases.open_case(by=by, person_id=person_id, draft=draft)
    cases.add_note(by=by, case_id=case.pk, text="Came at seven. Drank tea with Inês. Will come again tomorrow.")
    due = clock.now() + timedelta(hours=3)
    cases.add_task(by=by, case_id=case.pk, text="Be there when she comes", due_at=due, immediate=True)


def _looked_at(person_id: UUID, by: Actor) -> None:
    """Signs that were passed on, and the talk that followed."""
    seen = SignsDocument(
        signs=("watched", "debt_before"),
        words="A man answered for her and held her bag.",
        reach="Mornings at seven, in the room with the children's drawings.",
    )
    screening.pass_on_signs(by=by, person_id=person_id, document=seen)
    heard = ScreeningDocument(
        explained_by="aicha", talks_with="female", needs=("forced",), words="I want to decide for myself where I go."
    )
    talk = screening.begin(by=by, person_id=person_id, document=heard)
    for domain, (rating, prompts, harm, summary) in TALK.items():
        found = DomainDocument(rating=rating, prompts=prompts, harm=harm, summary=summary)
        screening.rate(by=by, screening_id=talk.pk, domain=domain, document=found)


TALK: Mapping[str, tuple[str, tuple[str, ...], str, str]] = {
    "child": ("low", (), "", "She is twenty and knows it."),
    "gender": (
        "high",
        ("alone",),
        "He expects her in the next town and knows her telephone.",
        "Wants to talk with women only.",
    ),
    "health": ("low", (), "", "Sleeps badly, eats well, laughs with the children."),
    "protection": (
        "high",
        ("controlled", "threatened"),
        "If she goes on alone, the debt is asked of her.",
        "Wants time to think.",
    ),
    "other": ("medium", ("nobody",), "", "Has a cousin in Lyon whom she trusts."),
}


def _unanswered(person_id: UUID, by: Actor, lawyers: Partner) -> None:
    referral = _referred(person_id, by, lawyers, service="legal", priority="emergency", case=None)
    ago = timedelta(hours=30)
    Referral.objects.filter(pk=referral.pk).update(sent_at=clock.now() - ago, made_at=clock.now() - ago)
    _shift(referral.pk, ago)


def _draft(person_id: UUID, by: Actor, kitchen: Partner) -> None:
    document = ReferralDocument(fields=("alias", "household", "reason"), reason="Warm food in the evening for three.")
    wanted = referrals.ReferralDraft(service="food", priority="normal", partner_id=kitchen.pk, document=document)
    referrals.draft(by=by, person_id=person_id, draft=wanted)


def _referred(person_id: UUID, by: Actor, to: Partner, *, service: str, priority: str, case: Case | None) -> Referral:
    document = ReferralDocument(
        fields=("name", "age", "sex", "languages", "household", "reason"),
        reason="Needs an answer before the week ends; please call the post, not the telephone.",
        given="Food, a blanket, a first talk.",
    )
    wanted = referrals.ReferralDraft(
        service=service, priority=priority, partner_id=to.pk, document=document, case_id=case.pk if case else None
    )
    made = referrals.draft(by=by, person_id=person_id, draft=wanted)
    agreed = ConsentDocument(read_back=True, explained_by="aicha")
    referrals.agree(by=by, referral_id=made.pk, document=agreed, expires_on=clock.today() + LATER)
    return referrals.send(by=by, referral_id=made.pk, way="email")


def _earlier(case: Case, ago: timedelta) -> None:
    Case.objects.filter(pk=case.pk).update(opened_at=case.opened_at - ago, state_at=case.state_at - ago)
    _shift(case.pk, ago)


def _shift(subject: UUID, ago: timedelta) -> None:
    for row in FollowUp.objects.filter(subject=subject):
        row.opened_at -= ago
        row.due_at = row.due_at - ago if row.due_at else None
        row.save(update_fields=["opened_at", "due_at"])

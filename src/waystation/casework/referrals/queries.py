"""The only door to referrals."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waystation.casework.referrals import telling
from waystation.casework.referrals.codes import ON_THEIR_WAY, RECIPIENT_OF, Passed, State
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.exchange import queries as exchange
from waystation.exchange.models import Peer
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Partner
from waystation.people import coverage, facts
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import Purpose, RecipientKind, Sex
from waystation.people.models import Person
from waystation.vault import open_document
from waystation.web.components.cldr import day, language_name


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """Referrals this actor may see."""
    return Referral.objects.filter(policies.rows(actor, "referrals.view"))


def get_for(actor: Actor, referral_id: UUID, *, lock: bool = False) -> Referral:
    """One referral. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "partner", "to_post", "peer", "consent", "disclosure", "case")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=referral_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> QuerySet[Referral]:
    """A person's referrals that this actor may see, the newest first."""
    rows = visible_to(by).filter(person__in=people.one_person_ids(person))
    return rows.select_related("partner", "to_post", "peer").order_by("-made_at")


def recipient_kind(referral: Referral) -> str:
    """To what kind of recipient it goes, as consents name them."""
    if referral.partner:
        return RECIPIENT_OF[referral.partner.kind]
    if referral.to_post is None and referral.peer:
        return kind_of_node(referral.peer, referral.node_kind)
    return RecipientKind.SOCIETY


def kind_of_node(peer: Peer, said: str) -> str:
    """What a node's organisation is to a consent: as the partner of that name is known here, else as was said."""
    kinds = {RECIPIENT_OF[one] for one in Partner.objects.filter(name__iexact=peer.name).values_list("kind", flat=True)}
    return RecipientKind.AUTHORITY if RecipientKind.AUTHORITY in kinds else next(iter(sorted(kinds)), said)


def node_of(referral: Referral) -> Peer | None:
    """The trusted node by which who is asked can be asked, if there is one; of a partner the one of its own name."""
    if referral.to_post or recipient_kind(referral) == RecipientKind.AUTHORITY:
        return None
    trusted = exchange.trusted()
    if referral.partner is None:
        return trusted.filter(pk__in=[referral.peer_id]).first()
    named = list(trusted.filter(name__iexact=referral.partner.name)[:2])
    return named[0] if len(named) == 1 else None


def may_print(referral: Referral) -> bool:
    """Whether the form may exist on paper: under a consent; for an authority only once it has left."""
    waits = referral.state == State.CONSENTED and recipient_kind(referral) == RecipientKind.AUTHORITY
    left = referral.state in ON_THEIR_WAY and not referral.by_message
    return (referral.state == State.CONSENTED or left) and not waits


def document_of(referral: Referral, *, by: Actor) -> ReferralDocument:
    """What a referral says."""
    return open_document(referral, ReferralDocument, by=by)


def require_consent(referral: Referral, *, by: Actor) -> None:
    """Raise ConsentMissing unless it could be sent now, AuthorityRefused where no second officer agreed to an
    authority."""
    kind = recipient_kind(referral)
    if kind == RecipientKind.AUTHORITY and (referral.disclosure is None or referral.disclosure.sent_at is None):
        raise AuthorityRefused
    person = people.get_for(by, referral.person_id)
    coverage.consent_for(by, person, purpose=Purpose.REFERRAL, recipient_kind=kind, recipient=referral.to_name)


def leaving(referral: Referral, *, by: Actor, only: Iterable[str] | None = None) -> list[tuple[str, str, str]]:
    """Exactly what would leave, line by line: code, label, value, in the language active now. Empty values stay away.

    `only` narrows to the fields of a consent; without it, to what the draft asks for.
    """
    said = document_of(referral, by=by)
    wanted = set(said.fields if only is None else only)
    values = _values(referral, said, by)
    return [(code.value, str(code.label), values[code]) for code in Passed if code in wanted and values[code]]


def preview(referral: Referral, *, by: Actor) -> dict[str, Any]:
    """What is asked first by a sealed message: nothing by which one could know who it is, nothing not agreed to."""
    said, person = document_of(referral, by=by), referral.person
    values = {
        "age_band": person.age_band,
        "sex": person.sex,
        "languages": list(people.identity_of(person, by=by).languages),
        "needed_by": said.deadline.isoformat() if said.deadline else "",
    }
    asked = {"service": referral.service, "priority": referral.priority}
    return asked | telling.only(values, said.fields, telling.PREVIEW)


def content(referral: Referral, *, by: Actor) -> dict[str, Any]:
    """What is told by a sealed message once they would help: what was agreed and is known, and nothing else."""
    said, person = document_of(referral, by=by), referral.person
    identity = people.identity_of(person, by=by)
    household = people.household_of(person, by=by)
    values = {
        **{name: getattr(identity, name) for name in ("given_name", "family_name", "alias", "phone", "contact_note")},
        **{name: getattr(said, name) for name in ("caregiver", "reason", "given", "special")},
        "age": facts.years(identity),
        "age_band": person.age_band,
        "sex": person.sex,
        "languages": list(identity.languages),
        "household": len(household.members) if household else 1,
        "deadline": said.deadline.isoformat() if said.deadline else "",
        "deadline_of": said.deadline_of if said.deadline else "",
    }
    return telling.only(values, said.fields, telling.WIRE)


def _values(referral: Referral, said: ReferralDocument, by: Actor) -> dict[Passed, str]:
    person = referral.person
    identity = people.identity_of(person, by=by)
    household = people.household_of(person, by=by)
    size = len(household.members) if household else 1
    return {
        Passed.NAME: " ".join(part for part in (identity.given_name, identity.family_name) if part),
        Passed.ALIAS: identity.alias,
        Passed.AGE: str(facts.age(person, identity)),
        Passed.SEX: str(Sex(person.sex).label),
        Passed.LANGUAGES: _(", ").join(language_name(code) for code in identity.languages),
        Passed.PHONE: identity.phone,
        Passed.CONTACT: identity.contact_note,
        Passed.HOUSEHOLD: ngettext("%(count)d person", "%(count)d people", size) % {"count": size},
        Passed.CAREGIVER: said.caregiver,
        Passed.REASON: said.reason,
        Passed.GIVEN: said.given,
        Passed.SPECIAL: said.special,
        Passed.DEADLINE: f"{day(said.deadline)} {said.deadline_of}".strip() if said.deadline else "",
    }

"""Run as a process of its own: one step in the life of a node that asks the road or is asked; prints JSON."""

import sys
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.roads.exchange_node import STEPS, main, officer
from tests.roads.handover_node import at_work


def links() -> Any:
    """An officer of family links, with the node open."""
    officer()
    return at_work("family-links")


def announce(address: str) -> str:
    """Say where this node is reached; its descriptor."""
    from waystation.exchange import actions, descriptors, identity

    actions.announce(by=officer(), addresses=[address])
    return descriptors.to_text(bytes(identity.required().descriptor))


def begin_circle(peer: str) -> str:
    """Write a circle with a peer in which both publish and ask, and sign it."""
    from waystation.exchange import identity
    from waystation.exchange.circles import actions
    from waystation.exchange.circles.documents import Circle, Member, Steward
    from waystation.exchange.models import Peer
    from waystation.kernel.clock import now

    by, other = officer(), Peer.objects.get(pk=peer)
    us, key = identity.node_id(), identity.signing_key().public_key().public_bytes_raw()
    begins = ("trace.publication", "trace.query")
    circle = Circle(
        id=uuid4(),
        number=1,
        at=now(),
        name="Family links of the coast",
        purpose="Find each other",
        agreement="Ask blindly.",
        until=now() + timedelta(days=90),
        k=2,
        stewards=(Steward(node=us, key=key), Steward(node=other.pk, key=bytes(other.signing))),
        members=(Member(node=us, name="We", begins=begins), Member(node=other.pk, name="They", begins=begins)),
    )
    actions.draft(by=by, circle=circle)
    actions.sign(by=by, circle_id=circle.id, digest=circle.digest)
    return str(circle.id)


def know() -> str:
    """People who may be found, a brother among them; his number."""
    from tests.familylinks.asking.mirror import brother, findable
    from tests.people.factories import registered

    by = links()
    for number in range(8):
        findable(by, registered(by, f"Yonas {number}", "Berhane", birth_year=1980 + number, origin="ER").person)
    return str(brother(by).pk)


def publish(circle: str) -> int:
    """Let them be found; how many."""
    from waystation.familylinks.asking import holding
    from waystation.familylinks.asking.models import OwnPublication

    holding.begin(by=links(), circle_id=UUID(circle))
    return OwnPublication.objects.get(ended_at__isnull=True).people


def ask(whom: str) -> str:
    """Somebody looks for a brother, or for a stranger; the request's id."""
    from tests.familylinks.asking.mirror import STRANGER, asked
    from tests.people.factories import registered

    by = links()
    enquirer = registered(by, "ሰላም", "ተኽለ").person
    return str(asked(by, enquirer, **({} if whom == "brother" else {"names": STRANGER})).request_id)


def hour() -> int:
    """The hour is over: answers leave; how many."""
    from waystation.familylinks.asking import housekeeping
    from waystation.familylinks.asking.models import Answered
    from waystation.kernel import clock

    links()
    count = Answered.objects.filter(left_at__isnull=True).update(leaves_at=clock.now())
    housekeeping.tidy()
    return count


def decide(how: str) -> list[str]:
    """The person is asked and says yes or no; what the claims say of who asks."""
    from waystation.familylinks.asking import deciding, queries, resolving
    from waystation.familylinks.asking.deciding import Answer
    from waystation.familylinks.asking.models import Claim

    by, said = links(), []
    resolving.look()
    for claim in Claim.objects.filter(state="waiting"):
        said.append(queries.document_of(claim, by=by).relation)
        deciding.go_on(by=by, claim_id=claim.pk, act="ask")
        if how == "agree":
            deciding.agree(by=by, claim_id=claim.pk, answer=Answer(words="I am well, Selam.", read_back=True))
        else:
            deciding.decline(by=by, claim_id=claim.pk, note="", never="nobody")
    return said


def stand() -> dict[str, Any]:
    """What stands in the book: questions, words, claims, what others publish; whether the log holds."""
    from waystation.audit.verify import verify_log
    from waystation.exchange.models import Outgoing
    from waystation.familylinks.asking.documents import WordDocument
    from waystation.familylinks.asking.models import Answered, Claim, Question, TheirPublication, Word
    from waystation.vault import open_document

    by = links()
    questions = Question.objects.order_by("asked_at")
    return {
        "published": list(TheirPublication.objects.values_list("is_whole", flat=True)),
        "questions": [[row.state, bool(row.sealed)] for row in questions],
        "left": [
            list(Outgoing.objects.filter(subject=row.pk).order_by("seq").values_list("kind", "size", "state"))
            for row in questions
        ],
        "words": [open_document(row, WordDocument, by=by).words for row in Word.objects.all()],
        "claims": list(Claim.objects.order_by("came_at").values_list("state", flat=True)),
        "answered": Answered.objects.count(),
        "log": list(verify_log().problems),
    }


def secrets_of_sought() -> list[str]:
    """Everything that says who is sought: names, keys, tokens, as hexadecimal digits."""
    from tests.familylinks.asking.mirror import BROTHER
    from waystation.familylinks.asking import road
    from waystation.familylinks.asking.protocol import keys, tokens
    from waystation.familylinks.tracing.documents import RequestDocument

    facts = road.facts_of(RequestDocument(names=BROTHER, birth_year=1999, country="ER"))
    parts = [part for name in facts.names for part in keys.keys_of(name)]
    words = {part.text for part in BROTHER} | {"Mikael", "Tekle", "Gebre", "ሰላም"}
    words |= {key for part in parts for key in (*part.near, *part.far) if len(key) > 3}
    every = {word.encode() for word in words} | set(tokens.asked(facts, few=True)) | set(tokens.asked(facts, few=False))
    return sorted(one.hex() for one in every)


def tags_of_known(person: str) -> list[str]:
    """The tags under which somebody stands in our table."""
    from waystation.familylinks.asking import finding
    from waystation.familylinks.asking.documents import KeyDocument
    from waystation.familylinks.asking.models import OwnPublication
    from waystation.familylinks.asking.protocol import questions, tokens
    from waystation.vault.sealing import open_for_keeping

    links()
    row = OwnPublication.objects.get(ended_at__isnull=True)
    facts = dict(finding.findable("Family links of the coast"))[UUID(person)]
    secret = open_for_keeping(row, KeyDocument).secret
    return [tag.hex() for tag in questions.tags_of(secret, tokens.stored(facts, few=True))]


STEPS |= {
    "announce": announce,
    "begin-circle": begin_circle,
    "know": know,
    "publish": publish,
    "ask": ask,
    "hour": hour,
    "decide": decide,
    "stand": stand,
    "secrets": secrets_of_sought,
    "tags": tags_of_known,
}

if __name__ == "__main__":
    main(*sys.argv[1:])

"""What the book holds of questions on the road: nothing readable, and nothing once somebody is erased."""

from django.db import connection

from tests.familylinks.asking.mirror import BROTHER, Road, claimed
from waystation.familylinks.asking import road as asking_road
from waystation.familylinks.asking.codes import CLAIM
from waystation.familylinks.asking.models import Asking, Claim, OwnPublication, Question
from waystation.familylinks.asking.protocol import tokens
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.kernel.actors import Actor
from waystation.people.actions.erasing import erase_as_asked
from waystation.people.models import Person


def test_erased_on_either_side_nothing_of_it_stays(
    by: Actor, actors: dict[str, Actor], enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    claimed(by, enquirer, road)
    for person in (known, enquirer):
        erase_as_asked("person-asked", actors["coordinator"], person.pk)

    assert not Claim.objects.exists()
    assert not Asking.objects.exists()
    assert not Question.objects.exists()


def test_the_book_holds_no_token_and_no_tag_in_the_open(
    by: Actor, enquirer: Person, known: Person, road: Road, published: OwnPublication
) -> None:
    """Tables of the noun, dumped as they stand: what a thief of a locked node has."""
    claimed(by, enquirer, road)
    tags = [tag for message in road.of_kind(CLAIM) for tag in message.body["tags"]]
    dumped = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("asking_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                for line in cursor.fetchall():
                    dumped += b"".join(
                        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in line
                    )
    assert len(dumped) > 2000
    for made in tokens.asked(asking_road.facts_of(RequestDocument(names=BROTHER, birth_year=1999)), few=True):
        assert made not in dumped
    assert not [tag for tag in tags if tag in dumped]

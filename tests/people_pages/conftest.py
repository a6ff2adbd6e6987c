"""People on whose pages the tests look, and how a test reads a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import draft, family, registered, staff
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people import actions
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument, StopDocument
from waystation.people.models import Person

__all__ = ["draft", "family", "registered"]


@pytest.fixture
def other_post(node: Post) -> Post:
    return Post.objects.create(name="Harbour", kind="port")


@pytest.fixture
def worker(node: Post) -> Actor:
    return staff("caseworker", node)


@pytest.fixture
def amina(worker: Actor) -> Person:
    """A mother with a child, two stops, one consent and the notice read to her."""
    mother, _child = family(worker, "Amina", "Yusuf")
    person = mother.person
    actions.add_stop(by=worker, person_id=person.pk, stage="origin", stop=StopDocument(country="SO", place="Kismaayo"))
    actions.add_stop(by=worker, person_id=person.pk, stage="transit", stop=StopDocument(country="KE"))
    document = ConsentDocument(
        read_back=True, recipients=("Lakeside clinic",), withheld=("Cousin Omar",), language="som"
    )
    actions.give_consent(
        by=worker,
        person_id=person.pk,
        purpose="referral",
        recipient_kind="health",
        document=document,
        expires_on=clock.today() + USUAL_CONSENT,
    )
    actions.record_notice(by=worker, person_id=person.pk, language="som", understood=True, via="interpreter")
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def volunteer(client_for: Callable[..., Client]) -> Client:
    return client_for("volunteer")


@pytest.fixture
def caseworker(client_for: Callable[..., Client]) -> Client:
    return client_for("caseworker")


@pytest.fixture
def coordinator(client_for: Callable[..., Client]) -> Client:
    return client_for("coordinator")


def at(name: str, person: Person, *more: Any) -> str:
    """The address of a page about a person."""
    return reverse(f"people:{name}", args=[person.pk, *more])

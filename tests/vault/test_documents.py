"""Documents go round whole, and their size says little."""

from dataclasses import dataclass
from typing import Any, ClassVar

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.sealed import Colour, HealthLetter, Letter, Place
from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument
from waystation.vault.documents import LENGTH_BYTES, PAD_TO
from waystation.vault.problems import CannotSeal

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLACES = st.builds(Place, country=TEXT, seen=st.lists(st.dates()).map(tuple))
LETTERS = st.builds(
    Letter,
    name=TEXT,
    year=st.none() | st.integers(),
    weight=st.floats(allow_nan=False),
    urgent=st.booleans(),
    born=st.none() | st.dates(),
    met_at=st.none() | st.datetimes(timezones=st.timezones()).map(lambda at: at.replace(fold=0)),
    number=st.none() | st.uuids(),
    colour=st.sampled_from(Colour),
    raw=st.binary(),
    names=st.lists(TEXT).map(tuple),
    place=PLACES,
    places=st.lists(PLACES, max_size=3).map(tuple),
)


@given(LETTERS)
def test_every_document_comes_back_as_it_was(letter: Letter) -> None:
    back = Letter.from_bytes(letter.to_bytes(), Letter.schema_version)
    assert back == letter
    assert type(back.colour) is Colour
    assert len(letter.to_bytes()) % PAD_TO == 0


def test_short_names_of_any_length_take_the_same_room() -> None:
    assert len({len(Letter(name="x" * length).to_bytes()) for length in range(1, 40)}) == 1


def test_an_older_version_is_upgraded() -> None:
    assert HealthLetter.from_bytes(_stored({"note": "asthma"}), 1) == HealthLetter(text="asthma")


def test_a_field_that_this_program_does_not_know_is_left_out_and_a_missing_one_gets_its_default() -> None:
    assert Letter.from_bytes(_stored({"name": "Amal", "from_the_future": [1]}), 1) == Letter(name="Amal")


def test_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(CannotSeal):
        Letter(name="\ud83d").to_bytes()


@pytest.mark.parametrize("kind", [dict[str, str], list[str], int | str, tuple[int, str], object])
def test_a_field_of_a_kind_that_would_not_come_back_is_refused(kind: Any) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Wrong(SealedDocument):
        compartment: ClassVar = Compartment.BASIC
        field: Any = None

    Wrong.__annotations__["field"] = kind
    with pytest.raises(TypeError, match="cannot stand in a sealed document"):
        Wrong().to_bytes()


def test_a_field_without_a_default_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Wrong(SealedDocument):
        compartment: ClassVar = Compartment.BASIC
        name: str

    with pytest.raises(TypeError, match="needs a default"):
        Wrong(name="x").to_bytes()


def _stored(data: dict[str, Any]) -> bytes:
    body = cbor2.dumps(data)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body

"""Tokens are conjunctions of three facts or four, never one, and within the numbers that the protocol promises."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from waystation.familylinks.asking.protocol import tokens
from waystation.familylinks.asking.protocol.tokens import Facts, asked, can_be_found, stored

WORDS = st.sampled_from(["Amina", "Yusuf", "Barre", "فاطمه", "حیدری", "Tekle", "Bondar", "Nguyen", "Osman", "Traoré"])
NAMES = st.lists(st.lists(WORDS, max_size=7).map(" ".join), max_size=5)
PLACES = st.lists(st.sampled_from(["SY", "Herat", "Mogadishu", "AF", "Douala"]), max_size=5)
FACTS = st.builds(
    Facts,
    names=NAMES,
    birth_year=st.sampled_from([0, 1960, 1999]),
    mother=st.sampled_from(["", "Khadija Ali"]),
    places=PLACES,
)
KINDS = {"2y": 4, "2m": 4, "2p": 4, "3n": 4, "2yp": 5, "2ym": 5, "3ny": 5}
"""How many parts a token of each kind has, its kind among them."""
THREE, FOUR = {"2y", "2m", "2p", "3n"}, {"2yp", "2ym", "3ny"}


def kinds(found: list[bytes]) -> set[str]:
    return {token.decode().split("|")[0] for token in found}


@given(FACTS, st.booleans())
def test_every_token_is_of_a_kind_that_is_listed(facts: Facts, few: bool) -> None:
    for found, most in ((stored(facts, few=few), tokens.MOST_STORED), (asked(facts, few=few), tokens.ASKED)):
        assert len(found) == len(set(found)) <= most
        assert kinds(found) <= (FOUR if few else THREE)
        assert all(len(token.decode().split("|")) == KINDS[token.decode().split("|")[0]] for token in found)


@given(FACTS, st.booleans())
def test_what_is_stored_and_what_is_asked_of_the_same_person_meet(facts: Facts, few: bool) -> None:
    if can_be_found(facts, few=few):
        assert len(set(stored(facts, few=few)) & set(asked(facts, few=few))) >= tokens.ENOUGH_HITS


@settings(max_examples=300)
@example(Facts(["Amina Yusuf Osman"], 1960, "Khadija Ali", ["SY"]))  # more readings than there is room for
@given(FACTS)
def test_the_order_of_names_and_places_of_a_person_says_nothing(facts: Facts) -> None:
    turned = Facts(
        [" ".join(reversed(name.split())) for name in facts.names[:1]], facts.birth_year, facts.mother, facts.places[:1]
    )
    straight = Facts(facts.names[:1], facts.birth_year, facts.mother, facts.places[:1])
    if all(len(name.split()) <= 3 for name in straight.names):
        assert set(stored(turned, few=False)) == set(stored(straight, few=False))


def test_a_name_of_two_parts_with_year_mother_and_place() -> None:
    facts = Facts(["Amina Barre"], 1990, "Hawo Jama", ["SO"])

    assert stored(facts, few=False) == [
        b"2y|br|mn|1990", b"2m|br|mn|~hw", b"2y|BL|M|1990", b"2m|BL|M|~", b"2p|br|mn|so", b"2p|BL|M|SO",
    ]  # fmt: skip
    assert stored(facts, few=True) == [
        b"2ym|br|mn|1990|~hw", b"2ym|BL|M|1990|~", b"2yp|br|mn|1990|so", b"2yp|BL|M|1990|SO",
    ]  # fmt: skip


def test_who_asks_tries_the_years_beside_and_the_holder_stores_one() -> None:
    facts = Facts(["Amina Barre"], 1990)

    assert {token.split(b"|")[3] for token in asked(facts, few=False)} == {b"1989", b"1990", b"1991"}
    assert {token.split(b"|")[3] for token in stored(facts, few=False)} == {b"1990"}


def test_when_there_is_too_much_places_fall_first() -> None:
    facts = Facts(["Amina Yusuf Barre Warsame"], 1990, "Hawo Jama", ["SO", "Kismayo"])

    assert len(asked(facts, few=False)) == tokens.ASKED
    assert kinds(asked(facts, few=False)) == {"2y", "2m", "3n"}
    assert kinds(asked(Facts(["Amina Barre"], 1990, "", ["SO", "Kismayo"]), few=False)) == {"2y", "2p"}


def test_a_vague_question_asks_nothing() -> None:
    assert asked(Facts(["Mohammed"], 1998, "Fatima", ["SY"]), few=False) == []
    assert asked(Facts(["Mohammed Ali"]), few=False) == []
    assert not can_be_found(Facts(["Mohammed"], 1998))


def test_another_spelling_of_the_name_is_asked_too() -> None:
    one = set(asked(Facts(["Amina Barre"], 1990), few=False))

    assert one < set(asked(Facts(["Amina Barre", "Aamina Bari Jama"], 1990), few=False))

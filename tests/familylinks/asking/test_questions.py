"""A question tells its holder nothing, an answer tells its asker two hits or nothing, and neither can be bent."""

import secrets

import pytest

from waystation.familylinks.asking.protocol import golomb, publishing, questions, ristretto, tokens
from waystation.familylinks.asking.protocol.questions import DUMMY, NotAQuestion
from waystation.familylinks.asking.protocol.ristretto import NotInGroup
from waystation.familylinks.asking.protocol.tokens import Facts
from waystation.familylinks.asking.protocol.voprf import NotProven

HELD = [
    Facts(["Amina Yusuf Barre"], 1990, "Hawo Jama", ["SO"]),
    Facts(["محمد حيدري"], 1985, "", ["AF", "Herat"]),
    Facts(["Salam Tekle Gebre"], 2001),
]


class Holder:
    """A publication of HELD, as far as a test needs it."""

    def __init__(self) -> None:
        self.keys = questions.new_keys()
        tags = list(publishing.tags_of_people(self.keys.secret, HELD, few=False))
        self.whose = {tag: place for place, own in enumerate(tags) for tag in own}
        self.set = golomb.TagSet(golomb.build(golomb.heads_of(self.whose), golomb.slots_for(len(self.whose))))

    def asked(self, facts: Facts) -> list[int]:
        asked = questions.ask(tokens.asked(facts, few=False))
        evaluated, proof = questions.answer(self.keys, asked.elements)
        found = questions.hits(asked, self.keys.public, evaluated, proof, self.set)
        return questions.meant([self.whose[tag]] if tag in self.whose else [] for tag in found)


@pytest.fixture(scope="module")
def holder() -> Holder:
    return Holder()


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (Facts(["Barre Amina"], 1991, "", ["SO"]), 0),
        (Facts(["Mohammad Haidari"], 1984, "", ["AF"]), 1),
        (Facts(["ሰላም ተክለ ገብረ"]), 2),
    ],
)
def test_a_person_is_found_across_scripts_orders_and_years(holder: Holder, facts: Facts, place: int) -> None:
    assert holder.asked(facts) == [place]


@pytest.mark.parametrize(
    "facts",
    [
        Facts(["Mohammed"], 1985, "", ["AF"]),
        Facts(["Amina Barre"], 1970, "", ["KE"]),
        Facts(["Leila Nasseri"], 1990, "", ["SO"]),
        Facts([""]),
    ],
)
def test_a_vague_question_or_one_of_somebody_else_finds_nobody(holder: Holder, facts: Facts) -> None:
    assert holder.asked(facts) == []


def test_every_question_has_32_different_elements_whatever_it_asks() -> None:
    for facts in (Facts([""]), HELD[0]):
        asked = questions.ask(tokens.asked(facts, few=False))
        assert len(set(asked.elements)) == tokens.ASKED
        questions.check(asked.elements)


def test_two_questions_about_one_person_have_nothing_in_common() -> None:
    made = tokens.asked(HELD[0], few=False)
    one, other = questions.ask(made), questions.ask(made)

    assert not set(one.elements) & set(other.elements)
    assert one.tokens != other.tokens
    assert sorted(one.tokens) == sorted(other.tokens)


def test_more_tokens_than_a_question_has_are_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        questions.ask([bytes([place]) for place in range(33)])


def test_a_single_hit_is_forgotten(holder: Holder) -> None:
    one = tokens.stored(HELD[0], few=False)[0]
    asked = questions.ask([one])
    evaluated, proof = questions.answer(holder.keys, asked.elements)

    assert questions.hits(asked, holder.keys.public, evaluated, proof, holder.set) == []


def test_a_dummy_never_hits() -> None:
    keys = questions.new_keys()
    asked = questions.ask([])
    evaluated, proof = questions.answer(keys, asked.elements)
    tag = questions.tags_of(keys.secret, [DUMMY])
    everything = golomb.TagSet(golomb.build(golomb.heads_of(tag), golomb.SPREAD))

    assert questions.hits(asked, keys.public, evaluated, proof, everything) == []


@pytest.mark.parametrize("bent", ["few", "more", "twice", "no point", "identity", "short"])
def test_a_question_that_is_none_gets_no_answer(holder: Holder, bent: str) -> None:
    good = list(questions.ask([]).elements)
    elements = {
        "few": good[:-1],
        "more": [*good, questions.ask([]).elements[0]],
        "twice": [*good[:-1], good[0]],
        "no point": [*good[:-1], b"\xff" * 32],
        "identity": [*good[:-1], bytes(32)],
        "short": [*good[:-1], good[-1][:31]],
    }[bent]

    with pytest.raises(NotAQuestion):
        questions.answer(holder.keys, elements)


def test_an_answer_of_another_key_is_refused(holder: Holder) -> None:
    asked = questions.ask(tokens.asked(HELD[0], few=False))
    evaluated, proof = questions.answer(questions.new_keys(), asked.elements)

    with pytest.raises(NotProven):
        questions.hits(asked, holder.keys.public, evaluated, proof, holder.set)
    with pytest.raises(NotInGroup):
        questions.hits(asked, holder.keys.public, [*evaluated[:-1], bytes(32)], proof, holder.set)


def test_of_one_key_another_has_nothing(holder: Holder) -> None:
    """With the key destroyed, the set is noise: the tags under the next key are others."""
    made = tokens.stored(HELD[0], few=False)

    assert not any(map(holder.set.has, questions.tags_of(questions.new_keys().secret, made)))
    assert all(map(holder.set.has, questions.tags_of(holder.keys.secret, made)))


def test_a_claim_that_fits_too_many_people_means_nobody() -> None:
    assert questions.meant([[1, 2], [1, 2, 3]]) == [1, 2]
    assert questions.meant([[1, 2, 3, 4], [1, 2, 3, 4]]) == []
    assert questions.meant([[1], [2]]) == []
    assert questions.meant([]) == []


def test_several_processes_make_the_tags_that_one_makes() -> None:
    secret = questions.new_keys().secret
    people = [Facts([f"Amina Barre {secrets.token_hex(3)}"], 1990 + place % 20) for place in range(1100)]

    one = list(publishing.tags_of_people(secret, people, few=False, processes=1))

    assert list(publishing.tags_of_people(secret, iter(people), few=False, processes=2)) == one
    assert len(one) == len(people)


def test_who_has_too_few_facts_has_no_tags() -> None:
    assert list(publishing.tags_of_people(ristretto.random_scalar(), [Facts(["Amina"], 1990)], few=False)) == [[]]
    assert list(publishing.tags_of_people(ristretto.random_scalar(), [], few=False)) == []

"""One person's name becomes the same keys at two borders, whoever wrote it down, and in any order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.familylinks.asking.protocol import keys
from waystation.familylinks.asking.protocol.keys import Keys, keys_of


def near(name: str) -> set[str]:
    return {part.near[0] for part in keys_of(name)}


def far(name: str) -> set[str]:
    return {part.far[0] for part in keys_of(name)}


def meet(one: Keys, other: Keys) -> bool:
    return bool(set(one.far) & set(other.far))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fatima Haidari", "فاطمه حیدری"),
        ("Yusuf Idris", "يوسف إدريس"),
        ("Salam Tekle", "ሰላም ተክለ"),
        ("Svitlana Bondar", "Світлана Бондар"),
        ("Mohammed Barre", "Mamadou Barre"),
        ("Mehmet Demir", "Mohamed Demir"),
        ("Youssef Traoré", "Joseph Traore"),
        ("Abd al-Rahman Saleh", "Abdurrahman Salih"),
        ("Maryam bint Omar", "Marie Omar"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert near(one) & near(other) or far(one) & far(other)
    assert all(any(meet(part, there) for there in keys_of(other)) for part in keys_of(one))


@pytest.mark.parametrize(
    ("one", "other"), [("Ahmed Ali", "Mohammed Ali"), ("Hassan Karim", "Hussein Selim"), ("Awa Diallo", "Ali Diallo")]
)
def test_names_of_different_people_stay_apart_under_the_near_rule(one: str, other: str) -> None:
    assert near(one) != near(other)


def test_a_reading_of_another_language_is_kept_beside_the_usual_one() -> None:
    thabit, sabet = keys_of("ثابت"), keys_of("Sabet")

    assert thabit[0].near[0] != sabet[0].near[0]
    assert set(thabit[0].near) & set(sabet[0].near)


@given(st.permutations(["Amina", "Yusuf", "Barre"]))
def test_the_order_of_parts_never_matters(parts: list[str]) -> None:
    assert set(keys_of(" ".join(parts))) == set(keys_of("Amina Yusuf Barre"))


@given(st.text(max_size=60))
def test_any_text_has_few_short_keys_and_they_never_change(name: str) -> None:
    found = keys_of(name)

    assert len(found) <= keys.MOST_PARTS
    assert found == keys_of(unicodedata.normalize("NFKC", name))
    for part in found:
        assert 0 < len(part.near) <= keys.MOST_READINGS
        assert all(len(key.strip("~")) <= keys.LONGEST_KEY and key == key.lower() for key in part.near)
        assert all(len(key.strip("~")) <= keys.LONGEST_KEY and key == key.upper() for key in part.far)
        assert not any("|" in key for key in (*part.near, *part.far))


def test_articles_and_particles_are_dropped() -> None:
    assert near("Omar al-Bashir") == near("Omar Bashir") == near("Omar ould Bashir")


def test_of_a_long_name_the_first_parts_and_the_last_are_kept() -> None:
    assert len(keys_of("Amina Yusuf Barre Warsame Guled Samatar")) == keys.MOST_PARTS
    assert keys_of("Amina Yusuf Barre Warsame Guled Samatar")[-1] == keys_of("Samatar")[0]


def test_a_name_given_twice_counts_once() -> None:
    assert len(keys_of("Mohammed Mohamed")) == 1


def test_a_country_is_its_code_and_a_town_sounds_alike_in_two_scripts() -> None:
    damascus, other = keys.key_of_place("Dimashq"), keys.key_of_place("دمشق")

    assert keys.key_of_place("SY") == Keys(("sy",), ("SY",))
    assert damascus is not None
    assert other is not None
    assert meet(damascus, other)
    assert keys.key_of_place("  ") is None


def test_the_rules_have_not_changed_under_their_number() -> None:
    """Whoever changes a key changes VERSION, or nodes of two versions ask one another in vain."""
    told = "|".join(f"{part.near[0]} {part.far[0]}" for part in keys_of("Mohammed Warsame al-Khatib Gebreselassie"))

    assert (keys.VERSION, told) == (2, "mmt MT|rsm LSM|ktb KTB|kbrsls KBLSLS")

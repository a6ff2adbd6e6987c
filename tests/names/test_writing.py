"""A name sounds the same in whatever script it is written, and no text breaks the reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.names import symbols
from waystation.names.vocabulary import NEAR_GROUP, Vocabulary
from waystation.names.words import MOST_PARTS, Part, parts_of
from waystation.names.writing import normal, sounds_of

SAME_NAME = [
    ("Arabic", "الحسن", "Alhassan"),
    ("Arabic, a heavy z", "مظفري", "Mozaffari"),
    ("Arabic, ayn and jim", "جعجع", "Geagea"),
    ("Persian", "پرویز", "Parviz"),
    ("Urdu", "عثمان", "Osman"),
    ("Egypt says g", "جمال", "Gamal"),
    ("Hebrew", "יצחק", "Yitzhak"),
    ("Hebrew v", "אברהם", "Avraham"),
    ("Ethiopic", "ሰላም", "Selam"),
    ("Tigrinya kh", "ተኽለ", "Tekle"),
    ("Cyrillic", "Левченко", "Levchenko"),
    ("Cyrillic h", "Хусейн", "Hussein"),
    ("Cyrillic w", "Вудс", "Woods"),
    ("Greek", "Παπαδόπουλος", "Papadopoulos"),
    ("Georgian", "ჩხეიძე", "Chkheidze"),
    ("Armenian", "Հակոբյան", "Hakobyan"),
    ("Devanagari", "विचारी", "Bichari"),
    ("Bengali", "যাদব", "Jadav"),
    ("Tamil", "குவான்", "Guan"),
    ("Somali x", "حليمة", "Xaliimo"),
    ("Somali c", "عبدي", "Cabdi"),
    ("Turkish", "چلیک", "Çelik"),
    ("French ch", "بوشماوي", "Bouchamaoui"),
    ("Two neighbours changed places", "Mufti", "Mutfi"),
    ("A letter too many", "Diallo", "Diallho"),
    ("Two consonants with an unwritten vowel between", "ممدوح", "Mamdouh"),
    ("ts", "پارتس", "Parts"),
    ("The soft g of Turkish", "إيروغلو", "Eroğlu"),
    ("zh that is no one sound", "مظهر", "Mazhar"),
    ("Ng in Chinese names", "Хуан", "Huang"),
    ("A mute ending", "جورج", "Georges"),
    ("An article in one with the name", "العربي", "Larbi"),
    ("What looks like an article", "الیس", "Ellis"),
    ("What looks like an article", "الهام", "Ilham"),
]


def alike(one: str, other: str) -> float:
    """How like the second word is to the first, as the index sees it."""
    vocabulary = Vocabulary()
    (readings,) = [vocabulary.readings(part) for part in parts_of(one)]
    (part,) = parts_of(other)
    numbers, likeness = vocabulary.near(part).readings
    near = dict(zip(numbers.tolist(), likeness.tolist(), strict=True))
    return max(float(near.get(reading, 0.0)) for reading in readings)


@pytest.mark.parametrize(("what", "one", "other"), SAME_NAME)
def test_one_name_in_two_writings_is_near_both_ways(what: str, one: str, other: str) -> None:
    assert alike(one, other) >= 0.6, what
    assert alike(other, one) >= 0.6, what


@pytest.mark.parametrize(
    ("one", "other"), [("محمد", "Fatima"), ("Diallo", "Camara"), ("ሰላም", "Tekle"), ("Ion", "Ahmed")]
)
def test_other_names_are_not_near(one: str, other: str) -> None:
    assert alike(one, other) < NEAR_GROUP


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الكريم", "Abdulkarim"),
        ("Abd al-Karim", "Abdelkarim"),
        ("عبدالله", "Abdullah"),
        ("فضل الله", "Fazlullah"),
        ("كمال الدين", "Kamaluddin"),
        ("Nour Eddine", "Noureddine"),
        ("Al-Shamrani", "الشمراني"),
        ("ash-Shamrani", "Shamrani"),
        ("O'Brien", "OBrien"),
        ("رمضان أوغلو", "Ramazanoğlu"),
        ("Мамед оглы", "Mammadoğlu"),
    ],
)
def test_what_belongs_together_is_one_part(one: str, other: str) -> None:
    assert len(parts_of(one)) == len(parts_of(other)) == 1
    assert alike(one, other) >= 0.9


def test_a_word_before_a_name_may_be_written_as_one_with_it_or_left_out() -> None:
    (ali,) = parts_of("Ben Ali")
    assert set(ali.words) == {"ali", "benali"}
    assert [part.words[0] for part in parts_of("María de la Cruz")] == ["maría", "cruz"]
    assert parts_of("Ali") == (Part(("ali",)),)


def test_a_name_of_nothing_but_small_words_keeps_its_last() -> None:
    assert [part.words[0] for part in parts_of("de la")] == ["la"]
    assert parts_of("١٢٣ 456 !?") == ()


@given(st.text(max_size=600))
def test_any_text_can_be_read(text: str) -> None:
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    for part in parts:
        for word in part.words:
            assert word
            for sounds in sounds_of(word):
                assert set(sounds) <= set(symbols.CONSONANTS + symbols.VOWELS), (word, sounds)


@given(st.text(max_size=100))
def test_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hamidreza", "Hamid Reza"),
        ("حمیدرضا", "حمید رضا"),
        ("Rajkumar", "Raj Kumar"),
        ("रामचन्द्र", "राम चन्द्र"),
        ("Faizur Rahman", "Faiz ur-Rahman"),
        ("Abdur Rahman", "Abdul Rahman"),
    ],
)
def test_two_names_are_the_same_parts_written_as_one_or_apart(one: str, other: str) -> None:
    assert parts_of(one) == parts_of(other)

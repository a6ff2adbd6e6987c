"""Tables of others are read in whatever letters, delimiters, words and digits their keepers use."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import shared_folder
from waystation.familylinks.lists import formats
from waystation.familylinks.lists.codes import Why
from waystation.familylinks.lists.reading import csv_format, table, values
from waystation.familylinks.lists.reading.columns import HEADS, Field, guess

CAME = date(2026, 5, 17)
ARABIC = "الاسم الكامل,الجنس,سنة الميلاد,البلد\nأحمد حسن محمد,ذكر,١٩٩٤,سوريا\nهدى علي,أنثى,1987,السودان\n"
WESTERN = "Prénom;Nom;Né le\nRené;Müller;03/05/1990\nZoé;Peña;1991\n"


def read(text: str | bytes, *columns: str) -> formats.Reading:
    data = text.encode() if isinstance(text, str) else text
    return csv_format.read(data, CAME, columns or None)


def names(found: formats.Reading) -> list[tuple[str, ...]]:
    return [one.said.names for one in found.people]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_arabic_tables_are_read_in_every_encoding_of_unicode(encoding: str) -> None:
    found = read(ARABIC.encode(encoding))
    assert names(found) == [("أحمد حسن محمد",), ("هدى علي",)]
    assert [(one.said.birth_year, one.said.sex, one.said.country) for one in found.people] == [
        (1994, "male", "SY"), (1987, "female", "SD"),
    ]  # fmt: skip


def test_the_old_windows_pages_are_told_apart() -> None:
    arabic = ARABIC.replace("١٩٩٤", "1994").encode("windows-1256")
    assert table.read(arabic).encoding == "windows-1256"
    assert names(read(arabic)) == [("أحمد حسن محمد",), ("هدى علي",)]
    western = WESTERN.encode("windows-1252")
    assert table.read(western).encoding == "windows-1252"
    assert names(read(western)) == [("René Müller",), ("Zoé Peña",)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(sign: str) -> None:
    found = read(sign.join(["name", "sex"]) + "\n" + sign.join(['"Hodan, Cali; of |"', "F"]) + "\n")
    assert names(found) == [("Hodan, Cali; of |",)]
    assert found.people[0].said.sex == "female"


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("Full Name", "name"), ("NOM ET PRÉNOM", "name"), ("Nombres y Apellidos", "name"), ("الاسم", "name"),
        ("اسْم الأب", "father"), ("Nom / اللقب", "family"), ("Date of birth (dd/mm/yyyy)", "birth"),
        ("Né(e) le", "birth"),
        ("Sexe (H/F)", "sex"), ("father's name", "father"), ("Father’s Name", "father"), ("N°", "number"),
        ("home_city", "place"), ("name2", "name"), ("Pays d’origine", "country"), ("Shoe size", ""), ("", ""),
    ],
)  # fmt: skip
def test_heads_are_known_in_four_languages(head: str, field: str) -> None:
    assert guess(head) == field


def test_no_head_is_declared_for_two_fields() -> None:
    told = [head for heads in HEADS.values() for head in heads]
    assert len(told) == len(set(told))
    assert all(guess(head) == field for field, heads in HEADS.items() for head in heads)
    assert set(HEADS) == set(Field)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("1994", "1994"), ("١٩٩٤", "1994"), ("۱۹۹۴", "1994"), ("1994-5", "1994-05"), ("5/1994", "1994-05"),
        ("17/05/1994", "1994-05-17"), ("17.5.1994", "1994-05-17"), ("05/17/1994", "1994-05-17"),
        ("١٧/٠٥/١٩٩٤", "1994-05-17"), ("1994-05-17T00:00:00Z", "1994-05-17"), ("1994-05-17 00:00", "1994-05-17"),
        ("00/00/1994", "1994"), ("1994-00-00", "1994"), ("17 May 1994", "1994-05-17"), ("May 17, 1994", "1994-05-17"),
        ("17 mai 1994", "1994-05-17"), ("1er août 1994", "1994-08-01"), ("17 de mayo de 1994", "1994-05-17"),
        ("mayo de 1994", "1994-05"), ("١٧ مايو ١٩٩٤", "1994-05-17"), ("17 أيار 1994", "1994-05-17"), ("1994م", "1994"),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_shapes_people_write(told: str, meant: str) -> None:
    assert values.born(told) == meant


@pytest.mark.parametrize("told", ["1373", "2999", "31/02/1994", "17/05/94", "spring", "1994 or 1995", "13/13/1994"])
def test_what_is_no_date_of_birth_is_told(told: str) -> None:
    found, why = values.attempt(values.born, told, "")
    assert found == ""
    assert why in {Why.NOT_A_DATE, Why.NOT_YET}


def test_a_column_with_the_month_first_is_read_so() -> None:
    found = read("name,dob\nA B,05/17/1994\nC D,03/04/1995\n")
    assert [one.said.birth for one in found.people] == ["1994-05-17", "1995-03-04"]
    assert [one.said.birth for one in read("name,dob\nA B,03/04/1995\n").people] == ["1995-04-03"]


def test_beside_h_for_men_m_is_for_women() -> None:
    assert [one.said.sex for one in read("nombre,sexo\nA,H\nB,M\n").people] == ["male", "female"]
    assert [one.said.sex for one in read("name,sex\nA,F\nB,M\n").people] == ["female", "male"]


@pytest.mark.parametrize(
    ("told", "age", "year"),
    [
        ("34", "34", 1992),
        ("30-40", "30-40", 1991),
        ("٣٤ سنة", "34", 1992),
        ("18 months", "1", 2025),
        ("6 mois", "0", 2026),
    ],
)
def test_an_age_gives_the_year_of_birth(told: str, age: str, year: int) -> None:
    said = read(f"name,age\nA,{told}\n").people[0].said
    assert (said.age, said.birth_year) == (age, year)


def test_names_in_parts_are_joined_and_others_kept() -> None:
    heads = "given name,middle name,family name,alias,father's name,mother\n"
    said = read(f"{heads}Selam,Hagos,Tesfay,Selamawit; Sela,Tesfay Hagos,Letay\n").people[0].said
    assert said.names == ("Selam Hagos Tesfay", "Selamawit", "Sela")
    assert (said.father, said.mother) == ("Tesfay Hagos", "Letay")
    assert names(read("Name,Surname\nNura,Idris\n")) == [("Nura Idris",)]
    assert names(read("Name,Surname\nNura Idris,Idris\n")) == [("Nura Idris",)]


def test_words_for_not_known_are_nothing_but_names_stay() -> None:
    found = read("name,sex,age,country\nNil Puig,unknown,-,n/a\nNa,?,inconnu,غير معروف\nUnknown,F,3,SD\n")
    assert names(found) == [("Nil Puig",), ("Na",)]
    assert [(one.line, one.why) for one in found.wrong] == [(4, Why.NO_NAME)]


def test_rows_of_several_lines_and_open_quotes_keep_their_lines() -> None:
    found = read('name,note\n"Hodan\nCali",tall\nNura "Idris,quiet\nSelam,"never closed\nZaid,short\n')
    assert [(one.line, one.said.names[0]) for one in found.people] == [
        (2, "Hodan Cali"), (4, 'Nura "Idris'), (5, "Selam"), (6, "Zaid"),
    ]  # fmt: skip
    assert [(one.line, one.why) for one in found.wrong] == [(5, Why.OPEN_QUOTE)]


def test_a_row_with_too_many_cells_is_taken_and_told() -> None:
    found = read("name,sex\nHodan,F,extra\n")
    assert names(found) == [("Hodan",)]
    assert [(one.line, one.why, one.taken) for one in found.wrong] == [(2, Why.MORE_CELLS, True)]


def test_a_name_that_is_too_long_is_refused_with_its_row() -> None:
    found = read(f"name\n{'x' * 201}\nHodan\n")
    assert names(found) == [("Hodan",)]
    assert [(one.why, one.taken) for one in found.wrong] == [(Why.TOO_LONG, False)]


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters='"'), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_cells_that_a_program_wrote_are_read_back_the_same(rows: list[list[str]], sign: str) -> None:
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sign, quoting=csv.QUOTE_ALL)
    writer.writerows([["full name", "sex", "note"], *rows])
    found = table.read(text.getvalue().encode())
    assert found.heads == ("full name", "sex", "note")
    assert [list(row.cells) for row in found.rows] == kept


@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b'"' * 100)
@example(b"name\n\0\0\0\n" + b'"\n' * 50)
def test_any_bytes_are_read_without_failing(raw: bytes) -> None:
    found = csv_format.read(raw, CAME, None)
    assert all(one.said.names for one in found.people)
    csv_format.columns(raw)


@given(st.text(max_size=30))
def test_any_cell_is_taken_or_told(text: str) -> None:
    for judge in (values.born, values.age, values.sex, values.country):
        read_with: Any = judge
        found, why = values.attempt(read_with, text, None)
        assert (found is None) == bool(why) or values.is_unknown(text)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("arabic_names.csv", 5114), ("arabic_surnames.csv", 119), ("spanish_names.csv", 199),
        ("spanish_surnames.csv", 636), ("swahili_names.csv", 369), ("rigour-sample-names.csv", 482),
        ("nomenklatura-name-pairs-dev.csv", 308),
    ],
)  # fmt: skip
def test_the_names_of_others_are_read_whole(name: str, count: int) -> None:
    """308 pairs as PROVENANCE.md states; of the others every line that is not empty, less the head."""
    data = (shared_folder() / "names" / name).read_bytes()
    lines = [line for line in data.decode().splitlines() if line.strip()]
    found = read(data)
    assert (len(found.people), len(lines) - len(table.read(data).heads[:1])) == (count, count)
    assert found.wrong == ()


@pytest.mark.shared
def test_the_sample_table_of_pfif_is_read_and_its_extra_cell_told() -> None:
    found = read((shared_folder() / "pfif" / "sample-import.csv").read_bytes())
    (one,) = found.people
    assert (one.said.names, one.said.sex, one.said.number) == (("Test Person",), "male", "1")
    assert one.said.note == "This is a test entry"
    assert [(wrong.line, wrong.why, wrong.taken) for wrong in found.wrong] == [(2, Why.MORE_CELLS, True)]


@pytest.mark.shared
def test_no_table_of_others_was_forgotten() -> None:
    assert len(list((shared_folder() / "names").glob("*.csv"))) == 7

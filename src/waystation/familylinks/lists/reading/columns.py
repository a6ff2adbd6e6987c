"""What columns are called in lists of English, French, Spanish and Arabic writers, as one declared table.

The names of fields in PFIF stand here too: its registries send tables with such heads. Heads are compared without
capitals, accents, signs and numbers; of a head in two languages (`Nom / الاسم`) one is enough.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """What a column can hold."""

    NAME = "name", _("Whole name")
    GIVEN = "given", _("Given name")
    MIDDLE = "middle", _("Names between the given and the family name")
    FAMILY = "family", _("Family name")
    OTHER = "other", _("Other names, nickname")
    FATHER = "father", _("Father's name")
    MOTHER = "mother", _("Mother's name")
    SEX = "sex", _("Sex")
    BIRTH = "birth", _("Date or year of birth")
    AGE = "age", _("Age")
    COUNTRY = "country", _("Country they come from")
    PLACE = "place", _("Place")
    NUMBER = "number", _("Number in the list")
    TOLD_AT = "told-at", _("When it was written down")
    UNTIL = "until", _("Until when it may be used")
    NOTE = "note", _("Anything else that helps to know them")


HEADS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: (
        "name", "names", "full name", "complete name", "name of person", "person name", "passenger name", "survivor",
        "nom complet", "noms complets", "nom et prenom", "nom et prenoms", "noms et prenoms", "nom prenom",
        "prenom et nom", "prenoms et noms",
        "nombre completo", "nombre y apellido", "nombre y apellidos", "nombres y apellidos", "apellidos y nombres",
        "apellido y nombre", "apellidos y nombre",
        "الاسم", "الاسم الكامل", "الاسم بالكامل", "الاسم واللقب", "الاسم الثلاثي", "الاسم الرباعي", "اسم الشخص",
        "name in arabic", "name in english", "name arabic", "name english", "arabic name", "english name",
    ),
    Field.GIVEN: (
        "given name", "given names", "first name", "first names", "forename", "given", "first", "christian name",
        "prenom", "prenoms", "nombre", "nombres", "primer nombre", "nombre de pila",
        "الاسم الاول", "الاسم الشخصي", "الاسم الأول",
    ),
    Field.MIDDLE: (
        "middle name", "middle names", "second name", "middle", "deuxieme prenom", "segundo nombre",
        "الاسم الثاني", "الاسم الاوسط", "اسم الجد", "الجد", "grandfather", "grandfathers name", "grandfather name",
        "grand pere", "nom du grand pere", "abuelo",
    ),
    Field.FAMILY: (
        "family name", "family names", "last name", "surname", "family", "last",
        "nom", "nom de famille", "noms", "patronyme",
        "apellido", "apellidos", "primer apellido", "segundo apellido",
        "اللقب", "اسم العائلة", "العائلة", "الكنية", "النسبة", "الاسم العائلي",
    ),
    Field.OTHER: (
        "alternate names", "alternate name", "other name", "other names", "alias", "nickname", "also known as", "aka",
        "known as", "surnom", "autre nom", "autres noms", "dit", "apodo", "otros nombres", "otro nombre",
        "الاسم المستعار", "اسم الشهرة", "الشهرة", "لقب الشهرة",
    ),
    Field.FATHER: (
        "father", "father name", "fathers name", "name of father", "father s name",
        "pere", "nom du pere", "prenom du pere", "fils de", "fils fille de", "padre", "nombre del padre",
        "اسم الاب", "الاب", "اسم الوالد", "الوالد",
    ),
    Field.MOTHER: (
        "mother", "mother name", "mothers name", "name of mother", "mother s name",
        "mere", "nom de la mere", "prenom de la mere", "madre", "nombre de la madre",
        "اسم الام", "الام", "اسم الوالدة", "الوالدة",
    ),
    Field.SEX: (
        "sex", "gender", "m f", "f m", "h f", "sexe", "genre", "sexo", "genero", "الجنس", "النوع", "ذكر انثى",
    ),
    Field.BIRTH: (
        "date of birth", "birth date", "birthdate", "birthday", "dob", "d o b", "year of birth", "birth year", "born",
        "born on", "yob", "date de naissance", "date naissance", "annee de naissance", "ne le", "nee le", "ne e le",
        "fecha de nacimiento", "fecha nacimiento", "ano de nacimiento", "nacimiento", "f nacimiento",
        "تاريخ الميلاد", "تاريخ الولادة", "سنة الميلاد", "سنة الولادة", "الميلاد", "المواليد",
    ),
    Field.AGE: ("age", "ages", "age years", "age in years", "edad", "anos", "ans", "العمر", "السن"),
    Field.COUNTRY: (
        "country", "nationality", "country of origin", "origin", "home country", "nation",
        "pays", "nationalite", "pays d origine", "origine", "pais", "nacionalidad", "pais de origen", "origen",
        "البلد", "الجنسية", "بلد المنشا", "بلد الاصل", "الدولة",
    ),
    Field.PLACE: (
        "place", "city", "town", "village", "place of origin", "address", "home", "location", "camp", "hospital",
        "ward", "home city", "home neighborhood", "home state", "home street", "province", "region", "district",
        "lieu", "ville", "adresse", "quartier", "hopital", "camp de", "lugar", "ciudad", "pueblo", "direccion",
        "barrio", "provincia", "المدينة", "المكان", "القرية", "العنوان", "المخيم", "المستشفى", "المحافظة", "المنطقة",
        "place of birth", "birthplace", "lieu de naissance", "lugar de nacimiento", "مكان الميلاد", "مكان الولادة",
    ),
    Field.NUMBER: (
        "no", "nr", "number", "id", "ref", "reference", "case number", "registration number", "s n", "sn", "serial",
        "serial number", "code", "file number", "person record id", "bed", "numero", "n", "num", "matricule",
        "numero de dossier", "numero de orden", "folio", "الرقم", "رقم", "م", "الرقم التسلسلي", "رقم الملف", "ت",
    ),
    Field.TOLD_AT: (
        "source date", "registered on", "date of registration", "registration date", "admitted", "admission date",
        "date d enregistrement", "date d admission", "fecha de registro", "fecha de ingreso", "تاريخ التسجيل",
        "تاريخ الدخول",
    ),
    Field.UNTIL: ("expiry date",),
    Field.NOTE: (
        "note", "notes", "remarks", "remark", "comment", "comments", "description", "details", "text", "other",
        "last known location", "profession", "occupation", "observations", "remarque", "remarques", "commentaire",
        "observaciones", "notas", "nota", "comentarios", "descripcion", "ملاحظات", "ملاحظة", "الوصف", "المهنة",
    ),
}  # fmt: skip
_PARTS = re.compile(r"[/|()\[\]\n:]| - ")


def guess(head: str) -> str:
    """What a column of this head holds (a value of Field), or nothing."""
    whole = KNOWN.get(_plain(head))
    if whole:
        return whole
    parts = (KNOWN.get(_plain(part)) for part in _PARTS.split(head))
    return next((part for part in parts if part), "") or _by_words(_plain(head).split())


def _by_words(words: Sequence[str]) -> str:
    """By a word in it that is known ("Yr birth", "Fathers nm"): the one that tells most, where they do not differ."""
    known = {KNOWN.get(word) or KNOWN.get(word.removesuffix("s"), "") for word in words} - {""}
    telling = known & TELLING
    return next(iter(telling)) if len(telling) == 1 else ""


TELLING = frozenset({Field.SEX.value, Field.BIRTH.value, Field.AGE.value, Field.FATHER.value, Field.MOTHER.value})
"""What a head that is not known as a whole may hold by one word of it: "author name" is no name of a person listed."""


def _plain(head: str) -> str:
    """A head without what writers vary: capitals, accents, vowel signs, apostrophes, underscores, numbers."""
    letters = unicodedata.normalize("NFKD", head).casefold()
    bare = "".join(" " if not c.isalpha() else c for c in letters if not unicodedata.combining(c) and c != "ـ")
    return " ".join(bare.split())


KNOWN: Mapping[str, str] = {_plain(head): field.value for field, heads in HEADS.items() for head in heads}

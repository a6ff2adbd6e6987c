"""The code on the printed slip: 40 random bits in Crockford's base 32 and a check character, `XXXX-XXXX-X`.

It says nothing about the person. The check character is the number modulo 37, as Crockford defines it
(https://www.crockford.com/base32.html), so one wrong or two swapped characters are always noticed.
"""

import secrets

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Invalid, Text

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"
LENGTH = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u00a0\t\r\n")

NOT_A_CODE = _("A card code has eight letters or digits and one to check them, like 4F7K-9Q2M-X.")
CUT_SHORT = _("This looks like a card code with a character missing or too many. Compare it with the card.")
WRONG_CHECK = _("One character of this card code is wrong. Compare it with the card and type it again.")


def new_code() -> str:
    """A fresh code, as kept and searched: nine characters, no dashes."""
    return _with_check(secrets.randbits(5 * LENGTH))


def shown(code: str) -> str:
    """A code as people read it: `XXXX-XXXX-X`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}" if code else ""


def parse(text: str) -> str:
    """The code somebody typed, forgiving case, spaces, dashes, o for 0 and i or l for 1.

    Raises Invalid (field `card_code`) when it is no code or its check character is wrong.
    """
    plain = text.upper().translate(_IGNORED)
    body, check = plain[:LENGTH].translate(_READ_AS), plain[LENGTH:].translate(_READ_AS)
    if len(body) != LENGTH or len(check) != 1 or set(body) - set(DIGITS) or check not in CHECKS:
        raise _wrong(NOT_A_CODE)
    number = 0
    for character in body:
        number = number * 32 + DIGITS.index(character)
    code = _with_check(number)
    if code != body + check:
        raise _wrong(WRONG_CHECK)
    return code


def looks_like_code(text: str) -> bool:
    """Whether a search for this text should try it as a card code: a code, or one with a slip in it.

    Words of nine letters are not taken for slips: without a digit only a right check character counts.
    """
    try:
        parse(text)
    except Invalid as problem:
        return problem.fields["card_code"] is WRONG_CHECK and any(character.isdigit() for character in text)
    return True


def is_cut_short(text: str) -> bool:
    """Whether a text looks like a card code of which a character is missing, or one is too many."""
    plain = text.upper().translate(_IGNORED)
    letters = any(character.isalpha() for character in plain) and any(character.isdigit() for character in plain)
    almost = LENGTH - 1 <= len(plain) <= LENGTH + 2 and len(plain) != LENGTH + 1
    written_so = "-" in text or text.isupper()
    return letters and almost and written_so and set(plain.translate(_READ_AS)) <= set(CHECKS)


def _with_check(number: int) -> str:
    digits = [DIGITS[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5)]
    return "".join(digits) + CHECKS[number % 37]


def _wrong(message: Text) -> Invalid:
    return Invalid({"card_code": message})

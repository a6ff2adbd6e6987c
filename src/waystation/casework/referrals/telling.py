"""What a referral tells by a sealed message: first without a name, then what was agreed. Nothing is fetched here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waystation.casework.referrals.codes import Passed, Priority, Service
from waystation.exchange.kinds import Field
from waystation.kernel.errors import Text
from waystation.people.codes import AgeBand, Sex
from waystation.people.tongues import LANGUAGES
from waystation.web.components.cldr import day, language_name

OLDEST = 130
NOTHING: tuple[Any, ...] = ("", None, [], (), "not-known")
CODE, DAY = Field("text", most=40, needed=False), Field("text", most=10, needed=False)
LINE, NOTE = Field("text", most=200, needed=False), Field("text", most=4000, needed=False)
TONGUES = Field("texts", most=10, needed=False)
PREVIEW: Mapping[str, Mapping[str, Field]] = {
    Passed.AGE: {"age_band": CODE},
    Passed.SEX: {"sex": CODE},
    Passed.LANGUAGES: {"languages": TONGUES},
    Passed.DEADLINE: {"needed_by": DAY},
}
"""What the preview tells of somebody, each under the field of the consent that lets it; no words stand in it."""
WIRE: Mapping[str, Mapping[str, Field]] = {
    Passed.NAME: {"given_name": LINE, "family_name": LINE},
    Passed.ALIAS: {"alias": LINE},
    Passed.AGE: {"age": Field("number", most=OLDEST, needed=False), "age_band": CODE},
    Passed.SEX: {"sex": CODE},
    Passed.LANGUAGES: {"languages": TONGUES},
    Passed.PHONE: {"phone": Field("text", most=20, needed=False)},
    Passed.CONTACT: {"contact_note": NOTE},
    Passed.HOUSEHOLD: {"household": Field("number", most=1000, needed=False)},
    Passed.CAREGIVER: {"caregiver": LINE},
    Passed.REASON: {"reason": NOTE},
    Passed.GIVEN: {"given": NOTE},
    Passed.SPECIAL: {"special": NOTE},
    Passed.DEADLINE: {"deadline": DAY, "deadline_of": LINE},
}
"""By which fields of the content each is told; no field stands under two."""
BEFORE: Mapping[str, Field] = {name: one for fields in PREVIEW.values() for name, one in fields.items()}
FIELDS: Mapping[str, Field] = {name: one for fields in WIRE.values() for name, one in fields.items()}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field as it came: its name in the message, its value as JSON."""

    name: str = ""
    value: str = ""


def only(
    values: Mapping[str, Any], agreed: Iterable[str], told_by: Mapping[str, Mapping[str, Field]]
) -> dict[str, Any]:
    """Those values that the consent names (`agreed`, codes of `Passed`) and the kind tells; nothing that is empty."""
    wanted = {name for code in agreed for name in told_by.get(code, ())}
    return {name: value for name, value in values.items() if name in wanted and value not in NOTHING}


def preview_lines(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A preview in words, as both sides see it: label and value; what says nothing stays away."""
    by = said.get("needed_by")
    lines = (
        (_("Help asked for"), _label(Service, said.get("service", ""))),
        (_("Priority"), _label(Priority, said.get("priority", ""))),
        (_("Age"), _label(AgeBand, said.get("age_band", ""))),
        (_("Sex"), _label(Sex, said.get("sex", ""))),
        (_("Languages"), _languages(said.get("languages", ()))),
        (_("A day that must not be missed"), day(date.fromisoformat(str(by))) if by else ""),
    )
    return [(label, value) for label, value in lines if value]


def lines(said: Mapping[str, Any]) -> list[tuple[str, Text, str]]:
    """Content in words: code, label, value in the language active now; what was not told stays away."""
    found: list[tuple[str, Text, str]] = []
    for code in Passed:
        words = [in_words(name, said[name]) for name in WIRE[code] if said.get(name) not in NOTHING]
        if words:  # an age in years says more than its band
            found.append((code.value, code.label, words[0] if code == Passed.AGE else " ".join(words)))
    return found


def in_words(name: str, value: Any) -> str:
    """One field's value for a person to read."""
    return _SAID[name](value) if name in _SAID else str(value)


def _languages(codes: Iterable[str]) -> str:
    return _(", ").join(language_name(code) if code in LANGUAGES else code for code in codes)


def _label(codes: Any, code: str) -> str:
    return str(codes(code).label) if code in codes.values else code


_SAID: Mapping[str, Callable[[Any], str]] = {
    "age": lambda years: ngettext("%(count)d year old", "%(count)d years old", years) % {"count": years},
    "age_band": lambda code: _label(AgeBand, code),
    "sex": lambda code: _label(Sex, code),
    "languages": _languages,
    "household": lambda size: ngettext("%(count)d person", "%(count)d people", size) % {"count": size},
    "deadline": lambda text: day(date.fromisoformat(text)),
}

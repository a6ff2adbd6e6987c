"""The printed slip: a code that finds the person again, and nothing that says who or from where."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext, override

from waystation.people import cards, facts
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a slip says, in one language."""

    language: str
    right_to_left: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One slip: the code as printed, the words for the person, then for whoever reads it, a name only if wished."""

    code: str
    words: tuple[Words, ...]
    name: str = ""


def slip(_person: Person, identity: IdentityDocument, *, with_name: bool) -> Slip:
    """The slip of one person: their language first, the reader's second."""
    reader = (get_language() or "en").split("-", maxsplit=1)[0]
    languages = dict.fromkeys((facts.spoken_here(identity) or reader, reader))
    words = [_words(language) for language in languages]
    return Slip(
        code=cards.shown(identity.card_code),
        words=tuple({one.sentences: one for one in reversed(words)}.values())[::-1],
        name=identity.display_name if with_name else "",
    )


def _words(language: str) -> Words:
    with override(language):
        return Words(
            language=language,
            right_to_left=language == "ar",
            sentences=(
                gettext("Show this card, and we find you again."),
                gettext("Nobody can read anything from it but this code."),
                gettext("If you lose it, we help you all the same."),
            ),
        )

"""The notice of who will and who will not see a person's record, in plain words, and the questions to read it back.

Sources: DOMAIN.md 1.1 rows 1 and 7 and 2.1 (ICRC professional standards for protection work, chapter 6; RFL code of
conduct on data protection: information, access, rectification, deletion, objection).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from waystation.people.facts import isolated
from waystation.people.models import Person

QUESTIONS: tuple[tuple[str, object], ...] = (
    ("who", gettext_lazy("Who may read what you tell us?")),
    ("never", gettext_lazy("Who will never get it from us?")),
    ("free", gettext_lazy("What happens if you do not want to answer?")),
    ("gone", gettext_lazy("How can you have it corrected or erased?")),
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One heading of the notice with its sentences; `sign` is a shape beside the words (yes, no or none)."""

    title: str
    sentences: tuple[str, ...]
    sign: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A read-back question: in the notice's language, and in the reader's where that is another."""

    key: str
    words: str
    for_reader: str


def notice(person: Person, organisation: str) -> tuple[Part, ...]:
    """The notice, in the language that is active."""
    organisation = isolated(organisation)
    if person.kept_to_post is not None:
        where = _("Only those who help people at %(post)s.") % {"post": isolated(person.kept_to_post.name)}
    else:
        where = _("Volunteers and staff who help people at the posts of %(organisation)s.")
        where %= {"organisation": organisation}
    return (
        Part(
            title=_("What we write down"),
            sentences=(
                _("We are %(organisation)s. We write down what you tell us, so that you need not tell it again.")
                % {"organisation": organisation},
                _("You decide what you tell. A name to be called by is enough, and so is no name."),
                _("We help you whatever you tell us, and also if you tell us nothing."),
                _("We never ask for papers, and never whether you may be in this country."),
            ),
        ),
        Part(
            title=_("Who may see it"),
            sign="yes",
            sentences=(
                where,
                _("What you need, and what you were given, is seen by all who help you here."),
                _("What is written about your health is read by health workers only."),
                _("What is written about danger, children or your family is read only by those trained for it."),
            ),
        ),
        Part(
            title=_("Who will not see it"),
            sign="no",
            sentences=(
                _("The police, border guards and immigration authorities do not get it from us."),
                _("Nobody outside gets anything unless you say yes first. You can take your yes back on any day."),
                _("If your life were in danger, two of us together could decide to call for help."),
            ),
        ),
        Part(
            title=_("What you can do"),
            sentences=(
                _("You can ask what is written about you, and to whom anything was given."),
                _("You can have it corrected, or erased. Ask anyone here, or show your card. It costs nothing."),
                _("If it is erased, we still help you."),
            ),
        ),
    )


def questions(language: str) -> list[Question]:
    """The read-back questions in the notice's language and in the reader's."""
    found = []
    for key, lazy in QUESTIONS:
        with override(language):
            words = str(lazy)
        found.append(Question(key=key, words=words, for_reader=str(lazy)))
    return found

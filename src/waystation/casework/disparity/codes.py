"""What is compared and by what, as data.

Grounds are those of the background report's footnote 22 (adverse distinction) that this book holds at all: it never
asks for belief, opinion or papers. The rule of four fifths is that of the Uniform Guidelines on Employee Selection
Procedures (1978), 29 CFR 1607.4 D; it points to where somebody should look, and proves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text


class Ground(TextChoices):
    """By what people are told apart."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    ORIGIN = "origin", _("Comes from")
    LANGUAGE = "language", _("First language")


class Measure(TextChoices):
    """What is compared."""

    ACCEPTANCE = "acceptance", _("Were they accepted when we asked others to help?")
    WAITING = "waiting", _("How long did they wait until a need was met?")
    CLOSURE = "closure", _("How did their case end?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One measure: its `columns` by code, which of them are the `good` ones, and how each person is counted once."""

    columns: Mapping[str, Text]
    good: frozenset[str]
    once: Text
    share: Text


CARDS: Mapping[Measure, Card] = {
    Measure.ACCEPTANCE: Card(
        columns={"accepted": _("Accepted"), "declined": _("Declined"), "unanswered": _("No answer")},
        good=frozenset({"accepted"}),
        once=_("Each person is counted once, by the last referral sent."),
        share=_("Accepted, of all"),
    ),
    Measure.WAITING: Card(
        columns={
            "day": _("Within a day"),
            "week": _("Within a week"),
            "later": _("After more than a week"),
            "open": _("Not met yet"),
        },
        good=frozenset({"day", "week"}),
        once=_("Each person is counted once, by the need that waited longest."),
        share=_("Within a week, of all"),
    ),
    Measure.CLOSURE: Card(
        columns={"reached": _("With a result"), "lost": _("No contact any more"), "other": _("Another end")},
        good=frozenset({"reached"}),
        once=_("Each person is counted once, by the case closed last."),
        share=_("With a result, of all"),
    ),
}
FOUR_FIFTHS = 0.8
BY_CHANCE = 0.05
"""A difference that chance alone makes in one of twenty such reports is not pointed out."""
MOST_GROUPS = 12
"""Countries and languages shown one by one; the rest stand together."""
PERIODS = (12, 24)
"""Of how many months ago on: twelve months each, which never overlap, or one less the other would tell of a few."""

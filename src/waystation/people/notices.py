"""The plain-language notice of who will and will not see what is written down, as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A question a person may have, and the answer."""

    question: Promise
    answer: Promise


NOTICE: tuple[Paragraph, ...] = (
    Paragraph(
        _("Why do you write this down?"),
        _("So that we can help you again without asking everything twice. You need not tell us anything to get help."),
    ),
    Paragraph(
        _("Who can read it?"),
        _("People who work for us and help you: at this post and at our other posts. Health notes only our health staff."),
    ),
    Paragraph(
        _("Who can not read it?"),
        _("Police, border guards, immigration offices and embassies. If they ask, we say no. Nobody else gets it either, unless you say yes first."),
    ),
    Paragraph(
        _("Do you ask for papers?"),
        _("No. We help by need. We never ask which papers you have and never write it down."),
    ),
    Paragraph(
        _("Can I see it, change it or have it deleted?"),
        _("Yes, at any time, without a reason. Show the code on your slip or tell us your name. Deleted means that nobody can read it any more, not even we."),
    ),
)  # fmt: skip

READ_BACK: tuple[Promise, ...] = (
    _("Who may read what we wrote down?"),
    _("Who may never read it?"),
    _("What can you do if you want it deleted?"),
)

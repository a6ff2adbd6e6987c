"""For each kind of procedure: the instruments it rests on, and what to see to, as data (DOMAIN.md row 85).

Instruments are told by place and day, with their articles; what a country has bound itself to, and its own law and time
limits, are for the lawyer. What to see to is the field's usual practice (legal referral and help with claims, DOMAIN.md
rows 32 and 33): time limits first, then who speaks, who interprets, what is taken along.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waystation.casework.procedures.codes import ProcedureKind
from waystation.kernel.errors import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Guidance:
    """One kind: `instruments` it rests on, `see_to` what must not be forgotten."""

    instruments: tuple[Text, ...]
    see_to: tuple[Text, ...]


FOR_ALL: tuple[Text, ...] = (
    _("Read every letter the day it comes; ask until when an answer must be there, and write that day down."),
    _("Ask early for somebody who represents, and for an interpreter whom the person trusts."),
    _("Keep a copy of everything that is handed in, with the proof of the day."),
    _("Let the person hear their own account read back before it is signed."),
)
"""What holds for every procedure."""

_COVENANT = _("Covenant on Civil and Political Rights, New York, 16 December 1966: articles 9, 13 and 14")
_TORTURE = _("Convention against Torture, New York, 10 December 1984: article 3")
_CHILD = _("Convention on the Rights of the Child, New York, 20 November 1989: articles 3, 9, 10, 12 and 22")
_GENEVA = _("Convention of Geneva, 28 July 1951, with its Protocol of 1967: articles 16, 31, 32 and 33")
_WORKERS = _("Convention on Migrant Workers and their Families, New York, 18 December 1990: articles 18, 22 and 25")
_PALERMO = _("Protocol of Palermo against trafficking, 15 November 2000: articles 6, 7 and 8")
_WOMEN = _("Convention against discrimination of women, New York, 18 December 1979: articles 2 and 15")
_SOCIAL = _("Covenant on Economic, Social and Cultural Rights, New York, 16 December 1966: articles 9, 11 and 12")

GUIDANCE: Mapping[ProcedureKind, Guidance] = {
    ProcedureKind.PROTECTION: Guidance(
        instruments=(_GENEVA, _TORTURE, _COVENANT),
        see_to=(
            _("Nobody is sent away while the request is open: if somebody tries, call the lawyer at once."),
            _("Before the interview: rest, food, somebody to care for the children, a word on what will be asked."),
            _("Tell the office if a woman or a man is wished for as interviewer and interpreter."),
            _("Ask a doctor to write down marks of harm, if the person wishes it."),
        ),
    ),
    ProcedureKind.FAMILY: Guidance(
        instruments=(_CHILD, _COVENANT),
        see_to=(
            _("Both sides are asked, each by themselves, whether they wish it."),
            _("For a child, what is best for the child is weighed first."),
            _("Some time limits run from the day of another decision: ask which."),
        ),
    ),
    ProcedureKind.WORK: Guidance(
        instruments=(_WORKERS, _("Convention 29 on forced labour, Geneva, 28 June 1930, with its Protocol of 2014")),
        see_to=(
            _("Write down days, hours and wages as the person remembers them; pictures and messages are proof too."),
            _("Ask before anything is sent whether the employer or an office could do harm in return."),
        ),
    ),
    ProcedureKind.LEAVE: Guidance(
        instruments=(_COVENANT, _TORTURE, _GENEVA),
        see_to=(
            _("The time limit is often counted in days or hours: count from the hour the order was handed over."),
            _("Ask the lawyer whether the appeal by itself stops the order, or a second request is needed."),
            _("Agree how the person is reached when something happens at night."),
        ),
    ),
    ProcedureKind.HELD: Guidance(
        instruments=(_COVENANT, _("Body of Principles on any form of detention, New York, 9 December 1988")),
        see_to=(
            _("Ask when the next review is due, and who must bring the person there."),
            _("Think of what could stand in place of being held: an address, somebody who vouches, reporting."),
        ),
    ),
    ProcedureKind.CHILD: Guidance(
        instruments=(_CHILD,),
        see_to=(
            _("Nothing that decides over the child begins before there is a guardian."),
            _("The child is heard, in words that fit their age."),
        ),
    ),
    ProcedureKind.VIOLENCE: Guidance(
        instruments=(_PALERMO, _WOMEN),
        see_to=(
            _("Safety comes first: where the person sleeps, who may know, how to leave."),
            _("Ask for time to think before the person decides whether to give evidence."),
            _("Ask for a room without the one who did it, and for somebody to go along."),
        ),
    ),
    ProcedureKind.CIVIL: Guidance(
        instruments=(_CHILD, _COVENANT),
        see_to=(
            _("A birth is registered free of charge and at once: ask for the certificate, not only the entry."),
            _("Ask whether going to the consulate could bring harm before anybody goes there."),
        ),
    ),
    ProcedureKind.SUPPORT: Guidance(
        instruments=(_SOCIAL, _CHILD),
        see_to=(_("Ask for a decision in writing: without one there is nothing to appeal against."),),
    ),
    ProcedureKind.OTHER: Guidance(instruments=(), see_to=()),
}

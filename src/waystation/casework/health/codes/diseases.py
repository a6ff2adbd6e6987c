"""Diseases, states and clocks of screening for disease, as data.

The diseases are those of "Public health guidance on screening and vaccination for infectious diseases in newly arrived
migrants within the EU/EEA" (ECDC 2018), with malaria. Nothing is tested without consent, and everything around it
stays confidential (WHO, "Consolidated guidelines on HIV testing services", the five Cs). Treatment of malaria begins
within a day (WHO malaria guidelines), of HIV within seven (WHO 2017, rapid initiation); the other times are ours.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text
from waystation.kernel.states import StateTable


class Disease(TextChoices):
    """What is looked for."""

    TB = "tb", _("Tuberculosis")
    LATENT_TB = "latent_tb", _("Tuberculosis that sleeps")
    HIV = "hiv", _("HIV")
    HEPATITIS_B = "hepatitis_b", _("Hepatitis B")
    HEPATITIS_C = "hepatitis_c", _("Hepatitis C")
    SYPHILIS = "syphilis", _("Syphilis")
    MALARIA = "malaria", _("Malaria")
    WORMS = "worms", _("Schistosomiasis or strongyloidiasis")
    OTHER = "other", _("Another disease")


class Place(TextChoices):
    """What kind of place somebody was screened in (report P1.4: "screening and treatment in reception facilities")."""

    POST = "post", _("At a post of ours")
    RECEPTION = "reception", _("Reception facility")
    SHELTER = "shelter", _("Shelter or camp")
    CLINIC = "clinic", _("Clinic or hospital")
    DETENTION = "detention", _("Place where people are held")
    BORDER = "border", _("Border or port")
    ROUND = "round", _("On a round")


ASKED = "asked"
"""Where each screening begins; never stored."""


class State(TextChoices):
    """Where a screening stands."""

    DECLINED = "declined", _("Said no")
    WAITING = "waiting", _("Result owed")
    UNCLEAR = "unclear", _("Unclear: test again")
    CLEAR = "clear", _("Nothing found")
    FOUND = "found", _("Found; treatment not begun")
    TREATED = "treated", _("In treatment")
    PASSED_ON = "passed_on", _("To be continued at the next stop")
    CONTINUED = "continued", _("Continued at the next stop")
    COMPLETED = "completed", _("Treatment completed")
    STOPPED = "stopped", _("Stopped, as the person wished")
    LOST = "lost", _("Contact lost")


class Act(TextChoices):
    """What may be done."""

    AGREE = "agree", _("Yes, test me")
    DECLINE = "decline", _("No, thank you")
    JOIN = "join", _("Goes on with a treatment begun elsewhere")
    NEGATIVE = "negative", _("Result: nothing found")
    POSITIVE = "positive", _("Result: found")
    DOUBT = "doubt", _("Result: unclear")
    RETEST = "retest", _("Test again")
    TREAT = "treat", _("Treatment has begun")
    CHECK = "check", _("Treatment goes on here")
    COMPLETE = "complete", _("Treatment is completed")
    PASS_ON = "pass_on", _("Moves on: to be continued at the next stop")
    HEARD = "heard", _("The next stop goes on with it")
    STOP = "stop", _("Stop, as the person wishes")
    LOSE = "lose", _("Contact is lost")


S, A = State, Act
TABLE = StateTable(
    states=[ASKED, *S.values],
    first=ASKED,
    steps=[
        (A.AGREE, ASKED, S.WAITING),
        (A.DECLINE, ASKED, S.DECLINED),
        (A.JOIN, ASKED, S.TREATED),
        (A.NEGATIVE, S.WAITING, S.CLEAR),
        (A.POSITIVE, S.WAITING, S.FOUND),
        (A.DOUBT, S.WAITING, S.UNCLEAR),
        (A.RETEST, S.UNCLEAR, S.WAITING),
        (A.TREAT, S.FOUND, S.TREATED),
        (A.CHECK, S.TREATED, S.TREATED),
        (A.COMPLETE, S.TREATED, S.COMPLETED),
        (A.PASS_ON, (S.WAITING, S.UNCLEAR, S.FOUND, S.TREATED), S.PASSED_ON),
        (A.HEARD, S.PASSED_ON, S.CONTINUED),
        (A.STOP, (S.WAITING, S.UNCLEAR, S.FOUND, S.TREATED), S.STOPPED),
        (A.LOSE, (S.WAITING, S.UNCLEAR, S.FOUND, S.TREATED, S.PASSED_ON), S.LOST),
    ],
)


class Result(TextChoices):
    """What the test said."""

    NEGATIVE = "negative", _("Nothing found")
    POSITIVE = "positive", _("Found")
    UNCLEAR = "unclear", _("Unclear")


RESULT_OF: Mapping[str, Result] = {
    A.NEGATIVE: Result.NEGATIVE,
    A.POSITIVE: Result.POSITIVE,
    A.DOUBT: Result.UNCLEAR,
    A.JOIN: Result.POSITIVE,
}
RESULT_WITHIN: Mapping[str, timedelta] = {
    Disease.TB: timedelta(days=3),
    Disease.HIV: timedelta(days=1),
    Disease.MALARIA: timedelta(days=1),
    Disease.SYPHILIS: timedelta(days=3),
}
TREAT_WITHIN: Mapping[str, timedelta] = {Disease.MALARIA: timedelta(days=1)}
A_WEEK = timedelta(days=7)
"""Where a disease has no time of its own."""
AGAIN_WITHIN = timedelta(days=28)
"""A treatment is looked at so often, unless another day is set: as long as a usual supply lasts."""
HEAR_WITHIN = timedelta(days=14)
"""The next stop should have said by then that it goes on."""


class Column(TextChoices):
    """Where somebody stands in the report: in one of these, never in two."""

    REFUSED = "refused", _("Said no")
    WAITING = "waiting", _("No result yet")
    CLEAR = "clear", _("Nothing found")
    FOUND = "found", _("Found, not treated")
    TREATED = "treated", _("Treatment begun")
    COMPLETED = "completed", _("Treatment completed")


EXPLAINED: tuple[Text, ...] = (
    _("I would like to test you for an illness that can be treated. You decide; you may also decide later."),
    _("If you say no, nothing changes: you get the same help, the same place, the same answers from us."),
    _("Only health staff read the result. It is told to nobody else, to no authority and no employer."),
    _("If something is found, we look for treatment with you, and for who goes on with it when you travel."),
)
"""What is read out before anybody is asked."""

"""The words of the log for what happens in this room."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "people.register": _("Registered a person"),
    "people.correct": _("Corrected what is written about a person"),
    "people.card": _("Drew a new card code"),
    "people.keep-to-post": _("Kept a record to one post, or opened it"),
    "people.household.join": _("Added a person to a household"),
    "people.household.relation": _("Changed a relation in a household"),
    "people.household.leave": _("Took a person out of a household"),
    "people.journey.add": _("Added a stop to a journey"),
    "people.journey.correct": _("Corrected a stop of a journey"),
    "people.journey.move": _("Moved a stop of a journey"),
    "people.journey.remove": _("Removed a stop of a journey"),
    "people.consent.give": _("Recorded a consent"),
    "people.consent.refuse": _("Recorded a refusal"),
    "people.consent.withdraw": _("Recorded that a consent was taken back"),
    "people.disclose": _("Passed something on with consent"),
    "people.disclose.called_back": _("Called back what had not left yet"),
    "people.disclose.duty": _("Passed something on because a court ordered it"),
    "people.disclose.authority_refused": _("Was refused: something was to go to an authority"),
    "people.disclose.ask": _("Asked to pass something on without consent"),
    "people.disclose.vital": _("Allowed passing something on without consent"),
    "people.disclose.refuse": _("Refused passing something on without consent"),
    "people.notice": _("Told a person who sees their record"),
    "people.merge": _("Joined two records of one person"),
    "people.split": _("Parted two records again"),
    "people.erase": _("Erased a person"),
}

PARTS = {
    "people_person": _("name, origin and how to reach this person"),
    "people_membership": _("relations in the household"),
    "people_journeystop": _("the journey"),
    "people_consent": _("consents"),
    "people_disclosure": _("what was passed on"),
    "people_merge": _("why records were joined"),
}


def declare() -> None:
    """Give the log its words."""
    from waystation.audit import words

    words.register(WORDS)
    words.register_parts(PARTS)

"""Tables of this room, one file for each noun.

What is in the open is what a post must count and sort by: person, post, day, who wrote it, and of a contact its triage
colour. A colour says how soon somebody had to be seen and nothing of why; the needs of the desk say as much already.
Groups of complaints, diseases, results, states of treatment and topics are sealed: beside a person's number each of
them would expose.
"""

from waystation.casework.health.models.calls import Call, CallDocument, CallWords, WordsDocument
from waystation.casework.health.models.contacts import Contact, ContactDocument, Lent, LentDocument
from waystation.casework.health.models.screenings import DiseaseDocument, DiseaseScreening, Step
from waystation.casework.health.models.summary import (
    Line,
    LineDocument,
    OriginalDocument,
    Received,
    ReceivedDocument,
    ReceivedLine,
    ReceivedSection,
)
from waystation.casework.health.models.support import Session, SessionDocument

__all__ = [
    "Call",
    "CallDocument",
    "CallWords",
    "Contact",
    "ContactDocument",
    "DiseaseDocument",
    "DiseaseScreening",
    "Lent",
    "LentDocument",
    "Line",
    "LineDocument",
    "OriginalDocument",
    "Received",
    "ReceivedDocument",
    "ReceivedLine",
    "ReceivedSection",
    "Session",
    "SessionDocument",
    "Step",
    "WordsDocument",
]

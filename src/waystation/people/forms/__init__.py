"""Forms of this room: they take what is typed as it is; the actions judge it, so that nothing typed is lost."""

from waystation.people.forms.consents import ConsentForm, DisclosureForm, NoticeForm, ShareForm
from waystation.people.forms.deciding import EraseForm, FindForm, MergeForm
from waystation.people.forms.identity import CorrectForm
from waystation.people.forms.listing import ListForm
from waystation.people.forms.travelling import JoinForm, RelationForm, StopForm

__all__ = [
    "ConsentForm",
    "CorrectForm",
    "DisclosureForm",
    "EraseForm",
    "FindForm",
    "JoinForm",
    "ListForm",
    "MergeForm",
    "NoticeForm",
    "RelationForm",
    "ShareForm",
    "StopForm",
]

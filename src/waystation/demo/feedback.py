"""What people said of the demo's organisation."""

from waystation.casework.feedback import actions
from waystation.casework.feedback.codes import Act
from waystation.casework.feedback.models import Feedback
from waystation.kernel.actors import Actor

SAID = (
    ("wish", "الانتظار طويل صباحًا، والشمس حارّة. هل يمكن وضع مظلّة؟"),
    ("praise", "Merci à la dame du soir : elle a trouvé un lit pour ma mère."),
    ("question", "¿Puedo volver mañana por la medicina aunque no tenga la tarjeta?"),
)


def said(by: Actor) -> None:
    """Three letters; one is answered."""
    for kind, text in SAID:
        actions.receive(kind=kind, text=text)
    asked = Feedback.objects.get(kind="question")
    words = "Sí. Venga a las nueve y pregunte por Giulia; la tarjeta no hace falta."
    actions.go_on(by=by, feedback_id=asked.pk, act=Act.ANSWER, words=words)

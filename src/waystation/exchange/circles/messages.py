"""The kind by which a circle travels among its members, whenever it was signed further."""

from django.utils.translation import gettext_lazy as _

from waystation.exchange.circles import documents, taking
from waystation.exchange.kinds import Field, Kind, register

CIRCLE = Kind(
    code="exchange.circle",
    version=1,
    purpose=_("Tell what a circle of organisations agrees on, and who has signed it."),
    legal_basis=_("Running the exchange: nothing about a person is in it."),
    fields={"file": Field("bytes", most=documents.LARGEST)},
    retention_days=0,
    handler=taking.take_message,
)
register(CIRCLE)

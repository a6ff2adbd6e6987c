"""What the page of photos seals."""

from dataclasses import dataclass
from typing import ClassVar

from waystation.kernel.actors import Compartment
from waystation.vault import SealedDocument


@dataclass(frozen=True, kw_only=True)
class PostingDocument(SealedDocument):
    """What officers say to one another about a posting. Basic, because the second officer may be a coordinator, who
    does not open family links."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    note: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class PictureDocument(SealedDocument):
    """The picture itself, written anew without anything but the picture. `kind` is `jpeg` or `png`."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    kind: str = ""
    plain: bytes = b""


@dataclass(frozen=True, kw_only=True)
class AnswerDocument(SealedDocument):
    """What somebody outside wrote, how they may be reached, and what an officer notes about it."""

    compartment: ClassVar = Compartment.FAMILY_LINKS
    schema_version: ClassVar = 1

    text: str = ""
    reach: str = ""
    note: str = ""

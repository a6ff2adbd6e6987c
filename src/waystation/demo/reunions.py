"""Faces on the public page and families on their way to one another, of the demo. The faces are drawn, nobody's."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import numpy as np

from waystation.familylinks.photos import actions as photos
from waystation.familylinks.photos import answering
from waystation.familylinks.photos.models import Posting
from waystation.familylinks.reunification import actions as reunions
from waystation.familylinks.reunification.applying import StepDraft
from waystation.familylinks.reunification.codes import Act, Side
from waystation.familylinks.reunification.documents import AgreementDocument, ReunificationDocument, Travel
from waystation.familylinks.reunification.models import Reunification
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.documents import ConsentDocument

WIDE, HIGH = 240, 300
SHOWN: tuple[tuple[str, str, tuple[int, int, int]], ...] = (
    ("Xaliimo", "child", (146, 96, 70)),
    ("Mamadou Aliou", "sibling", (104, 72, 56)),
    ("Rojîn", "parents", (198, 152, 122)),
    ("Hawa", "father", (92, 62, 48)),
    ("Thị Hương", "mother", (214, 176, 140)),
)
"""Who, whom they look for, and the colour of the drawn face."""
WAITS = ("Фирдавс", "family", (206, 164, 134))
ANSWERED = (
    "Je connais peut-être son frère : il vendait du pain près de la gare, il parlait d'un frère parti vers le nord."
)


def came_together(known: Mapping[str, UUID], by: Actor, second: Actor) -> None:
    """Photos: some shown, one waits, one was answered. Pairs: before the authority, a child's, and together again."""
    for name, looks_for, skin in SHOWN:
        row = _put_forward(known[name], looks_for, skin, by)
        photos.show(by=second, posting_id=row.pk, nothing_tells=True)
        if name == "Mamadou Aliou":
            answering.receive(number=row.number, text=ANSWERED, reach="Le matin, au kiosque de la gare")
    name, looks_for, skin = WAITS
    _put_forward(known[name], looks_for, skin, by)
    _before_the_authority(known["கவிதா"], by)
    _waits_for_what_is_best(known["فرهاد"], by)
    _together(known["Ousmane"], by)


def _put_forward(person: UUID, looks_for: str, skin: tuple[int, int, int], by: Actor) -> Posting:
    _allows(person, Purpose.PHOTO, RecipientKind.PUBLIC, by)
    wanted = photos.PhotoDraft(looks_for=looks_for, picture=drawn(skin), told=True, at_least_fifteen=True)
    return photos.draft(by=by, person_id=person, draft=wanted)


def _before_the_authority(person: UUID, by: Actor) -> None:
    husband = ReunificationDocument(
        other_name="சிவகுமார் ராஜன்",
        other_place="Bern",
        other_reach="After six in the evening, by telephone",
        wishes="She wants to finish her course in May first. He has two rooms and a garden.",
    )
    pair = _pair(person, "partner", husband, by, days_ago=55)
    reunions.add_proof(
        by=by, row_id=pair, kind="records", words="The family book; a copy lies in the safe of the post."
    )
    reunions.add_proof(by=by, row_id=pair, kind="photos", words="The wedding, with both grandmothers.")
    _on(pair, Act.PROVE, 40, by)
    _both_say_yes(pair, 33, by, "I want us to have one kitchen again.", "I have kept her chair at the window.")
    _on(pair, Act.SUBMIT, 21, by, authority="Office for families, Bern", submitter="lawyer")


def _waits_for_what_is_best(person: UUID, by: Actor) -> None:
    brother = ReunificationDocument(
        other_name="نوید نظری", other_place="Malmö", wishes="He wants to live with his brother and to play football."
    )
    pair = _pair(person, "brother", brother, by, days_ago=20)
    reunions.add_proof(by=by, row_id=pair, kind="none", words="Both drew the same house, with the mulberry tree.")
    _on(pair, Act.PROVE, 12, by)
    _both_say_yes(pair, 9, by, "He is my brother. I want to sleep in the same house.", "My door is open to him.")


def _together(person: UUID, by: Actor) -> None:
    sister = ReunificationDocument(other_name="Awa Ndiaye", other_place="Torino")
    pair = _pair(person, "sister", sister, by, days_ago=90)
    reunions.add_proof(by=by, row_id=pair, kind="witnesses", words="Two cousins who grew up with them.")
    _on(pair, Act.PROVE, 80, by)
    _both_say_yes(pair, 75, by, "She is all I have here.", "Let him come, there is a bed.")
    _on(pair, Act.SUBMIT, 70, by, authority="Prefecture", submitter="family")
    _on(pair, Act.GRANT, 30, by)
    travel = Travel(
        on=clock.today() - timedelta(days=6),
        route="The train of eight, without changing",
        met_by="Awa, on the platform",
    )
    _on(pair, Act.ARRANGE, 24, by, travel=travel)
    _on(pair, Act.MEET, 6, by, words="They cried, then they laughed, then they went home.")


def _pair(person: UUID, relation: str, other: ReunificationDocument, by: Actor, *, days_ago: int) -> UUID:
    _allows(person, Purpose.TRACING, RecipientKind.FAMILY, by)
    draft = reunions.ReunificationDraft(relation=relation, document=other)
    pair = reunions.open_pair(by=by, person_id=person, draft=draft).pk
    Reunification.objects.filter(pk=pair).update(opened_at=clock.now() - timedelta(days=days_ago))
    return pair


def _both_say_yes(pair: UUID, days_ago: int, by: Actor, one: str, other: str) -> None:
    day = clock.today() - timedelta(days=days_ago)
    for side, words in ((Side.PERSON, one), (Side.OTHER, other)):
        document = AgreementDocument(words=words, asked_by="karim")
        reunions.agree(by=by, row_id=pair, side=side, document=document, on=day)


def _on(pair: UUID, act: str, days_ago: int, by: Actor, **said: object) -> None:
    draft = replace(StepDraft(act=act, on=clock.today() - timedelta(days=days_ago)), **said)  # type: ignore[arg-type]
    reunions.go_on(by=by, row_id=pair, draft=draft)


def _allows(person: UUID, purpose: str, recipient_kind: str, by: Actor) -> None:
    people.give_consent(
        by=by,
        person_id=person,
        purpose=purpose,
        recipient_kind=recipient_kind,
        document=ConsentDocument(read_back=True, explained_by=by.handle),
        expires_on=clock.today() + timedelta(days=300),
    )


def drawn(skin: tuple[int, int, int]) -> bytes:
    """A head and shoulders before a plain wall, as PNG."""
    down, across = np.mgrid[0:HIGH, 0:WIDE].astype(float)
    picture = np.empty((HIGH, WIDE, 3), dtype=np.uint8)
    picture[:] = (226, 220, 206)

    def fill(high: float, wide: float, tall: float, broad: float, colour: tuple[int, int, int]) -> None:
        picture[((down - high) / tall) ** 2 + ((across - wide) / broad) ** 2 <= 1] = colour

    dark = (skin[0] // 3, skin[1] // 3, skin[2] // 3)
    fill(118, 120, 92, 74, dark)
    fill(330, 120, 118, 104, (46, 92, 96))
    fill(205, 120, 50, 26, skin)
    fill(132, 120, 78, 58, skin)
    for eye in (98, 142):
        fill(122, eye, 5, 8, dark)
    fill(168, 120, 4, 20, dark)
    lines = b"".join(b"\0" + line.tobytes() for line in picture)
    parts = (
        (b"IHDR", struct.pack(">LLBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body)) for name, body in parts
    )

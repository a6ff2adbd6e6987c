"""Whom the four nodes know when the road begins, and how far the handover of each has come.

No name here stands for a real person.
"""

from dataclasses import dataclass

from waystation.demo.people import DemoHousehold as H
from waystation.demo.people import DemoNeed as N
from waystation.demo.people import DemoPerson as P
from waystation.demo.road.nodes import DESTINATION, ORIGIN, POST, RoadNode

AGREED, OFFERED, ACCEPTED, SENT = "agreed", "offered", "accepted", "sent"
STAGES = (AGREED, OFFERED, ACCEPTED, SENT)
"""How far a handover has come, in order: the person agreed, they were asked, they accepted, it left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Handing:
    """One handover that stands when the road begins; `asked` are codes of services."""

    giver: RoadNode
    taker: RoadNode
    stage: str
    who: H
    why: str
    asked: tuple[str, ...]

    @property
    def key(self) -> str:
        """By which it is called while the road is made."""
        return self.who.members[0].given

    def has_come_to(self, stage: str) -> bool:
        """Whether it has come that far."""
        return STAGES.index(self.stage) >= STAGES.index(stage)


HANDINGS = (
    Handing(
        giver=POST, taker=DESTINATION, stage=AGREED,
        who=H(
            origin="SO", languages=("som",), post=POST.post, days_ago=2,
            road=(("origin", "SO", "Baidoa", "2025-09"), ("transit", "YE", "", "2025-11"), ("destination", "FR", "", "")),
            members=(P(given="Xaliimo", family="Cabdi", other_names=("Halima Abdi",), age=34, sex="female", interpreter=True, needs=(N(code="shelter", severity="high", hours_ago=30),)),),
        ),
        why="Her cousin lives in the valley and looks for a room with her.", asked=("shelter", "social"),
    ),
    Handing(
        giver=POST, taker=DESTINATION, stage=OFFERED,
        who=H(
            origin="GN", languages=("fra", "sus"), post=POST.post, days_ago=4,
            road=(("origin", "GN", "Boké", "2025-03"), ("transit", "MA", "", "2026-01"), ("destination", "FR", "", "")),
            members=(P(given="Fatoumata", family="Camara", age=31, sex="female", know_now="Wishes to speak to a woman.", needs=(N(code="shelter", severity="high", hours_ago=26), N(code="mental_health", severity="medium", hours_ago=26))),),
        ),
        why="She sleeps badly since the road and wishes a quiet room and somebody to talk to.", asked=("shelter", "psychosocial"),
    ),
    Handing(
        giver=POST, taker=DESTINATION, stage=ACCEPTED,
        who=H(
            origin="BD", languages=("ben",), post=POST.post, days_ago=6,
            road=(("origin", "BD", "Sylhet", "2025-04"), ("transit", "LY", "", "2025-12"), ("destination", "FR", "", "")),
            members=(P(given="মোঃ রফিকুল", family="ইসলাম", other_names=("Md. Rafiqul Islam",), age=27, sex="male", phone="+39 350 555 0119", needs=(N(code="education", severity="medium", hours_ago=140),)),),
        ),
        why="He wishes to learn the language and to work as a tailor again.", asked=("education", "social"),
    ),
    Handing(
        giver=POST, taker=DESTINATION, stage=SENT,
        who=H(
            origin="GN", languages=("fra", "ful"), post=POST.post, days_ago=9,
            road=(("origin", "GN", "Labé", "2025-02"), ("transit", "TN", "Sfax", "2026-02"), ("destination", "FR", "", "")),
            members=(P(given="Mamadou Aliou", family="Diallo", other_names=("Aliou Jallow",), age=23, sex="male", phone="+33 6 55 55 01 12", needs=(N(code="shelter", severity="medium", hours_ago=200, given=("shelter",), state="met"),)),),
        ),
        why="His uncle lives there; he looks for a course.", asked=("education",),
    ),
    Handing(
        giver=DESTINATION, taker=POST, stage=OFFERED,
        who=H(
            origin="CO", languages=("spa",), post=DESTINATION.post, days_ago=30,
            road=(("origin", "CO", "Buenaventura", "2024-08"), ("transit", "IT", "", "2026-01")),
            members=(P(given="Yurany", family="Mosquera", age=28, sex="female", needs=(N(code="transport", severity="medium", hours_ago=50),)),),
        ),
        why="She goes back over the bridge to her sister and needs a bed for two nights on the way.", asked=("shelter", "return"),
    ),
    Handing(
        giver=DESTINATION, taker=ORIGIN, stage=OFFERED,
        who=H(
            origin="SN", languages=("wol", "fra"), post=DESTINATION.post, days_ago=40,
            road=(("origin", "SN", "Mbour", "2026-06"), ("transit", "ES", "El Hierro", "2026-08")),
            members=(P(given="Ousmane", family="Ndiaye", other_names=("Usman Njie",), age=26, sex="male", needs=(N(code="health", severity="medium", hours_ago=90, note="His back; he wishes to be looked after near his mother."),)),),
        ),
        why="He wishes to go home. Somebody should meet him and find a doctor near his mother.", asked=("return", "health"),
    ),
    Handing(
        giver=ORIGIN, taker=DESTINATION, stage=OFFERED,
        who=H(
            origin="SN", languages=("wol",), post=ORIGIN.post, days_ago=3,
            road=(("origin", "SN", "Saint-Louis", ""), ("destination", "FR", "", "")),
            members=(P(given="Awa", family="Sarr", age=37, sex="female", interpreter=True, needs=(N(code="information", severity="medium", hours_ago=20),)),),
        ),
        why="She joins her husband next month and wishes to be met at the station.", asked=("social",),
    ),
)  # fmt: skip

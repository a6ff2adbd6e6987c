"""The invented people of the demo, as data: households on several roads, in several scripts.

No name here stands for a real person. Ages are given in years and turned into birth years when the demo is made, so
that the demo does not grow old. Places outside this node's posts are cities and countries only.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoNeed:
    """A need with its severity, threats, and the services that were given for it (with the state that came of it)."""

    code: str
    severity: str = "medium"
    threats: tuple[str, ...] = ()
    hours_ago: int = 20
    note: str = ""
    given: tuple[str, ...] = ()
    state: str = "unmet"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """One invented person."""

    given: str = ""
    family: str = ""
    alias: str = ""
    other_names: tuple[str, ...] = ()
    age: int | None = None
    age_band: str = ""
    sex: str = "unknown"
    relation: str = ""
    phone: str = ""
    know_now: str = ""
    interpreter: bool = False
    needs: tuple[DemoNeed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoHousehold:
    """People travelling together: shared origin, languages, road and post."""

    origin: str
    languages: tuple[str, ...]
    members: tuple[DemoPerson, ...]
    post: str
    days_ago: int
    road: tuple[tuple[str, str, str, str], ...] = ()
    """Stops as (stage, country, place, when)."""
    consents: tuple[tuple[str, str], ...] = field(default=(("services", "given"),))


HARBOUR, BRIDGE, TRAIN = "Harbour steps", "Border bridge", "Night train (mobile)"
N, P, H = DemoNeed, DemoPerson, DemoHousehold

HOUSEHOLDS: tuple[DemoHousehold, ...] = (
    H(
        origin="ER", languages=("tir",), post=HARBOUR, days_ago=2,
        road=(("origin", "ER", "Keren", "2025-01"), ("transit", "SD", "Kassala", "2025-06"), ("transit", "LY", "", "2026-03"), ("destination", "SE", "", "")),
        members=(
            P(given="ሰላም", family="ተኽለ", other_names=("Selam Tekle",), age=29, sex="female", phone="+39 350 555 0142", interpreter=True, know_now="Speaks Tigrinya only; a volunteer interpreter comes on Thursdays.",
              needs=(N(code="separated_family", severity="high", hours_ago=44, note="Her brother went ahead from Kassala; last heard of in June."), N(code="food", given=("food",), state="met", hours_ago=47))),
            P(given="ዳዊት", family="ተኽለ", other_names=("Dawit",), age=6, sex="male", relation="child", needs=(N(code="health", severity="high", threats=("physical_health",), hours_ago=5, note="Cough and fever since the crossing."),)),
            P(given="ማርያም", family="ተኽለ", other_names=("Mariam",), age=2, sex="female", relation="child", needs=(N(code="nutrition", severity="medium", hours_ago=46, given=("nutrition",), state="partly"),)),
        ),
        consents=(("services", "given"), ("tracing", "given")),
    ),
    H(
        origin="SY", languages=("ara",), post=HARBOUR, days_ago=9,
        road=(("origin", "SY", "Homs", "2024-09"), ("transit", "TR", "Izmir", "2025-11"), ("transit", "GR", "", "2026-08"), ("destination", "DE", "", "")),
        members=(
            P(given="نور", family="الحسن", other_names=("Nour Alhassan",), age=41, sex="female", phone="+39 350 555 0187", needs=(N(code="legal_help", severity="medium", hours_ago=70, note="Wants to speak to a lawyer about joining her husband."), N(code="clothing", given=("clothing",), state="met", hours_ago=200))),
            P(given="يوسف", family="الحسن", age=16, sex="male", relation="child", needs=(N(code="education", severity="low", hours_ago=150),)),
            P(given="ليلى", family="الحسن", age=11, sex="female", relation="child"),
            P(given="أمينة", family="درويش", age=68, sex="female", relation="parent", know_now="Walks with a stick; needs a seat.", needs=(N(code="health", severity="medium", hours_ago=30, note="Runs out of blood-pressure tablets this week."),)),
        ),
        consents=(("services", "given"), ("statistics", "given"), ("photo", "refused")),
    ),
    H(
        origin="AF", languages=("prs", "pus"), post=BRIDGE, days_ago=1,
        road=(("origin", "AF", "Herat", "2025-08"), ("transit", "IR", "", "2026-01"), ("transit", "TR", "", "2026-05"), ("transit", "BA", "Bihać", "2026-10")),
        members=(P(given="فرهاد", family="نظری", other_names=("Farhad Nazari",), age=17, sex="male", alias="Captain", interpreter=True, know_now="Travels alone. Asked for a male interpreter.",
                   needs=(N(code="child_safe_space", severity="immediate", threats=("dignity", "survival"), hours_ago=3), N(code="effects_of_journey", severity="high", hours_ago=20, note="Feet blistered; has walked for nine days."))),),
    ),
    H(
        origin="GN", languages=("fra", "ful"), post=TRAIN, days_ago=4,
        road=(("origin", "GN", "Labé", "2025-02"), ("transit", "ML", "Gao", "2025-05"), ("transit", "TN", "Sfax", "2026-02"), ("destination", "FR", "", "")),
        members=(P(given="Mamadou Aliou", family="Diallo", other_names=("Aliou Jallow",), age=23, sex="male", phone="+33 6 55 55 01 12", needs=(N(code="phone", given=("phone",), state="met", hours_ago=90), N(code="information", severity="low", hours_ago=90, given=("information",), state="partly"))),),
    ),
    H(
        origin="GN", languages=("fra", "sus"), post=TRAIN, days_ago=4,
        road=(("origin", "GN", "Boké", "2025-03"), ("transit", "MA", "", "2026-01")),
        members=(P(given="Fatoumata", family="Camara", age=31, sex="female", needs=(N(code="smuggler_harm", severity="high", threats=("dignity", "mental_health"), hours_ago=26, note="Wishes to speak to a woman only."), N(code="shelter", severity="high", hours_ago=26, given=("shelter",), state="partly"))),),
    ),
    H(
        origin="VE", languages=("spa",), post=BRIDGE, days_ago=13,
        road=(("origin", "VE", "Maracaibo", "2023-04"), ("transit", "CO", "Cúcuta", "2023-06"), ("transit", "ES", "", "2026-07")),
        members=(
            P(given="María Fernanda", family="Rojas Peña", age=36, sex="female", phone="+34 655 550 131", needs=(N(code="low_income", severity="medium", hours_ago=300),)),
            P(given="José Gregorio", family="Rojas Peña", age=9, sex="male", relation="child", needs=(N(code="education", severity="medium", hours_ago=290),)),
            P(given="Luz Marina", family="Peña", age=63, sex="female", relation="parent"),
        ),
    ),
    H(
        origin="BD", languages=("ben",), post=HARBOUR, days_ago=6,
        road=(("origin", "BD", "Sylhet", "2025-04"), ("transit", "LY", "", "2025-12")),
        members=(P(given="মোঃ রফিকুল", family="ইসলাম", other_names=("Md. Rafiqul Islam",), age=27, sex="male", phone="+39 350 555 0119", needs=(N(code="clothing", severity="medium", hours_ago=140, given=("clothing",), state="met"), N(code="transport", severity="low", hours_ago=140))),),
    ),
    H(
        origin="SD", languages=("ara", "fvr"), post=HARBOUR, days_ago=3,
        road=(("origin", "SD", "El Geneina", "2024-11"), ("transit", "TD", "Adré", "2025-01"), ("transit", "LY", "", "2026-02")),
        members=(
            P(given="Hawa", family="Abakar", other_names=("حواء أبكر",), age=24, sex="female", needs=(N(code="mental_health", severity="high", threats=("mental_health",), hours_ago=50, note="Sleeps little; asks that her tent is near the lamp."),)),
            P(given="Idris", family="Abakar", age=19, sex="male", relation="sibling", needs=(N(code="water", given=("water",), state="met", hours_ago=71),)),
            P(given="Zahra", family="Abakar", age=0, sex="female", relation="child", needs=(N(code="hygiene", severity="medium", hours_ago=60, given=("hygiene",), state="partly"),)),
        ),
        consents=(("services", "given"), ("tracing", "withdrawn")),
    ),
    H(
        origin="UA", languages=("ukr", "rus"), post=BRIDGE, days_ago=21,
        road=(("origin", "UA", "Харків", "2022-03"), ("transit", "PL", "", "2022-04"), ("destination", "PT", "", "")),
        members=(P(given="Оксана", family="Левченко", other_names=("Oksana Levchenko",), age=52, sex="female", needs=(N(code="information", given=("information",), state="met", hours_ago=500),)), P(given="Іван", family="Левченко", age=78, sex="male", relation="parent", know_now="Hard of hearing: speak slowly, facing him.", needs=(N(code="health", severity="medium", hours_ago=480),))),
    ),
    H(
        origin="SO", languages=("som",), post=HARBOUR, days_ago=2,
        road=(("origin", "SO", "Baidoa", "2025-09"), ("transit", "YE", "", "2025-11"), ("transit", "SD", "", "2026-01")),
        members=(P(given="Xaliimo", family="Cabdi", other_names=("Halima Abdi",), age=34, sex="female", interpreter=True, needs=(N(code="separated_family", severity="high", hours_ago=30, note="Two sons stayed with an aunt; she has no number for them."),)),),
        consents=(("services", "given"), ("tracing", "given")),
    ),
    H(
        origin="TJ", languages=("tgk", "rus"), post=TRAIN, days_ago=8,
        road=(("origin", "TJ", "Кӯлоб", "2024-02"), ("transit", "KZ", "Алматы", "2025-03"), ("returned", "TJ", "", "2026-09")),
        members=(P(given="Фирдавс", family="Раҳимов", other_names=("Firdavs Rakhimov",), age=38, sex="male", needs=(N(code="low_income", severity="medium", hours_ago=190, note="Wages of four months were not paid."),)),),
    ),
    H(
        origin="HN", languages=("spa",), post=BRIDGE, days_ago=5,
        road=(("origin", "HN", "San Pedro Sula", "2026-01"), ("transit", "GT", "", "2026-02"), ("diverted", "MX", "Tapachula", "2026-06")),
        members=(P(alias="La Profe", age_band="25-59", sex="female", needs=(N(code="phone", given=("phone",), state="met", hours_ago=118),)), P(alias="Nico", age=13, sex="male", relation="child")),
    ),
    H(
        origin="VN", languages=("vie",), post=TRAIN, days_ago=11,
        road=(("origin", "VN", "Vinh", "2025-10"),),
        members=(P(given="Thị Hương", family="Nguyễn", age=20, sex="female", interpreter=True, needs=(N(code="smuggler_harm", severity="high", threats=("survival",), hours_ago=12, note="A man waits for her outside; she asked us to say she is not here."),)),),
        consents=(("services", "given"), ("referral", "refused")),
    ),
    H(
        origin="LK", languages=("tam",), post=HARBOUR, days_ago=15,
        road=(("origin", "LK", "Jaffna", "2025-05"),),
        members=(P(given="கவிதா", family="சிவகுமார்", other_names=("Kavitha Sivakumar",), age=45, sex="female", needs=(N(code="other_disease", severity="medium", hours_ago=330, note="Diabetes; keeps insulin in the shop's fridge next door."),)),),
    ),
    H(
        origin="", languages=(), post=HARBOUR, days_ago=0,
        members=(P(age_band="18-24", sex="male", needs=(N(code="shelter", severity="immediate", threats=("survival",), hours_ago=1),)),),
        consents=(),
    ),
    H(
        origin="", languages=("ara",), post=BRIDGE, days_ago=0,
        members=(P(alias="Umm Salma", age_band="60+", sex="female", needs=(N(code="water", severity="medium", hours_ago=2, given=("water",), state="met"), N(code="food", severity="medium", hours_ago=2))),),
        consents=(),
    ),
    H(
        origin="SN", languages=("wol", "fra"), post=TRAIN, days_ago=18,
        road=(("origin", "SN", "Mbour", "2026-06"), ("transit", "MR", "", "2026-07"), ("transit", "ES", "El Hierro", "2026-08")),
        members=(P(given="Ousmane", family="Ndiaye", other_names=("Usman Njie",), age=26, sex="male", needs=(N(code="effects_of_journey", severity="medium", hours_ago=400, given=("health_care",), state="met"), N(code="interpreter", severity="low", hours_ago=400, state="met", given=("interpreter",)))),),
    ),
    H(
        origin="IQ", languages=("kmr", "ara"), post=BRIDGE, days_ago=7,
        road=(("origin", "IQ", "Duhok", "2025-12"), ("transit", "TR", "", "2026-04")),
        members=(P(given="Rojîn", family="Haco", age=33, sex="female", needs=(N(code="child_safe_space", severity="medium", hours_ago=160, given=("child_safe_space",), state="met"),)), P(given="Azad", family="Haco", age=35, sex="male", relation="partner"), P(given="Berfîn", family="Haco", age=4, sex="female", relation="child")),
    ),
    H(
        origin="NG", languages=("eng", "hau"), post=HARBOUR, days_ago=10,
        road=(("origin", "NG", "Kano", "2025-01"), ("transit", "NE", "Agadez", "2025-02")),
        members=(P(given="Blessing", family="Okafor", age=21, sex="female", needs=(N(code="tuberculosis", severity="medium", hours_ago=220, note="Started treatment in Sfax; four months to go."),)),),
    ),
    H(
        origin="CO", languages=("spa",), post=BRIDGE, days_ago=30,
        road=(("origin", "CO", "Buenaventura", "2024-08"),),
        members=(P(given="Yurany", family="Mosquera", age=28, sex="other", needs=(N(code="housing", severity="medium", hours_ago=700),)),),
    ),
)  # fmt: skip

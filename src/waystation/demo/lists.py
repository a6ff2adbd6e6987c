"""Lists of others in the demo: a hospital's table with what needs mending, a registry's PFIF, and a file that waits."""

from datetime import date, timedelta
from uuid import UUID

from waystation.familylinks.lists import actions
from waystation.familylinks.pfif import exporting
from waystation.familylinks.pfif.codes import Told
from waystation.familylinks.pfif.records import Note, Person
from waystation.familylinks.pfif.writing import placeholder, stamped, write
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.actions import give_consent
from waystation.people.documents import ConsentDocument

HOSPITAL = """Nr;Nom et prénom;Sexe;Né le;Pays;Père;Service;Remarques
1;Mohamed Ali Warsama;H;{child};Somalie;Ali;Pédiatrie;A donné le nom de sa mère, Halima
2;Samir Alhassan;H;{man};Syrie;Khaled;Chirurgie;
3;;F;{woman};;;Maternité;Ne parle pas encore
4;Letay Girmay;F;au printemps;Érythrée;Girmay;Maternité;Attend un enfant
5;يوسف عبد الله;H;١٩٩١;السودان;عبد الله;Chirurgie;
6;Blessing Eghosa;F;17/05/1999;Nigéria;;Maternité;
"""
CAMP = "الاسم الكامل\tاسم الأب\tالعمر\tالبلد\nأمينة حسين\tحسين\t٢٧\tالصومال\nعمر إدريس\tإدريس\t٤٠\tالسودان\n"
REGISTRY = "Lost and found at sea"


def brought(people: dict[str, UUID], by: Actor) -> None:
    """What the pages of lists and of registries show."""
    hospital = HOSPITAL.format(child=clock.today().year - 12, man=clock.today().year - 44, woman=2001)
    row = _brought(by, "Patients without family", "Hôpital de la Baie", hospital.encode("utf-8"))
    actions.take(by=by, list_id=row)
    row = _brought(by, "Seen at sea", REGISTRY, _of_registry(), file_name="export.pfif.xml")
    actions.take(by=by, list_id=row)
    _brought(by, "قائمة المخيم الشرقي", "Camp committee", CAMP.encode("utf-16"), file_name="camp.tsv")
    _told(people["Xaliimo"], by)


def _brought(by: Actor, name: str, keeper: str, data: bytes, file_name: str = "liste.csv") -> UUID:
    today = clock.today()
    draft = actions.ListDraft(
        name=name,
        keeper=keeper,
        came_on=today - timedelta(days=3),
        until=today + timedelta(days=180),
        basis="public-interest",
        agreement="Letter of the director. For looking for family alone; nothing goes to authorities.",
    )
    return actions.bring(by=by, draft=draft, file_name=file_name, data=data).pk


def _of_registry() -> bytes:
    now = clock.now()
    stamp, ends = stamped(now - timedelta(days=20)), stamped(now + timedelta(days=90))
    note = Note(
        note_record_id="sea.example.org/note.7",
        author_name="Captain's mate",
        source_date=stamp,
        status="believed_alive",
        last_known_location="Zarzis",
        text="Came off the second boat and asked for a telephone.",
    )
    found = Person(
        person_record_id="sea.example.org/person.7",
        source_date=stamp,
        expiry_date=ends,
        author_name="Desk at the pier",
        full_name="ሚካኤል ተኽለ\nMichael Tekhle",
        sex="male",
        age="22-26",
        home_country="ER",
        home_city="Keren",
        notes=(note,),
    )
    over = placeholder("sea.example.org/person.3", stamped(now - timedelta(days=40)), now - timedelta(days=39))
    return write([found, over], now)


def _told(person: UUID, by: Actor) -> None:
    """She wants to be found: a registry is told."""
    last: date = clock.today() + timedelta(days=120)
    document = ConsentDocument(read_back=True, recipients=(REGISTRY,), language="som")
    give_consent(by=by, person_id=person, purpose="tracing", recipient_kind="ngo", document=document, expires_on=last)
    fields = (Told.SEX.value, Told.COUNTRY.value, Told.ALIVE.value)
    draft = exporting.FileDraft(
        recipient_kind="ngo", recipient=REGISTRY, domain="two-rivers.example.org", until=last, fields=fields
    )
    exporting.write_file(by=by, draft=draft)

"""Family news of the demo: messages in several states, one that came, who is safe and well, calls of three weeks."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from waystation.casework.models import Unnamed
from waystation.demo.coming import came
from waystation.demo.staff import at_work
from waystation.exchange import queries as exchange
from waystation.exchange.models import Peer
from waystation.familylinks.news import hearing
from waystation.familylinks.news.actions import calls, carrying, well, writing
from waystation.familylinks.news.codes import Audience, Contact, Reached
from waystation.familylinks.news.documents import AddressDocument, WellDocument
from waystation.familylinks.news.models import RedCrossMessage
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

YES = ConsentDocument(read_back=True, explained_by="Interpreter by telephone")
AUNT = AddressDocument(name="Mariama Bah", parents="Alpha and Kadiatou", place="The tailor's house behind the market")
BROTHER = AddressDocument(name="Dawit Tesfay", place="Near the school, ask for the carpenter", phone="+251700555010")
UNCLE = AddressDocument(name="Ibrahim Diallo", place="At the ferry")


def news_of_families(people: Mapping[str, UUID], chance: random.Random) -> None:
    """People by their given name or alias."""
    writer, officer, peer = at_work("tomas"), at_work("karim"), exchange.trusted().first()
    said = "Je vais bien. La petite dort toute la nuit maintenant. Écrivez-moi ici."
    _waits(people["Hawa"], said, "fra", AUNT, writer, peer)
    if peer:
        said = "I have a bed and I learn the language. Tell mother that I think of her on Sundays."
        row = _waits(people["ሰላም"], said, "eng", BROTHER, writer, peer)
        carrying.check(by=officer, message_id=row.pk)
        carrying.send(by=officer, message_id=row.pk, office_id=peer.pk)
        _say(peer, "news.state", row.exchange, state="arrived", place=11, office=peer.name)
        _come(peer, officer)
    back = _waits(people["Ousmane"], "They keep forty of us behind the old harbour.", "eng", UNCLE, writer, peer)
    carrying.give_back(by=officer, message_id=back.pk, reason="places", note="Leave out where you are held.")
    _well(people, writer)
    _calls(writer, chance)


def _waits(
    person: UUID, words: str, language: str, to: AddressDocument, by: Actor, office: Peer | None
) -> RedCrossMessage:
    draft = writing.Draft(words=words, address=to, language=language, office_id=office.pk if office else None)
    row = writing.begin(by=by, person_id=person, draft=draft)
    until = clock.today() + timedelta(days=120)
    return writing.hand_in(by=by, message_id=row.pk, document=YES, expires_on=until)


def _come(peer: Peer, officer: Actor) -> None:
    """One that waits for somebody to decide, and one that was brought to the family."""
    day = (clock.today() - timedelta(days=9)).isoformat()
    until = (clock.today() + timedelta(days=80)).isoformat()
    for number, to, place in (
        ("N-7XK4PQ2R", "Nene Camara", "Room 4, the blue hostel"),
        ("N-3HJ9VW5C", "Samba Barry", "The bakery by the bridge"),
    ):
        exchange_id = uuid4()
        body: dict[str, Any] = {
            "number": number, "written_on": day, "agreed_on": day, "until": until, "language": "fra",
            "to": to, "place": place, "route": [peer.name], "writer": "Fanta Camara",
            "words": "Nous allons tous bien. Ta sœur a une fille, née au printemps. Donne de tes nouvelles.",
        }  # fmt: skip
        _say(peer, "news.message", exchange_id, **body)
    row = RedCrossMessage.objects.get(exchange=exchange_id)
    carrying.deliver(by=officer, message_id=row.pk)


def _say(peer: Peer, kind: str, exchange_id: UUID, **body: Any) -> None:
    handlers = {"news.message": hearing.message, "news.state": hearing.state}
    handlers[kind](came(peer.pk, kind, {"exchange": exchange_id.bytes, **body}))


def _well(people: Mapping[str, UUID], by: Actor) -> None:
    said = (
        ("Fatoumata", Audience.ANYONE, "I am well, with my children.", ()),
        ("Xaliimo", Audience.NAMED, "I am well. I call when I have a telephone.", ("Cabdi Warsame", "Hodan Cali")),
        ("Rojîn", Audience.NOBODY, "", ()),
    )
    for name, audience, words, relatives in said:
        document = WellDocument(words=words, relatives=relatives)
        until = clock.today() + timedelta(days=150)
        draft = well.WellDraft(audience=audience, document=document, expires_on=until, consent=YES)
        well.say(by=by, person_id=people[name], draft=draft)


def _calls(by: Actor, chance: random.Random) -> None:
    for days in range(20):
        for _time in range(chance.randint(0, 3)):
            kind = chance.choice([Contact.PHONE, Contact.PHONE, Contact.WIFI, Contact.CHARGING])
            reached = chance.choice([Reached.YES, Reached.NO]) if kind == Contact.PHONE else Reached.NOT_SAID
            minutes = chance.randint(2, 15) if kind == Contact.PHONE else None
            draft = calls.SessionDraft(id=uuid4(), kind=kind, minutes=minutes, reached=reached)
            row = calls.count_session(by=by, draft=draft)
            at = clock.now() - timedelta(days=days)
            Unnamed.objects.filter(pk=row.pk).update(day=clock.today() - timedelta(days=days), at=at)

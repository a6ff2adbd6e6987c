"""Reading an International Patient Summary that somebody else wrote.

Nothing is guessed: what cannot be read is refused with the line or the field at which it fails, and all that fails is
told at once. Sections that we have no lines for are kept with their words.
"""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from waystation.casework.health.codes.summary import LOINC, MOST_BYTES, SECTIONS, Kind
from waystation.casework.health.ips.lines import CannotTell, lines_of
from waystation.casework.health.models.summary import ReceivedDocument, ReceivedLine, ReceivedSection
from waystation.people import cleaning

DOCUMENT = "60591-5"
MOST_PROBLEMS = 10
KIND_OF = {card.loinc: kind for kind, card in SECTIONS.items()}
LONGEST = cleaning.LONGEST_NOTE
Found = Mapping[str, Any]


class Unreadable(Exception):  # noqa: N818 - it is what the file is
    """The file is no such summary; `problems` says where and what, for a person."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems[:MOST_PROBLEMS]
        super().__init__("; ".join(self.problems))


def read(raw: bytes) -> ReceivedDocument:
    """What the file says. Raises Unreadable."""
    return _Reader(_parsed(raw)).document()


def _parsed(raw: bytes) -> Any:
    if len(raw) > MOST_BYTES:
        raise Unreadable([_("The file is larger than 1 MB. A summary is much smaller: it may be something else.")])
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise Unreadable([_("Line %(line)d: this is no text in UTF-8.") % {"line": line}]) from problem
    except json.JSONDecodeError as problem:
        where = {"line": problem.lineno, "column": problem.colno}
        raise Unreadable([_("Line %(line)d, sign %(column)d: this is no JSON any more.") % where]) from problem
    except (RecursionError, ValueError) as problem:
        raise Unreadable(
            [_("This is no JSON that can be read: it is nested too deep, or holds no number.")]
        ) from problem


def _no_number(name: str) -> Any:
    raise ValueError(name)


class _Reader:
    """One file. Problems are gathered by the way and told at the end."""

    def __init__(self, found: Any) -> None:
        self.problems: list[str] = []
        if not isinstance(found, dict) or found.get("resourceType") != "Bundle":
            raise Unreadable([_("resourceType: this is no FHIR Bundle.")])
        if found.get("type") != "document":
            raise Unreadable([_("type: this Bundle is no document.")])
        self.entries = [one if isinstance(one, dict) else {} for one in _listed(found.get("entry"))]
        self.paths: dict[int, str] = {}
        self.resources: dict[str, Found] = {}
        for number, entry in enumerate(self.entries):
            self._note_resource(number, entry)
        self.composition = self._resource(0)
        if self.composition.get("resourceType") != "Composition":
            raise Unreadable([_("entry[0]: a summary begins with a Composition.")])

    def _note_resource(self, number: int, entry: Found) -> None:
        resource = entry.get("resource")
        if not isinstance(resource, dict):
            self._refuse(f"entry[{number}].resource", _("nothing stands here"))
            return
        self.paths[id(resource)] = f"entry[{number}].resource"
        for address in (entry.get("fullUrl"), f"{resource.get('resourceType')}/{resource.get('id')}"):
            if isinstance(address, str):
                self.resources.setdefault(address, resource)

    def _resource(self, number: int) -> Found:
        resource = self.entries[number].get("resource") if number < len(self.entries) else None
        return resource if isinstance(resource, dict) else {}

    def _refuse(self, path: str, says: str) -> None:
        self.problems.append(f"{path}: {says}")

    def document(self) -> ReceivedDocument:
        """Everything. Raises Unreadable."""
        if DOCUMENT not in _codes(self.composition.get("type"), LOINC):
            self._refuse("entry[0].resource.type", _("the LOINC code 60591-5 of a patient summary is missing"))
        patient = self._patient()
        sections = tuple(self._sections())
        self._require(sections)
        if self.problems:
            raise Unreadable(self.problems)
        return ReceivedDocument(
            author=self._author(),
            written=_line(self.composition.get("date")),
            name=_name(patient),
            born=_line(patient.get("birthDate")),
            gender=_line(patient.get("gender")),
            sections=sections,
        )

    def _patient(self) -> Found:
        subject = self._follow(self.composition.get("subject"))
        if subject is not None and subject.get("resourceType") == "Patient":
            return subject
        self._refuse("entry[0].resource.subject", _("it leads to no Patient of this file"))
        return {}

    def _author(self) -> str:
        references = [self.composition.get("custodian"), *_listed(self.composition.get("author"))]
        authors = [found for found in map(self._follow, references) if found]
        named = [_line(one.get("name")) or _name(one) for one in authors]
        return next((name for name in named if name), "")

    def _sections(self) -> Iterator[ReceivedSection]:
        for number, section in enumerate(_listed(self.composition.get("section"))):
            path = f"entry[0].resource.section[{number}]"
            if not isinstance(section, dict):
                self._refuse(path, _("nothing stands here"))
                continue
            kind = next((KIND_OF[code] for code in _codes(section.get("code"), LOINC) if code in KIND_OF), "")
            yield ReceivedSection(
                kind=kind,
                title=_line(section.get("title")),
                text=_narrative(section.get("text"))[:LONGEST],
                lines=tuple(self._lines(kind, section, path)),
            )

    def _lines(self, kind: str, section: Found, path: str) -> Iterator[ReceivedLine]:
        for number, reference in enumerate(_listed(section.get("entry"))):
            resource = self._follow(reference)
            if resource is None:
                self._refuse(f"{path}.entry[{number}]", _("it leads to nothing in this file"))
                continue
            try:
                yield from lines_of(resource, self._follow)
            except CannotTell as problem:
                if kind:
                    self._refuse(f"{self.paths[id(problem.resource)]}.{problem.where}", _("it does not say what it is"))

    def _require(self, sections: tuple[ReceivedSection, ...]) -> None:
        there = {section.kind for section in sections}
        for kind, card in SECTIONS.items():
            if card.required and kind not in there:
                missing = {"section": str(Kind(kind).label), "code": card.loinc}
                self._refuse("entry[0].resource.section", _("“%(section)s” (LOINC %(code)s) is missing") % missing)

    def _follow(self, reference: Any) -> Found | None:
        address = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(address, str):
            return None
        return self.resources.get(address) or self.resources.get("/".join(address.split("/")[-2:]))


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _codes(concept: Any, system: str) -> list[str]:
    codings = _listed(concept.get("coding")) if isinstance(concept, dict) else []
    return [str(one.get("code")) for one in codings if isinstance(one, dict) and one.get("system") == system]


def _line(found: Any) -> str:
    return cleaning.line(found)[:200] if isinstance(found, str) else ""


def _name(resource: Found) -> str:
    names = [one for one in _listed(resource.get("name")) if isinstance(one, dict)]
    for one in names:
        parts = [*_listed(one.get("given")), one.get("family")]
        if whole := _line(one.get("text")) or _line(" ".join(part for part in parts if isinstance(part, str))):
            return whole
    return ""


class _Words(HTMLParser):
    """The words of a narrative, without its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Words."""
        self.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Cells and lines stay apart."""
        self.parts.append("\n" if tag in {"tr", "li", "p", "div", "caption"} else " ")


def _narrative(text: Any) -> str:
    div = text.get("div") if isinstance(text, dict) else None
    if not isinstance(div, str):
        return ""
    words = _Words()
    words.feed(div)
    return "\n".join(line for line in cleaning.note("".join(words.parts)).splitlines() if line)

"""Where a node could ask for status: models, sealed documents, forms, code lists, rules and API fields."""

import ast
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.forms import BaseForm
from django.utils import translation
from django.utils.functional import Promise
from pydantic import BaseModel

import waystation
from waystation.config.status_check.words import asks_for_status
from waystation.vault import SealedDocument

PACKAGE = Path(waystation.__file__).parent
OURS = "waystation."
ITSELF = PACKAGE / "config" / "status_check"
DEEPEST = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that asks: where it stands, and the words that do."""

    where: str
    words: str


def findings() -> list[Finding]:
    """Every place of this node that asks for legal or immigration status; empty on a node that may start."""
    _import_rooms()
    places = [*in_models(), *in_documents(), *in_forms(), *in_codes(), *in_api(), *in_rules(PACKAGE)]
    return sorted(set(places), key=lambda finding: finding.where)


def _import_rooms() -> None:
    for room in apps.get_app_configs():
        if not room.name.startswith(OURS) or room.module is None:
            continue
        for module in pkgutil.walk_packages(room.module.__path__, f"{room.name}."):
            if module.name.rsplit(".", 1)[-1] in {"codes", "forms", "api", "schemas", "documents", "policies"}:
                import_module(module.name)


def in_models() -> Iterator[Finding]:
    """Columns by name, label, help and choices."""
    for model in apps.get_models():
        if not model.__module__.startswith(OURS):
            continue
        for column in model._meta.get_fields():
            if column.auto_created and not column.concrete:
                continue
            where = f"model {model._meta.label}.{column.name}"
            choices = _texts(getattr(column, "choices", None) or ())
            labels = [getattr(column, "verbose_name", ""), getattr(column, "help_text", "")]
            yield from _look(where, [column.name, *labels, *choices])


def in_documents() -> Iterator[Finding]:
    """Fields of sealed documents, and of the parts they hold."""
    for document in _subclasses(SealedDocument):
        if is_dataclass(document) and isinstance(document, type):
            for part in fields(document):
                yield from _look(f"sealed document {document.__name__}.{part.name}", [part.name])


def in_forms() -> Iterator[Finding]:
    """Questions by name, label, hint and answers."""
    for form in _subclasses(BaseForm):
        if not form.__module__.startswith((OURS, "tests.")):
            continue
        for name, question in getattr(form, "base_fields", {}).items():
            texts = [name, question.label or "", question.help_text]
            choices = getattr(question, "choices", ())
            yield from _look(f"form {form.__name__}.{name}", [*texts, *_texts(() if callable(choices) else choices)])


def in_codes() -> Iterator[Finding]:
    """Everything that stands in a room's `codes.py`, keys and labels."""
    for name, module in list(sys.modules.items()):
        if name.startswith(OURS) and name.endswith(".codes"):
            yield from in_code_list(module)


def in_code_list(module: ModuleType) -> Iterator[Finding]:
    """One module of code lists."""
    for name, value in vars(module).items():
        if name.startswith("_") or inspect.ismodule(value) or inspect.isfunction(value):
            continue
        yield from _look(f"code list {module.__name__}.{name}", [name, *_texts(value)])


def in_api() -> Iterator[Finding]:
    """Fields of every typed message the API takes or gives."""
    for schema in _subclasses(BaseModel):
        if not schema.__module__.startswith((OURS, "tests.")):
            continue
        for name, field in schema.model_fields.items():
            texts = [name, field.alias or "", field.title or "", field.description or ""]
            yield from _look(f"API field {schema.__name__}.{name}", texts)


def in_rules(folder: Path) -> Iterator[Finding]:
    """Names and keys that code computes with, in any Python file below a folder, and names of inputs in templates."""
    for path in sorted(folder.rglob("*.py")):
        if ITSELF in path.parents:
            continue
        for line, word in _names(ast.parse(path.read_text(encoding="utf-8"))):
            if words := asks_for_status(word):
                yield Finding(f"rule {path.relative_to(folder.parent)}:{line}", words)


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str(word)) | ast.arg(arg=word):
                yield getattr(node, "lineno", 0), word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word):
                yield node.lineno, word
            case ast.Constant(value=str(word)) if word and " " not in word:
                yield node.lineno, word


def _look(where: str, texts: Iterable[object]) -> Iterator[Finding]:
    for text in texts:
        for said in _in_every_language(text):
            if words := asks_for_status(said):
                yield Finding(where, words)
                return


def _in_every_language(text: object) -> Iterator[str]:
    if isinstance(text, Promise):
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                yield str(text)
    elif isinstance(text, str):
        yield text


def _texts(value: Any, depth: int = 0) -> Iterator[object]:
    """All strings inside nested choices, tables, enums and dataclasses."""
    if isinstance(value, str | Promise) and not isinstance(value, Enum):
        yield value
    elif depth < DEEPEST:
        for inner in _inside(value):
            yield from _texts(inner, depth + 1)


def _inside(value: Any) -> Iterable[object]:
    if isinstance(value, Enum):
        return (value.name, value.value)
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values())
    if isinstance(value, type):
        return tuple(value) if issubclass(value, Enum) else ()
    if is_dataclass(value):
        return [getattr(value, part.name) for part in fields(value)]
    return value if isinstance(value, list | tuple | set | frozenset) else ()


def _subclasses(base: type) -> Iterator[Any]:
    children: list[Any] = base.__subclasses__()
    for child in children:
        yield child
        yield from _subclasses(child)

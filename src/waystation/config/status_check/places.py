"""Where a node could ask for status, as it was loaded: models, sealed documents, forms, code lists and API fields."""

import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.forms import BaseForm
from django.utils.functional import Promise
from pydantic import BaseModel

from waystation.config.status_check.looking import Finding, look
from waystation.config.status_check.sources import written
from waystation.vault import SealedDocument

OURS = "waystation."
DEEPEST = 7


def findings() -> list[Finding]:
    """Every place of this node that asks for legal or immigration status; empty on a node that may start."""
    _import_rooms()
    places = [*in_models(), *in_documents(), *in_forms(), *in_codes(), *in_api(), *written()]
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
            choices = _texts(_listed(column))
            labels = [getattr(column, said, "") for said in ("verbose_name", "help_text", "db_comment", "db_column")]
            yield from look(where, [column.name, *labels, *choices])


def in_documents() -> Iterator[Finding]:
    """Fields of sealed documents, and of the parts they hold."""
    for document in _subclasses(SealedDocument):
        if is_dataclass(document) and isinstance(document, type):
            for part in fields(document):
                yield from look(f"sealed document {document.__name__}.{part.name}", [part.name])


def in_forms() -> Iterator[Finding]:
    """Questions by name, label, hint and answers."""
    for form in _subclasses(BaseForm):
        if not form.__module__.startswith((OURS, "tests.")):
            continue
        for name, question in getattr(form, "base_fields", {}).items():
            texts = [name, question.label or "", question.help_text]
            choices = _texts(_listed(question))
            yield from look(f"form {form.__name__}.{name}", [*texts, *choices])


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
        yield from look(f"code list {module.__name__}.{name}", [name, *_texts(value)])


def in_api() -> Iterator[Finding]:
    """Fields of every typed message the API takes or gives."""
    for schema in _subclasses(BaseModel):
        if not schema.__module__.startswith((OURS, "tests.")):
            continue
        for name, field in schema.model_fields.items():
            texts = [name, field.alias or "", field.title or "", field.description or ""]
            yield from look(f"API field {schema.__name__}.{name}", texts)


def _listed(asking: Any) -> Any:
    """Answers declared as data; those that a function makes stand in code, which is read as it is written."""
    choices = getattr(asking, "choices", None) or ()
    return choices if isinstance(choices, list | tuple | type) else ()


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

"""Sealed documents: typed fields that are stored as one sealed column and opened only through `sealing`."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import cbor2

from waystation.kernel.actors import Compartment
from waystation.vault.problems import CannotSeal

PAD_TO = 64
LENGTH_BYTES = 4
Convert = Callable[[Any], Any]
CONVERTED: dict[Any, tuple[Convert | None, Convert | None]] = {
    **dict.fromkeys((str, int, float, bool, bytes), (None, None)),
    date: (date.isoformat, date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    UUID: (lambda uuid: uuid.bytes, lambda raw: UUID(bytes=raw)),
}
"""How a type becomes plain CBOR and back; None: it is plain already."""


class SealedDocument:
    """Base of every sealed document. A subclass is a frozen keyword-only dataclass whose fields all have defaults.

    Field types: str, int, float, bool, bytes, date, datetime, UUID, enumerations, optional ones, tuples of these, and
    nested dataclasses; anything else is refused when a document is first sealed.
    `compartment` says who may read it; raise `schema_version` when the meaning of a field changes, and teach
    `upgrade` to bring older data along. New fields with defaults need neither. What equals its default is not stored,
    so a changed default is a changed meaning: raise `schema_version` for it too.
    """

    compartment: ClassVar[Compartment]
    schema_version: ClassVar[int] = 1

    @classmethod
    def upgrade(cls, version: int, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG003 - for subclasses
        """Turn the fields of another schema version into today's. The base keeps them as they are."""
        return data

    def to_bytes(self) -> bytes:
        """CBOR (RFC 8949) behind its length, padded with zeros to a multiple of 64 bytes so that size says little.

        Raises CannotSeal for half a character (a lone surrogate).
        """
        try:
            body = cbor2.dumps(_codec(type(self)).encode(self))
        except UnicodeEncodeError as problem:
            raise CannotSeal from problem
        raw = len(body).to_bytes(LENGTH_BYTES, "big") + body
        return raw + bytes(-len(raw) % PAD_TO)

    @classmethod
    def from_bytes(cls, raw: bytes, version: int) -> Self:
        """The inverse of `to_bytes`. Fields that are not known (any more) are dropped, missing ones get defaults.

        `upgrade` also meets data of a newer version than this program knows, after a step back to older software.
        """
        length = int.from_bytes(raw[:LENGTH_BYTES], "big")
        data = cbor2.loads(raw[LENGTH_BYTES : LENGTH_BYTES + length])
        if version != cls.schema_version:
            data = cls.upgrade(version, data)
        document: Self = _codec(cls).decode(data)
        return document


class _Codec:
    """How one dataclass becomes plain data and back; built once a class."""

    def __init__(self, document: type[Any]) -> None:
        hints = get_type_hints(document)
        self.document = document
        self.fields = [(field.name, *_converters(hints[field.name]), _default(field)) for field in fields(document)]
        self.defaults = {name: default for name, _encode, _decode, default in self.fields}
        self.decoders = {name: decode for name, _encode, decode, _default in self.fields}

    def encode(self, value: Any) -> dict[str, Any]:
        plain = {}
        for name, encode, _decode, default in self.fields:
            held = getattr(value, name)
            if held != default:
                plain[name] = encode(held) if encode else held
        return plain

    def decode(self, data: Mapping[str, Any]) -> Any:
        opened = object.__new__(self.document)
        # Past the frozen constructor, which would take longer than decryption does.
        values = vars(opened)
        values.update(self.defaults)
        for name, held in data.items():
            if name in self.decoders:
                decode = self.decoders[name]
                values[name] = decode(held) if decode else held
        return opened


_CODECS: dict[type[Any], _Codec] = {}


def _codec(document: type[Any]) -> _Codec:
    if document not in _CODECS:
        _CODECS[document] = _Codec(document)
    return _CODECS[document]


def _default(field: "Field[Any]") -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise TypeError(f"{field.name} needs a default: a document sealed before it existed must still open")


def _converters(hint: Any) -> tuple[Convert | None, Convert | None]:
    if hint in CONVERTED:
        return CONVERTED[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda member: member.value), hint
    if is_dataclass(hint) and isinstance(hint, type):
        codec = _codec(hint)
        return codec.encode, codec.decode
    origin = get_origin(hint)
    arguments = [argument for argument in get_args(hint) if argument is not NoneType]
    if origin in {Union, UnionType} and len(arguments) == 1:
        return _optional(*_converters(arguments[0]))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _tuple_of(*_converters(arguments[0]))
    raise TypeError(f"{hint} cannot stand in a sealed document")


def _optional(encode: Convert | None, decode: Convert | None) -> tuple[Convert | None, Convert | None]:
    if encode is None or decode is None:
        return None, None
    return (
        lambda value: None if value is None else encode(value),
        lambda plain: None if plain is None else decode(plain),
    )


def _tuple_of(encode: Convert | None, decode: Convert | None) -> tuple[Convert, Convert]:
    return (
        (lambda values: [encode(value) for value in values]) if encode else list,
        (lambda plains: tuple(decode(plain) for plain in plains)) if decode else tuple,
    )

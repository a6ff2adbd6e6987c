"""What a stranger or a careless neighbour may put into a body ends with a reason."""

from typing import Any

import pytest

from waystation.exchange import bundles
from waystation.exchange.kinds import Field, WrongBody, checked

FIELDS = {
    "word": Field("text", needed=False),
    "words": Field("texts", needed=False),
    "said": Field("map", needed=False),
    "rows": Field("items", needed=False, fields={"word": Field("text")}),
}


@pytest.mark.parametrize(
    "body", [{"word": "a\0b"}, {"words": ["a\0"]}, {"said": {"\0": "a"}}, {"rows": [{"word": "\0"}]}]
)
def test_what_no_column_can_hold_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(WrongBody) as refused:
        checked(FIELDS, body)
    assert refused.value.reason == "wrong-field"


def test_a_bundle_of_too_many_files_is_refused_before_all_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    heads = bundles._length

    def counted(body: memoryview, place: int) -> tuple[int, int]:
        read.append(place)
        return heads(body, place)

    monkeypatch.setattr(bundles, "_length", counted)
    with pytest.raises(bundles.NotABundle):
        bundles.unpack(b"\x40" * 100_000)
    assert len(read) == bundles.MOST_FILES + 1

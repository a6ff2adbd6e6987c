"""A code to scan is whole at whatever size the page gives it."""

import re

import pytest

from waystation.web.templatetags.waystation import qr


@pytest.mark.parametrize("text", ["K7QM-2RXD-5", "https://node.example/services/found/?kind=health&near=" + "a" * 120])
def test_a_code_is_scaled_and_never_cut(text: str) -> None:
    drawn = str(qr(text))
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn)
    assert box is not None
    assert box[1] == box[2]
    assert "width=" not in drawn.split(">", maxsplit=1)[0]

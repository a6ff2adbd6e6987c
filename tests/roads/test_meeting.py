"""Meeting a node: its code is read by the camera where the browser can, its descriptor comes from its address."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.roads.conftest import Visit
from tests.roads.test_exchange import Node
from waystation.exchange import descriptors, meeting

CAMERA = """
window.shown = ["https://elsewhere.example", "%s"];
window.BarcodeDetector = class { async detect() { return [{ rawValue: window.shown.shift() }]; } };
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 30);
  return canvas.captureStream(30);
};
"""
"""What a phone has and Debian's browser has not: a camera with a code before it, and a reader of codes."""


@pytest.mark.browser
def test_the_code_is_read_where_the_browser_can_and_pasted_where_not(visit: Callable[..., Visit]) -> None:
    plain = visit(scripts=False)
    plain.sign_in("lena")
    plain.go("/road/nodes/add/")
    assert not plain.page.get_by_role("button", name="Scan with the camera").is_visible()
    assert plain.page.get_by_label("Or as text").is_visible()
    phone = visit(width=390)
    phone.page.add_init_script(CAMERA % "waystation-node:AbC")
    phone.sign_in("lena")
    phone.go("/road/nodes/add/")
    phone.page.get_by_role("button", name="Scan with the camera").click()
    phone.page.get_by_text("Read. Now add this node.").wait_for()
    assert phone.page.get_by_label("Or as text").input_value() == "waystation-node:AbC"
    assert not phone.page.locator("video").is_visible()
    assert phone.complaints == []


def test_a_node_gives_its_descriptor_at_its_address(tmp_path: Path) -> None:
    node = Node(tmp_path / "shore", "shore")
    text = node.do("make", "shore", f"http://127.0.0.1:{node.port}")
    node.serve()
    try:
        file = meeting.fetched(f"http://127.0.0.1:{node.port}")
    finally:
        node.kill()
    assert descriptors.read(file) == descriptors.read(descriptors.from_text(text))

"""Behind a web server that speaks TLS it is seen who calls; from anybody else its word is worth nothing."""

import threading
from collections.abc import Callable, Iterable
from http.client import HTTPConnection
from typing import Any

import pytest
from waitress.server import create_server
from waitress.wasyncore import close_all

from waystation.config.serving import behind

SAYS = {"X-Forwarded-For": "203.0.113.5, 192.0.2.7", "X-Forwarded-Proto": "https"}


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]


@pytest.mark.parametrize(
    ("proxy", "seen"),
    [("127.0.0.1", "192.0.2.7 https"), ("192.0.2.99", "127.0.0.1 http"), ("", "127.0.0.1 http")],
)
def test_who_calls_is_told_by_the_server_before_ours_alone(proxy: str, seen: str) -> None:
    channels: dict[int, Any] = {}
    server: Any = create_server(
        echo, host="127.0.0.1", port=0, map=channels, clear_untrusted_proxy_headers=True, **behind(proxy)
    )
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    line = HTTPConnection("127.0.0.1", server.effective_port, timeout=10)
    line.request("GET", "/", headers=SAYS)
    assert line.getresponse().read().decode() == seen
    line.close()
    server.task_dispatcher.shutdown()
    # In its own thread: the line as it was accepted is closed too, and not left to the garbage collector.
    server.trigger.pull_trigger(lambda: close_all(channels, ignore_all=True))
    serving.join(timeout=10)
    assert not serving.is_alive()

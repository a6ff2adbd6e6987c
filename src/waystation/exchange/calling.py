"""Asking another node by HTTP: no redirects, so many bytes, so many seconds in all, however slowly they drip."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Protocol

CHUNK = 64 * 1024


class TooMuch(ValueError):  # noqa: N818 - said of an answer
    """The answer is longer than it may be."""


class TooSlow(TimeoutError):  # noqa: N818 - said of an answer
    """The whole of it took longer than it may."""


class Answer(Protocol):
    """What is read from."""

    def read1(self, size: int, /) -> bytes: ...


def ask(request: urllib.request.Request, *, step: float, whole: float, most: int) -> bytes:
    """The body of the answer. `step`: seconds for one step of the call, `whole` for all of it; `most`: bytes.

    Raises TooMuch, TooSlow, and what urllib does: HTTPError for every status but 2xx, URLError, OSError, HTTPException.
    """
    with _watched(whole) as watch:
        opener = urllib.request.build_opener(_NoRedirects, _Plain(watch), _Tls(watch))
        try:
            with opener.open(request, timeout=step) as answer:
                body = read(answer, whole=whole, most=most)
        except (OSError, HTTPException) as problem:
            if isinstance(problem, urllib.error.HTTPError):
                problem.close()
            if watch.is_over:
                raise TooSlow from problem
            raise
        if watch.is_over:
            raise TooSlow
        return body


def read(answer: Answer, *, whole: float, most: int) -> bytes:
    """All of an answer. Raises TooMuch, TooSlow."""
    deadline, parts, total = time.monotonic() + whole, [], 0
    while part := answer.read1(CHUNK):
        total += len(part)
        if total > most:
            raise TooMuch
        if time.monotonic() > deadline:
            raise TooSlow
        parts.append(part)
    return b"".join(parts)


class _Watch:
    """Cuts the lines of a call once its time is over: also while a handshake or a header still drips."""

    def __init__(self, whole: float) -> None:
        self.lines: list[socket.socket] = []
        self.is_over = False
        self.timer = threading.Timer(whole, self._cut)
        self.timer.daemon = True
        self.timer.start()

    def over(self, line: socket.socket) -> None:
        """Look after a line; a second handle of it, for TLS takes the first one away."""
        self.lines.append(line.dup())

    def end(self) -> None:
        """The call is done."""
        self.timer.cancel()
        for line in self.lines:
            line.close()

    def _cut(self) -> None:
        self.is_over = True
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _watched(whole: float) -> Iterator[_Watch]:
    watch = _Watch(whole)
    try:
        yield watch
    finally:
        watch.end()


class _Line(HTTPConnection):
    watch: _Watch

    def connect(self) -> None:
        super().connect()
        self.watch.over(self.sock)


class _TlsLine(HTTPSConnection, _Line):
    """Its own `connect` calls that of `_Line` before it shakes hands."""


def _made(kind: type[_Line], watch: _Watch) -> Callable[..., _Line]:
    def make(*given: Any, **more: Any) -> _Line:
        line = kind(*given, **more)
        line.watch = watch
        return line

    return make


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    def http_open(self, request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_made(_Line, self.watch), request)


class _Tls(urllib.request.HTTPSHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    def https_open(self, request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_made(_TlsLine, self.watch), request)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_told: Any) -> None:
        return None

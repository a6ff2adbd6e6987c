"""Run as a process of its own: one step in the life of a node that shows photos; prints what it found as JSON."""

import sys
from typing import Any

from tests.roads.exchange_node import STEPS, main, officer, serve
from tests.roads.handover_node import at_work


def show() -> dict[str, str]:
    """Somebody new, whose photo two officers put on the public page; its address and its last day."""
    from tests.familylinks.photos.factories import shown, somebody

    officer()
    by = at_work("family-links")
    row = shown(by, somebody(by, "Selam", phone="+49 170 5550123"))
    return {"number": str(row.number), "until": row.until.isoformat()}


def serve_after(day: str, hours: str, port: str) -> str:
    """Serve, opened, as of so many hours after the end of a day, until killed."""
    from datetime import date, timedelta

    import time_machine

    from waystation.kernel import clock

    with time_machine.travel(clock.end_of(date.fromisoformat(day)) + timedelta(hours=int(hours))):
        return serve(port)


def serve_locked(port: str) -> str:
    """Serve without opening it, until killed."""
    from waystation.config.serving import serve_node

    serve_node(host="127.0.0.1", port=int(port), ready=lambda url: print(url, flush=True))
    return "ended"


def heard() -> dict[str, Any]:
    """What people answered, as an officer reads it."""
    from waystation.familylinks.photos import answering, queries

    officer()
    by = at_work("family-links")
    answering.settle_all(9)
    rows = list(queries.answers(by))
    texts = queries.answer_texts(rows, by=by)
    return {"said": [[texts[row.pk].text, texts[row.pk].reach] for row in rows]}


STEPS |= {"show": show, "serve-after": serve_after, "serve-locked": serve_locked, "heard": heard}

if __name__ == "__main__":
    main(*sys.argv[1:])

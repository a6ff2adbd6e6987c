"""One of the four nodes of `waystation demo --road`, as a process of its own: `python -m waystation.cli.road_node`.

Whoever starts it asks for one step after the other, a line of JSON each, and is answered with a line of JSON; after the
step `serve` it serves. It ends when nobody holds the other end of its standard input any more.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable

import click

from waystation.cli.main import ready_node

SERVE = "serve"
Answer = Callable[[dict[str, str]], None]


@click.command()
def road_node() -> None:
    """Make the node of this process as asked, and serve it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    ready_node()
    from django.conf import settings

    from waystation.config import renewal
    from waystation.config.serving import CannotServe, serve_node
    from waystation.demo.road.nodes import node_in, port_of

    # After a lock the program begins anew by itself: what is there stays, and stays locked.
    answer = _nobody_hears if renewal.is_renewal() else _do_steps()
    threading.Thread(target=_end_with_the_road, name="road", daemon=True).start()
    _hurry()
    port = port_of(node_in(settings.DATA), settings.DEMO_ROAD)
    try:
        serve_node(host="127.0.0.1", port=port, ready=lambda url: answer({"ready": url}), checked=True)
    except CannotServe as problem:
        answer({"problem": str(problem)})


def _do_steps() -> Answer:
    """Do what is asked, until it is to serve; gives what answers."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What else is said here goes to people, not between two answers.
    os.dup2(2, 1)
    from waystation.demo.road import story

    def answer(said: dict[str, str]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    for line in sys.stdin:
        step, said = json.loads(line)
        if step == SERVE:
            return answer
        answer(story.STEPS[step](said))
    sys.exit()


def _nobody_hears(_said: dict[str, str]) -> None:
    return


def _end_with_the_road() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _hurry() -> None:
    """Who tries a demo does not wait a minute for the post to fetch its mail."""
    from waystation.exchange import sender

    sender.FETCH_EVERY, sender.FIRST_WAIT, sender.LONGEST_WAIT = 4.0, 3.0, 10.0


if __name__ == "__main__":
    road_node()

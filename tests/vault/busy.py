"""Four helpers at work while the epoch changes again and again. Also run as a process of its own, on a real file."""

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

CHANGES = 4
SEVERAL = 20


def main(folder: str) -> None:
    """Make a node in a folder, be busy on it, and print what came of it."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from tests.nodes import make_node

    make_node("lantern harbour seven quiet rivers")
    print(json.dumps(be_busy()))


def be_busy() -> dict[str, Any]:
    """Register, erase and read in threads of their own while the epoch changes; what was lost or came back."""
    from waystation.vault import epoch_files, epochs
    from waystation.vault.models import PersonKey

    epochs.CHUNK = 10
    helpers = Helpers()
    threads = [threading.Thread(target=helpers.again_and_again, args=[act]) for act in helpers.acts()]
    for thread in threads:
        thread.start()
    while len(helpers.kept) < SEVERAL and not helpers.wrong:
        helpers.stop.wait(0.01)
    rewrapped = [epochs.rotate() for _ in range(CHANGES)]
    helpers.stop.set()
    for thread in threads:
        thread.join(30)
    epochs.finish()
    return {
        "wrong": helpers.wrong,
        "rewrapped": rewrapped,
        "lost": len(helpers.kept) - len(helpers.opened(helpers.kept)),
        "came_back": len(helpers.opened(helpers.erased)),
        "epochs_in_use": PersonKey.objects.values("epoch").distinct().count(),
        "files": len(list(epoch_files.folder().iterdir())),
    }


class Helpers:
    """What they have registered, erased and missed so far."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.erased: list[Any] = []
        self.wrong: list[str] = []
        self.stop = threading.Event()

    def acts(self) -> list[Callable[[], None]]:
        """Who does what."""
        return [self.register, self.register, self.erase, self.read]

    def again_and_again(self, act: Callable[[], None]) -> None:
        """Until told to stop."""
        from django.db import connection

        try:
            while not self.stop.is_set():
                act()
                self.stop.wait(0.002)
        except Exception as problem:  # noqa: BLE001 - told to the test
            self.wrong.append(f"{act.__name__}: {problem!r}")
        finally:
            connection.close()

    def register(self) -> None:
        """Someone new."""
        from django.db import transaction

        from tests.vault.sealed import drawer

        with transaction.atomic():
            row = drawer("Amal")
        self.kept.append(row)

    def erase(self) -> None:
        """The oldest; slower than registering, so that every change of epoch finds people to re-wrap."""
        from django.db import transaction

        from waystation.vault import erase_person

        if len(self.kept) > SEVERAL + 3 * len(self.erased):
            row = self.kept.pop(0)
            with transaction.atomic():
                erase_person(row.sealed_for)
            self.erased.append(row)

    def read(self) -> None:
        """Some in the middle."""
        shown = self.kept[SEVERAL // 2 : SEVERAL]
        missing = {row.pk for row in shown} - self.opened(shown)
        # Who is being erased just then may be gone already.
        if missing & {row.pk for row in self.kept}:
            self.wrong.append(f"{len(missing)} not readable")

    @staticmethod
    def opened(rows: list[Any]) -> set[Any]:
        """Which rows open, with nothing at hand."""
        from tests.vault.sealed import Letter, reader
        from waystation.vault import open_documents
        from waystation.vault.persons import forget_held_keys

        forget_held_keys()
        return set(open_documents(rows, Letter, by=reader(people_per_hour=10**6)))


if __name__ == "__main__":
    main(sys.argv[1])

"""Run as a program by test_side_by_side: makes the log's tables in a SQLite file, lets processes write, verifies."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")

import django


def main(writers: int, appends: int, entries: int) -> None:
    """Fork writers that append at the same time; print the verdict as JSON."""
    django.setup()
    from django.apps import apps
    from django.db import connection

    from waystation.audit.verify import verify_log

    with connection.schema_editor() as editor:
        for model in [*apps.get_app_config("audit").get_models(), apps.get_model("vault", "NodeIdentity")]:
            editor.create_model(model)
    connection.close()
    children = [_fork(appends, entries) for _ in range(writers)]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    verdict = verify_log()
    told = {"ok": verdict.ok, "size": verdict.size, "problems": verdict.problems, "failed": failed}
    sys.stdout.write(json.dumps(told))


def _fork(appends: int, entries: int) -> int:
    child = os.fork()
    if child:
        return child
    from tests.audit.conftest import write

    try:
        for _ in range(appends):
            write(entries)
    except Exception as problem:  # noqa: BLE001 - told by the exit code
        sys.stderr.write(repr(problem))
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

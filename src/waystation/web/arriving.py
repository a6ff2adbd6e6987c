"""Files on their way in that nobody but their page may read: held in memory, never in a file of their own."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_protect


class InMemory(FileUploadHandler):
    """Django's own handlers put a large upload into a file in plain. This one keeps `most` bytes and one more, by which
    it is seen to be too long, and drops the rest; of several files in one form too."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.room = most + 1
        self.plain = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.plain = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own names
        """Something came."""
        self.room -= self.plain.write(raw_data[: self.room])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002
        """All came."""
        size = self.plain.tell()
        self.plain.seek(0)
        return InMemoryUploadedFile(
            self.plain, self.field_name, self.file_name or "", self.content_type, size, self.charset,
            self.content_type_extra,
        )  # fmt: skip


def in_memory(most: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view whose form brings a file of at most so many bytes.

    `csrf_exempt` stands outermost: the check reads the form, so that it is made here, once nothing of it can lie in a
    file.
    """

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        checked = csrf_protect(view)

        @wraps(view)
        def taking(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [InMemory(most)]
            return checked(request, *args, **kwargs)

        return taking

    return around

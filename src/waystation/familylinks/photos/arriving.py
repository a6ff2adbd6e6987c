"""A photo on its way in: held in memory only, and no more of it than a photo may have."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from waystation.familylinks.photos.pictures import LARGEST


class InMemory(FileUploadHandler):
    """Django's own handlers put a large upload into a file in plain. This one keeps what fits and drops the rest: what
    is longer than a photo may be is then too long by one byte."""

    def __init__(self) -> None:
        super().__init__()
        self.plain = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own names
        """Something came."""
        self.plain += raw_data[: LARGEST + 1 - len(self.plain)]

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002
        """All came; it stands here and nowhere else."""
        return None

"""What a browser sends, while a request works on it: small in memory, large sealed in a temporary file."""

import secrets
import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from common.sealed_files import Sealer, open_sealed_file
from common.sealing import KEY_BYTES

BOUND_TO = "upload"


class SealedUploadHandler(FileUploadHandler):
    """Takes the place of Django's temporary files, which hold the plain bytes.

    The file has no name and goes with the process, however it ends; its key stands nowhere but in this
    request's memory.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """One more file of the form begins."""
        super().new_file(*args, **kwargs)
        # Django closes a handler's `file` when the browser goes away.
        self.file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        self._key = secrets.token_bytes(KEY_BYTES)
        self._sealer = Sealer(self.file, self._key, BOUND_TO)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Its next bytes."""
        self._sealer.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """It as forms take it, to read and seek in; `file_size` in bytes."""
        self._sealer.finish()
        self.file.flush()
        handle = open_sealed_file(self.file, self._key, BOUND_TO)
        return UploadedFile(
            handle, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

"""Uploads too large for memory lie in the temporary folder sealed, without a name."""

import os

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from common import uploads

CANARY = b"canary-in-the-shaft-51c9"
LARGE = b"%PDF-1.7 " + CANARY * 100_000 + b"end"


def sent(content):
    """The file as a form gets it."""
    request = RequestFactory().post("/", {"scan": SimpleUploadedFile("立案.pdf", content, "application/pdf")})
    return request, request.FILES["scan"]


def test_a_large_one_is_read_and_sought_in_as_it_was_sent():
    request, upload = sent(LARGE)
    assert (upload.name, upload.size, upload.content_type) == ("立案.pdf", len(LARGE), "application/pdf")
    assert b"".join(upload.chunks()) == LARGE
    upload.seek(-3, os.SEEK_END)
    assert upload.read() == b"end"
    upload.seek(9)
    assert upload.read(len(CANARY)) == CANARY
    request.close()
    assert upload.closed


def test_no_byte_of_it_stands_on_the_disk_and_no_name_leads_there():
    _, upload = sent(LARGE)
    descriptor = upload.file.raw._handle.fileno()
    on_disk = os.pread(descriptor, 2 * len(LARGE), 0)
    assert len(on_disk) > len(LARGE) and CANARY not in on_disk
    assert os.fstat(descriptor).st_nlink == 0


def test_a_small_one_stays_in_memory():
    _, upload = sent(CANARY)
    assert upload.read() == CANARY
    assert upload.file.__class__.__name__ == "BytesIO"


def test_of_one_that_breaks_off_nothing_stays_open(monkeypatch):
    opened, real = [], uploads.tempfile.TemporaryFile

    def note(**where):
        opened.append(real(**where))
        return opened[-1]

    def stop(*_):
        raise StopUpload(connection_reset=True)

    monkeypatch.setattr(uploads.tempfile, "TemporaryFile", note)
    monkeypatch.setattr(uploads.Sealer, "write", stop)
    request = RequestFactory().post("/", {"scan": SimpleUploadedFile("立案.pdf", LARGE)})
    assert not request.FILES
    assert [file.closed for file in opened] == [True]

"""Files: told by content and name together, kept byte for byte, opened by whom they concern."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import fileaccess
from accounts.models import StoredFile
from accounts.services import drafts, files, pictures
from common.errors import Refused
from reminders.tasks import sweep
from tests import papers

PDF = b"%PDF-1.4 some pages"
JPG = papers.PHOTO
HTML = b"<html><script>alert(1)</script></html>"


def upload(name, content):
    """An upload as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def stored(cast):
    """A file that hangs on nothing yet."""
    return files.store(by=cast.handler, upload=upload("决定书.pdf", PDF), agency=cast.county)


@pytest.fixture
def opened_by(monkeypatch):
    """Only these people see what the file hangs on."""
    allowed = set()
    monkeypatch.setattr(fileaccess, "CHECKS", [])
    fileaccess.register(lambda user, stored: user.pk in allowed)
    return allowed


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("决定书.pdf", PDF, "application/pdf"),
        ("现场.JPG", JPG, "image/jpeg"),
        ("图.png", papers.DRAWN, "image/png"),
        ("录像.mp4", b"\0\0\0\x18ftypmp42", "video/mp4"),
        ("表.xls", b"\xd0\xcf\x11\xe0 more", "application/vnd.ms-excel"),
        ("手机.HEIC", papers.HEIC, "image/heic"),
        ("手机.mov", b"\0\0\0\x14ftypqt  \0\0", "video/quicktime"),
        ("旧手机.mov", b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
        ("图.webp", papers.picture("WEBP"), "image/webp"),
        ("扫描.tif", papers.picture("TIFF"), "image/tiff"),
        ("公文.ofd", b"PK\x03\x04 more", "application/ofd"),
        ("报告.wps", b"\xd0\xcf\x11\xe0 more", "application/wps-office.wps"),
        ("录音.m4a", b"\0\0\0\x18ftypM4A \0", "audio/mp4"),
        ("录音.amr", b"#!AMR\n more", "audio/amr"),
        ("录音.mp3", b"\xff\xfb\x90\x64 more", "audio/mpeg"),
    ],
)
def test_the_type_is_told_by_first_bytes_and_name_together(cast, name, content, kind):
    assert files.store(by=cast.handler, upload=upload(name, content)).content_type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("决定书.pdf", HTML),
        ("现场.jpg", PDF),
        ("页面.html", HTML),
        ("程序.exe", b"MZ\x90"),
        ("图.svg", b"<svg onload=alert(1)>"),
        ("无后缀", PDF),
        ("决定书.pdf.exe", PDF),
        ("手机.heic", HTML),
        ("手机.heic", b"\0\0\0\x18ftypqt  \0\0"),
        ("图.webp", b"RIFF\x10\0\0\0WAVE"),
        ("公文.ofd", HTML),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(cast, name, content):
    with pytest.raises(Refused, match="不能接收"):
        files.store(by=cast.handler, upload=upload(name, content))
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused(cast):
    with pytest.raises(Refused, match="是空的"):
        files.store(by=cast.handler, upload=upload("空.pdf", b""))


def test_a_file_too_large_is_refused_with_the_limit(cast, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="超过 1 MB"):
        files.store(by=cast.handler, upload=upload("大.pdf", PDF + b"x" * 1024 * 1024))


def test_a_name_with_a_path_loses_it(cast):
    stored = files.store(by=cast.handler, upload=upload("..\\..\\etc\\决定书.pdf", PDF))
    assert stored.name == "决定书.pdf"


def test_the_bytes_lie_under_their_digest_for_the_owner_only(stored):
    path = files.path_of(stored.sha256)
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_draft_is_left_behind(stored, settings):
    assert not list(Path(settings.FILES_DIR).glob(".draft-*"))


def test_drafts_that_a_killed_process_left_are_swept_after_a_day(stored, settings):
    copies = Path(settings.FILES_DIR) / pictures.FOLDER / "ab"
    copies.mkdir(parents=True, exist_ok=True)
    old, fresh = [], []
    for folder in (Path(settings.FILES_DIR), copies):
        for kept, hours in ((old, 25), (fresh, 23)):
            descriptor, draft = drafts.begin(folder)
            os.close(descriptor)
            at = (timezone.now() - timedelta(hours=hours)).timestamp()
            os.utime(draft, (at, at))
            kept.append(Path(draft))
    sweep()
    assert [path.exists() for path in old] == [False, False]
    assert [path.exists() for path in fresh] == [True, True], "somebody may still be writing"
    assert files.path_of(stored.sha256).exists()
    assert drafts.forget_old(timezone.now() + timedelta(days=1)) == 2


def test_the_same_bytes_are_kept_once(cast, stored):
    again = files.store(by=cast.legal, upload=upload("另名.pdf", PDF))
    assert again.sha256 == stored.sha256 and again.pk != stored.pk


def test_changed_bytes_are_never_handed_out(stored):
    path = files.path_of(stored.sha256)
    path.write_bytes(b"%PDF-1.4 forged")
    try:
        with pytest.raises(Refused, match="与收到时不一致"):
            files.open_checked(stored)
    finally:
        path.unlink()
    with pytest.raises(Refused, match="找不到了"):
        files.open_checked(stored)


def test_a_download_is_an_attachment_that_no_browser_will_run(cast, sign_in, stored, opened_by):
    opened_by.add(cast.handler.pk)
    answer = sign_in(cast.handler).get(reverse("accounts:file", args=[stored.public_id]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", ["second_handler", "chief", "neighbour_chief", "system_admin"])
def test_for_whom_it_does_not_concern_it_does_not_exist(cast, sign_in, stored, opened_by, part):
    opened_by.add(cast.handler.pk)
    client = sign_in(getattr(cast, part))
    for name in ("file", "preview", "thumbnail"):
        url = reverse(f"accounts:{name}", args=[stored.public_id])
        assert client.get(url).status_code == 404


def test_a_file_that_hangs_on_nothing_opens_for_nobody(cast, sign_in, stored):
    url = reverse("accounts:file", args=[stored.public_id])
    assert sign_in(cast.handler).get(url).status_code == 404


def test_only_a_picture_is_shown_inside_a_page(cast, sign_in, stored, opened_by):
    opened_by.add(cast.handler.pk)
    picture = files.store(by=cast.handler, upload=upload("现场.jpg", JPG))
    client = sign_in(cast.handler)
    answer = client.get(reverse("accounts:preview", args=[picture.public_id]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    url = reverse("accounts:preview", args=[stored.public_id])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("图.webp", papers.picture("WEBP")), ("手机.heic", papers.HEIC)]
)
def test_pictures_that_not_every_browser_opens_are_shown_as_copies(cast, sign_in, opened_by, name, content):
    opened_by.add(cast.handler.pk)
    kept = files.store(by=cast.handler, upload=upload(name, content))
    client = sign_in(cast.handler)
    shown = client.get(reverse("accounts:preview", args=[kept.public_id]))
    assert shown["Content-Type"] == "image/jpeg" and b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    answer = client.get(reverse("accounts:file", args=[kept.public_id]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == content


def test_bytes_gone_from_the_disk_are_told_in_a_sentence(cast, sign_in, opened_by):
    stored = files.store(by=cast.handler, upload=upload("丢.pdf", PDF + b" lost"))
    files.path_of(stored.sha256).unlink()
    opened_by.add(cast.handler.pk)
    answer = sign_in(cast.handler).get(reverse("accounts:file", args=[stored.public_id]))
    assert answer.status_code == 409
    assert "从备份恢复" in answer.content.decode()

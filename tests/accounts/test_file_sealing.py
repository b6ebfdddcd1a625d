"""Files from before files were sealed: encrypted afterwards, once, and nothing plain stays behind."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import StagedUpload, StoredFile
from accounts.services import file_sealing, files, staging
from clues.models import InformantFile
from clues.services.informants import InformantFacts
from common.errors import Refused
from tests.clues.making import form_data, registered

MARK = import_module("clues.migrations.0004_sealed_files")
BODY = b"%PDF-1.4 as it lay before, in plain"


@pytest.fixture
def old(cast):
    """An informant's letter as the last version kept it, and an open file of other bytes."""
    letter = SimpleUploadedFile("信.pdf", BODY)
    registered(cast, informant=InformantFacts(name="赵举报", files=(letter,)))
    plain = files.store(by=cast.intake, upload=SimpleUploadedFile("举报材料1.pdf", BODY), agency=cast.county)
    InformantFile.objects.update(file=plain)
    return plain


def seal(capture):
    with capture(execute=True):
        return file_sealing.seal_waiting()


def test_the_migration_marks_it_and_the_next_sweep_seals_it(old, django_capture_on_commit_callbacks):
    path = files.path_of(old.sha256)
    assert path.read_bytes() == BODY
    MARK.mark(apps, None)
    assert seal(django_capture_on_commit_callbacks) == 1
    old.refresh_from_db()
    assert not path.exists()
    assert BODY not in files.path_of(old.on_disk).read_bytes()
    with files.open_checked(old) as handle:
        assert handle.read() == BODY


def test_a_second_time_nothing_happens(old, django_capture_on_commit_callbacks):
    MARK.mark(apps, None)
    seal(django_capture_on_commit_callbacks)
    kept = StoredFile.objects.get(pk=old.pk)
    MARK.mark(apps, None)
    assert seal(django_capture_on_commit_callbacks) == 0
    assert StoredFile.objects.get(pk=old.pk).kept_as == kept.kept_as


def test_the_same_bytes_kept_openly_stay(cast, old, django_capture_on_commit_callbacks):
    openly = files.store(by=cast.intake, upload=SimpleUploadedFile("公开.pdf", BODY), agency=cast.county)
    MARK.mark(apps, None)
    seal(django_capture_on_commit_callbacks)
    with files.open_checked(openly) as handle:
        assert handle.read() == BODY


def test_one_that_is_damaged_holds_up_no_other(cast, old, django_capture_on_commit_callbacks):
    MARK.mark(apps, None)
    files.path_of(old.sha256).write_bytes(b"rot")
    assert seal(django_capture_on_commit_callbacks) == 0
    with pytest.raises(Refused, match="与收到时不一致"):
        files.open_checked(StoredFile.objects.get(pk=old.pk))
    files.path_of(old.sha256).unlink()


def test_other_files_stay_as_they_are(cast, django_capture_on_commit_callbacks):
    files.store(by=cast.intake, upload=SimpleUploadedFile("公开.pdf", BODY), agency=cast.county)
    MARK.mark(apps, None)
    assert seal(django_capture_on_commit_callbacks) == 0


def test_an_upload_that_waits_lies_encrypted(cast, sign_in):
    letter = SimpleUploadedFile("王大锤举报信.pdf", BODY)
    sign_in(cast.intake).post("/clues/new/", form_data(summary="", informant_files=[letter]))
    row = StagedUpload.objects.get()
    assert BODY not in staging.path_of(row).read_bytes()
    assert row.size == len(BODY)


def test_one_staged_before_that_goes_with_the_next_sweep(cast, sign_in):
    letter = SimpleUploadedFile("信.pdf", BODY)
    sign_in(cast.intake).post("/clues/new/", form_data(summary="", informant_files=[letter]))
    StagedUpload.objects.update(key_sealed="")
    row = StagedUpload.objects.get()
    assert staging.forget_old(now=row.staged_at) == 1

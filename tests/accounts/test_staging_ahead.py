"""What is chosen, pasted or dragged in is taken before its form is sent; what can't be says why at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import StagedUpload
from clues.models import Clue
from tests.accounts.test_staging import boxes
from tests.clues.making import form_data, jpeg
from tests.papers import HEIC, PHOTO

NEW = "/clues/new/"


def stage(client, *uploads, address=NEW, field="files"):
    data = {"address": address, "field": field, "files": list(uploads)}
    return client.post(reverse("accounts:stage"), data)


def test_the_form_then_needs_only_their_names(cast, sign_in):
    client = sign_in(cast.intake)
    answers = [stage(client, jpeg("a.jpg")), stage(client, SimpleUploadedFile("手机.heic", HEIC))]
    kept = {name: key for answer in answers for name, key in boxes(answer).items()}
    assert list(kept) == ["a.jpg", "手机.heic"]
    assert client.post(NEW, form_data(_staged=list(kept.values()))).status_code == 302
    assert [row.file.name for row in Clue.objects.get().files.all()] == ["a.jpg", "手机.heic"]
    assert not StagedUpload.objects.exists()


def test_a_broken_picture_is_told_by_name_and_not_kept(cast, sign_in):
    answer = stage(sign_in(cast.intake), SimpleUploadedFile("坏.jpg", PHOTO[:400]), jpeg("好.jpg"))
    assert answer.status_code == 200 and "文件“坏.jpg”打不开" in answer.content.decode()
    assert list(boxes(answer)) == ["好.jpg"]


def test_it_is_of_no_use_to_another_person_or_form(cast, sign_in):
    kept = boxes(stage(sign_in(cast.intake), jpeg("a.jpg")))
    answer = sign_in(cast.handler).post(NEW, form_data(_staged=list(kept.values())))
    assert answer.status_code == 409 and "已经不在了" in answer.content.decode()
    assert not Clue.objects.exists()


@pytest.mark.parametrize(
    ("address", "field"), [("https://x", "files"), ("", "files"), ("/" * 301, "files"), ("/x/", "f" * 61)]
)
def test_what_no_form_of_ours_can_be_is_refused(cast, sign_in, address, field):
    assert stage(sign_in(cast.intake), jpeg(), address=address, field=field).status_code == 409
    assert not StagedUpload.objects.exists()


def test_nobody_stages_without_signing_in(client):
    assert stage(client, jpeg()).status_code == 302

"""What is chosen, pasted or dragged in is taken before its form is sent; what can't be says why at once."""

import io
import re
from base64 import b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import StagedUpload
from accounts.services import staging
from clues.models import Clue
from tests.accounts.test_staging import boxes
from tests.clues.making import form_data, jpeg
from tests.papers import HEIC, PHOTO, SIGNED

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


def test_a_picture_that_waits_is_shown_small_beside_its_name(cast, sign_in):
    client = sign_in(cast.intake)
    answer = stage(client, jpeg("a.jpg"), SimpleUploadedFile("b.pdf", SIGNED)).content.decode()
    shown = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)" alt=""', answer)
    with Image.open(io.BytesIO(b64decode(shown[0]))) as small:
        assert len(shown) == 1 and max(small.size) <= staging.SMALL
    kept = list(StagedUpload.objects.values_list("public_id", flat=True))
    again = client.post(NEW, form_data(summary="", _staged=kept)).content.decode()
    assert f'<img src="data:image/jpeg;base64,{shown[0]}"' in again, "also where the form was refused"
    assert shown[0][:40] not in str(StagedUpload.objects.values_list()), "nothing of it lies open"


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

"""Nothing chosen is lost by a refusal: uploads wait for the same person's next try, for a day."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import StagedUpload, StoredFile
from accounts.services import files, staging
from cases.models import Case
from clues.models import Clue, Informant
from tests.cases.making import proposed_case
from tests.cases.pages import post
from tests.clues.making import FIRM_CODE, ago, at, form_data, jpeg, registered, scan, verified

NEW, CASE = "/clues/new/", "/cases/register/"
BOX = re.compile(r'name="_staged" value="([^"]+)" checked> (?:<img [^>]+>\s*)?<span>([^<]+)<')


def boxes(answer) -> dict:
    """{name: id} of the uploads that a page offers to keep."""
    return {name: key for key, name in BOX.findall(answer.content.decode())}


def photos(*names):
    """Photos that differ."""
    return [jpeg(name, colour=(place, 9, 9)) for place, name in enumerate(names)]


def staged_files(settings) -> list[Path]:
    """The bytes that wait."""
    return list((Path(settings.FILES_DIR) / staging.FOLDER).glob("*"))


def test_four_photos_outlive_a_wrong_digit(cast, sign_in):
    client = sign_in(cast.intake)
    names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    wrong = {"party-0-kind": "organisation", "party-0-name": "某厂", "party-0-identity": "123"}
    answer = client.post(NEW, form_data(files=photos(*names), **wrong))
    assert answer.status_code == 422
    assert "已收到 4 个文件" in answer.content.decode()
    assert list(boxes(answer)) == names
    right = form_data(**(wrong | {"party-0-identity": FIRM_CODE}))
    kept = list(boxes(answer).values())
    assert client.post(NEW, right | {"_staged": kept}).status_code == 302
    clue = Clue.objects.get()
    assert [one.file.name for one in clue.files.all()] == names
    assert not StagedUpload.objects.exists()


def test_those_kept_and_those_chosen_anew_come_together_and_one_can_be_taken_out(cast, sign_in):
    client = sign_in(cast.intake)
    first = boxes(client.post(NEW, form_data(summary="", files=photos("a.jpg", "b.jpg"))))
    again = form_data(summary="", files=photos("c.jpg"), _staged=[first["b.jpg"]])
    second = boxes(client.post(NEW, again))
    assert list(second) == ["b.jpg", "c.jpg"]
    assert second["b.jpg"] == first["b.jpg"]
    client.post(NEW, form_data(_staged=list(second.values())))
    assert [one.file.name for one in Clue.objects.get().files.all()] == ["b.jpg", "c.jpg"]


def case_data(cast, **more):
    """What a browser posts for 登记并呈批立案."""
    return form_data(
        looked_on=ago(0).isoformat(),
        lookers=[cast.handler.pk, cast.second_handler.pk],
        facts_found="采坑一处",
        judgment="true",
        cause="张某采煤案",
        mining_violations=["K21"],
        **more,
    )


def test_the_case_that_is_warned_of_a_like_clue_keeps_its_photo(cast, sign_in):
    like = registered(cast)
    client = sign_in(cast.handler)
    data = case_data(cast, summary=like.summary, place=like.place)
    warned = client.post(CASE, data | {"look_files": photos("坑.jpg"), "files": photos("信.jpg")})
    assert warned.status_code == 422
    assert sorted(boxes(warned)) == ["信.jpg", "坑.jpg"]
    kept = {"_staged": list(boxes(warned).values()), "similar_seen": like.public_id}
    assert client.post(CASE, data | kept).status_code == 302
    clue = Case.objects.get().clue
    assert sorted(one.file.name for one in clue.files.all()) == ["信.jpg", "坑.jpg"]


def test_a_stale_page_keeps_its_uploads(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.handler)
    stale = client.post(at(clue, "add_clue_files"), {"files": photos("a.jpg", "b.jpg"), "_version": "99"})
    assert stale.status_code == 409
    answer = client.post(
        at(clue, "add_clue_files"), {"_staged": list(boxes(stale).values()), "_version": str(clue.version)}
    )
    assert answer.status_code == 302
    assert clue.files.count() == 2


def test_one_bad_file_is_named_and_the_good_ones_wait(cast, sign_in):
    clue = registered(cast)
    bad = SimpleUploadedFile("程序.exe", b"MZ")
    answer = sign_in(cast.handler).post(at(clue, "add_clue_files"), {"files": [*photos("a.jpg"), bad]})
    assert answer.status_code == 409
    assert list(boxes(answer)) == ["a.jpg"]
    assert "“程序.exe”的类型不能接收" in answer.content.decode()
    assert StagedUpload.objects.count() == 1


def test_a_gate_keeps_the_signed_sheet_and_a_new_one_takes_its_place(cast, sign_in):
    case = proposed_case(cast)
    client = sign_in(cast.handler)
    paper = {"signer": cast.deputy.pk, "signed_on": ago(0).isoformat(), "number": "乱写"}
    first = boxes(post(client, case, "approve_filing", scan=scan("旧.pdf"), **paper, _version="9"))
    assert list(first) == ["旧.pdf"]
    kept = {"_staged": first["旧.pdf"]}
    second = post(client, case, "approve_filing", scan=scan("新.pdf"), **paper | kept, _version="9")
    assert list(boxes(second)) == ["新.pdf"]
    last = post(client, case, "approve_filing", **paper | {"number": ""}, _staged=boxes(second)["新.pdf"])
    assert last.status_code == 302
    assert StoredFile.objects.get(name="新.pdf")
    assert not StoredFile.objects.filter(name="旧.pdf").exists()


def test_another_persons_upload_and_another_forms_give_nothing(cast, sign_in):
    clue, other = registered(cast), registered(cast)
    mine = sign_in(cast.handler)
    kept = boxes(mine.post(at(clue, "add_clue_files"), {"files": photos("a.jpg"), "_version": "9"}))
    for person, thing in ((cast.intake, clue), (cast.handler, other)):
        answer = sign_in(person).post(at(thing, "add_clue_files"), {"_staged": kept["a.jpg"]})
        assert answer.status_code == 422
        assert "a.jpg" not in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert mine.post(at(clue, "add_clue_files"), {"_staged": kept["a.jpg"]}).status_code == 302


def test_a_letter_that_names_the_informant_stays_apart_and_sealed(cast, sign_in, settings):
    client = sign_in(cast.intake)
    letter = SimpleUploadedFile("王大锤举报信.pdf", b"%PDF-1.4 I saw it")
    first = client.post(NEW, form_data(summary="", informant_files=[letter]))
    row = StagedUpload.objects.get()
    assert "王大锤" not in row.name_sealed
    assert row.public_id in {place.name for place in staged_files(settings)}
    client.post(NEW, form_data(_staged=list(boxes(first).values())))
    assert not Clue.objects.get().files.exists()
    kept = Informant.objects.get().files.get().file
    assert (files.name_of(kept), kept.name) == ("举报材料1.pdf", files.HIDDEN)
    assert not StoredFile.objects.filter(name__contains="王大锤").exists()


def test_what_waited_a_day_is_swept_with_its_bytes(
    cast, sign_in, settings, django_capture_on_commit_callbacks
):
    sign_in(cast.intake).post(NEW, form_data(summary="", files=photos("a.jpg")))
    place = staging.path_of(StagedUpload.objects.get())
    assert place.exists()
    now = timezone.now()
    assert staging.forget_old(now=now + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert staging.forget_old(now=now + timedelta(hours=25)) == 1
    assert not place.exists()
    place.write_bytes(b"left by a process that was stopped")
    staging.forget_old(now=now + timedelta(hours=49))
    assert not place.exists()


def test_nobody_stages_without_limit_and_older_forms_make_room(cast, sign_in, settings):
    client, clue = sign_in(cast.handler), registered(cast)
    one = photos("a.jpg")[0].size
    settings.STAGED_MAX_BYTES = int(one * 2.5)
    client.post(NEW, form_data(summary="", files=photos("a.jpg", "b.jpg")))
    again = {"files": photos("c.jpg", "d.jpg", "e.jpg"), "_version": "9"}
    answer = client.post(at(clue, "add_clue_files"), again)
    assert list(boxes(answer)) == ["c.jpg", "d.jpg"]
    assert "“e.jpg”没有收下" in answer.content.decode()
    assert set(StagedUpload.objects.values_list("address", flat=True)) == {at(clue, "add_clue_files")}


def test_a_second_press_of_what_was_done_meanwhile_leads_to_the_same_thing(cast, sign_in):
    clue, client = registered(cast), sign_in(cast.handler)
    url = at(clue, "add_clue_files")
    kept = boxes(client.post(url, {"files": photos("a.jpg"), "_version": "9"}))
    data = {"_staged": kept["a.jpg"], "_key": "k7"}
    assert client.post(url, data).url == client.post(url, data).url
    assert clue.files.count() == 1


@pytest.mark.parametrize("how", ["gone", "unreadable"])
def test_bytes_that_are_gone_are_asked_for_again(cast, sign_in, how):
    clue, client = registered(cast), sign_in(cast.handler)
    url = at(clue, "add_clue_files")
    kept = boxes(client.post(url, {"files": photos("a.jpg"), "_version": "9"}))
    place = staging.path_of(StagedUpload.objects.get())
    place.unlink()
    if how == "unreadable":
        place.mkdir()
        os.utime(place, (0, 0))
        staging.forget_old(timezone.now())  # nor does it stop the sweep
    answer = client.post(url, {"_staged": kept["a.jpg"]})
    assert answer.status_code == 422
    assert "请选择文件" in answer.content.decode()


@pytest.mark.parametrize("asked", ["", "x" * 500, "../../etc/passwd"])
def test_an_id_that_is_none_gives_nothing(cast, sign_in, asked):
    clue = verified(cast)
    answer = sign_in(cast.handler).post(at(clue, "add_clue_files"), {"_staged": asked})
    assert answer.status_code == 422


def test_a_chosen_file_that_is_gone_is_said_and_the_rest_waits(cast, sign_in):
    client, clue = sign_in(cast.handler), registered(cast)
    refused = client.post(at(clue, "add_clue_files"), {"files": photos("a.jpg", "b.jpg"), "_version": "9"})
    kept = boxes(refused)
    staging.let_go(StagedUpload.objects.filter(public_id=kept["a.jpg"]))
    answer = client.post(at(clue, "add_clue_files"), {"_staged": list(kept.values())})
    assert answer.status_code == 409 and "先前选的文件有 1 个已经不在了" in answer.content.decode()
    assert not clue.files.exists() and list(boxes(answer)) == ["b.jpg"]
    assert client.post(at(clue, "add_clue_files"), {"_staged": kept["b.jpg"]}).status_code == 302
    assert clue.files.count() == 1

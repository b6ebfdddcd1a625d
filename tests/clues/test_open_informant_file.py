"""打开举报材料: encrypted at rest, opened by an act with a reason and a trail, by no link."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import StoredFile, TrailEntry
from accounts.services import files
from clues.models import InformantFile
from clues.services.informant_files import open_informant_file
from clues.services.informants import InformantFacts
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.cast import PEOPLE
from tests.clues.making import anew, assigned, at, last_entry, registered
from tests.clues.test_unmask import WHO

LETTER = b"%PDF-1.4 whoever saw it and lives behind the weir"


def letter(name) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, LETTER)


@pytest.fixture
def clue(cast):
    """A clue on which 李承办 works, with a letter of its informant."""
    who = InformantFacts(name=WHO.name, phone=WHO.phone, files=(letter("赵举报的举报信.pdf"),))
    return assigned(cast, informant=who)


def address(clue) -> str:
    kept = InformantFile.objects.get(informant__clue=clue).file
    return reverse("clues:open_informant_file", args=[clue.public_id, kept.public_id])


def opened(sign_in, person, clue, **data):
    return sign_in(person).post(address(clue), {"reason": "核对举报内容", "_key": "k", **data})


def test_who_may_know_opens_it_for_a_reason(cast, sign_in, clue):
    for part in ("intake", "brigade_head", "handler"):
        answer = opened(sign_in, getattr(cast, part), clue)
        assert b"".join(answer) == LETTER, part
        assert "filename*=utf-8''%E4%B8%BE%E6%8A%A5%E6%9D%90%E6%96%991.pdf" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_the_trail_says_who_opened_which_and_why(cast, sign_in, clue):
    opened(sign_in, cast.handler, clue)
    entry = last_entry(clue)
    assert (entry.act, entry.actor, entry.reason) == ("open_informant_file", cast.handler, "核对举报内容")
    assert entry.changes == {"材料": ["", "举报材料1.pdf"]}
    told = Outbox.objects.get(recipient=cast.chief, title__contains="举报材料")
    assert told.title == f"有人打开了线索的举报材料：{clue.number}"


def test_the_same_form_twice_hands_it_out_once(cast, sign_in, clue):
    opened(sign_in, cast.intake, clue)
    assert opened(sign_in, cast.intake, clue).status_code == 302
    assert TrailEntry.objects.filter(act="open_informant_file").count() == 1


def test_asking_alone_hands_out_nothing_and_says_what_for(cast, sign_in, clue):
    page = sign_in(cast.intake).get(address(clue))
    assert page.status_code == 200 and not page.streaming
    assert "举报材料1.pdf" in page.content.decode() and "打开事由" in page.content.decode()
    assert not TrailEntry.objects.filter(act="open_informant_file").exists()


def test_without_a_reason_nothing_is_handed_out(cast, sign_in, clue):
    assert opened(sign_in, cast.intake, clue, reason=" ").status_code == 422
    kept = InformantFile.objects.get().file
    with pytest.raises(Refused, match="请写明"):
        open_informant_file(by=cast.intake, clue=clue, file_id=kept.public_id, reason=" ")


def test_the_reason_names_nobody(cast, sign_in, clue):
    answer = opened(sign_in, cast.intake, clue, reason="赵举报 139-1234-5678 要求核对")
    assert answer.status_code == 409
    assert not TrailEntry.objects.filter(act="open_informant_file").exists()


def test_the_password_again_where_it_was_given_long_ago(cast, sign_in, clue):
    client = sign_in(cast.intake)
    session = client.session
    session["password_at"] = (timezone.now() - timedelta(minutes=6)).timestamp()
    session.save()
    asked = {"reason": "核对举报内容", "_key": "k"}
    assert "您的登录密码" in client.get(address(clue)).content.decode()
    assert client.post(address(clue), asked).status_code == 422
    assert client.post(address(clue), asked | {"password": "wrong"}).status_code == 422
    assert not TrailEntry.objects.filter(act="open_informant_file").exists()


@pytest.mark.parametrize("part", sorted(set(PEOPLE) - {"intake", "brigade_head", "handler"}))
def test_whoever_sees_the_clue_but_not_its_informant_gets_404(cast, sign_in, clue, part):
    client = sign_in(getattr(cast, part))
    nowhere = address(clue).replace(InformantFile.objects.get().file.public_id, "nothing")
    for deed in (client.get, client.post):
        got, missing = deed(address(clue), {"reason": "看看"}), deed(nowhere, {"reason": "看看"})
        assert (got.status_code, missing.status_code) == (404, 404)
        assert len(got.content) == len(missing.content)
    if part == "second_handler":
        kept = InformantFile.objects.get().file
        with pytest.raises(Forbidden):
            open_informant_file(by=anew(cast.second_handler), clue=clue, file_id=kept.public_id, reason="x")


@pytest.mark.parametrize("part", sorted(PEOPLE))
def test_no_direct_link_opens_it_for_anybody(cast, sign_in, clue, part):
    kept = InformantFile.objects.get().file
    StoredFile.objects.filter(pk=kept.pk).update(content_type="image/png")
    client = sign_in(getattr(cast, part))
    for page in ("accounts:file", "accounts:preview"):
        assert client.get(reverse(page, args=[kept.public_id])).status_code == 404
    assert "举报材料" not in client.get(at(clue, "detail")).content.decode()


def test_another_clues_file_isnt_opened_through_this_one(cast, sign_in, clue):
    other = registered(cast, informant=InformantFacts(files=(letter("信.pdf"),)))
    mixed = address(other).replace(other.public_id, clue.public_id)
    assert sign_in(cast.handler).post(mixed, {"reason": "核对"}).status_code == 404


def test_it_lies_encrypted_under_the_digest_of_what_lies_there(clue):
    kept = InformantFile.objects.get().file
    raw = files.path_of(kept.on_disk).read_bytes()
    assert LETTER not in raw and raw.startswith(b"KATSEAL\x01")
    assert not files.path_of(kept.sha256).exists()
    assert kept.size == len(LETTER)
    with files.open_checked(kept) as handle:
        assert handle.read() == LETTER


def test_one_bit_changed_and_it_is_not_handed_out(cast, sign_in, clue):
    path = files.path_of(InformantFile.objects.get().file.on_disk)
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    answer = opened(sign_in, cast.intake, clue)
    assert answer.status_code == 409
    assert "与收到时不一致" in answer.content.decode()
    assert not TrailEntry.objects.filter(act="open_informant_file").exists()

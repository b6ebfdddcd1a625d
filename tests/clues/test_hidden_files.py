"""Files that few may open: neither bytes, name nor digest in clear; papers signed for secret clues too."""

import hashlib
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from accounts.models import StoredFile, TrailEntry
from accounts.services import file_sealing, files, taking_up, trail_checks
from accounts.services.signing import Signature, keep_scan
from clues.models import InformantFile, SecretClue
from clues.services.informants import InformantFacts
from clues.services.secret_clues import HandingOver, hand_over_secret_clue
from tests.cast import PEOPLE
from tests.clues.making import ago, registered
from tests.clues.test_secret_clues import recorded
from tests.papers import SIGNED

NAME = "砂霸移送签批单.pdf"
LETTER = SIGNED
MARK = import_module("clues.migrations.0006_secret_papers")


def upload(name, body=LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


@pytest.fixture
def paper(cast) -> StoredFile:
    """The scan that the head signed for a clue on gangs."""
    signed = Signature(signer=cast.chief, signed_on=ago(1), scan=upload(NAME))
    handing = HandingOver(to_agency=cast.police_office, letter=upload("砂霸移送函.pdf", LETTER + b"2"))
    secret = hand_over_secret_clue(by=cast.handler, secret=recorded(cast), handing=handing, signature=signed)
    return secret.approval.signed_paper.scan


def dump(tmp_path) -> str:
    place = tmp_path / "dump.json"
    with place.open("w") as out:
        call_command("dumpdata", "--all", format="json", stdout=out, exclude=["contenttypes"])
    return place.read_text()


def test_the_signed_scan_of_a_secret_clue_lies_encrypted(paper):
    assert paper.secret and LETTER not in files.path_of(paper.on_disk).read_bytes()
    with files.open_checked(paper) as handle:
        assert handle.read() == LETTER


def test_a_paper_signed_for_anything_else_lies_as_it_is(cast):
    assert not keep_scan(cast.handler, upload("签批单.pdf"), cast.county).secret


def test_neither_name_nor_digest_stands_in_the_database(cast, paper, tmp_path):
    registered(cast, informant=InformantFacts(name="赵举报", files=(upload("赵举报的信.pdf"),)))
    said = dump(tmp_path)
    for words in ("砂霸移送", "赵举报", hashlib.sha256(LETTER).hexdigest(), "举报材料1"):
        assert words not in said, words
    assert TrailEntry.objects.filter(subject_kind="clues.secretclue").exists()


def test_who_may_open_it_gets_it_under_its_name(cast, paper, sign_in):
    opens = {
        part
        for part in PEOPLE
        if sign_in(getattr(cast, part)).get(paper.get_absolute_url()).status_code == 200
    }
    assert opens == {"handler", "deputy", "chief"}
    answer = sign_in(cast.chief).get(paper.get_absolute_url())
    assert (
        b"".join(answer) == LETTER and "filename*=utf-8''%E7%A0%82%E9%9C%B8" in answer["Content-Disposition"]
    )
    shown = sign_in(cast.chief).get(SecretClue.objects.get().get_absolute_url()).content.decode()
    assert "砂霸移送函.pdf" in shown
    sheet = SecretClue.objects.get().approval.signed_paper.get_absolute_url()
    assert NAME in sign_in(cast.chief).get(sheet).content.decode()


def test_one_bit_changed_and_it_does_not_open(paper, sign_in, cast):
    path = files.path_of(paper.on_disk)
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    answer = sign_in(cast.chief).get(paper.get_absolute_url())
    assert answer.status_code == 409 and NAME in answer.content.decode()


def test_another_digest_in_its_row_is_found(paper):
    StoredFile.objects.filter(pk=paper.pk).update(sha256=hashlib.sha256(LETTER).hexdigest())
    assert trail_checks.verify(files=True)["first_broken"]


@pytest.fixture
def old(cast, django_capture_on_commit_callbacks):
    """As the last version kept both: the informant's encrypted, its digest plain; the scan all plain."""
    registered(cast, informant=InformantFacts(name="赵举报", files=(upload("信.pdf"),)))
    signed = Signature(signer=cast.chief, signed_on=ago(1), scan=upload(NAME))
    handing = HandingOver(to_name="吕梁市监察委员会", sent_on=ago(1))
    secret = hand_over_secret_clue(by=cast.handler, secret=recorded(cast), handing=handing, signature=signed)
    plain = files.store(by=cast.handler, upload=upload(NAME), agency=cast.county)
    secret.approval.signed_paper.scan = plain
    secret.approval.signed_paper.save()
    kept = InformantFile.objects.get().file
    kept.sha256, kept.name, kept.name_sealed = hashlib.sha256(LETTER).hexdigest(), "举报材料1.pdf", ""
    kept.save()
    taking_up.take_up()
    MARK.mark(apps, None)
    return kept, plain


def test_what_lay_there_before_is_hidden_by_the_next_sweep_and_the_trail_knows(
    old, tmp_path, django_capture_on_commit_callbacks
):
    assert trail_checks.verify()["ok"]
    with django_capture_on_commit_callbacks(execute=True):
        assert file_sealing.seal_waiting() == 2
    assert file_sealing.seal_waiting() == 0
    for stored in old:
        was = hashlib.sha256(LETTER).hexdigest()
        stored.refresh_from_db()
        assert stored.secret and was != stored.sha256 and not files.path_of(was).exists()
        with files.open_checked(stored) as handle:
            assert handle.read() == LETTER
    assert [files.name_of(stored) for stored in old] == ["举报材料1.pdf", NAME]
    said = dump(tmp_path)
    assert NAME not in said and hashlib.sha256(LETTER).hexdigest() not in said
    assert trail_checks.verify(files=True)["ok"]

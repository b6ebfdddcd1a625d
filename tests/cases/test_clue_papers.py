"""What a case takes from its clue: the photos, never who reported; the day on the paper."""

from accounts.models import TrailEntry
from cases.access import may_open
from clues.models import InformantFile
from clues.services.attachments import add_clue_files
from clues.services.batches import Batch
from clues.services.informants import InformantFacts
from tests.cases.making import ago, filed_case, photo, proposed_case, scan, verified_clue


def test_the_clues_photos_lie_in_the_case_as_the_same_files(cast):
    clue = verified_clue(cast)
    add_clue_files(
        by=cast.handler, clue=clue, files=[photo("坑.jpg"), photo("车.jpg")], batch=Batch(note="夜")
    )
    clue.refresh_from_db()
    case = proposed_case(cast, clue=clue)
    papers = list(case.files.all())
    assert [one.file for one in papers] == [one.file for one in clue.files.all()]
    assert {(one.stage, one.kind, one.for_police, one.note) for one in papers} == {
        ("investigation", "核查照片", False, "夜")
    }
    entry = TrailEntry.objects.get(subject_kind="cases.case", act="propose_filing")
    assert entry.changes["核查照片"] == ["", ["坑.jpg", "车.jpg"]]


def test_what_may_show_the_informant_stays_out(cast):
    letter = InformantFacts(wants_answer=True, files=(scan("举报信.pdf"),))
    clue = verified_clue(cast, informant=letter)
    case = proposed_case(cast, clue=clue)
    assert not case.files.exists()
    assert not may_open(cast.deputy, InformantFile.objects.get().file)


def test_the_day_on_the_paper_stands_in_the_clues_record_too(cast):
    case = filed_case(cast, signed_on=ago(5))
    entry = TrailEntry.objects.get(subject_id=case.clue.pk, act="settle_as_filed")
    assert entry.happened_on == ago(5)

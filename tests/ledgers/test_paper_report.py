"""A county whose prefecture doesn't use the system reports and is answered on paper."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import fileaccess
from common.errors import Forbidden, Refused
from ledgers.services import answering
from tests.ledgers import acting, build


def scan():
    """The stamped ledger."""
    return SimpleUploadedFile("盖章台账.pdf", b"%PDF-1.4 stamped", content_type="application/pdf")


@pytest.fixture
def offline(cast):
    """吕梁's prefecture office doesn't use the system."""
    cast.prefecture_office.uses_system = False
    cast.prefecture_office.save()


@pytest.fixture
def sent(cast, campaign, county_ledger):
    """A report."""
    build.entry(campaign, cast.county, build.case(cast))
    return acting.submit(cast, county_ledger)


def test_the_stamped_scan_is_kept_with_its_true_time(cast, offline, sent):
    at = timezone.now() - timedelta(hours=3)
    answering.record_paper_report(by=cast.liaison, submission=sent, sent_at=at, scan=scan())
    assert sent.paper_report.sent_at == at
    assert sent.paper_report.scan.name == "盖章台账.pdf"
    with pytest.raises(Refused, match="已经登记过"):
        answering.record_paper_report(by=cast.liaison, submission=sent, sent_at=at, scan=scan())


def test_the_time_is_not_in_the_future(cast, offline, sent):
    with pytest.raises(Refused, match="不能晚于现在"):
        answering.record_paper_report(
            by=cast.liaison, submission=sent, scan=scan(), sent_at=timezone.now() + timedelta(minutes=5)
        )


def test_the_answer_on_paper_counts_as_an_answer(cast, offline, sent):
    answering.record_paper_answer(
        by=cast.liaison, submission=sent, accepted=True, happened_on=build.day("05-17"), scan=scan()
    )
    verdict = sent.verdicts.get()
    assert (sent.state, verdict.on_paper) == ("accepted", True)
    assert verdict.happened_on == build.day("05-17")


def test_a_return_on_paper_says_why_and_needs_its_scan(cast, offline, sent):
    answer = {"by": cast.liaison, "submission": sent, "happened_on": build.day("05-17")}
    with pytest.raises(Refused, match="理由"):
        answering.record_paper_answer(**answer, accepted=False, scan=scan())
    with pytest.raises(Refused, match="扫描件"):
        answering.record_paper_answer(**answer, accepted=False, reason="缺一行")
    answering.record_paper_answer(**answer, accepted=False, reason="缺一行", scan=scan())
    assert sent.state == "returned"


def test_where_the_prefecture_uses_the_system_paper_is_refused(cast, sent):
    with pytest.raises(Refused, match="使用本系统"):
        answering.record_paper_report(by=cast.liaison, submission=sent, sent_at=timezone.now(), scan=scan())
    with pytest.raises(Refused, match="使用本系统"):
        answering.record_paper_answer(
            by=cast.liaison, submission=sent, accepted=True, happened_on=build.day("05-17"), scan=scan()
        )


def test_others_do_not_record_it(cast, offline, sent):
    for person in (cast.handler, cast.prefecture, cast.neighbour_liaison):
        with pytest.raises(Forbidden):
            answering.record_paper_report(by=person, submission=sent, sent_at=timezone.now(), scan=scan())


def test_the_scan_is_opened_by_who_sees_the_report_only(cast, offline, sent):
    answering.record_paper_report(by=cast.liaison, submission=sent, sent_at=timezone.now(), scan=scan())
    stored = sent.paper_report.scan
    assert fileaccess.visible_file(cast.prefecture, stored.public_id) == stored
    assert fileaccess.visible_file(cast.neighbour_chief, stored.public_id) is None

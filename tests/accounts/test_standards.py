"""Standards: with its document and 已核实; the nearest place and the newest day count."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import standards as registry
from accounts.models import Standard
from accounts.services import clocks, standards
from accounts.terms import DAYS, Term
from common.errors import Forbidden, Refused

TERM = Term("t", "期限", 3, DAYS, "起算日", "某条", standard="trial_days", sure=False)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """One standard that an app computes with."""
    monkeypatch.setattr(registry, "REGISTRY", {})
    registry.register("trial_days", "试用期限", "日")


def record(cast, value, region=None, since=date(2026, 1, 1), **more):
    """One row, by the county's system admin."""
    return standards.record_standard(
        by=cast.system_admin,
        agency=cast.county,
        key="trial_days",
        value=Decimal(value),
        region=region and cast.regions[region],
        valid_from=since,
        document="某文件第一条",
        **more,
    )


def test_the_nearest_region_and_the_newest_day_count(cast):
    on = date(2026, 6, 1)
    assert clocks.length_of(TERM, cast.county, on)[0] == 3
    record(cast, 5)
    record(cast, 6, "140000")
    record(cast, 7, "141100")
    record(cast, 8, "141122", date(2026, 5, 1))
    record(cast, 9, "141122", date(2026, 7, 1))
    assert clocks.length_of(TERM, cast.county, on)[0] == 8
    assert clocks.length_of(TERM, cast.county, date(2026, 4, 1))[0] == 7
    assert clocks.length_of(TERM, cast.neighbour, on)[0] == 7
    assert clocks.length_of(TERM, cast.agencies["140929-zrzy"], on)[0] == 6


def test_why_this_date_names_the_source(cast):
    record(cast, 5)
    assert "某文件第一条" in clocks.due_of(TERM, cast.county, date(2026, 6, 1))[1]


def test_a_row_is_corrected_and_checked_with_a_trail(cast):
    row = record(cast, 5)
    assert not row.sure
    row = standards.amend_standard(
        by=cast.system_admin, agency=cast.county, standard=row, value=Decimal("4"), sure=True
    )
    assert (row.value, row.sure) == (4, True)


def test_the_same_place_and_day_is_entered_once(cast):
    record(cast, 5)
    with pytest.raises(Refused, match="已经登记过"):
        record(cast, 6)
    assert Standard.objects.count() == 1


def test_a_source_and_a_known_standard_are_needed(cast):
    with pytest.raises(Refused, match="依据"):
        standards.record_standard(
            by=cast.system_admin,
            agency=cast.county,
            key="trial_days",
            value=Decimal(1),
            valid_from=date(2026, 1, 1),
            document=" ",
        )
    with pytest.raises(Refused, match="从列表中选择"):
        standards.record_standard(
            by=cast.system_admin,
            agency=cast.county,
            key="unheard",
            value=Decimal(1),
            valid_from=date(2026, 1, 1),
            document="某文件",
        )


@pytest.mark.parametrize("part", ["chief", "legal", "audit_admin"])
def test_only_a_system_admin_keeps_standards(cast, part):
    with pytest.raises(Forbidden):
        standards.record_standard(
            by=getattr(cast, part),
            agency=cast.county,
            key="trial_days",
            value=Decimal(1),
            valid_from=date(2026, 1, 1),
            document="某文件",
        )


def test_the_page_enters_and_shows_it(cast, sign_in):
    client = sign_in(cast.system_admin)
    answer = client.post(
        reverse("accounts:record_standard"),
        {
            "key": "trial_days",
            "value": "2.5",
            "region": "141122",
            "valid_from": "2026-01-01",
            "document": "晋某字〔2026〕1号",
            "sure": "on",
            "_key": "k",
        },
    )
    assert answer.url == "/accounts/standards/"
    page = sign_in(cast.handler).get(answer.url).content.decode()
    assert "试用期限" in page and "2.5" in page and "已核实" in page and ">修改<" not in page


def test_a_county_enters_none_for_other_regions(cast, sign_in):
    client, url = sign_in(cast.system_admin), reverse("accounts:record_standard")
    assert [one.pk for one in client.get(url).context["form"].fields["region"].queryset] == ["141122"]
    row = {"key": "trial_days", "value": "2", "valid_from": "2026-01-01", "document": "某文件", "_key": "k"}
    assert client.post(url, {**row, "region": "141121"}).status_code == 422
    assert not Standard.objects.exists()

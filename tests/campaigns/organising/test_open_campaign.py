"""建立专项行动 on a page: by the liaison of the region, in the own region alone."""

from datetime import date

import pytest

from campaigns.models import Campaign

URL = "/ledgers/open-campaign/"
TYPED = {
    "name": "交城县专项行动（2026年）",
    "code": "jiaocheng-2026",
    "from_day": "2026-04-01",
    "to_day": "2026-11-30",
    "form": "luliang-1",
}


def test_a_county_opens_its_own(cast, post, page):
    assert URL in page(cast.liaison, "/ledgers/") and URL not in page(cast.chief, "/ledgers/")
    answer = post(cast.liaison, URL, **TYPED, region="141122")
    made = Campaign.objects.get(code="jiaocheng-2026")
    assert answer.redirect_chain[-1][0] == "/ledgers/campaigns/jiaocheng-2026/organisation/"
    assert (made.region_id, made.from_day, made.to_day) == ("141122", date(2026, 4, 1), date(2026, 11, 30))
    assert set(made.members.values_list("agency__code", flat=True)) == {
        "141122-zrzy",
        "141122100-zrzy",
        "141122-ga",
    }


def test_sent_twice_it_is_one_campaign(cast, post):
    for _ in range(2):
        answer = post(cast.liaison, URL, **TYPED, region="141122", _key="once")
        assert answer.status_code == 200
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"to_day": "2026-03-31"}, 422, "结束日期不能早于开始日期"),
        ({"code": "交城"}, 409, "代码只用小写字母"),
        ({"region": "141100"}, 422, "区域"),
        ({"name": ""}, 422, "请填写名称"),
    ],
)
def test_what_does_not_fit_keeps_what_was_typed(cast, post, typed, status, sentence):
    answer = post(cast.liaison, URL, **{**TYPED, "region": "141122", **typed})
    text = answer.content.decode()
    assert answer.status_code == status and sentence in text
    assert 'value="2026-04-01"' in text and not Campaign.objects.exists()


@pytest.mark.parametrize("part", ["chief", "prefecture", "police", "system_admin"])
def test_nobody_else_comes_there(cast, sign_in, part):
    assert sign_in(getattr(cast, part)).get(URL).status_code == 403

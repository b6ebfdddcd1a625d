"""What the trail keeps, as the record of a page says it: moments, figures, yes and no."""

import pytest

from accounts.showing import in_words


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("批准时间", "2026-11-30T08:35:00+08:00", "2026-11-30 08:35"),
        ("立案日期", "2026-11-30", "2026-11-30"),
        ("金额（元）", "84000.5", "84,000.5"),
        ("违法所得（元）", "1200000", "1,200,000"),
        ("联系电话", "03583022000", "03583022000"),
        ("线索来源", "12336", "12336"),
        ("金额（元）", "未核实", "未核实"),
        ("线下签批", True, "是"),
        (
            "处罚项",
            ["罚款 84,000元", "没收违法采出的矿产品 820吨"],
            "罚款 84,000元、没收违法采出的矿产品 820吨",
        ),
    ],
)
def test_it_is_written_as_every_page_writes_it(label, value, shown):
    assert in_words(value, label) == shown

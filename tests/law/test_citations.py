"""The forms in which the house and the dossier cite articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.statutes import citations
from law.statutes.editions import HELD
from law.statutes.names import NAMES
from law.statutes.numerals import to_chinese, to_int

ORDER = "行政执法机关移送涉嫌犯罪案件的规定"
FORMS = [
    ("行政处罚法第五十七条、第五十九条", [("行政处罚法", 57), ("行政处罚法", 59)]),
    ("自然资源行政处罚办法第十六条", [("自然资源行政处罚办法", 16)]),
    ("310号令第五条", [(ORDER, 5)]),
    ("国务院令第310号第九条第二款", [(ORDER, 9)]),
    (f"行政处罚法第三十五条；{ORDER}第十条、第十一条", [("行政处罚法", 35), (ORDER, 10), (ORDER, 11)]),
    ("《中华人民共和国土地管理法》第七十七条", [("土地管理法", 77)]),
    ("矿产资源法（2024年修订）第六十三条或第六十六条", [("矿产资源法", 63), ("矿产资源法", 66)]),
    ("土地管理法实施条例（2014年修订）第四十二条", [("土地管理法实施条例", 42)]),
    ("法释〔2016〕25号第三条第一款第（三）项", [("采矿刑事案件解释", 3)]),
    ("法释〔2018〕1号第一百五十六条", [("行政诉讼法解释", 156)]),
    ("矿产资源法2024 第63条1款", [("矿产资源法", 63)]),
    ("2009法39条+细则1994第42条", [("矿产资源法", 39), ("矿产资源法实施细则", 42)]),
    ("勘查区块登记管理办法26条（警告，可并处10万元以下；无没收）", [("矿产资源勘查区块登记管理办法", 26)]),
    ("处罚法57", [("行政处罚法", 57)]),
    ("刑法第三百四十二条之一", [("刑法", 342)]),
    ("山东省实施《矿产资源法》办法第三条", [("山东省实施矿产资源法办法", 3)]),
    ("依照川自然资办函〔2021〕203号二（二）", [("川自然资办函〔2021〕203号", 0)]),
    ("依照行政处罚法。第三条", [("行政处罚法", 0), ("", 3)]),
    ("共3条线索，二十条记录", []),
    ("行政处罚法第四十二条：不少于3条", [("行政处罚法", 42)]),
    ("治安管理处罚法第三条", [("", 3)]),
    ("矿产资源法2024年修订", [("矿产资源法", 0)]),
]


@pytest.mark.parametrize(("text", "found"), FORMS)
def test_a_citation_is_understood(text, found):
    assert [(one.law, one.number) for one in citations(text)] == found


def test_a_citation_knows_its_year_and_parts():
    (one,) = citations("矿产资源法（2009年修正）第四十二条第一款第（三）项")
    assert (one.year, one.paragraph, one.item) == (2009, 1, 3)
    (one,) = citations("刑法第三百四十二条之一第二款")
    assert (one.sub, one.paragraph) == (1, 2)
    assert [
        one.year for one in citations("土地管理法（2019年修正）第七十七条、土地管理法实施条例第五十七条")
    ] == [2019, 0]


def test_a_citation_knows_where_it_stands():
    text = "依据：行政处罚法第五十七条、第五十九条。"
    assert [text[one.start : one.end] for one in citations(text)] == ["行政处罚法第五十七条", "第五十九条"]


@given(st.integers(1, 9999))
def test_numbers_of_articles_go_there_and_back(number):
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (100, "一百"), (105, "一百零五"), (110, "一百一十"),
     (342, "三百四十二"), (1005, "一千零五"), (1242, "一千二百四十二")],
)  # fmt: skip
def test_a_number_is_written_as_the_law_writes_it(number, written):
    assert to_chinese(number) == written
    assert to_int(written) == number


@given(st.text(max_size=60), st.sampled_from(sorted(NAMES)), st.integers(1, 300))
def test_any_text_can_be_read_and_citations_never_overlap(noise, name, number):
    text = f"{noise}{name}第{to_chinese(number)}条{noise}"
    found = citations(text)
    assert all(here.end <= after.start for here, after in zip(found, found[1:], strict=False))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(st.sampled_from(sorted({one.law for one in HELD})), st.integers(1, 300))
def test_every_law_is_found_by_its_name(law, number):
    (one,) = citations(f"{law}第{to_chinese(number)}条")
    assert (one.law, one.number) == (law, number)

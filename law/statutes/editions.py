"""Which texts are held, from when to when each is the law, and which are named but not held.

`since` is the first day in force of this version, `until` the first day on which it is no longer.
Texts that stand for a law under several names are found by `aliases` (law.statutes.citations).
"""

from dataclasses import dataclass
from datetime import date

LAWBOOK = "国家法律法规数据库文本，经 github.com/LawRefBook/Laws（2025-04）"
COMPARED = f"{LAWBOOK}，已与 2026-07 的另一来源逐条核对"
MINISTRY = "自然资源部政府信息公开目录（gk.mnr.gov.cn，2024-02-05）"
D = date.fromisoformat


@dataclass(frozen=True)
class Version:
    """One text: the law's short name, its file, when it was issued, when it is the law, its origin.

    `sure` is False where a day of beginning or end isn't in the text and was not read elsewhere. `region`
    is the province whose own it is, "" the whole country.
    """

    law: str
    file: str
    issued: date
    since: date
    until: date = date.max
    origin: str = LAWBOOK
    sure: bool = True
    region: str = ""

    @property
    def year(self) -> int:
        """The year by which people name it: 矿产资源法2009."""
        return self.issued.year

    def stands_on(self, day: date) -> bool:
        """Whether it was the law on a day."""
        return self.since <= day < self.until


def _held(
    law: str,
    stem: str,
    since: str,
    until: str = "9999-12-31",
    origin: str = LAWBOOK,
    issued: str = "",
    sure: bool = True,
    region: str = "",
) -> Version:
    on = issued or stem[-11:-1]
    return Version(law, f"{stem}.md", D(on), D(since), D(until), origin, sure, region)


COURTS, COURT = "最高人民法院、最高人民检察院关于办理", "最高人民法院关于审理"
HELD = (
    _held("行政处罚法", "行政处罚法(2021-01-22)", "2021-07-15", origin=COMPARED),
    _held("自然资源行政处罚办法", "自然资源行政处罚办法(2024-01-31)", "2024-05-01", origin=MINISTRY),
    _held("矿产资源法", "矿产资源法(2009-08-27)", "2009-08-27", "2025-07-01", COMPARED),
    _held("矿产资源法", "矿产资源法(2024-11-08)", "2025-07-01", origin=COMPARED),
    _held("矿产资源法实施细则", "矿产资源法实施细则(1994-03-26)", "1994-03-26", sure=False),
    _held("矿产资源开采登记管理办法", "矿产资源开采登记管理办法(2014-07-29)", "2014-07-29", sure=False),
    _held(
        "矿产资源勘查区块登记管理办法",
        "矿产资源勘查区块登记管理办法(2014-07-29)", "2014-07-29", sure=False,
    ),
    _held("土地管理法", "土地管理法(2019-08-26)", "2020-01-01", origin=COMPARED, sure=False),
    _held("土地管理法实施条例", "土地管理法实施条例(2021-07-02)", "2021-09-01"),
    _held("基本农田保护条例", "基本农田保护条例(2011-01-08)", "2011-01-08"),
    _held("土地复垦条例", "土地复垦条例(2011-03-05)", "2011-03-05"),
    _held("黑土地保护法", "黑土地保护法(2022-06-24)", "2022-08-01"),
    _held("行政强制法", "行政强制法(2011-06-30)", "2012-01-01", origin=COMPARED),
    _held("行政复议法", "行政复议法(2023-09-01)", "2024-01-01", origin=COMPARED),
    _held("行政复议法实施条例", "行政复议法实施条例(2007-05-29)", "2007-08-01", sure=False),
    _held("行政诉讼法", "行政诉讼法(2017-06-27)", "2017-07-01", origin=COMPARED, sure=False),
    _held("行政诉讼法解释", "最高人民法院关于适用《行政诉讼法》的解释(2018-02-06)", "2018-02-08"),
    _held("民事诉讼法", "民事诉讼法(2023-09-01)", "2024-01-01", sure=False),
    _held("刑法", "刑法", "2024-03-01", issued="2023-12-29", sure=False),
    _held(
        "行政执法机关移送涉嫌犯罪案件的规定",
        "行政执法机关移送涉嫌犯罪案件的规定(2020-08-07)", "2020-08-07",
    ),
    _held(
        "公安机关办理刑事案件程序规定",
        "公安机关办理刑事案件程序规定(2020-07-20)", "2020-09-01", sure=False,
    ),
    _held(
        "人民检察院办理行政执法机关移送涉嫌犯罪案件的规定",
        "人民检察院办理行政执法机关移送涉嫌犯罪案件的规定(2001-12-03)",
        "2001-12-03", "2021-09-06", sure=False,
    ),
    _held(
        "采矿刑事案件解释",
        f"{COURTS}非法采矿、破坏性采矿刑事案件适用法律若干问题的解释(2016-11-28)", "2016-12-01",
    ),
    _held(
        "土地刑事案件解释",
        f"{COURT}破坏土地资源刑事案件具体应用法律若干问题的解释(2000-06-19)", "2000-06-22",
    ),
    _held("森林刑事案件解释", f"{COURT}破坏森林资源刑事案件适用法律若干问题的解释(2023-08-13)", "2023-08-15"),
    _held("草原刑事案件解释", f"{COURT}破坏草原资源刑事案件应用法律若干问题的解释(2012-11-02)", "2012-11-22"),
    _held(
        "山东省实施矿产资源法办法",
        "山东省实施《矿产资源法》办法(2012-01-13)", "2012-01-13", sure=False, region="370000",
    ),
    _held("信访工作条例", "信访工作条例(2022-02-25)", "2022-05-01"),
    _held("档案法", "档案法(2020-06-20)", "2021-01-01"),
)  # fmt: skip

# What people must not do and what follows: read as of the day the act ended. All else is procedure, read as
# of the day of the step (行政处罚法 art 37).
OF_CONDUCT = frozenset(
    {
        *("矿产资源法", "矿产资源法实施细则", "矿产资源开采登记管理办法", "矿产资源勘查区块登记管理办法"),
        *("土地管理法", "土地管理法实施条例", "基本农田保护条例", "土地复垦条例", "黑土地保护法", "刑法"),
        *("采矿刑事案件解释", "土地刑事案件解释", "森林刑事案件解释", "草原刑事案件解释"),
        "山东省实施矿产资源法办法",
    }
)

# Named in acts, terms, gates or code lists, but no text of it is held: (name, year or 0) → why.
UNHELD = {
    ("行政处罚法", 2017): "2018年1月1日至2021年7月14日的版本，原文未收录",
    ("土地管理法", 2004): "2020年1月1日前的版本，原文未收录",
    ("土地管理法实施条例", 2014): "2021年9月1日前的版本，原文未收录",
    ("国土资源行政处罚办法", 0): "国土资源部令第60号，2024年5月1日前的规定，原文未收录",
    ("自然资源执法监督规定", 0): "国土资源部令第79号，2020年修正，原文未收录",
    ("矿产资源法实施条例", 0): "国务院令第839号，2026年6月15日起施行，原文未收录",
    ("刑事诉讼法", 0): "原文未收录",
    ("法释〔2025〕7号", 0): "黑土地刑事案件解释，2025年5月6日起施行，原文未收录",
    ("高检发释字〔2001〕5号", 0): "原文未收录",
    ("高检发释字〔2021〕4号", 0): "原文未收录",
    ("国办发〔2018〕118号", 0): "三项制度指导意见，原文未收录",
    ("国办发〔2024〕54号", 0): "涉企行政检查，原文未收录",
    ("中办发〔2011〕8号", 0): "行刑衔接意见，原文未收录",
    ("公通字〔2016〕16号", 0): "公安机关受理移送规定，原文未收录",
    ("高检会〔2006〕2号", 0): "及时移送意见，原文未收录",
    ("自然资发〔2022〕165号", 0): "立案查处工作规程，原文未收录",
    ("自然资发〔2023〕123号", 0): "自然资源部、公安部文件，原文未收录",
    ("自然资发〔2023〕258号", 0): "卫片执法文件，原文未收录",
    ("自然资办函〔2021〕1288号", 0): "部办公厅函，原文未收录",
    ("川自然资办函〔2021〕203号", 0): "四川省厅函，原文未收录",
    ("国土资发〔2007〕284号", 0): "两率统计文件，原文未收录",
    ("吉国土资发〔2010〕6号", 0): "吉林省厅文件，原文未收录",
    ("渝高法〔2018〕22号", 0): "重庆市高级人民法院文件，原文未收录",
    ("交自然资字〔2021〕62号", 0): "专项行动方案，原文未收录",
    ("岢政办发〔2022〕50号", 0): "专项行动方案，原文未收录",
}

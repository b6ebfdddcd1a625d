"""The clocks of a penalty case, C01–C16: 行政处罚法, 自然资源行政处罚办法, 行政强制法.

C08 goes by the law of the day of 立案: 自然资源行政处罚办法 2024 from 2024-05-01, before it
行政处罚法第六十条, before 2021-07-15 the sixty days of 国土资源行政处罚办法 (not in the texts held).
C05 needs a law that allows it: mining since 2025-07-01, land never (行政强制法第十条、第十七条).
"""

from datetime import date, timedelta

from law.figures import SEEDED
from law.terms.shape import Length, Term, Whose, days, hours, no_length, workdays

CITIZEN, OFFICE = Whose.CITIZEN, Whose.OFFICE
PENALTY_LAW, PENALTY_RULES, MINING_LAW = date(2021, 7, 15), date(2024, 5, 1), date(2025, 7, 1)
OLD_RULES = "国土资源行政处罚办法（国土资源部令第60号）"

# Before 办法 2024 only a referral stopped it: what is to be punished as a crime waits (310号令 art 10).
WAITS = ("移送",)
EXCLUDED = ("鉴定", "听证", "公告", "邮递", "移送")


def _deciding(on: date, **more: object) -> Length:
    """As many days as `law.figures` has for a case filed on a day."""
    figure = SEEDED.get("decision_days", None, on)
    return days(int(figure.value), sure=figure.sure, **more)


MORE = int(SEEDED.value("decision_extension_days"))
ARTICLE_38, OLD_DAY = "自然资源行政处罚办法第三十八条", PENALTY_LAW - timedelta(days=1)
DECIDING = (
    _deciding(
        PENALTY_RULES,
        since=PENALTY_RULES,
        extension=MORE,
        unbounded=True,
        article=ARTICLE_38,
        excludes=EXCLUDED,
    ),
    _deciding(
        PENALTY_LAW,
        since=PENALTY_LAW,
        until=PENALTY_RULES,
        article="行政处罚法第六十条",
        excludes=WAITS,
    ),
    _deciding(OLD_DAY, until=PENALTY_LAW, extension=MORE, article=OLD_RULES, excludes=WAITS),
)
NO_SEAL = "没有法律授权，不能查封、扣押（行政强制法第十条、第十七条）"
SEALING = (
    days(
        30,
        key="mining",
        label="矿产",
        since=MINING_LAW,
        extension=30,
        excludes=("检测", "检验", "检疫", "鉴定"),
    ),
    no_length(f"2025年7月1日前矿产{NO_SEAL}。", key="mining", label="矿产", until=MINING_LAW),
    no_length(
        f"土地违法{NO_SEAL}；可以封存文件资料、责令不得变卖转移财物。",
        key="land",
        label="土地",
        article="土地管理法第六十八条；土地管理法实施条例第四十八条",
    ),
)


PROCEDURE = (
    Term(
        "C01",
        "线索核查",
        "发现或者登记",
        "自然资源行政处罚办法第十五条",
        OFFICE,
        (no_length("法律要求及时核查，没有规定天数；天数由本地标准确定。"),),
    ),
    Term(
        "C02",
        "立案",
        "发现违法行为",
        "自然资源行政处罚办法第十六条；行政处罚法第五十四条",
        OFFICE,
        (no_length("法律要求及时立案，没有规定天数。"),),
    ),
    Term(
        "C03",
        "指定管辖决定",
        "收到指定管辖申请之日",
        "自然资源行政处罚办法第十条、第五十七条",
        OFFICE,
        (workdays(7),),
    ),
    Term(
        "C04",
        "先行登记保存处理",
        "先行登记保存之日",
        "行政处罚法第五十六条、第八十五条",
        OFFICE,
        (workdays(7),),
    ),
    Term(
        "C05",
        "查封、扣押",
        "实施查封、扣押之日",
        "行政强制法第二十五条；矿产资源法（2024年修订）第五十七条第一款第（四）项",
        OFFICE,
        SEALING,
        default="mining",
    ),
    Term("C06", "当场强制报告补批", "实施强制措施之时", "行政强制法第十九条", OFFICE, (hours(24),)),
    Term(
        "C07",
        "中止、恢复调查告知",
        "决定之日",
        "自然资源行政处罚办法第二十七条",
        OFFICE,
        (workdays(3),),
    ),
    Term(
        "C08",
        "作出处罚决定",
        "立案之日",
        "自然资源行政处罚办法第三十八条；行政处罚法第六十条",
        OFFICE,
        DECIDING,
    ),
    Term(
        "C09",
        "陈述申辩",
        "收到告知书之日",
        "自然资源行政处罚办法第三十三条、第五十七条",
        CITIZEN,
        (workdays(5),),
    ),
    Term(
        "C10",
        "听证申请",
        "收到听证告知书之日",
        "行政处罚法第六十四条、第八十五条；自然资源行政处罚办法第三十四条",
        CITIZEN,
        (workdays(5),),
    ),
    Term(
        "C11",
        "听证通知",
        "听证日",
        "行政处罚法第六十四条、第八十五条",
        OFFICE,
        (workdays(7),),
        backward=True,
        spare=1,
    ),
    Term(
        "C12",
        "决定书送达（当事人不在场）",
        "作出决定之日",
        "行政处罚法第六十一条、第八十五条",
        OFFICE,
        (workdays(7),),
    ),
    Term("C13", "公告送达", "发出公告之日", "民事诉讼法第九十五条", OFFICE, (days(30),)),
    Term("C14", "罚款缴纳", "收到决定书之日", "行政处罚法第六十七条", CITIZEN, (days(15),), rolls=True),
    Term(
        "C15",
        "加处罚款",
        "缴款期满的次日",
        "行政处罚法第七十二条、第七十三条",
        CITIZEN,
        (
            no_length(
                "自逾期次日起每日按罚款数额的百分之三加处，不超出罚款数额（第34日到顶）；复议、诉讼期间不计。"
            ),
        ),
    ),
    Term(
        "C16",
        "当场收缴罚款上缴",
        "收缴罚款之日",
        "行政处罚法第七十一条、第八十五条",
        OFFICE,
        (no_length("执法人员自收缴之日起2个工作日内交至行政机关，行政机关2个工作日内缴付指定的银行。"),),
    ),
)

"""Review, suit and enforcement, C17–C24 and C32–C40: 行政复议法, 行政诉讼法, 行政强制法.

“三日、五日、七日、十日” of 行政复议法 are working days (art 88), its longer ones calendar days;
ten days or fewer of 行政强制法 are working days (art 69).
"""

from law.terms.shape import Term, Whose, days, months, no_length, workdays, years

CITIZEN, OFFICE, COURT, REVIEW = Whose.CITIZEN, Whose.OFFICE, Whose.COURT, Whose.REVIEW
HINDERED = ("不可抗力", "其他正当理由")
STAYED = ("复议中止",)

SUITS = (
    Term(
        "C17",
        "行政复议申请",
        "知道或者应当知道行政行为之日",
        "行政复议法第二十条",
        CITIZEN,
        (days(60, excludes=HINDERED),),
        rolls=True,
    ),
    Term(
        "C18",
        "行政诉讼",
        "知道或者应当知道作出行政行为之日",
        "行政诉讼法第四十六条",
        CITIZEN,
        (months(6, excludes=HINDERED),),
        rolls=True,
    ),
    Term(
        "C19",
        "复议后起诉",
        "收到复议决定书之日",
        "行政诉讼法第四十五条",
        CITIZEN,
        (days(15, excludes=HINDERED),),
        rolls=True,
    ),
    Term(
        "C20",
        "土地限期拆除起诉（非法占用土地）",
        "接到责令限期拆除决定之日",
        "土地管理法第八十三条",
        CITIZEN,
        (days(15),),
        rolls=True,
    ),
)
ENFORCEMENT = (
    Term(
        "C21",
        "催告后可以申请执行",
        "催告书送达之日",
        "行政强制法第五十四条、第六十九条",
        OFFICE,
        (workdays(10),),
    ),
    Term(
        "C22",
        "申请法院强制执行",
        "法定起诉期限届满之日",
        "行政强制法第五十三条；自然资源行政处罚办法第四十四条；法释〔2018〕1号第一百五十六条",
        OFFICE,
        (months(3),),
    ),
    Term(
        "C23",
        "法院受理、裁定",
        "法院收到申请、受理之日",
        "行政强制法第五十六条、第五十七条、第五十八条、第五十九条、第六十九条",
        COURT,
        (
            no_length(
                "收到申请后5个工作日内受理；受理后7个工作日内裁定，明显违法的30日内裁定；"
                "不予执行的裁定5个工作日内送达；立即执行的自裁定起5个工作日内执行。"
            ),
        ),
    ),
    Term(
        "C24",
        "对不予受理、不予执行裁定申请复议",
        "收到裁定之日",
        "行政强制法第五十六条第二款、第五十八条第三款",
        OFFICE,
        (days(15),),
    ),
)
REVIEWS = (
    Term(
        "C32",
        "复议机关受理审查（逾期视为受理）",
        "收到复议申请之日",
        "行政复议法第三十条、第八十八条",
        REVIEW,
        (workdays(5),),
    ),
    Term(
        "C33",
        "复议答复和证据（逾期视为没有证据）",
        "收到复议申请书副本之日",
        "行政复议法第四十八条、第七十条、第八十八条",
        OFFICE,
        (
            workdays(10, key="ordinary", label="普通程序"),
            workdays(5, key="simple", label="简易程序", article="行政复议法第五十四条、第七十条、第八十八条"),
        ),
        default="ordinary",
    ),
    Term(
        "C34",
        "复议决定",
        "受理复议申请之日",
        "行政复议法第六十二条",
        REVIEW,
        (
            days(60, key="ordinary", label="普通程序", extension=30, excludes=STAYED),
            days(30, key="simple", label="简易程序", excludes=STAYED),
        ),
        default="ordinary",
    ),
    Term(
        "C35",
        "未告知救济权利的最长期限",
        "知道行政行为内容之日",
        "行政复议法第二十条第三款；法释〔2018〕1号第六十四条",
        CITIZEN,
        (years(1),),
    ),
    Term(
        "C36",
        "复议、起诉的最长期限",
        "行政行为作出之日",
        "行政诉讼法第四十六条第二款；行政复议法第二十一条",
        CITIZEN,
        (years(20, key="immovable", label="不动产"), years(5, key="other", label="其他")),
    ),
    Term("C37", "诉讼答辩和证据", "收到起诉状副本之日", "行政诉讼法第六十七条", OFFICE, (days(15),)),
    Term(
        "C38",
        "代履行前催告",
        "代履行日",
        "行政强制法第五十一条、第六十九条",
        OFFICE,
        (workdays(3),),
        backward=True,
    ),
    Term(
        "C39",
        "中止执行满三年不再执行",
        "中止执行之日",
        "行政强制法第三十九条第二款",
        OFFICE,
        (years(3),),
    ),
    Term(
        "C40",
        "延期、分期缴款",
        "批准之日",
        "行政处罚法第六十六条、第七十二条；自然资源行政处罚办法第四十二条",
        CITIZEN,
        (no_length("按批准的期限；申请法院强制执行的三个月自延期、分期期满之日起计算。"),),
    ),
)

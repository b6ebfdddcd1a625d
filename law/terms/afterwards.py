"""What follows a decision, C25–C31: handing over, making public, limitation, yearly figures."""

from law.terms.shape import Length, Term, Whose, days, no_length, workdays, years

OFFICE = Whose.OFFICE
PUBLICITY = "国办发〔2018〕118号"


def limitation(count: int, key: str, label: str) -> Length:
    """追责时效: so many years from the act, or from the end of one that lasts."""
    return years(count, key=key, label=label)


AFTERWARDS = (
    Term(
        "C25",
        "没收物移交",
        "决定生效（送达）之日",
        "自然资源行政处罚办法第四十三条；土地管理法实施条例第五十八条",
        OFFICE,
        (days(90),),
    ),
    Term("C26", "处罚信息公开", "作出决定之日", PUBLICITY, OFFICE, (workdays(7),)),
    Term("C27", "其他执法结果公开", "结果形成之日", PUBLICITY, OFFICE, (workdays(20),)),
    Term(
        "C28",
        "撤回已公开决定",
        "变更、撤销或者确认违法之日",
        "行政处罚法第四十八条、第八十五条；自然资源行政处罚办法第三十九条",
        OFFICE,
        (workdays(3),),
    ),
    Term(
        "C29",
        "追责时效",
        "行为发生之日；连续或者继续的，行为终了之日",
        "行政处罚法第三十六条",
        OFFICE,
        (
            limitation(2, "ordinary", "一般"),
            limitation(5, "life_health", "涉及公民生命健康安全、金融安全且有危害后果"),
        ),
        default="ordinary",
    ),
    Term(
        "C30",
        "年度执法统计公开",
        "上一年度结束",
        PUBLICITY,
        OFFICE,
        (no_length("每年1月31日前。", sure=False),),
        yearly=(1, 31),
    ),
    Term(
        "C31",
        "矿产卫片、报表、巡查",
        "各项任务下达",
        "自然资发〔2023〕258号",
        OFFICE,
        (no_length("按各批任务和各项台账制度规定的日期。"),),
    ),
)

"""The clocks of a referral, R01–R22: 国务院令第310号 and 公安机关办理刑事案件程序规定.

Neither text says that 日 are working days: calendar days, unless `reading` says otherwise.
"""

from law.terms.shape import Term, Whose, days, hours, no_length

OFFICE, POLICE, COURT = Whose.OFFICE, Whose.POLICE, Whose.COURT
ORDER = "行政执法机关移送涉嫌犯罪案件的规定"
RULES = "公安机关办理刑事案件程序规定"


def _days(code: str, name: str, counted_from: str, article: str, whose: Whose) -> Term:
    """Three days, whose reading is open."""
    return Term(code, name, counted_from, article, whose, (days(3),), either_reading=True)


def _no_length(code: str, name: str, article: str, sentence: str, whose: Whose = OFFICE) -> Term:
    """A step for which no figure is given."""
    return Term(code, name, "", article, whose, (no_length(sentence),))


REFERRAL = (
    _no_length("R01", "指定专案组核实", f"{ORDER}第五条", "立即指定2名以上执法人员，没有规定天数。"),
    _days("R02", "决定是否移送", "接到移送报告之日", f"{ORDER}第五条", OFFICE),
    Term("R03", "向公安机关移送", "批准移送之时", f"{ORDER}第五条", OFFICE, (hours(24),)),
    _no_length("R03b", "不批准移送", f"{ORDER}第五条", "不予批准的，理由记录在案，没有规定天数。"),
    _no_length("R04", "移送材料", f"{ORDER}第六条", "移送时一并附送，没有规定天数。"),
    Term(
        "R05",
        "公安机关转送有管辖权的机关",
        "接受移送之时",
        f"{ORDER}第七条；{RULES}第一百七十一条、第一百七十五条、第一百八十条第三款",
        POLICE,
        (hours(24),),
    ),
    _days("R06", "公安机关决定是否立案", "接受案件之日", f"{ORDER}第八条；{RULES}第一百八十条第一款", POLICE),
    _days(
        "R07",
        "提请复议或者建议立案监督",
        "收到不予立案通知书之日",
        f"{ORDER}第九条第一款；{RULES}第一百八十一条",
        OFFICE,
    ),
    _days(
        "R08",
        "公安机关复议决定",
        "收到复议申请之日",
        f"{ORDER}第九条第二款；{RULES}第一百八十一条",
        POLICE,
    ),
    Term(
        "R09",
        "复议后建议立案监督",
        "收到复议决定通知书之日",
        f"{ORDER}第九条第二款；{RULES}第一百八十二条",
        OFFICE,
        (
            days(3, key="propose", label="建议检察院立案监督"),
            days(
                7,
                key="explain",
                label="公安机关说明不立案理由",
                counted_from="公安机关收到检察院通知书之日",
                article=f"{RULES}第一百八十二条第一款",
            ),
            days(
                15,
                key="file",
                label="公安机关按通知立案",
                counted_from="公安机关收到检察院通知书之日",
                article=f"{RULES}第一百八十二条第二款",
            ),
        ),
        either_reading=True,
        default="propose",
    ),
    _no_length(
        "R10",
        "不立案案件的行政处理",
        f"{ORDER}第十条；自然资源行政处罚办法第三十八条第二款",
        "依法作出处理；作出处罚决定的期限恢复计算。",
    ),
    _days("R11", "移交涉案物品和材料", "接到立案通知书之日", f"{ORDER}第十二条", OFFICE),
    _no_length("R12", "不得以罚代移", f"{ORDER}第十一条；行政处罚法第三十五条", "没有期限，是禁止性规定。"),
    _no_length(
        "R13",
        "公安机关移送行政机关",
        f"{ORDER}第十三条；{RULES}第一百七十七条、第一百八十七条第二款",
        "应当及时移送，没有规定天数。",
        POLICE,
    ),
    _no_length("R14", "逾期不移送的责任", f"{ORDER}第十六条", "由上级机关责令限期移送，期限以责令为准。"),
    _no_length(
        "R15",
        "公职人员线索移送监察机关、检察院",
        f"{ORDER}第十八条、第十九条",
        "应当及时移送，没有规定天数。",
    ),
    Term(
        "R16",
        "材料不全补正",
        "公安机关接受案件之时",
        f"{RULES}第一百八十条第二款",
        OFFICE,
        (
            hours(24, key="a", label="公安机关通知补正"),
            days(3, key="b", label="本机关补正", counted_from="接到补正通知之日"),
        ),
        either_reading=True,
    ),
    _days("R17", "立案后移送其他机关的告知", "移送案件之日", f"{RULES}第一百八十四条", POLICE),
    _days("R18", "撤销案件的告知", "撤销案件决定之日", f"{RULES}第一百八十六条、第一百八十九条", POLICE),
    _no_length(
        "R19",
        "立案前本机关保全措施不停",
        f"{RULES}第一百七十四条第二款",
        "公安机关立案前不得查封、扣押、冻结；本机关的登记保存、查封、扣押延续到移交（R11）。",
    ),
    _no_length(
        "R20",
        "查封扣押物随案移送",
        f"行政强制法第二十一条；{ORDER}第十二条",
        "随案移送，并书面告知当事人，没有另外的天数。",
    ),
    _no_length("R21", "行政证据用于刑事诉讼", f"{RULES}第六十三条", "没有期限。", POLICE),
    _no_length(
        "R22",
        "司法机关移送行政处理",
        "行政处罚法第二十七条第一款",
        "无罪、免予刑事处罚但应当给予行政处罚的，及时移送，没有规定天数。",
        COURT,
    ),
)

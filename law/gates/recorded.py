"""Gates that wait for a deed's record: no act records these yet, so they stand unarmed.

Arming one: give the act that records `deed`, let the case's builder put it into `Native.deeds`, and
set `armed=True` here.
"""

from dataclasses import replace

from law.findings import clocks
from law.findings.codes import Level
from law.gates.shape import (
    COURT,
    DECISION,
    EXECUTION,
    FILING,
    HEARING,
    INQUIRY,
    INSPECTION,
    MEASURE,
    NOTICE,
    PUBLICITY,
    Asked,
    Check,
    Gate,
)


def lacks(deed: str) -> Check:
    """A check: the deed is not recorded."""

    def check(asked: Asked) -> bool:
        return not asked.did(deed)

    return check


def _unnoticed(asked: Asked) -> bool:
    steps = replace(asked.facts.steps, decided=asked.on)
    facts = asked.facts.varied(decisions=asked.draft.decisions, steps=steps)
    return clocks.notice_missing(replace(asked.case, facts=facts)) is not None


def _handed_over(asked: Asked) -> bool:
    return asked.did("goods_to_police") and any(each.minerals is True for each in asked.draft.decisions)


def _row(code: str, at: str, sentence: str, article: str, check: Check | str, **more: object) -> Gate:
    return Gate(
        code, (at,), sentence, article, lacks(check) if isinstance(check, str) else check, armed=False, **more
    )


SOFT = {"level": Level.WARN}
LAW, MEASURES, FORCE = "行政处罚法", "自然资源行政处罚办法", "行政强制法"

GATES = (
    _row(
        "G04",
        INQUIRY,
        "须回避的人员不能参加调查。",
        f"{LAW}第四十三条；{MEASURES}第十八条",
        "recusal_cleared",
    ),
    _row(
        "G05",
        INQUIRY,
        "询问应当个别进行，同一人员的笔录时间不能重叠。",
        f"{MEASURES}第二十四条",
        "asked_singly",
    ),
    _row(
        "G06",
        INQUIRY,
        "证人证言须写明证人情况、签名、日期并附身份证明。",
        f"{MEASURES}第二十二条",
        "witness_complete",
    ),
    _row(
        "G07",
        INQUIRY,
        "现场勘验须通知当事人到场，不到场的须注明事由。",
        f"{MEASURES}第二十五条",
        "party_called",
    ),
    _row(
        "G08b",
        MEASURE,
        "先行登记保存、查封、扣押须经负责人批准。",
        f"{LAW}第五十六条；{FORCE}第十八条、第十九条",
        "measure_approved",
    ),
    _row("G09", DECISION, "案件未经审理，不能作出处罚决定。", f"{MEASURES}第三十条", "tried"),
    _row(
        "G12",
        DECISION,
        "告知书未送达，或者陈述申辩、听证期限未满，不能作出处罚决定。",
        f"{LAW}第四十四条、第四十五条、第六十二条",
        _unnoticed,
    ),
    _row(
        "G13",
        DECISION,
        "处罚重于告知的，须重新告知，不能因申辩加重处罚。",
        f"{LAW}第四十五条第二款",
        "not_heavier",
    ),
    _row(
        "G14",
        NOTICE,
        "较大数额罚款、没收建筑物、限期拆除等，须告知听证权利。",
        f"{MEASURES}第三十四条",
        "hearing_told",
    ),
    _row("G15", HEARING, "本案调查人员不能主持听证。", f"{LAW}第六十四条", "neutral_chair"),
    _row(
        "G24",
        COURT,
        "申请强制执行须有申请书（负责人签名、印章、日期）、决定书、催告情况和标的情况。",
        f"{FORCE}第五十五条；{MEASURES}第四十五条",
        "application_complete",
    ),
    _row(
        "G25",
        EXECUTION,
        "不能在夜间或者法定节假日强制执行，情况紧急的除外。",
        f"{FORCE}第四十三条",
        "daytime",
        **SOFT,
    ),
    _row(
        "G26",
        FILING,
        "卫片图斑只是线索，不能单独作为证据。",
        "自然资发〔2023〕258号",
        "checked_on_site",
        sure=False,
    ),
    _row(
        "G27",
        DECISION,
        "电子监控设备未经法制和技术审核，其记录不能作为证据。",
        f"{LAW}第四十一条",
        "device_reviewed",
    ),
    _row("G28", PUBLICITY, "个人信息、未成年人和秘密未处理，不能公开。", f"{LAW}第五十条", "masked"),
    _row(
        "G30",
        DECISION,
        "处罚时须责令改正或者限期改正。",
        f"{LAW}第二十八条第一款；{MEASURES}第三十六条",
        "correction_ordered",
    ),
    _row(
        "G32",
        EXECUTION,
        "延期、分期缴款须有当事人申请并经批准。",
        f"{LAW}第六十六条第二款；{MEASURES}第四十二条",
        "deferral_approved",
    ),
    _row(
        "G33",
        EXECUTION,
        "没收物须公开拍卖或者按规定处理，款项上缴国库，不能与考核挂钩。",
        f"{LAW}第七十四条",
        "disposed_lawfully",
    ),
    _row(
        "G34",
        DECISION,
        "涉案物品已移交公安机关，本案不能再没收。",
        f"{FORCE}第二十一条；国务院令第310号第十二条",
        _handed_over,
    ),
    _row(
        "G36",
        EXECUTION,
        "没有强制执行权，不能自行强制拆除、扣划，应申请法院。",
        f"{FORCE}第十三条；土地管理法第八十三条",
        "court_applied",
    ),
    _row(
        "G37", EXECUTION, "执行协议只能减免加处罚款，不能减免罚款。", f"{FORCE}第四十二条", "agreement_lawful"
    ),
    _row(
        "G38",
        EXECUTION,
        "未公告限期自行拆除或者复议诉讼期未满，不能强制拆除。",
        f"{FORCE}第四十四条",
        "announced",
    ),
    _row(
        "G39",
        INSPECTION,
        "入企检查须由执法人员实施，不能由网格员、辅助人员代替。",
        "国办发〔2024〕54号",
        "certified",
        sure=False,
        **SOFT,
    ),
)

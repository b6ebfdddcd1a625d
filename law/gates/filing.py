"""Gates before 立案, 不予立案 and coercive measures."""

from law.findings import clocks
from law.gates.shape import FILING, MEASURE, NON_FILING, Asked, Gate
from law.windows import LAW_2024
from law.words import code_lists, is_mining

LAWFUL_REASONS = (
    "违法行为轻微并及时纠正，没有造成危害后果",
    "没有明确的行为人",
    "没有违法事实",
    "依法不应追究法律责任",
    "不属于本部门管辖",
    "超过追责时效",
    "当事人不明·待查",
)


def unknown_party(asked: Asked) -> bool:
    """当事人不明: no party that is known."""
    return bool(asked.facts.parties) and not any(each.identified for each in asked.facts.parties)


def _all_five(asked: Asked) -> bool:
    return len(asked.draft.conditions) == 5 and all(asked.draft.conditions)


def _no_lawful_reason(asked: Asked) -> bool:
    return asked.draft.reason not in LAWFUL_REASONS


def _no_power(asked: Asked) -> bool:
    """查封、扣押 need a law: mining since 2025-07-01, land none (行政强制法 arts 10, 17)."""
    scope = code_lists()["measure_scope"].get(asked.draft.measure, {})
    if scope.get("side") != "mining":
        return False
    return not any(map(is_mining, asked.facts.codes)) or asked.on < LAW_2024


GATES = (
    Gate(
        "G01",
        (FILING,),
        "当事人不明，不能立案；线索列为待查。",
        "自然资源行政处罚办法第十六条第一款第（一）项",
        unknown_party,
    ),
    Gate(
        "G01b",
        (NON_FILING,),
        "五项立案条件都符合，不能作不予立案处理。",
        "自然资源行政处罚办法第十六条第一款；自然资办函〔2021〕1288号四",
        _all_five,
    ),
    Gate(
        "G02",
        (NON_FILING,),
        "不予立案须写明法定理由：违法行为轻微并及时纠正、没有造成危害后果，或者缺少立案条件。",
        "自然资源行政处罚办法第十六条",
        _no_lawful_reason,
    ),
    Gate(
        "G08",
        (MEASURE,),
        "没有法律依据，不能查封、扣押；土地案件可以封存文件资料、责令不得变卖转移财物。",
        "行政强制法第十条、第十七条；矿产资源法（2024）第五十七条第一款第（四）项；土地管理法第六十八条",
        _no_power,
    ),
    Gate(
        "G29",
        (FILING,),
        "违法行为已超过追责时效，不能立案处罚。",
        "行政处罚法第三十六条；自然资源行政处罚办法第十六条第一款第（五）项",
        lambda asked: bool(clocks.limitation_passed(asked.case)),
    ),
)

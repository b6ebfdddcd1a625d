"""Gates before 立案, 不予立案 and coercive measures."""

from law.facts import Look
from law.findings import clocks
from law.gates.shape import FILING, MEASURE, NON_FILING, UNFILED, Asked, Gate
from law.windows import LAW_2024
from law.words import code_lists, is_mining

# The five conditions of 办法 art 16, and the reason that says each is missing, by the code an office picks.
CONDITIONS = {
    "no_actor": ("有明确的行为人", "没有明确的行为人"),
    "no_fact": ("有违反自然资源管理法律法规的事实", "没有违法事实"),
    "no_liability": ("依照自然资源管理法律法规应当追究法律责任", "依法不应追究法律责任"),
    "not_ours": ("属于本部门管辖", "不属于本部门管辖"),
    "time_barred": ("违法行为没有超过追诉时效", "超过追责时效"),
}
MINOR = "违法行为轻微并及时纠正，没有造成危害后果"
FACT, NO_FACT = CONDITIONS["no_fact"]
TIME_BARRED = CONDITIONS["time_barred"][1]
REASONS = {"minor": MINOR, **{code: reason for code, (_, reason) in CONDITIONS.items()}}
LAWFUL_REASONS = (*REASONS.values(), "当事人不明·待查")
FIVE = len(CONDITIONS)


def unknown_party(asked: Asked) -> bool:
    """当事人不明: no party that is known."""
    return bool(asked.facts.parties) and not any(each.identified for each in asked.facts.parties)


def _all_five(asked: Asked) -> bool:
    """All met; what is slight and was mended may stay unfiled even so (art 16 para 2)."""
    met = len(asked.draft.conditions) == FIVE and all(asked.draft.conditions)
    return met and asked.draft.reason != MINOR


def _unanswered(asked: Asked) -> bool:
    return len(asked.draft.conditions) != FIVE or None in asked.draft.conditions


def _against_answers(asked: Asked) -> str:
    """The reason, and the condition that was answered otherwise; "" where they agree."""
    reason, answers = asked.draft.reason, asked.draft.conditions
    for (condition, missing), met in zip(CONDITIONS.values(), answers, strict=False):
        if (met and reason == missing) or (met is False and condition == FACT and reason == MINOR):
            answer = "具备" if met else "不具备"
            return f"“{condition}”回答的是{answer}，理由却是“{reason}”。"
    return ""


def _against_look(asked: Asked) -> str:
    """What the last look found, and what is said against it; "" where they agree."""
    look = asked.facts.native.look if asked.facts.native else None
    if look is None or len(asked.draft.conditions) != FIVE:
        return ""
    _, fact, _, _, in_time = asked.draft.conditions
    reason, found = asked.draft.reason, f"{look.on}核查结论是“{look.judgment}”" + _going_on(look)
    if look.true and (fact is False or reason == NO_FACT):
        return f"{found}，这里却说没有违法事实。"
    if look.ongoing and (in_time is False or reason == TIME_BARRED):
        return f"{found}，追责时效从行为终了之日起算，这里却说超过追责时效。"
    if look.ongoing and not look.stopped and reason == MINOR:
        return f"{found}，这里却说已及时纠正。"
    if look.true is False and fact:
        return f"{found}，这里却说有违法事实。"
    return ""


def _going_on(look: Look) -> str:
    if not look.ongoing:
        return ""
    return "、正在实施、" + ("已制止" if look.stopped else "未制止")


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
        (NON_FILING, UNFILED),
        "五项立案条件都具备，必须立案查处，不能作非立案处理。请呈批立案；"
        "只有违法行为轻微并及时纠正、没有造成危害后果的，才可以不予立案。",
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
        "G02b",
        (NON_FILING,),
        "五项立案条件须逐项回答具备或者不具备，没有查清的不能不予立案，可以提出待查。",
        "自然资源行政处罚办法第十六条第一款",
        _unanswered,
    ),
    Gate(
        "G02c",
        (NON_FILING,),
        "不予立案的理由与立案条件的回答矛盾，不能提出。",
        "自然资源行政处罚办法第十六条",
        _against_answers,
    ),
    Gate(
        "G02d",
        (NON_FILING, UNFILED),
        "与核查结论矛盾，不能这样处理。",
        "自然资源行政处罚办法第十六条；行政处罚法第三十六条",
        _against_look,
    ),
    Gate(
        "G08",
        (MEASURE,),
        "没有法律依据，不能查封、扣押；土地案件可以封存文件资料、责令不得变卖转移财物。",
        "行政强制法第十条、第十七条；矿产资源法（2024）第五十七条第一款第（四）项；土地管理法第六十八条",
        _no_power,
        armed=False,  # no act records 查封、扣押 yet
    ),
    Gate(
        "G29",
        (FILING,),
        "违法行为已超过追责时效，不能立案处罚。",
        "行政处罚法第三十六条；自然资源行政处罚办法第十六条第一款第（五）项",
        lambda asked: bool(clocks.limitation_passed(asked.case)),
    ),
)

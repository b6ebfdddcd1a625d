"""Gates before a penalty decision."""

from common.quantities import show_money
from law.facts import Decision
from law.findings import Case, punishment, referral
from law.findings.clocks import limitation_passed
from law.findings.codes import Level
from law.gates.filing import unknown_party
from law.gates.shape import DECISION, PROVINCE, Asked, Gate, Said
from law.penalties import INCOME, Gap, gaps, groups, unfounded, unsaid, verdicts
from law.penalties.shape import LABELS
from law.penalties.taking import basis
from law.windows import LAW_2024, act_days
from law.words import FARMLAND

# What may stand on the land is pulled down or confiscated by whether it fits the plan.
BUILT_ON = frozenset({"T11", "T12", "T13", "T31", "T44"})
REFERRAL_RULES = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"


def _fined(asked: Asked) -> bool:
    return any(each.fine for each in asked.draft.decisions)


def _nobody(asked: Asked) -> bool:
    """No party that is known, or a penalty on one that isn't."""
    unknown = {each.name for each in asked.facts.parties if not each.identified}
    unknown -= {each.name for each in asked.facts.parties if each.identified}
    return unknown_party(asked) or any(each.party in unknown for each in asked.draft.decisions if each.party)


def _joint(asked: Asked) -> bool:
    """Several parties and a penalty that names none of them."""
    return len(asked.facts.parties) > 1 and any(not each.party for each in asked.draft.decisions)


def _lacking(asked: Asked) -> Said | None:
    """Confiscations left out or cut short, with or without a fine in their place."""
    missing = _gaps(asked)
    if not missing:
        return None
    articles = filter(None, (_articles(missing), basis(asked.facts)))
    return Said(f"缺少：{_named(missing)}。", "；".join(articles))


def _lacking_income(asked: Asked) -> bool:
    """Of mining: the province's document speaks of nothing else."""
    return bool(basis(asked.facts)) and any(gap.kind == INCOME for gap in _gaps(asked))


def _gaps(asked: Asked) -> list[Gap]:
    """A written reason covers only the kind that it names, and where the law itself is not settled it
    needs the word of 法制."""
    draft, missing = asked.draft, []
    for gap in gaps(asked.decided.facts, asked.case.figures):
        reasoned = bool(draft.opted_out.get(gap.kind, "").strip())
        if not reasoned or (unsettled(asked.case, gap.kind) and gap.kind not in draft.confirmed):
            missing.append(gap)
    return missing


def _named(missing: list[Gap]) -> str:
    return "、".join(gap.words for gap in missing)


def _articles(missing: list[Gap]) -> str:
    return "；".join(gap.article for gap in missing)


def _unsaid(asked: Asked) -> Said | None:
    left = [
        gap
        for gap in unsaid(asked.decided.facts, asked.case.figures)
        if not asked.draft.opted_out.get(gap.kind)
    ]
    return Said(f"没有写：{_named(left)}。", _articles(left)) if left else None


def _against_plan(asked: Asked) -> str:
    """没收 for what fits the plan, 拆除、恢复原状 for farmland that doesn't (土地管理法 arts 74, 77): where
    all of the land is the one or the other."""
    land = asked.facts.land or ()
    fits = {each.conform for each in land}
    if not asked.facts.codes & BUILT_ON or len(fits) != 1:
        return ""
    confiscated = any(each.buildings for each in asked.draft.decisions)
    ordered = any(each.structures is True for each in asked.draft.decisions)
    if fits == {True} and ordered and not confiscated:
        return "用地符合规划的，应没收新建的建筑物和其他设施，不是限期拆除。"
    farmland = all(each.land_class in FARMLAND for each in land)
    if fits == {False} and confiscated and farmland:
        return "农用地不符合规划的，应限期拆除、恢复原状，不是没收。"
    return ""


def unsettled(case: Case, kind: str) -> bool:
    """Whether the table isn't sure of a confiscation of this kind in a case: 法制 decides."""
    every = groups(case.facts, case.figures)
    return any(kind in penalty.takes and not penalty.sure for group in every for penalty in group)


def _baseless(asked: Asked) -> str:
    kinds = {kind for each in asked.draft.decisions for kind in _unfounded(each, asked) if kind != INCOME}
    return f"没有依据的：{'、'.join(LABELS[kind] for kind in sorted(kinds))}。" if kinds else ""


def _baseless_income(asked: Asked) -> bool:
    """Whether 违法所得 can rest on 行政处罚法 art 28(2) alone is not settled: it needs the word of 法制."""
    taken = any(INCOME in _unfounded(each, asked) for each in asked.draft.decisions)
    return taken and INCOME not in asked.draft.confirmed


def _unfounded(draft: Decision, asked: Asked) -> list[str]:
    return unfounded(draft, asked.facts, asked.case.figures)


def _fine_for_referral(asked: Asked) -> str:
    due = asked.case.must_refer and _fined(asked)
    return "；".join(each.sentence for each in asked.case.owed) + "。" if due else ""


def _estimated(asked: Asked) -> bool:
    return referral.suspect_referral(asked.case) is not None


def _waiting(asked: Asked) -> bool:
    """Sent, and none of the five ways back has come: 不予立案、撤销案件、不起诉、无罪、免予刑事处罚."""
    return asked.facts.was_sent and asked.facts.freed_on is None


def _fine_waiting(asked: Asked) -> bool:
    return _fined(asked) and _waiting(asked)


def _others_waiting(asked: Asked) -> bool:
    return not _fined(asked) and _waiting(asked)


def _fined_twice(asked: Asked) -> bool:
    """The same party, and not said to be for another act."""
    fined = [each for each in asked.facts.decisions if each.fine]
    return any(_same(each, other) for each in asked.draft.decisions if each.fine for other in fined)


def _same(one: Decision, other: Decision) -> bool:
    same_act = not one.acts or not other.acts or bool(one.acts & other.acts)
    return one.party == other.party and same_act


def _out_of_range(asked: Asked) -> Said | None:
    """A lower fine passes with a named ground of 减轻 and 集体讨论."""
    for each in asked.draft.decisions:
        carries = punishment.names_ground(each.mitigation) and asked.draft.discussed
        for verdict in verdicts(each, asked.facts, asked.case.figures):
            if not (verdict.inside or (verdict.too_low and carries)):
                wrong = punishment.against(verdict) + punishment.to_check(asked.facts)
                return Said(f"罚款{show_money(verdict.fine)}元{wrong}。", verdict.article)
    return None


def _child(asked: Asked) -> bool:
    return any(each.age is not None and each.age < 14 for each in asked.facts.parties)


def _minor(asked: Asked) -> bool:
    young = any(each.age is not None and 14 <= each.age < 18 for each in asked.facts.parties)
    return young and not asked.draft.lighter


def _province_decides(asked: Asked) -> bool:
    """K32 that ended before 2025-07-01, by its own day, is the province's (矿产资源法2009 arts 44, 45)."""
    if "K32" not in asked.facts.codes or asked.draft.level == PROVINCE:
        return False
    return max(act_days("K32", asked.facts)) < LAW_2024


def _emergency(asked: Asked) -> bool:
    """矿产资源法2024 art 72 is for departments of 省级以上."""
    return "K66" in asked.facts.codes and asked.draft.level != PROVINCE


def _revoked_by_another(asked: Asked) -> bool:
    """吊销 is for the office that issued the licence, since 2025-07-01 for the one that granted the right."""
    return not asked.draft.grantor and any(each.revokes for each in asked.draft.decisions)


def _not_joined(asked: Asked) -> Said | None:
    """报请参与 meets the county's part; the prefecture's silence is a finding of its own."""
    finding = punishment.prefecture_must_join(asked.case)
    return Said(finding.because, finding.article) if finding else None


def _unreviewed(asked: Asked) -> Said | None:
    draft = asked.draft
    return Said(_reasons(draft.unreviewed), "；".join(draft.review_articles)) if draft.unreviewed else None


def _undiscussed(asked: Asked) -> str:
    return _reasons(asked.draft.undiscussed)


def _reasons(words: tuple[str, ...]) -> str:
    return f"本案：{'、'.join(words)}。" if words else ""


GATES = (
    Gate(
        "G10",
        (DECISION,),
        "重大处罚决定未经法制审核或者审核未通过，不能作出。",
        "行政处罚法第五十八条；自然资源行政处罚办法第三十二条",
        _unreviewed,
    ),
    Gate(
        "G11",
        (DECISION,),
        "情节复杂或者重大的，未经集体讨论，不能作出处罚决定。",
        "行政处罚法第五十七条第二款；自然资源行政处罚办法第三十一条第二款",
        _undiscussed,
    ),
    Gate(
        "G16",
        (DECISION,),
        "当事人不明，不能作出处罚决定。",
        "行政处罚法第五十九条第一款第（一）项",
        _nobody,
    ),
    Gate(
        "G16b",
        (DECISION,),
        "当事人有数人的，须写明给予每个当事人的处罚，不能合并处罚。",
        "自然资源行政处罚办法第三十七条第二款",
        _joint,
    ),
    Gate(
        "G17",
        (DECISION,),
        "依法应当没收的没有没收或者没有全部没收，不能以罚款代替没收；确有理由的，须写明是哪一项、为什么。",
        "行政处罚法第二十八条第二款；自然资源行政处罚办法第十四条",
        _lacking,
    ),
    Gate(
        "G17b",
        (DECISION,),
        "所适用的条款没有规定没收，不能没收。",
        "行政处罚法第三十八条第一款",
        _baseless,
    ),
    Gate(
        "G17i",
        (DECISION,),
        "所适用的条款没有规定没收违法所得；确须没收的，须写明理由并经法制确认，否则不能没收。",
        "行政处罚法第二十八条第二款、第三十八条第一款",
        _baseless_income,
        sure=False,
    ),
    Gate(
        "G17s",
        (DECISION,),
        "不能以罚款代替没收违法所得。",
        "川自然资办函〔2021〕203号二（二）",
        _lacking_income,
        region="510000",
    ),
    Gate(
        "G17u",
        (DECISION,),
        "应当没收或者拆除的，须在处罚项里写明；没有这些东西的，不必写。",
        "行政处罚法第五十九条第一款第（三）项",
        _unsaid,
        level=Level.WARN,
    ),
    Gate(
        "G17p",
        (DECISION,),
        "拆除还是没收，须与用地是否符合规划一致。",
        "土地管理法第七十四条、第七十七条第一款",
        _against_plan,
        level=Level.WARN,
    ),
    Gate(
        "G18",
        (DECISION,),
        "已达移送标准，未移送公安机关，也没有记录不批准移送的理由，不能以罚代移；没收等其他处罚可以先决定。",
        f"{REFERRAL_RULES}第五条、第十一条；行政处罚法第二十七条、第八十二条",
        _fine_for_referral,
    ),
    Gate(
        "G18e",
        (DECISION,),
        "数额为估算，疑似应移送，请先认定。",
        f"{REFERRAL_RULES}第五条；法释〔2016〕25号第十三条",
        _estimated,
        level=Level.WARN,
    ),
    Gate(
        "G19",
        (DECISION,),
        "案件已移送公安机关，在不予立案、撤销案件、不起诉、无罪或者免予刑事处罚之前，不能罚款。",
        f"行政处罚法第二十七条第一款、第三十五条第二款；{REFERRAL_RULES}第十条、第十三条",
        _fine_waiting,
    ),
    Gate(
        "G19b",
        (DECISION,),
        "案件已移送公安机关，尚未决定的其他处罚原则上也应等待其结果。",
        "中办发〔2011〕8号一（三）",
        _others_waiting,
        level=Level.WARN,
        sure=False,
    ),
    Gate(
        "G20", (DECISION,), "对同一个违法行为，不能给予两次以上罚款。", "行政处罚法第二十九条", _fined_twice
    ),
    Gate(
        "G21",
        (DECISION,),
        "罚款不能超出法定幅度；低于幅度的，须写明减轻处罚的法定情形并经集体讨论。",
        "行政处罚法第五条、第三十条、第三十二条、第三十七条、第五十七条第二款",
        _out_of_range,
    ),
    Gate(
        "G22",
        (DECISION,),
        "市级须参与案件查处，未报请参与不能作出处罚决定。",
        "所在省、市启用的文件",
        _not_joined,
    ),
    Gate(
        "G29d",
        (DECISION,),
        "违法行为已超过追责时效，不能再给予行政处罚。",
        "行政处罚法第三十六条；自然资源行政处罚办法第二十八条第（二）项",
        lambda asked: bool(limitation_passed(asked.case)),
    ),
    Gate(
        "G31",
        (DECISION,),
        "当事人不满十四周岁，不能给予行政处罚，应责令监护人加以管教。",
        "行政处罚法第三十条",
        _child,
        armed=False,
    ),
    Gate(
        "G31b",
        (DECISION,),
        "当事人不满十八周岁，应当从轻或者减轻处罚。",
        "行政处罚法第三十条",
        _minor,
        armed=False,
    ),
    Gate(
        "G35",
        (DECISION,),
        "破坏性采矿的行为在2025年7月1日前终了的，由省级主管部门决定，本级不能决定。",
        "矿产资源法（2009）第四十四条、第四十五条",
        _province_decides,
    ),
    Gate(
        "G35c",
        (DECISION,),
        "矿产资源应急状态下的违法行为由省级以上主管部门处理，本级不能决定。",
        "矿产资源法（2024）第七十二条",
        _emergency,
    ),
    Gate(
        "G35b",
        (DECISION,),
        "吊销许可证只能由原发证机关（原矿业权出让部门）决定，其他机关不能吊销；"
        "本机关就是的，请在处罚依据里写明“本机关为原发证机关”或者“本机关为原矿业权出让部门”。",
        "矿产资源法（2009）第四十五条；"
        "矿产资源法（2024）第六十三条第二款、第六十四条第二款、第六十八条、第七十二条",
        _revoked_by_another,
    ),
)

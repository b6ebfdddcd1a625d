"""The procedure of a ledger: entries, checking, submitting, the prefecture's answer."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from ledgers import stages
from ledgers.models import DutyState
from ledgers.models import EntryState as E

R = frozenset
LIAISON = R({roles.LIAISON})
CHECKER = R({roles.CHECKER})
PREFECTURE = R({roles.PREFECTURE})
BOTH = LIAISON | CHECKER
KEEPERS = LIAISON | R({roles.POLICE})
SENT, ACCEPTED, RETURNED = (row.state for row in stages.SUBMISSION.values())


def has_open_claim(duty) -> bool:
    """A 线下报送补登 that nobody has decided on."""
    return duty.claim_or_none is not None and duty.claim_or_none.recognised is None


# Acts on a campaign as a whole; it stands at the 自然资源 agency of its region.
CAMPAIGN_ACTS = ActTable(
    subject="ledgers.campaign",
    title="专项行动",
    states={"open": "进行中"},
    acts=(
        Act("open_campaign", "建立专项行动", "campaigns", LIAISON),
        Act(
            "copy_campaign",
            "复制上一次专项行动",
            "campaigns",
            LIAISON,
            note="日期整体顺延；会议、排查结果、材料不复制",
        ),
        Act("amend_campaign", "修改名称和起止", "campaigns", LIAISON, note="报送规则随之延长或者结束"),
        Act("amend_members", "修改成员单位", "campaigns", LIAISON),
    ),
)
OPEN_CAMPAIGN = CAMPAIGN_ACTS.get("open_campaign")

# Acts on the books in which each member agency keeps its part (组织实施).
BOOK_ACTS = ActTable(
    subject="ledgers.seat",
    title="组织实施",
    states={"open": "在册", "struck": "已作废"},
    acts=(
        Act("add_row", "登记", "organising", KEEPERS),
        Act("amend_row", "修改", "organising", KEEPERS, ("open",)),
        Act("strike_row", "作废", "organising", KEEPERS, ("open",), "struck"),
    ),
)

# Acts on a county's ledger as a whole: the thing is a CountyLedger (agency, campaign).
LEDGER_ACTS = ActTable(
    subject="ledgers.countyledger",
    title="台账",
    states={state: row.label for state, row in stages.LEDGER.items()},
    acts=(
        Act("include_matter", "纳入台账", "entries", LIAISON),
        Act("exclude_matter", "不纳入", "entries", LIAISON),
        Act("import_ledger", "导入台账", "importing", LIAISON),
        Act("undo_import", "撤回导入", "importing", LIAISON),
        Act("prepare_ledger", "提交核对", "submitting", LIAISON),
        Act("check_ledger", "核对台账", "submitting", CHECKER),
        Act("submit_ledger", "报送台账", "submitting", CHECKER,
            article="交自然资字〔2021〕62号六（五）：每月15、30日18时前报送"),
        Act("consolidate_ledger", "生成汇总台账", "submitting", PREFECTURE),
        Act("confirm_police", "核对公安数据", "police_half", R({roles.POLICE}),
            note="不核对也可报送，公安部门处理情况标“待公安核对”"),
    ),
)  # fmt: skip

ENTRY_ACTS = ActTable(
    subject="ledgers.ledgerentry",
    title="台账条目",
    states=dict(E.choices),
    acts=(
        Act("amend_entry", "修改条目", "entries", LIAISON, (E.IN,)),
        Act("join_case", "关联案件", "entries", LIAISON, (E.IN,)),
        Act("split_entry", "拆分", "entries", LIAISON, (E.IN,)),
        Act("merge_entry", "归并", "entries", LIAISON, (E.IN,), E.MERGED),
        Act("move_entry", "移出", "entries", PREFECTURE, (E.IN,), E.MOVED),
        Act("strike_entry", "剔除", "entries", LIAISON, (E.IN,), E.STRUCK),
    ),
)

SUBMISSION_ACTS = ActTable(
    subject="ledgers.submission",
    title="报送",
    states=stages.LABELS,
    acts=(
        Act("accept_submission", "接收", "answering", PREFECTURE, (SENT,), ACCEPTED),
        Act("return_submission", "退回", "answering", PREFECTURE, (SENT,), RETURNED),
        Act("record_paper_report", "线下报送登记", "submitting", BOTH, (SENT, ACCEPTED)),
        Act("record_paper_answer", "线下接收登记", "answering", BOTH, (SENT,)),
    ),
)

# A rule binds the agencies at and below the one that sets it.
DUTY_RULE_ACTS = ActTable(
    subject="ledgers.dutyrule",
    title="报送规则",
    states={"running": "执行中", "ended": "已定结束日"},
    acts=(
        Act("set_rule", "设定报送规则", "duty_rules", LIAISON),
        Act(
            "amend_rule",
            "修改报送规则",
            "duty_rules",
            LIAISON,
            note="只改动未到期的任务，已到期和已报送的不变",
        ),
        Act("end_rule", "停止报送规则", "duty_rules", LIAISON),
    ),
)

OPEN, CLAIMABLE = (DutyState.OPEN, DutyState.RETURNED), (
    DutyState.OPEN, DutyState.SUBMITTED, DutyState.ACCEPTED, DutyState.RETURNED,
)  # fmt: skip
DUTY_ACTS = ActTable(
    subject="ledgers.duty",
    title="报送任务",
    states=dict(DutyState.choices),
    acts=(
        Act("hand_in", "报送材料", "handing_in", BOTH | {roles.POLICE}, OPEN,
            DutyState.SUBMITTED, (Need("报送书面材料的任务", lambda duty: duty.what == "paper"),)),
        Act("accept_paper", "接收材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.ACCEPTED, (Need("已报送的材料", lambda duty: duty.papers.exists()),)),
        Act("return_paper", "退回材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.RETURNED, (Need("已报送的材料", lambda duty: duty.papers.exists()),)),
        Act("record_claim", "线下报送补登", "claims", BOTH, CLAIMABLE,
            note="已用纸质报出、事后登记；实际报送时间由上级认定"),
        Act("rule_on_claim", "认定报送时间", "claims", PREFECTURE, CLAIMABLE,
            needs=(Need("待认定的线下报送补登", has_open_claim),)),
    ),
)  # fmt: skip

ROUND_ACTS = ActTable(
    subject="ledgers.duty",
    title="一期报送",
    states={"open": "报送中"},
    acts=(Act("remind_missing", "提醒未报单位", "rounds", PREFECTURE),),
)

# What makes somebody the one who prepared a ledger, and so not the one who checks and submits it.
PREPARING = (
    "include_matter", "exclude_matter", "import_ledger", "prepare_ledger", "amend_entry",
    "join_case", "split_entry", "merge_entry", "strike_entry",
)  # fmt: skip

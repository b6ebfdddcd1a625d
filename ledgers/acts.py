"""The procedure of a ledger: entries, checking, submitting, the prefecture's answer."""

from accounts import roles
from accounts.acts import Act, ActTable
from ledgers import stages
from ledgers.models import EntryState as E

R = frozenset
LIAISON = R({roles.LIAISON})
CHECKER = R({roles.CHECKER})
PREFECTURE = R({roles.PREFECTURE})
BOTH = LIAISON | CHECKER
SENT, ACCEPTED, RETURNED = (row.state for row in stages.SUBMISSION.values())


# Acts on a county's ledger as a whole: the thing is a CountyLedger (agency, campaign).
LEDGER_ACTS = ActTable(
    subject="ledgers.countyledger",
    title="台账",
    states={state: row.label for state, row in stages.LEDGER.items()},
    acts=(
        Act("include_candidate", "纳入台账", "entries", LIAISON),
        Act("exclude_candidate", "不纳入", "entries", LIAISON),
        Act("import_ledger", "导入台账", "importing", LIAISON),
        Act("undo_import", "撤回导入", "importing", LIAISON),
        Act("prepare_ledger", "提交核对", "submitting", LIAISON, outcome="转台账审核人核对"),
        Act("check_ledger", "核对台账", "submitting", CHECKER, outcome="各行都核对后为“已核对”"),
        Act("submit_ledger", "报送台账", "submitting", CHECKER, after=SENT,
            article="交自然资字〔2021〕62号六（五）：每月15、30日18时前报送"),
        Act("consolidate_ledger", "生成汇总台账", "submitting", PREFECTURE, after=SENT),
        Act("confirm_police", "核对公安数据", "police_half", R({roles.POLICE}),
            note="不核对也可报送，公安部门处理情况标“待公安核对”"),
    ),
)  # fmt: skip

ENTRY_ACTS = ActTable(
    subject="ledgers.ledgerentry",
    title="台账条目",
    states={state: row.label for state, row in stages.ENTRY.items()},
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
        Act("record_paper_answer", "线下接收登记", "answering", BOTH, (SENT,), (ACCEPTED, RETURNED)),
    ),
)

# What makes somebody the one who prepared a ledger, and so not the one who checks and submits it.
PREPARING = (
    "include_candidate", "exclude_candidate", "import_ledger", "prepare_ledger", "amend_entry",
    "join_case", "split_entry", "merge_entry", "strike_entry",
)  # fmt: skip

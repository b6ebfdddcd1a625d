"""The procedure of a ledger: entries, checking, submitting, the prefecture's answer."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from ledgers import stages
from ledgers.models import EntryState as E

R = frozenset
LIAISON = R({roles.LIAISON})
CHECKER = R({roles.CHECKER})
PREFECTURE = R({roles.PREFECTURE})
BOTH = LIAISON | CHECKER
FILLING = LIAISON | PREFECTURE
CHECKING = CHECKER | PREFECTURE
SENT, ACCEPTED, RETURNED = (row.state for row in stages.SUBMISSION.values())


# Acts on a county's ledger as a whole: the thing is a CountyLedger (agency, campaign).
LEDGER_ACTS = ActTable(
    subject="ledgers.countyledger",
    title="台账",
    states={state: row.label for state, row in stages.LEDGER.items()},
    acts=(
        Act("include_candidate", "纳入台账", "entries", LIAISON),
        Act("exclude_candidate", "不纳入", "entries", LIAISON),
        Act("enter_for_county", "代录", "proxies", R(), proxies=FILLING,
            note="县里没有能报送的人、或者连续多日没有人登录的，由上级凭县里报来的台账代录"),
        Act("import_ledger", "导入台账", "importing", LIAISON, proxies=FILLING),
        Act("undo_import", "撤回导入", "importing", LIAISON, proxies=FILLING),
        Act("prepare_ledger", "提交核对", "submitting", LIAISON, proxies=FILLING, outcome="转台账审核人核对"),
        Act("check_ledger", "核对台账", "submitting", CHECKER, proxies=CHECKING,
            outcome="各行都核对后为“已核对”"),
        Act("replace_checker", "指定今天的审核人", "standing_in", roles.LEADERS,
            note="当天24时前有效；不能是本期的填报人"),
        Act("submit_ledger", "报送台账", "submitting", CHECKER, proxies=CHECKING, after=SENT,
            article="交自然资字〔2021〕62号六（五）：每月15、30日18时前报送"),
        Act("accept_unchanged", "接收零报告和无变化报告", "answering", PREFECTURE,
            note="列出的一份不多、一份不少，一并接收"),
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
        Act("record_returned_workbook", "上传改回的工作簿", "returned", PREFECTURE | BOTH,
            (SENT, ACCEPTED, RETURNED), needs=(Need("县级报送的台账", lambda sent: not sent.consolidated),),
            outcome="标色、批注记为标注，改动的数据待县级答复；台账不变"),
    ),
)  # fmt: skip

# A figure changed in a workbook that came back is a proposal, never taken in silently.
PROPOSAL_ACTS = ActTable(
    subject="ledgers.returnedmark",
    title="改数意见",
    states={state: row.label for state, row in stages.PROPOSAL.items()},
    acts=(
        Act("take_proposal", "采纳", "returned", LIAISON, (stages.PROPOSED.state,), stages.TAKEN.state),
        Act("decline_proposal", "不采纳", "returned", LIAISON, (stages.PROPOSED.state,),
            stages.DECLINED.state),
    ),
)  # fmt: skip

# What makes somebody the one who prepared a ledger, and so not the one who checks and submits it.
PREPARING = (
    "enter_for_county", "include_candidate", "exclude_candidate", "import_ledger", "prepare_ledger",
    "amend_entry", "join_case", "split_entry", "merge_entry", "strike_entry", "take_proposal",
)  # fmt: skip

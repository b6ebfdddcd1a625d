"""The procedure of a campaign: opening and amending it, its books, duties from rule to answer."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from campaigns.models import DutyState
from campaigns.stages import CLAIMABLE, OWED, STAGES

R = frozenset
LIAISON = R({roles.LIAISON})
PREFECTURE = R({roles.PREFECTURE})
BOTH = LIAISON | R({roles.CHECKER})
KEEPERS = LIAISON | R({roles.POLICE})


def has_open_claim(duty) -> bool:
    """A 线下报送补登 that nobody has decided on."""
    return duty.claim_or_none is not None and duty.claim_or_none.recognised is None


# Acts on a campaign as a whole; it stands at the 自然资源 agency of its region.
CAMPAIGN_ACTS = ActTable(
    subject="campaigns.campaign",
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
    subject="campaigns.seat",
    title="组织实施",
    states={"open": "在册", "struck": "已作废"},
    acts=(
        Act("add_row", "登记", "organising", KEEPERS),
        Act("amend_row", "修改", "organising", KEEPERS, ("open",)),
        Act("strike_row", "作废", "organising", KEEPERS, ("open",), "struck"),
    ),
)

# A rule binds the agencies at and below the one that sets it.
DUTY_RULE_ACTS = ActTable(
    subject="campaigns.dutyrule",
    title="报送规则",
    states={"running": "执行中", "ended": "已定结束日"},
    acts=(
        Act("set_rule", "设定报送规则", "duty_rules", LIAISON, after=("running", "ended")),
        Act(
            "amend_rule",
            "修改报送规则",
            "duty_rules",
            LIAISON,
            after=("running", "ended"),
            note="只改动未到期的任务，已到期和已报送的不变",
        ),
        Act("end_rule", "停止报送规则", "duty_rules", LIAISON, after="ended"),
    ),
)

# What a report, the verdict on it, a meeting or a change of the rule does to a duty: who may do those is
# asked where they are done, here only where they lead.
CAME_IN = (DutyState.SUBMITTED, DutyState.ACCEPTED)
ANSWER_DUTY = Act(
    "answer_duty", "报送内容报出", "settling", R({roles.CHECKER}), (*OWED, *CAME_IN), DutyState.SUBMITTED
)
SETTLE_DUTY = Act(
    "settle_duty", "报送内容被接收或者退回", "settling", PREFECTURE | BOTH, (*OWED, *CAME_IN),
    (DutyState.ACCEPTED, DutyState.RETURNED),
)  # fmt: skip
MEET_DUTY = Act("meet_duty", "会议已召开、材料已备案", "settling", KEEPERS, OWED, DutyState.ACCEPTED)
MISS_DUTY = Act("miss_duty", "由后一期报送取代", "settling", R({roles.CHECKER}), OWED, DutyState.MISSED)
CANCEL_DUTY = Act("cancel_duty", "随报送规则撤销", "duty_rules", LIAISON, OWED, DutyState.CANCELLED)
REVIVE_DUTY = Act(
    "revive_duty", "随报送规则恢复", "duty_rules", LIAISON, (DutyState.CANCELLED,), DutyState.OPEN
)

DUTY_ACTS = ActTable(
    subject="campaigns.duty",
    title="报送任务",
    states={state.value: stage.label for state, stage in STAGES.items()},
    others=(ANSWER_DUTY, SETTLE_DUTY, MEET_DUTY, MISS_DUTY, CANCEL_DUTY, REVIVE_DUTY),
    acts=(
        Act("hand_in", "报送材料", "handing_in", BOTH | {roles.POLICE}, OWED,
            DutyState.SUBMITTED, (Need("报送书面材料的任务", lambda duty: duty.what == "paper"),)),
        Act("accept_paper", "接收材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.ACCEPTED, (Need("已报送的材料", lambda duty: duty.papers.exists()),)),
        Act("return_paper", "退回材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.RETURNED, (Need("已报送的材料", lambda duty: duty.papers.exists()),)),
        Act("record_claim", "线下报送补登", "claims", BOTH, CLAIMABLE, CLAIMABLE[1:],
            note="已用纸质报出、事后登记；实际报送时间由上级认定"),
        Act("rule_on_claim", "认定报送时间", "claims", PREFECTURE, CLAIMABLE, CLAIMABLE,
            needs=(Need("待认定的线下报送补登", has_open_claim),)),
    ),
)  # fmt: skip

ROUND_ACTS = ActTable(
    subject="campaigns.duty",
    title="一期报送",
    states={"open": "报送中"},
    acts=(Act("remind_missing", "提醒未报单位", "rounds", PREFECTURE),),
)

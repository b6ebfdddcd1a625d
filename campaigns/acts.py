"""The procedure of a campaign: opening and amending it, its books, duties from rule to answer."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from campaigns.models import DutyKind, DutyState
from campaigns.stages import CLAIMABLE, OWED, STAGES
from clues.acts import REGISTER, WORKERS

R = frozenset
LIAISON = R({roles.LIAISON})
PREFECTURE = R({roles.PREFECTURE})
BOTH = LIAISON | R({roles.CHECKER})
KEEPERS = LIAISON | R({roles.POLICE})
BOOK_KEEPERS = KEEPERS | R({roles.REPORTER})  # a reporter the books that townships keep
FINDERS = LIAISON | REGISTER.roles
# Who hands in for an office of any line, and who takes it in at an office that isn't a prefecture.
REPORTERS = BOTH | {roles.REPORTER, roles.POLICE, roles.PROCURATOR, roles.DEPARTMENT}
RECEIVERS = BOTH


def has_open_claim(duty) -> bool:
    """A 线下报送补登 that nobody has decided on."""
    return duty.claim_or_none is not None and duty.claim_or_none.recognised is None


def is_paper(duty) -> bool:
    """Whether paper is what is owed."""
    return duty.what == DutyKind.PAPER


def has_later_paper(duty) -> bool:
    """Whether paper for a later period of the same rule came in and wasn't returned."""
    later = duty.rule.duties.filter(agency_id=duty.agency_id, day__gt=duty.day, state__in=CAME_IN)
    return later.filter(papers__isnull=False).exists()


def has_trouble(row) -> bool:
    """A screened place where something was wrong."""
    return getattr(row, "found", "") == "trouble"


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
        Act(
            "amend_counting",
            "修改计数口径",
            "campaigns",
            LIAISON,
            outcome="正在填报的台账随之变化，已报送的不变",
        ),
    ),
)
OPEN_CAMPAIGN = CAMPAIGN_ACTS.get("open_campaign")

TROUBLE = Need("有问题的排查结果", has_trouble)
EXPORT_BOOK = Act("export_book", "导出重点人员", "organising", roles.LEDGER_READERS)

# Acts on the books in which each member agency keeps its part (组织实施).
BOOK_ACTS = ActTable(
    subject="campaigns.seat",
    title="组织实施",
    states={"open": "在册", "struck": "已作废"},
    acts=(
        Act("add_row", "登记", "organising", BOOK_KEEPERS,
            note="乡镇报告员登记本单位的排查、整治销号、检查验收"),
        Act("amend_row", "修改", "organising", BOOK_KEEPERS, ("open",)),
        Act("strike_row", "作废", "organising", BOOK_KEEPERS, ("open",), "struck"),
        Act("register_found", "登记线索", "organising", FINDERS, ("open",), needs=(TROUBLE,),
            note="排查有问题的，按登记的内容登记线索；一处只登记一次"),
        Act("unmask_key_person", "查看重点人员姓名", "organising",
            KEEPERS | WORKERS | roles.LEADERS, ("open", "struck"),
            note="须写明事由，逐次记录，只显示一次"),
    ),
    others=(EXPORT_BOOK,),
)  # fmt: skip

# What a meeting agreed on, which its keeper sees through.
ITEM_ACTS = ActTable(
    subject="campaigns.meetingitem",
    title="会议议定事项",
    states={"open": "未办结", "done": "已办结", "struck": "会议已作废"},
    acts=(Act("settle_item", "办结议定事项", "meetings", KEEPERS, ("open",), "done", verb="办结"),),
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
STAND_AGAIN = Act(
    "stand_again", "更正被退回，原先的报送仍有效", "settling", PREFECTURE | BOTH, CAME_IN, CAME_IN
)
MEET_DUTY = Act(
    "meet_duty", "当期会议已召开", "meetings", KEEPERS, (*OWED, DutyState.MISSED), DutyState.ACCEPTED
)
UNMEET_DUTY = Act(
    "unmeet_duty", "会议作废或者改期", "meetings", KEEPERS, (DutyState.ACCEPTED,),
    (DutyState.OPEN, DutyState.MISSED),
)  # fmt: skip
MISS_DUTY = Act("miss_duty", "由后一期取代", "settling", KEEPERS | {roles.CHECKER}, OWED, DutyState.MISSED)
CANCEL_DUTY = Act("cancel_duty", "随报送规则撤销", "duty_rules", LIAISON, OWED, DutyState.CANCELLED)
REVIVE_DUTY = Act(
    "revive_duty", "随报送规则恢复", "duty_rules", LIAISON, (DutyState.CANCELLED,), DutyState.OPEN
)

DUTY_ACTS = ActTable(
    subject="campaigns.duty",
    title="报送任务",
    states={state.value: stage.label for state, stage in STAGES.items()},
    others=(
        ANSWER_DUTY, SETTLE_DUTY, STAND_AGAIN, MEET_DUTY, UNMEET_DUTY, MISS_DUTY, CANCEL_DUTY, REVIVE_DUTY,
    ),
    acts=(
        Act("hand_in", "报送材料", "handing_in", REPORTERS, OWED, DutyState.SUBMITTED,
            (Need("报送书面材料的任务", is_paper),), proxies=BOTH | PREFECTURE,
            note="台账由上级代录的县，材料也由上级一并代报"),
        Act("accept_paper", "接收材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.ACCEPTED, (Need("已报送的材料", lambda duty: duty.papers.exists()),),
            not_by=("hand_in",), receivers=RECEIVERS),
        Act("return_paper", "退回材料", "handing_in", PREFECTURE, (DutyState.SUBMITTED,),
            DutyState.RETURNED, (Need("已报送的材料", lambda duty: duty.papers.exists()),),
            receivers=RECEIVERS),
        Act("cover_paper", "由后期材料涵盖", "handing_in", PREFECTURE, OWED, DutyState.COVERED,
            (Need("报送书面材料的任务", is_paper), Need("后一期已报送的材料", has_later_paper)),
            receivers=RECEIVERS, grave=True,
            note="每一期都要报；没有报、内容已写在后一期材料里的，由报往单位写明理由办结"),
        Act("record_call", "记录催办电话", "calling", PREFECTURE, receivers=RECEIVERS),
        Act("record_claim", "线下报送补登", "claims", REPORTERS, CLAIMABLE, CLAIMABLE[1:],
            note="已用纸质报出、事后登记；实际报送时间由上级认定"),
        Act("rule_on_claim", "认定报送时间", "claims", PREFECTURE, CLAIMABLE, CLAIMABLE,
            needs=(Need("待认定的线下报送补登", has_open_claim),), receivers=RECEIVERS),
    ),
)  # fmt: skip

ROUND_ACTS = ActTable(
    subject="campaigns.duty",
    title="一期报送",
    states={"open": "报送中"},
    acts=(Act("remind_missing", "提醒未报单位", "rounds", PREFECTURE, receivers=RECEIVERS),),
)

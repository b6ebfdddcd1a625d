"""The procedure of a clue: who may do what, from where to where, by which article."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from clues import gates
from clues.models import ClueState as S
from clues.stages import states_with

R = frozenset
HANDED_OVER = Need("批准移交、还没有登记的移送函", gates.awaits_letter, "proposals")
STAFF = R({roles.INTAKE, roles.HANDLER, roles.BRIGADE_HEAD})
WORKERS = R({roles.HANDLER, roles.BRIGADE_HEAD})
GIVEN_AWAY = Need("正在移交", gates.is_handed_over)
UNSEEN = (S.REGISTERED, S.ASSIGNED)  # nobody has found out yet whether it is true
WORKED = (*UNSEEN, S.VERIFIED, S.PENDING)

REGISTER = Act(
    "register_clue",
    "登记线索",
    "intake",
    R({roles.INTAKE, roles.HANDLER, roles.BRIGADE_HEAD, roles.REPORTER}),
    (),
    S.REGISTERED,
    article="自然资源行政处罚办法第十五条",
)

# Done to a clue by the filing of its case: who may stands in the table of cases.
HAND_TO_FILING = Act("hand_to_filing", "呈批立案", "filing", WORKERS, (S.VERIFIED, S.PENDING), S.FILING)
SETTLE_AS_FILED = Act(
    "settle_as_filed", "立案", "filing", roles.LEADERS, (S.FILING,), S.SETTLED, typists=WORKERS
)
HAND_BACK = Act(
    "hand_back", "立案未获批准，退回线索", "filing", roles.LEADERS, (S.FILING,), S.VERIFIED, typists=WORKERS
)
UNDER_WAY = (*WORKED, S.PROPOSED, S.FILING)
# Its handler leaves: who may stands in the table of people.
REASSIGN = Act(
    "reassign_clue", "离岗交接", "verification",
    R({roles.SYSTEM_ADMIN, roles.BRIGADE_HEAD}) | roles.LEADERS, UNDER_WAY, UNDER_WAY,
)  # fmt: skip

ACTS = ActTable(
    subject="clues.clue",
    title="线索",
    states=dict(S.choices),
    others=(REGISTER, HAND_TO_FILING, SETTLE_AS_FILED, HAND_BACK, REASSIGN),
    acts=(
        Act("amend_clue", "补充线索", "intake", STAFF, states_with("amend_clue")),
        Act("add_clue_files", "上传附件", "intake", STAFF | {roles.REPORTER},
            states_with("add_clue_files")),
        Act("describe_clue_file", "补填拍摄信息", "intake", STAFF | {roles.REPORTER},
            states_with("describe_clue_file"),
            note="照片自带的时间、位置不能改"),
        Act("assign_clue", "分派核查", "verification", R({roles.INTAKE, roles.BRIGADE_HEAD}),
            (S.REGISTERED, S.ASSIGNED, S.PENDING), S.ASSIGNED),
        Act("verify_clue", "记录核查", "verification", R({roles.HANDLER}), WORKED, S.VERIFIED,
            article="自然资源行政处罚办法第十五条"),
        Act("propose_disposition", "提出处理意见", "disposition", WORKERS,
            (*UNSEEN, S.VERIFIED, S.PENDING), S.PROPOSED,
            article="川自然资办函〔2021〕203号二（二）"
                    "“立案处理为常态，非立案处理为例外并充分说明理由”",
            note="没有核查的，只能提出移交其他部门"),
        Act("approve_disposition", "批准处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), (S.SETTLED, S.PENDING, S.MERGED), not_by=("propose_disposition",), typists=WORKERS,
            article="自然资源行政处罚办法第十六条第二款"),
        Act("return_disposition", "退回处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), (S.VERIFIED, *UNSEEN), not_by=("propose_disposition",),
            note="没有核查过的，退回到提出以前的状态"),
        Act("record_handover_letter", "登记移送函", "disposition", STAFF,
            states_with("record_handover_letter"), needs=(HANDED_OVER,)),
        Act("take_back_handover", "收回移交", "disposition", WORKERS | roles.LEADERS,
            (S.SETTLED,), (S.VERIFIED, *UNSEEN), needs=(GIVEN_AWAY,),
            note="没有核查过的，回到提出以前的状态"),
        Act("merge_clue", "归并线索", "intake", R({roles.INTAKE, roles.BRIGADE_HEAD}),
            UNSEEN, S.MERGED,
            note="核查以后的，提出处理意见“并入他案”，由负责人批准"),
        Act("unmask_informant", "查看举报人", "intake", STAFF,
            note="登记人员和大队长、该线索的核查人才能查看，须写明事由，逐次记录"),
        Act("answer_informant", "反馈举报人", "intake", STAFF),
    ),
)  # fmt: skip

"""The procedure of a clue: who may do what, from where to where, by which article."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from clues.models import ClueState as S

R = frozenset
STAFF = R({roles.INTAKE, roles.HANDLER, roles.BRIGADE_HEAD})
WORKERS = R({roles.HANDLER, roles.BRIGADE_HEAD})
WORKED = (S.REGISTERED, S.ASSIGNED, S.VERIFIED, S.PENDING)
HANDED_OVER = Need("正在移交的单位", lambda clue: bool(clue.granted_agency_ids()))

REGISTER = Act(
    "register_clue", "登记线索", "intake",
    R({roles.INTAKE, roles.HANDLER, roles.BRIGADE_HEAD, roles.REPORTER}), (), S.REGISTERED,
    article="自然资源行政处罚办法第十五条",
)  # fmt: skip

ACTS = ActTable(
    subject="clues.clue",
    title="线索",
    states=dict(S.choices),
    acts=(
        Act("amend_clue", "补充线索", "intake", STAFF, WORKED),
        Act("add_clue_files", "上传附件", "intake", STAFF | {roles.REPORTER},
            (*WORKED, S.PROPOSED, S.FILING)),
        Act("assign_clue", "分派核查", "verification", R({roles.INTAKE, roles.BRIGADE_HEAD}),
            (S.REGISTERED, S.ASSIGNED, S.PENDING), S.ASSIGNED),
        Act("verify_clue", "记录核查", "verification", R({roles.HANDLER}), WORKED, S.VERIFIED,
            article="自然资源行政处罚办法第十五条"),
        Act("propose_disposition", "提出处理意见", "disposition", WORKERS,
            (S.VERIFIED, S.PENDING), S.PROPOSED,
            article="川自然资办函〔2021〕203号二（二）"
                    "“立案处理为常态，非立案处理为例外并充分说明理由”"),
        Act("approve_disposition", "批准处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), S.SETTLED, not_by=("propose_disposition",), typists=WORKERS,
            article="自然资源行政处罚办法第十六条第二款"),
        Act("return_disposition", "退回处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), S.VERIFIED, not_by=("propose_disposition",)),
        Act("take_back_handover", "收回移交", "disposition", WORKERS | roles.LEADERS,
            (S.SETTLED,), S.VERIFIED, needs=(HANDED_OVER,)),
        Act("merge_clue", "归并线索", "intake", R({roles.INTAKE, roles.BRIGADE_HEAD}),
            WORKED, S.MERGED),
        Act("unmask_informant", "查看举报人", "intake", STAFF,
            note="登记人员和大队长、该线索的核查人才能查看，须写明事由，逐次记录"),
        Act("answer_informant", "反馈举报人", "intake", STAFF),
    ),
)  # fmt: skip

"""The procedure of a clue: who may do what, from where to where, by which article."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from clues import gates
from clues.models import ClueState as S
from clues.models import SecretState
from clues.stages import states_with

R = frozenset
HANDED_OVER = Need("批准移交、还没有登记的移送函", gates.awaits_letter, "proposals")
STAFF = R({roles.INTAKE, roles.HANDLER, roles.BRIGADE_HEAD})
WORKERS = R({roles.HANDLER, roles.BRIGADE_HEAD})
UNSIGNED = Need("移交后还没有签收的线索", gates.awaits_receipt, "proposals")
RECEIVERS = R({roles.DEPARTMENT, roles.POLICE})
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
SEND_BACK = Act(
    "send_filing_back", "立案呈批退回或者撤回", "filing", WORKERS | roles.LEADERS, (S.FILING,), S.DRAFTED
)
FILE_AGAIN = Act("file_again", "再次呈批立案", "filing", WORKERS, (S.DRAFTED,), S.FILING)
DROP = Act("drop_filing", "不再呈批立案，退回线索", "filing", WORKERS, (S.DRAFTED,), S.VERIFIED)
UNDER_WAY = (*WORKED, S.PROPOSED, S.FILING, S.DRAFTED)
# Its handler leaves: who may stands in the table of people.
REASSIGNERS = R({roles.SYSTEM_ADMIN, roles.BRIGADE_HEAD}) | roles.LEADERS
REASSIGN = Act("reassign_clue", "离岗交接", "verification", REASSIGNERS, UNDER_WAY)
LEAVE_UNASSIGNED = Act(
    "leave_unassigned", "离岗交接，退回分派", "verification", REASSIGNERS, (S.ASSIGNED,), S.REGISTERED
)

ACTS = ActTable(
    subject="clues.clue",
    title="线索",
    states=dict(S.choices),
    others=(REGISTER, HAND_TO_FILING, SETTLE_AS_FILED, HAND_BACK, SEND_BACK, FILE_AGAIN, DROP, REASSIGN,
        LEAVE_UNASSIGNED),
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
            article="自然资源行政处罚办法第十六条第二款；自然资办函〔2021〕1288号四",
            note="没有核查的，只能提出移交其他部门"),
        Act("approve_disposition", "批准处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), (S.SETTLED, S.PENDING, S.MERGED), not_by=("propose_disposition",), typists=WORKERS,
            article="自然资源行政处罚办法第十六条第二款"),
        Act("return_disposition", "退回处理意见", "disposition", roles.LEADERS,
            (S.PROPOSED,), (S.VERIFIED, *UNSEEN), not_by=("propose_disposition",),
            note="没有核查过的，退回到提出以前的状态", instead_of="approve_disposition", said="退回"),
        Act("withdraw_disposition", "撤回处理意见", "disposition", WORKERS,
            (S.PROPOSED,), (S.VERIFIED, *UNSEEN), only_by=("propose_disposition",),
            note="负责人批准或者退回以前，提出的人可以撤回；没有核查过的，回到提出以前的状态"),
        Act("record_handover_letter", "登记移送函", "disposition", STAFF,
            states_with("record_handover_letter"), needs=(HANDED_OVER,)),
        Act("receive_handover", "签收移交", "disposition", RECEIVERS, (S.SETTLED,), needs=(UNSIGNED,),
            typists=STAFF, verb="签收", note="对方没有在系统里签收的，按书面回执录入"),
        Act("answer_handover", "反馈办理情况", "disposition", RECEIVERS, (S.SETTLED,), needs=(GIVEN_AWAY,),
            typists=STAFF, verb="反馈", note="可以多次反馈；对方没有在系统里反馈的，按书面复函录入"),
        Act("take_back_handover", "收回移交", "disposition", WORKERS | roles.LEADERS,
            (S.SETTLED,), (S.VERIFIED, *UNSEEN), needs=(GIVEN_AWAY,),
            note="没有核查过的，回到提出以前的状态"),
        Act("label_clue", "标注", "intake", STAFF | roles.LEADERS,
            note="本单位自己的词，本单位和上级看得到；列表可以一起标注、按标注筛选"),
        Act("merge_clue", "归并线索", "intake", R({roles.INTAKE, roles.BRIGADE_HEAD}),
            UNSEEN, S.MERGED,
            note="核查以后的，提出处理意见“并入他案”，由负责人批准"),
        Act("unmask_informant", "查看举报人", "intake", STAFF,
            note="登记人员和大队长、该线索的核查人才能查看，须写明事由，逐次记录"),
        Act("open_informant_file", "打开举报材料", "intake", STAFF,
            note="登记人员和大队长、该线索的核查人才能打开，须写明事由，逐次记录"),
        Act("answer_informant", "反馈举报人", "intake", STAFF),
    ),
)  # fmt: skip

# Gangs and officials: entered by who meets with it, read by few (models/secret.py).
RECORD_SECRET = Act(
    "record_secret_clue", "登记涉黑涉恶、公职人员线索", "intake", STAFF | roles.LEADERS,
    after=SecretState.RECORDED,
)  # fmt: skip
SECRET_READERS = STAFF | roles.LEADERS | RECEIVERS
SECRET_ACTS = ActTable(
    subject="clues.secretclue",
    title="涉黑涉恶、公职人员线索",
    states=dict(SecretState.choices),
    others=(RECORD_SECRET,),
    acts=(
        Act("hand_over_secret_clue", "移送公安或纪检监察机关", "disposition", roles.LEADERS,
            (SecretState.RECORDED,), SecretState.HANDED, not_by=("record_secret_clue",), typists=STAFF,
            article="自然资办函〔2021〕1288号五", verb="移送",
            note="涉黑涉恶的移送公安机关，公职人员的移送纪检监察机关"),
        Act("answer_secret_clue", "反馈办理结果", "disposition", RECEIVERS,
            (SecretState.HANDED,), SecretState.ANSWERED, typists=STAFF, verb="反馈",
            note="对方没有在系统里反馈的，由登记人按书面复函录入"),
    ),
)  # fmt: skip

"""The procedure of a case and of a referral: who may do what, from where to where, and why."""

from collections.abc import Callable
from dataclasses import replace

from accounts import roles
from accounts.acts import Act, ActTable, Need
from cases import gates
from cases.stages import CASE_STAGES, DECISION_STAGES, REFERRAL_STAGES, SENT_STATES, WITH_POLICE, by_state
from cases.stages import CaseState as S
from cases.stages import DecisionState as D
from cases.stages import ReferralState as T
from law.gates import gate

R = frozenset
HANDLER = R({roles.HANDLER})
WORKERS = R({roles.HANDLER, roles.BRIGADE_HEAD})
POLICE = R({roles.POLICE})
HANDLERS = ("handler", "second_handler")
REFERRED_BY = ("propose_referral", "propose_referral_again")
FILED_BY = ("propose_filing", "propose_filing_again")
WORKED = (S.INVESTIGATION, S.DECISION, S.EXECUTION, S.CLOSING, S.CLOSED)
OPENED = (S.DRAFTED, S.PROPOSED, *WORKED)  # not yet filed, or filed


def _by_law(code: str, label: str, met: Callable, anchor: str, by: tuple[str, ...] = ()) -> Need:
    """What a gate of the law asks for, as a button asks it: article and prohibition are the gate's own."""
    row = gate(code)
    return Need(label, met, anchor, row.article, by, row.sentence)


PARTY = Need("当事人", gates.has_parties, "parties", "自然资源行政处罚办法第十六条", by=("record_party",))
VIOLATION = Need(
    "违法类型", gates.has_violations, "violations", "自然资源行政处罚办法第十六条", by=("amend_case",)
)
NAMED_PARTY = _by_law("G01", "查明的当事人", gates.has_named_party, "parties", ("name_party", "record_party"))
TWO_HANDLERS = Need(
    "两名承办人", gates.has_handlers, "handlers", "行政处罚法第四十二条", by=("assign_handlers",)
)
INVESTIGATORS = Need(
    "两名承办人", gates.has_investigators, "handlers", "自然资源行政处罚办法第十七条", by=("assign_handlers",)
)
CERTIFIED = _by_law("G03", "两名承办人有效的执法证", gates.is_certified, "handlers", ("assign_handlers",))
FACTS = Need(
    "占地面积或开采数量的认定",
    gates.is_measured,
    "facts",
    "行政处罚法第四十条",
    by=("record_mineral_finding", "record_land_finding"),
)
REFERRAL_SETTLED = Need("移送手续", gates.referral_settled, "referrals", "自然资源行政处罚办法第四十六条")

REFERRED = ("移送公安机关或不批准移送的记录", gates.referral_answered, "referrals", ("propose_referral",))
MUST_REFER, CLOSING_REFERRED = _by_law("G18", *REFERRED), _by_law("G18c", *REFERRED)
POLICE_DECIDED = _by_law(
    "G19", "公安机关不予立案的决定，或者撤案、不起诉、无罪、免予刑事处罚", gates.police_decided, "referrals"
)
REVIEWED = _by_law("G10", "法制审核", gates.is_reviewed, "decisions", ("review_decision",))
DISCUSSED = _by_law("G11", "集体讨论", gates.is_discussed, "decisions", ("record_discussion",))
REVIEW = Need("已通过的法制审核", gates.has_review, "decisions")
DISCUSSION = Need("已登记的集体讨论", gates.has_discussion, "decisions")
DENIAL_SETTLED = Need(
    "对签批人否认的处理", gates.no_paper_denied, "papers", "行政处罚法第五十四条、第五十七条"
)
APPROVED = replace(DENIAL_SETTLED, met=gates.approved)
# What a fine needs: no 以罚代移, and none while public security has the case.
FINE_NEEDS = (MUST_REFER, POLICE_DECIDED)
WAITING_FINE_NEEDS = tuple(replace(need, met=gates.where_fined(need.met)) for need in FINE_NEEDS)
UNKNOWN_PARTY = Need("不明的当事人", gates.has_unknown_party, "parties")
FINDING = Need("认定", gates.has_findings, "facts")
SUBJECT = Need("逐人登记的人员", gates.has_subjects, "detentions")
NUMBER = Need("案号", gates.has_number, "content")
SERVED = Need("已登记的送达", gates.has_service, "decisions")
PAYMENT = Need("已登记的缴款", gates.has_payments, "decisions")
COMPLETION_CHECK = Need("已登记的验收", gates.has_completion_checks, "execution")
THINGS = Need("没收实物或者拆除的处罚项", gates.has_things_to_carry_out, "decisions")
CARRIED_OUT = Need("已登记的执行", gates.has_carried_out, "decisions")
ASKED = Need("等待答复的报请", gates.is_asked, "joining")
UNSIGNED_CLOSING = Need("未经系统呈批的结案", gates.is_closed_unsigned, "closing")
STOPPED = Need("正在中止的期限", gates.is_stopped, "period")
PERIOD_CHANGE = Need("已登记的期限变动", gates.has_period_changes, "period")
DETENTION = Need("已登记的措施", gates.has_detentions, "detentions")
DECIDED = Need("已作出的处罚决定", gates.has_standing_decision, "decisions")

PROPOSE_FILING = Act(
    "propose_filing", "呈批立案", "filing", WORKERS, after=S.PROPOSED, article="自然资源行政处罚办法第十六条"
)
REGISTER_MATTER = Act("register_matter", "登记公安办理事项", "referral", POLICE)
# Past cases from outside the system: acts on a file, in no case's procedure.
REVIEWERS = WORKERS | roles.LEADERS | {roles.LEGAL, roles.PREFECTURE, roles.STATISTICS}
REVIEW_PAST = Act("review_past", "历史案卷回头看", "past_review", REVIEWERS)
EXPORT_PAST = Act("export_past", "导出回头看结果", "past_review", REVIEWERS)

ACTS = ActTable(
    subject="cases.case",
    title="案件",
    states=dict(S.choices),
    others=(PROPOSE_FILING,),
    acts=(
        Act("approve_filing", "批准立案", "filing", roles.LEADERS, (S.PROPOSED,), S.INVESTIGATION,
            needs=(PARTY, NAMED_PARTY, VIOLATION), not_by=FILED_BY, typists=HANDLER,
            article="行政处罚法第五十四条；自然资源行政处罚办法第十六条", verb="签批"),
        Act("return_filing", "退回立案呈批", "filing", roles.LEADERS, (S.PROPOSED,), S.DRAFTED,
            not_by=FILED_BY, typists=HANDLER, note="退回呈批人补充，补充后再次呈批",
            instead_of="approve_filing", said="退回"),
        Act("refuse_filing", "不批准立案", "filing", roles.LEADERS, (S.PROPOSED,), S.REFUSED,
            not_by=FILED_BY, typists=HANDLER, grave=True, instead_of="approve_filing", said="不同意"),
        Act("withdraw_filing", "撤回立案呈批", "filing", WORKERS, (S.PROPOSED,), S.DRAFTED,
            only_by=FILED_BY, note="负责人签批以前，呈批人可以撤回", plain=True),
        Act("propose_filing_again", "再次呈批立案", "filing", WORKERS, (S.DRAFTED,), S.PROPOSED,
            needs=(PARTY, NAMED_PARTY, VIOLATION), article="自然资源行政处罚办法第十六条"),
        Act("drop_filing", "不再呈批立案", "filing", WORKERS, (S.DRAFTED,), S.DROPPED,
            note="线索退回，另行处理", grave=True),
        Act("amend_case", "修改案件信息", "filing", HANDLER, OPENED, at="content"),
        Act("date_violations", "登记行为起止", "investigation", HANDLER, OPENED, needs=(VIOLATION,),
            article="行政处罚法第三十六条、第三十七条", at="violations",
            note="逐个违法行为登记开始、终了日期和是否仍在继续，决定适用的法律版本和追责时效"),
        Act("record_party", "登记当事人", "investigation", HANDLER, OPENED, at="parties"),
        Act("name_party", "查明当事人", "investigation", HANDLER, OPENED,
            needs=(UNKNOWN_PARTY,), at="parties"),
        Act("correct_party", "更正当事人", "investigation", HANDLER, OPENED,
            needs=(PARTY,), at="parties"),
        Act("remove_party", "去掉当事人", "investigation", HANDLER, OPENED,
            needs=(PARTY,), at="parties", grave=True),
        Act("unmask_party", "查看当事人证件号码", "investigation",
            WORKERS | roles.LEADERS | R({roles.LEGAL}), needs=(PARTY,),
            note="须写明事由，逐次记录，只显示一次；需要证件号码的呈批表也在这里打印", at="parties"),
        Act("correct_case_number", "更正案号", "filing", HANDLER, WORKED, needs=(NUMBER,), at="content"),
        Act("assign_handlers", "指定承办人", "investigation", WORKERS,
            OPENED, article="行政处罚法第四十二条：执法人员不得少于两人", at="content"),
        Act("label_case", "标注", "filing", WORKERS | roles.LEADERS | R({roles.LEGAL}), at="content",
            note="本单位自己的词，本单位和上级看得到；列表可以一起标注、按标注筛选"),
        Act("record_land_finding", "认定占地面积", "investigation", HANDLER, WORKED,
            needs=(INVESTIGATORS,), article="行政处罚法第四十条；自然资源行政处罚办法第十七条", at="facts",
            note="两名承办人的执法证在认定当天须有效；台账导入的案件除外"),
        Act("record_mineral_finding", "认定开采数量", "investigation", HANDLER, WORKED,
            needs=(INVESTIGATORS,), article="行政处罚法第四十条；自然资源行政处罚办法第十七条", at="facts",
            note="两名承办人的执法证在认定当天须有效；台账导入的案件除外"),
        Act("record_circumstances", "认定情节", "investigation", HANDLER, WORKED,
            needs=(INVESTIGATORS,), article="行政处罚法第四十条；自然资源行政处罚办法第十七条", at="facts",
            note="拒不改正、生态环境损害、破坏性开采、未经处理的同类行为等，有的才认定"),
        Act("withdraw_finding", "撤回认定", "investigation", HANDLER, WORKED, needs=(FINDING,),
            at="facts", grave=True),
        Act("stop_period", "登记不计入期限的时间", "investigation", HANDLER, WORKED, at="period",
            article="自然资源行政处罚办法第三十八条第二款",
            note="鉴定、听证、公告、邮递的时间；移送后等待的时间由移送记录自动扣除"),
        Act("resume_period", "恢复计算办案期限", "investigation", HANDLER, WORKED, needs=(STOPPED,),
            article="自然资源行政处罚办法第三十八条第二款", at="period"),
        Act("extend_period", "延长办案期限", "investigation", roles.LEADERS, WORKED, typists=HANDLER,
            article="自然资源行政处罚办法第三十八条第一款", at="period", grave=True,
            note="经负责人批准，不超过30日；案情特别复杂的除外；期限届满后不能延长"),
        Act("withdraw_period_change", "撤回期限登记", "investigation", HANDLER, WORKED,
            needs=(PERIOD_CHANGE,), at="period", grave=True),
        Act("ask_prefecture", "报请市局参与", "investigation", HANDLER, WORKED,
            article="所在省、市启用的文件",
            note="须市级参与的案件，报请即履行本级义务；市局未答复不影响结案"),
        Act("answer_joining", "答复报请参与", "investigation", R({roles.PREFECTURE}) | HANDLER, WORKED,
            needs=(ASKED,), at="joining",
            note="市局未在系统答复的，由承办人凭书面答复录入并上传扫描件"),
        Act("withdraw_joining", "撤回报请参与", "investigation", HANDLER, WORKED, needs=(ASKED,),
            at="joining", grave=True),
        Act("add_case_files", "上传材料", "investigation",
            HANDLER | R({roles.LEGAL}), OPENED, at="files"),
        Act("propose_referral", "呈批移送公安", "referral", HANDLER, WORKED,
            needs=(PARTY,), article="行政执法机关移送涉嫌犯罪案件的规定第五条"),
        Act("propose_decision", "呈批处罚决定", "decision",
            HANDLER, (S.INVESTIGATION, S.EXECUTION), S.DECISION,
            needs=(PARTY, NAMED_PARTY, VIOLATION, TWO_HANDLERS, CERTIFIED, FACTS),
            article="行政处罚法第五十七条"),
        Act("approve_decision", "批准处罚决定", "decision",
            roles.LEADERS, (S.DECISION,), S.EXECUTION,
            needs=(*WAITING_FINE_NEEDS, REVIEWED, DISCUSSED, DENIAL_SETTLED), not_by=("propose_decision",),
            typists=HANDLER, article="行政处罚法第五十七条、第五十九条",
            note="移送手续和公安机关的决定只在处罚项有罚款时须先具备（行政处罚法第三十五条）；"
                 "法制审核只在重大处罚时、集体讨论只在情节复杂或者重大以及减轻处罚时须先具备", verb="签批"),
        Act("return_decision", "退回处罚决定", "decision",
            roles.LEADERS, (S.DECISION,), (S.INVESTIGATION, S.EXECUTION),
            not_by=("propose_decision",), grave=True, instead_of="approve_decision", said="退回"),
        Act("withdraw_decision", "撤回处罚决定呈批", "decision",
            HANDLER, (S.DECISION,), (S.INVESTIGATION, S.EXECUTION),
            only_by=("propose_decision",), note="负责人签批以前，呈批人可以撤回"),
        Act("review_decision", "法制审核", "decision", R({roles.LEGAL}), (S.DECISION,),
            not_by=("propose_decision",), not_of=HANDLERS, typists=HANDLER, verb="审核", said="通过",
            article="行政处罚法第五十八条；自然资源行政处罚办法第三十二条",
            note="没收少于认定而适用的条款不确定的，审核通过即同意其理由"),
        Act("refuse_review", "法制审核不通过", "decision", R({roles.LEGAL}), (S.DECISION,),
            (S.INVESTIGATION, S.EXECUTION), not_by=("propose_decision",), not_of=HANDLERS, grave=True,
            article="行政处罚法第五十八条；自然资源行政处罚办法第三十二条",
            note="退回承办人，修改后再次呈批", instead_of="review_decision", said="不通过"),
        Act("withdraw_review", "撤回法制审核", "decision", R({roles.LEGAL}) | HANDLER, (S.DECISION,),
            needs=(REVIEW,), only_by=("review_decision",), at="decisions", grave=True),
        Act("record_discussion", "记录集体讨论", "decision", HANDLER, (S.DECISION,),
            article="行政处罚法第五十七条第二款；自然资源行政处罚办法第三十一条第二款"),
        Act("withdraw_discussion", "撤回集体讨论记录", "decision", HANDLER, (S.DECISION,),
            needs=(DISCUSSION,), at="decisions", grave=True),
        Act("record_decision", "补录处罚决定", "decision", HANDLER,
            (S.INVESTIGATION, S.EXECUTION, S.CLOSING, S.CLOSED), (S.EXECUTION, S.CLOSING, S.CLOSED),
            note="决定书已作出的，如实录入；缺没收等违反规定的，标注提示"),
        Act("correct_decision", "更正处罚决定", "decision", HANDLER,
            (S.EXECUTION, S.CLOSING, S.CLOSED), needs=(DECIDED,),
            note="录入错误：补录的决定可更正全部内容，经呈批的只更正文号和日期", at="decisions"),
        Act("record_service", "记录送达", "decision", HANDLER, (S.EXECUTION, S.CLOSING, S.CLOSED),
            needs=(DECIDED,), article="行政处罚法第六十一条",
            note="当事人有几个的，逐一送达；缴纳期限从各自送达之日起算"),
        Act("withdraw_service", "撤回送达登记", "decision", HANDLER, (S.EXECUTION, S.CLOSING, S.CLOSED),
            needs=(SERVED,), at="decisions", grave=True),
        Act("revoke_decision", "撤销处罚决定", "decision",
            roles.LEADERS, (S.EXECUTION, S.CLOSING, S.CLOSED),
            (S.INVESTIGATION, S.EXECUTION), needs=(DECIDED,), typists=HANDLER, at="decisions", grave=True),
        Act("record_payment", "记录缴纳", "execution", HANDLER, (S.EXECUTION, S.CLOSING, S.CLOSED),
            needs=(DECIDED,), article="行政处罚法第六十七条"),
        Act("withdraw_payment", "撤回缴款登记", "execution", HANDLER,
            (S.INVESTIGATION, S.DECISION, S.EXECUTION, S.CLOSING, S.CLOSED), needs=(PAYMENT,),
            at="decisions", grave=True),
        Act("carry_out_item", "记录没收拆除执行", "execution", HANDLER,
            (S.DECISION, S.EXECUTION, S.CLOSING, S.CLOSED), needs=(THINGS,),
            article="行政处罚法第六十六条", at="decisions"),
        Act("withdraw_carrying_out", "撤回执行登记", "execution", HANDLER,
            (S.INVESTIGATION, S.DECISION, S.EXECUTION, S.CLOSING, S.CLOSED), needs=(CARRIED_OUT,),
            at="decisions", grave=True),
        Act("check_restoration", "验收恢复原状", "execution", WORKERS, WORKED),
        Act("check_shutdown", "验收取缔", "execution", WORKERS, WORKED),
        Act("withdraw_completion_check", "撤回验收", "execution", WORKERS, WORKED, needs=(COMPLETION_CHECK,),
            at="execution", grave=True),
        Act("propose_closing", "呈批结案", "closing",
            HANDLER, (S.INVESTIGATION, S.EXECUTION), S.CLOSING,
            needs=(REFERRAL_SETTLED, CLOSING_REFERRED), article="自然资源行政处罚办法第四十六条"),
        Act("approve_closing", "批准结案", "closing", roles.LEADERS, (S.CLOSING,), S.CLOSED,
            needs=(REFERRAL_SETTLED, CLOSING_REFERRED, DENIAL_SETTLED), not_by=("propose_closing",),
            typists=HANDLER, article="自然资源行政处罚办法第四十六条", verb="签批"),
        Act("return_closing", "退回结案", "closing", roles.LEADERS,
            (S.CLOSING,), (S.INVESTIGATION, S.EXECUTION), not_by=("propose_closing",), grave=True,
            instead_of="approve_closing", said="退回"),
        Act("withdraw_closing", "撤回结案呈批", "closing", HANDLER, (S.CLOSING,),
            (S.INVESTIGATION, S.EXECUTION), only_by=("propose_closing",),
            note="负责人签批以前，呈批人可以撤回"),
        Act("correct_closing", "更正结案", "closing", HANDLER, (S.CLOSED,), needs=(UNSIGNED_CLOSING,),
            at="closing", article="自然资源行政处罚办法第四十六条",
            note="旧案没有结案呈批的，照案卷补录结案理由和日期；经系统呈批的，以签批为准"),
    ),
)  # fmt: skip


def _to_decision(name: str, before: tuple[str, ...], after: str) -> Act:
    return replace(ACTS.get(name), before=before, after=after, needs=(), not_by=(), not_of=())


# What acts of a case do to its decision: who may, and what must be there, stands in the case's table.
DECISION_BEGINS = (
    _to_decision("propose_decision", (), D.PROPOSED),
    _to_decision("record_decision", (), D.MADE),
)
DECISION_ACTS = ActTable(
    subject="cases.decision",
    title="处罚决定",
    states=dict(D.choices),
    others=DECISION_BEGINS,
    acts=(
        _to_decision("approve_decision", (D.PROPOSED,), D.MADE),
        _to_decision("return_decision", (D.PROPOSED,), D.RETURNED),
        _to_decision("withdraw_decision", (D.PROPOSED,), D.WITHDRAWN),
        _to_decision("refuse_review", (D.PROPOSED,), D.RETURNED),
        _to_decision("revoke_decision", (D.MADE,), D.REVOKED),
    ),
)

REFERRAL_ACTS = ActTable(
    subject="cases.referral",
    title="涉嫌犯罪移送",
    states=dict(T.choices),
    acts=(
        Act("approve_referral", "批准移送", "referral", R({roles.CHIEF}), (T.PROPOSED,), T.APPROVED,
            not_by=REFERRED_BY, typists=HANDLER,
            article="行政执法机关移送涉嫌犯罪案件的规定第五条：正职负责人或者主持工作的负责人3日内决定",
            verb="签批"),
        Act("return_referral", "退回移送呈批", "referral", R({roles.CHIEF}), (T.PROPOSED,), T.RETURNED,
            not_by=REFERRED_BY, typists=HANDLER,
            note="退回补充不停止计时：三日从第一次报告起算", grave=True,
            instead_of="approve_referral", said="退回"),
        Act("refuse_referral", "不批准移送", "referral", R({roles.CHIEF}), (T.PROPOSED,), T.REFUSED,
            not_by=REFERRED_BY, typists=HANDLER,
            article="行政执法机关移送涉嫌犯罪案件的规定第五条：不批准的，理由记录在案", grave=True,
            instead_of="approve_referral", said="不同意"),
        Act("propose_referral_again", "再次呈批移送", "referral", HANDLER, (T.RETURNED,), T.PROPOSED,
            article="行政执法机关移送涉嫌犯罪案件的规定第五条"),
        Act("withdraw_referral", "撤回移送呈批", "referral", HANDLER, (T.PROPOSED, T.RETURNED), T.WITHDRAWN,
            only_by=REFERRED_BY, note="主要负责人决定以前，呈批人可以撤回；应移送的仍须呈批"),
        Act("send_referral", "移送公安机关", "referral", HANDLER, (T.APPROVED,), T.SENT,
            needs=(APPROVED,), article="行政执法机关移送涉嫌犯罪案件的规定第五条：24小时内移送", verb="移送"),
        Act("receive_referral", "接收移送", "referral", POLICE, (T.SENT,), T.RECEIVED,
            typists=HANDLER, article="行政执法机关移送涉嫌犯罪案件的规定第七条", verb="接收"),
        Act("record_police_filing", "公安立案", "referral", POLICE, (T.SENT, T.RECEIVED), T.POLICE_FILED,
            typists=HANDLER, article="行政执法机关移送涉嫌犯罪案件的规定第八条"),
        Act("decline_referral", "公安不予立案", "referral",
            POLICE, (T.SENT, T.RECEIVED), T.DECLINED,
            typists=HANDLER, article="行政执法机关移送涉嫌犯罪案件的规定第八条", grave=True),
        Act("record_outcome", "登记撤案、不起诉、无罪", "referral", POLICE, WITH_POLICE, T.GIVEN_BACK,
            typists=HANDLER, grave=True,
            article="行政处罚法第二十七条第一款；行政执法机关移送涉嫌犯罪案件的规定第十三条；"
                    "公安机关办理刑事案件程序规定第一百八十六条、第一百八十九条",
            note="撤销案件、不起诉、无罪、免予刑事处罚都在这里登记；登记后本案可以依法处罚"),
        Act("withdraw_outcome", "撤回刑事结果登记", "referral", POLICE, (T.GIVEN_BACK,), WITH_POLICE,
            typists=HANDLER, grave=True),
        Act("record_detention", "登记拘留逮捕", "referral", POLICE, SENT_STATES, typists=HANDLER),
        Act("withdraw_detention", "撤回措施登记", "referral", POLICE, SENT_STATES,
            needs=(DETENTION,), typists=HANDLER),
        Act("unmask_subject", "查看人员姓名", "referral", POLICE | HANDLER, SENT_STATES, needs=(SUBJECT,),
            note="须写明事由，逐次记录，只显示一次"),
        Act("stop_sharing", "停止查阅移送材料", "referral", HANDLER | roles.LEADERS, SENT_STATES, grave=True),
    ),
)  # fmt: skip

MATTER_ACTS = ActTable(
    subject="cases.policematter",
    title="公安办理事项",
    states={},
    others=(REGISTER_MATTER,),
    acts=(
        Act("record_matter_detention", "登记拘留逮捕", "referral", POLICE),
        Act("withdraw_matter_detention", "撤回措施登记", "referral", POLICE, needs=(DETENTION,)),
        Act("unmask_matter_subject", "查看人员姓名", "referral", POLICE, needs=(SUBJECT,)),
    ),
)

# Rows of states name acts: a name that no table has is told now, not by the first page that draws it.
by_state(S, CASE_STAGES.values(), ACTS)
by_state(D, DECISION_STAGES.values(), DECISION_ACTS)
by_state(T, REFERRAL_STAGES.values(), REFERRAL_ACTS)

"""Forms of 处罚决定: items in rows beside the scan, approval, service, revocation."""

from dataclasses import fields

from django import forms

from accounts.forms.signing import ApprovalFields
from cases.acts import ACTS
from cases.forms.filing import NumberFields
from cases.models import DecisionState, PenaltyItem
from cases.services.decision import DecisionContent
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text
from common.forms.quantities import Quantity, money_field, tonnes_field
from common.forms.rows import RowForm, WithRows
from common.quantities import parse_area
from registry import codes
from registry.models import Party


def _square_metres(typed):
    return parse_area(typed, into="平方米")


class ItemRow(RowForm):
    """One penalty: who, for what, which kind, how much."""

    kind = forms.ChoiceField(
        label="处罚种类", choices=[("", "—"), *codes.choices("penalty_kinds")], required=False
    )
    party = forms.ModelChoiceField(
        label="当事人", queryset=Party.objects.none(), required=False, empty_label="共同"
    )
    violation = forms.ModelChoiceField(label="违法行为", queryset=None, required=False, empty_label="—")
    side = forms.ChoiceField(
        label="方面", choices=[("", "—"), ("mining", "采矿"), ("land", "占地")], required=False
    )
    amount = money_field("金额", holds=PenaltyItem.amount, required=False)
    tonnes = tonnes_field("没收矿产品数量", holds=PenaltyItem.tonnes, required=False)
    area = Quantity(
        label="拆除或没收面积", read=_square_metres, unit="平方米", holds=PenaltyItem.area, required=False
    )
    text = forms.CharField(label="内容", max_length=300, required=False, help_text="如 挖掘机1台")

    def prepare(self):
        """Parties and violations of the case."""
        case = self.owner.thing
        self.fields["party"].queryset = Party.objects.filter(case_links__case=case)
        self.fields["violation"].queryset = case.violations.all()

    def clean(self):
        """What the kind asks for must be there."""
        cleaned = super().clean()
        kind = codes.by_code("penalty_kinds").get(cleaned.get("kind") or "")
        if kind is None:
            self.add_error("kind", "请选择处罚种类。")
            return cleaned
        wanted = {"money": "amount", "tonnes": "tonnes", "items": "text"}.get(kind["measure"])
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, f"“{kind['name']}”请填写{self.fields[wanted].label}。")
        return cleaned


class DecisionFields(WithRows, ActForm):
    """What a decision says, entered once."""

    row_class, rows_name, rows_title = ItemRow, "items", "处罚项"
    basis = long_text("违法事实和处罚依据", required=False)
    orders = forms.MultipleChoiceField(
        label="责令事项（不是处罚）",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (each["code"], each["name"])
            for each in codes.items("measures_not_penalty")
            if each["code"] in ("stop", "correct", "return_land", "restore_land", "reclamation_fee")
        ],
    )
    orders_due_on = forms.DateField(label="责令期限", required=False)
    opt_out_reason = forms.CharField(
        label="没收少于认定的理由（已销售的写明矿产品去向）",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    scan = forms.FileField(label="决定书扫描件", required=False)
    kept_scan = forms.ModelChoiceField(
        label="或者选已上传的扫描件",
        queryset=None,
        required=False,
        empty_label="—",
        help_text="已在材料中的，右侧可对照录入",
    )

    def prepare(self):
        """Scans that lie in the file already."""
        self.fields["kept_scan"].queryset = self.thing.files.filter(stage="decision")

    def clean(self):
        """One scan, uploaded now or kept before; then all that the decision says as one content."""
        cleaned = super().clean()
        earlier_scan = cleaned.pop("kept_scan", None)
        cleaned["scan"] = cleaned.get("scan") or (earlier_scan.file if earlier_scan else None)
        self.check_scan(cleaned["scan"])
        if self.errors:
            return cleaned
        content = {field.name: cleaned.pop(field.name) for field in fields(DecisionContent)}
        return {**cleaned, "content": DecisionContent(**content)}

    def check_scan(self, scan):
        """A proposal needs none yet."""


class ProposeDecisionForm(DecisionFields):
    """呈批处罚决定."""

    sections = [
        ("拟作出的决定", ["basis", "orders", "orders_due_on", "opt_out_reason"]),
        ("决定书文稿", ["scan", "kept_scan"]),
    ]


class RecordDecisionForm(DecisionFields):
    """决定书已作出，补录."""

    number = forms.CharField(label="决定书文号", max_length=80)
    decided_on = PastDay(label="决定日期")
    sections = [
        ("决定书", ["number", "decided_on", "scan", "kept_scan"]),
        ("决定内容", ["basis", "orders", "orders_due_on", "opt_out_reason"]),
    ]

    def check_scan(self, scan):
        """The scan is the proof."""
        if not scan and "scan" not in self.errors:
            self.add_error("scan", "请上传决定书扫描件，或者选已上传的扫描件。")


class ApproveDecisionForm(NumberFields, ApprovalFields):
    """批准处罚决定."""

    approval_act = ACTS.get("approve_decision")
    decided_on = PastDay(
        label="决定日期", required=False, help_text="留空即签批日期；决定书落款日期不同的请填写"
    )
    approval_sections = [("决定书编号", ["number", "decided_on"]), *ApprovalFields.approval_sections]


class ReturnForm(ActForm):
    """Send back, with what is to be mended."""

    opinion = long_text("退回意见", max_length=2000)


class StandingDecision(forms.ModelChoiceField):
    """The case's decisions that stand."""

    def __init__(self, **kwargs):
        super().__init__(queryset=None, label="处罚决定", empty_label=None, **kwargs)

    def of(self, case):
        """Offer those made and not revoked."""
        self.queryset = case.decisions.filter(state=DecisionState.MADE)


class ServiceForm(ActForm):
    """送达."""

    decision = StandingDecision()
    served_on = PastDay(label="送达日期", help_text="公告送达的，填自发出公告之日起满三十日的日期")
    service_mode = forms.ChoiceField(label="送达方式", choices=codes.choices("service_modes"))
    files = ManyFilesField(label="送达回证", required=False)

    def prepare(self):
        """The decisions of the case."""
        self.fields["decision"].of(self.thing)


class RevokeDecisionForm(ApprovalFields):
    """撤销处罚决定."""

    approval_act = ACTS.get("revoke_decision")
    decision = StandingDecision()
    revoked_on = PastDay(label="撤销日期")
    reason = long_text("撤销理由", max_length=200)
    approval_sections = [("撤销", ["decision", "revoked_on", "reason"]), *ApprovalFields.approval_sections]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].of(self.thing)

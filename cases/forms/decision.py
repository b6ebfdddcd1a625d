"""Forms of 处罚决定: items in rows beside the scan, approval, service, revocation."""

from dataclasses import fields

from django import forms
from django.utils.functional import cached_property

from accounts.forms.answering import AnswerFields, InSystemOnly
from accounts.forms.signing import ApprovalFields
from accounts.models import local_today
from cases.acts import ACTS
from cases.forms.choices import StandingDecision
from cases.forms.filing import NumberFields
from cases.forms.saying import BEFORE, OPT_OUTS, SAID, SaidFields, WeighedFields
from cases.forms.serving import SERVED, ServedFields
from cases.models import PenaltyItem
from cases.services.decision import DecisionContent
from cases.services.proposing import Proposed, proposed_items
from common.forms.fields import PastDay, long_text
from common.forms.quantities import Quantity, money_field, tonnes_field
from common.forms.rows import RowForm, WithRows
from common.quantities import parse_area
from registry import codes
from registry.models import Party


def plain(value):
    """A figure without trailing zeros, as it would be typed; anything else as it is."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


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
    gone = forms.BooleanField(label="删去这一项", required=False)
    applies = {
        "side": ("violation", ("",)),
        "amount": ("kind", codes.measured_in("penalty_kinds", "money")),
        "tonnes": ("kind", codes.measured_in("penalty_kinds", "tonnes")),
        "area": ("kind", codes.measured_in("penalty_kinds", "square_metres")),
        "text": ("kind", codes.measured_in("penalty_kinds", "items", "square_metres", "none")),
    }

    def prepare(self):
        """Parties and violations of the case."""
        case = self.owner.thing
        self.fields["party"].queryset = Party.objects.filter(case_links__case=case)
        self.fields["violation"].queryset = case.violations.all()
        self.why = self.initial.get("why", "")
        self.offered = {name: key for name, key in self.owner.only.items() if name not in self.initial}
        for name, key in self.offered.items():
            self.fields[name].initial = key

    @cached_property
    def changed_data(self):
        """What was only offered and emptied again was not filled in."""
        return [name for name in super().changed_data if name not in self.offered or self[name].data]

    def clean(self):
        """What the kind asks for must be there, unless the row is to go."""
        cleaned = super().clean()
        if cleaned.get("gone"):
            return cleaned
        kind = codes.by_code("penalty_kinds").get(cleaned.get("kind") or "")
        if kind is None:
            self.add_error("kind", "请选择处罚种类。")
            return cleaned
        wanted = {"money": "amount", "tonnes": "tonnes", "items": "text"}.get(kind["measure"])
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, f"“{kind['name']}”请填写{self.fields[wanted].label}。")
        return cleaned


class DecisionFields(WithRows, SaidFields):
    """What a decision says, entered once."""

    row_class, rows_name, rows_title = ItemRow, "items", "处罚项"
    scan = forms.FileField(label="决定书扫描件", required=False)
    kept_scan = forms.ModelChoiceField(
        label="或者选已上传的扫描件",
        queryset=None,
        required=False,
        empty_label="—",
        help_text="已在材料中的，右侧可对照录入",
    )

    upfront = ("basis",)
    more_title = "责令事项、减轻处罚的情形、没收少于认定的理由、决定书文稿"

    def prepare(self):
        """Scans that lie in the file already; of what the law confiscates here, why less of it is taken."""
        super().prepare()
        if self.is_bound:  # what is left out was refused, or nothing is
            self.upfront += tuple(name for name in OPT_OUTS if name in self.fields)
        scans = self.thing.files.filter(stage="decision")
        self.fields["kept_scan"].queryset = scans
        if not scans:
            del self.fields["kept_scan"]

    @cached_property
    def only(self) -> dict[str, int]:
        """The party and the violation of a case that has one alone: a new row begins with them."""
        found = {
            "party": [each.party_id for each in self.thing.parties.all()],
            "violation": [each.pk for each in self.thing.violations.all()],
        }
        return {name: keys[0] for name, keys in found.items() if len(keys) == 1}

    def clean(self):
        """One scan, uploaded now or kept before; then all that the decision says as one content."""
        cleaned = super().clean()
        cleaned["items"] = [row for row in cleaned.get("items", ()) if not row.pop("gone", False)]
        earlier_scan = cleaned.pop("kept_scan", None)
        cleaned["scan"] = cleaned.get("scan") or (earlier_scan.file if earlier_scan else None)
        self.check_scan(cleaned["scan"])
        if self.errors:
            return cleaned
        cleaned["opt_outs"] = self.take_reasons(cleaned)
        content = {field.name: cleaned.pop(field.name) for field in fields(DecisionContent)}
        return {**cleaned, "content": DecisionContent(**content)}

    def check_scan(self, scan):
        """A proposal needs none yet."""


class ProposeDecisionForm(DecisionFields):
    """呈批处罚决定."""

    sections = [("处罚项", "rows"), *SAID, ("决定书文稿", ["scan", "kept_scan"])]


def asked_for(case) -> dict:
    """What the law asks for of the case's findings, as the initial values of 呈批处罚决定."""
    items, parties = proposed_items(case), list(case.parties.all())
    party = parties[0].party_id if len(parties) == 1 else None
    articles = "、".join(dict.fromkeys(item.article for item in items if item.article))
    lines = [case.facts.strip(), f"处罚依据：{articles}。" if articles else ""]
    return {
        "basis": "\n".join(filter(None, lines)),
        "items": [_row_of(item, party) for item in items],
    }


def _row_of(item: Proposed, party: int | None) -> dict:
    violation = item.violation
    return {
        "kind": item.kind,
        "party": party,
        "violation": violation.pk if violation else None,
        "side": violation.side if violation else "",
        "amount": plain(item.amount),
        "tonnes": plain(item.tonnes),
        "why": "；".join(filter(None, [item.article, item.ask])),
    }


class RecordDecisionForm(WeighedFields, ServedFields, DecisionFields):
    """决定书已作出，补录."""

    number = forms.CharField(label="决定书文号", max_length=80)
    decided_on = PastDay(label="决定日期")
    sections = [
        ("决定书", ["number", "decided_on", "scan", "kept_scan"]),
        ("处罚项", "rows"),
        *BEFORE,
        *SERVED,
        *SAID,
    ]
    upfront = ("scan", "kept_scan", "basis")
    applies = {**SaidFields.applies, **ServedFields.applies}
    more_title = "法制审核、集体讨论、送达、责令事项、减轻处罚的情形、没收少于认定的理由"

    def clean(self):
        """With what came before it, and how it was served."""
        cleaned = super().clean()
        before, served = self.take_weighed(cleaned), self.take_service(cleaned)
        return {**cleaned, "before": before, "served": served}

    def check_scan(self, scan):
        """The scan is the proof."""
        if not scan and "scan" not in self.errors:
            self.add_error("scan", "请上传决定书扫描件，或者选已上传的扫描件。")


class ApproveDecisionForm(NumberFields, AnswerFields):
    """批准处罚决定."""

    approval_act = ACTS.get("approve_decision")
    more_title = "录入纸上签批、填写文号和日期"
    decided_on = PastDay(
        label="决定日期", required=False, help_text="留空即签批日期；决定书落款日期不同的请填写"
    )
    own_sections = [("决定书编号", ["number", "decided_on"])]


class ReturnDecisionForm(InSystemOnly, ApproveDecisionForm):
    """退回处罚决定, with what is to be mended."""

    opinion_label = "退回意见"
    approval_only = ("number", "decided_on")


class RevokeDecisionForm(ApprovalFields):
    """撤销处罚决定."""

    approval_act = ACTS.get("revoke_decision")
    decision = StandingDecision()
    revoked_on = PastDay(label="撤销日期", initial=local_today)
    reason = long_text("撤销理由", max_length=200)
    approval_sections = [("撤销", ["decision", "revoked_on", "reason"]), *ApprovalFields.approval_sections]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].of(self.thing)

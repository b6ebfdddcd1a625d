"""What decisions say beside their items, what came before one issued on paper: fields that forms share."""

from django import forms

from cases.assessing import held_of
from cases.models import Decision, OptOut
from cases.services.guards import gaps_of
from cases.services.proposing import NOTHING
from cases.services.weighed import Discussed, Reviewed, Weighed, weighed_of
from common.forms.acts import ActForm
from common.forms.fields import PastDay, long_text
from law import mitigation
from law.penalties import MINERALS
from law.penalties.shape import LABELS
from law.penalties.taking import KINDS
from registry import codes

# A field for each kind that the law may confiscate: why less of it is taken.
OPT_OUTS = [f"opt_out_{kind}" for kind in KINDS]
# What a decision says beside its items.
SAID = [
    ("事实和依据", ["basis"]),
    ("责令", ["orders", "orders_due_on"]),
    ("减轻、情节复杂", ["mitigation", "serious"]),
    ("没收少于认定", OPT_OUTS),
]
SAID_NAMES = ("basis", "orders", "orders_due_on", "mitigation", "serious")
# What came before a decision issued on paper.
BEFORE = [("法制审核、集体讨论", ["reviewer", "reviewed_on", "discussed_on", "attendees", "minutes_number"])]


def _opt_out(kind: str, article: str) -> forms.CharField:
    """Why less is taken of one kind, with the article that takes it."""
    where = "，已销售的写明去向" if kind == MINERALS else ""
    return forms.CharField(
        label=f"{LABELS[kind]}少于认定的理由",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"只管这一项{where}。依据：{article}",
    )


class SaidFields(ActForm):
    """The words of a decision, and of what the law confiscates here, why less of it is taken."""

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
    mitigation = forms.ChoiceField(
        label="减轻处罚的情形",
        choices=[("", "没有减轻"), *mitigation.choices()],
        required=False,
        help_text="罚款低于法定幅度的必填，须经集体讨论",
    )
    serious = forms.BooleanField(
        label="情节复杂或者重大（须集体讨论、法制审核）",
        required=False,
    )
    applies = {"orders_due_on": ("orders", ("*",))}

    def prepare(self):
        """A field for each kind of which less may be taken; the ground of older decisions where it stands."""
        super().prepare()
        if self.initial.get("mitigation") == mitigation.WRITTEN:
            written = (mitigation.WRITTEN, mitigation.words_of(mitigation.WRITTEN))
            self.fields["mitigation"].choices = [*self.fields["mitigation"].choices, written]
        for kind, article in self.may_take_less().items():
            self.fields[f"opt_out_{kind}"] = _opt_out(kind, article)

    def may_take_less(self) -> dict[str, str]:
        """{kind: article} of what the law confiscates here and no decision takes yet."""
        return {gap.kind: gap.article for gap in gaps_of(held_of(self.thing), NOTHING)}

    def take_reasons(self, cleaned: dict) -> dict[str, str]:
        """{kind: why less of it is taken}, out of what was filled in."""
        given = {kind: cleaned.pop(f"opt_out_{kind}", "").strip() for kind in KINDS}
        return {kind: reason for kind, reason in given.items() if reason}


class WeighedFields(ActForm):
    """法制审核 and 集体讨论 that came before a decision issued on paper."""

    reviewer = forms.CharField(
        label="法制审核人", max_length=60, required=False, help_text="经法制审核通过的，填审核人和审核日期"
    )
    reviewed_on = PastDay(label="法制审核日期", required=False)
    discussed_on = PastDay(
        label="集体讨论日期", required=False, help_text="经集体讨论同意的，填日期和参加人员"
    )
    attendees = forms.CharField(
        label="集体讨论参加人员", max_length=300, required=False, help_text="用顿号隔开，两名以上"
    )
    minutes_number = forms.CharField(label="会议纪要文号", max_length=80, required=False)

    def take_weighed(self, cleaned: dict) -> Weighed:
        """Each whole or not at all, out of what was filled in."""
        reviewer, reviewed_on = cleaned.pop("reviewer", ""), cleaned.pop("reviewed_on", None)
        if bool(reviewer) != bool(reviewed_on):
            self.add_error("reviewer", "法制审核人和审核日期请一起填写。")
        said = [cleaned.pop(name, None) for name in ("attendees", "discussed_on", "minutes_number")]
        attendees, discussed_on, minutes = said
        if any(said) and not (attendees and discussed_on):
            self.add_error("discussed_on", "集体讨论的日期和参加人员请一起填写。")
        return Weighed(
            Reviewed(reviewer, reviewed_on) if reviewer and reviewed_on else None,
            Discussed(attendees, discussed_on, minutes or "") if attendees and discussed_on else None,
        )


def said_of(decision: Decision) -> dict:
    """What a decision says beside its items, as the initial values of these fields."""
    reasons = {f"opt_out_{row.kind}": row.reason for row in decision.opt_outs.all()}
    return {name: getattr(decision, name) for name in SAID_NAMES} | reasons


def before_of(decision: Decision) -> dict:
    """What came before a decision, as the initial values of these fields."""
    stands = weighed_of(decision)
    review, discussion = stands.reviewed, stands.discussed
    values = {"reviewer": review.reviewer, "reviewed_on": review.reviewed_on} if review else {}
    if discussion:
        values |= {"attendees": discussion.attendees, "discussed_on": discussion.happened_on}
        values |= {"minutes_number": discussion.minutes_number}
    return values


def reasons_given(decision_pk: int | None) -> dict[str, str]:
    """{kind: article} of what a decision takes less of for a reason."""
    return dict(OptOut.objects.filter(decision_id=decision_pk).values_list("kind", "article"))

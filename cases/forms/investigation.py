"""Forms of 调查: handlers, papers, what was typed at filing. Parties and findings have their own."""

from django import forms

from accounts import roles
from accounts.forms.people import Officers
from cases.forms.base import SIDES, at_position, refuse_only_tags
from cases.stages import RECORDS
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text
from registry.forms.fields import RESTRICTED, PositionFields, ViolationFields


class HandlersForm(ActForm):
    """Two handlers of the office."""

    handler = Officers("承办人")
    second_handler = Officers("协办人", help_text="调查取证须有两名持有效执法证的承办人")

    def prepare(self):
        """The office's 承办人."""
        for name in ("handler", "second_handler"):
            self.fields[name].of(self.thing.agency, roles.HANDLER)

    def clean(self):
        """Two, not one."""
        cleaned = super().clean()
        if cleaned.get("handler") and cleaned["handler"] == cleaned.get("second_handler"):
            self.add_error("second_handler", "须另选一人：执法人员不得少于两人。")
        return cleaned


class CaseFilesForm(ActForm):
    """Papers for the case's file."""

    files = ManyFilesField(label="文件")
    kind = forms.CharField(label="材料名称", max_length=60, help_text="如 现场勘验笔录")
    stage = forms.ChoiceField(label="阶段", choices=list(RECORDS.items()), initial="investigation")
    for_police = forms.BooleanField(label="随移送卷（移送后公安、检察机关可以查阅）", required=False)
    note = forms.CharField(label="说明", max_length=200, required=False)


class AmendCaseForm(ViolationFields, PositionFields, ActForm):
    """What was typed at filing; a position left empty stays as it is."""

    cause = forms.CharField(label="案由", max_length=200)
    place = forms.CharField(label="位置", max_length=200)
    mineral = forms.CharField(label="矿种", max_length=60, required=False)
    found_on = PastDay(label="发现日期", required=False)
    act_ended_on = PastDay(label="违法行为终了日期", required=False, help_text="决定适用的法律版本和追责时效")
    facts = long_text("主要违法事实")
    upfront = ("act_ended_on",)  # 呈批处罚决定 leads to it
    no_position = forms.BooleanField(label="删去现有坐标", required=False)
    sections = [
        ("案件", ["cause", "found_on", "act_ended_on", "facts"]),
        ("位置", ["place", *PositionFields.POSITION, "no_position"]),
        ("矿种和违法类型", ["mineral", *SIDES]),
    ]

    def prepare(self):
        """Whether there is a position to take away; the office's violations first."""
        self.often_first(self.thing.agency)
        if self.thing.longitude is None:
            del self.fields["no_position"]
        else:
            shown = f"现有：{self.thing.position}。留空不改"
            self.fields["position_first"].help_text = shown

    def clean(self):
        """At least one violation; those of narrower circles that stand already stay."""
        cleaned = at_position(super().clean())
        restricted = self.thing.violations.filter(code__in=RESTRICTED).values_list("code", flat=True)
        cleaned["violations"] = [*cleaned["violations"], *restricted]
        refuse_only_tags(self, cleaned)
        return cleaned

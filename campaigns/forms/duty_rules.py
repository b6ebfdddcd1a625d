"""设定、修改、停止报送规则."""

import re

from django import forms

from accounts.models import Agency, AgencyKind, RegionLevel
from campaigns.acts import DUTY_RULE_ACTS
from campaigns.models import Campaign, DutyKind
from campaigns.rhythm import EVERY, HOLIDAYS, MONTHS_OF, ONCE, PATTERNS, STAY, WEEKDAYS, WEEKLY
from common.forms.acts import ActForm
from common.words import half_width

TOPICS = {
    "": "不限",
    "feedback": "情报信息和线索移交反馈会议",
    "coordination": "协调会议",
    "joint": "联席会议",
}
HIGHEST_LEAD = 60


class Numbers(forms.CharField):
    """Whole numbers in one box: 15、30 or 15,30 or 15 30; cleaned to a sorted list."""

    def __init__(self, *, lowest, highest, **kwargs):
        self.lowest, self.highest = lowest, highest
        super().__init__(**kwargs)

    def clean(self, value):
        """The list; a sentence for what is no number or out of bounds."""
        text = half_width(super().clean(value))
        parts = [part for part in re.split(r"[、,，;；\s]+", text) if part]
        bad = [part for part in parts if not part.isdecimal() or len(part) > 3]
        if bad:
            raise forms.ValidationError(f"“{bad[0]}”不是数字，请写成“15、30”这样。")
        numbers = sorted({int(part) for part in parts})
        if any(not self.lowest <= number <= self.highest for number in numbers):
            raise forms.ValidationError(f"请填{self.lowest}至{self.highest}之间的数。")
        return numbers

    def prepare_value(self, value):
        """How a list stands in the box."""
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else value


class RuleForm(ActForm):
    """设定报送规则: what, who, when, how long before. Only what the rhythm needs must be filled."""

    sections = [
        ("报什么", ["agency", "name", "what", "topic", "campaign", "article"]),
        ("谁来报", ["level", "kind"]),
        (
            "什么时候",
            ["pattern", "days", "weekdays", "month", "every", "at", "holidays", "from_day", "to_day"],
        ),
        ("提醒", ["leads"]),
    ]
    agency = forms.ModelChoiceField(
        label="制定单位",
        queryset=Agency.objects.none(),
        help_text="规则对这个单位和它下面的单位有效，材料报往这个单位。",
    )
    name = forms.CharField(
        label="报送任务", max_length=60, help_text="提醒里会写出这个名称，不要写人名和案情。"
    )
    what = forms.ChoiceField(label="报送内容", choices=DutyKind.choices, initial=DutyKind.LEDGER)
    topic = forms.ChoiceField(
        label="会议种类", choices=list(TOPICS.items()), required=False, help_text="报送内容是会议的，选种类。"
    )
    campaign = forms.ModelChoiceField(
        label="专项行动",
        queryset=Campaign.objects.none(),
        required=False,
        empty_label="不属于专项行动",
        help_text="报送台账的必须选。选了以后只由其成员单位报送。",
    )
    article = forms.CharField(label="依据", max_length=120, required=False)
    level = forms.ChoiceField(
        label="单位层级",
        required=False,
        initial=RegionLevel.COUNTY,
        choices=[*RegionLevel.choices, ("", "各级")],
    )
    kind = forms.ChoiceField(
        label="单位类别", choices=AgencyKind.choices, initial=AgencyKind.NATURAL_RESOURCES
    )
    pattern = forms.ChoiceField(label="周期", choices=list(PATTERNS.items()))
    days = Numbers(
        label="几日",
        lowest=1,
        highest=31,
        required=False,
        help_text="按月、季、半年、年报送的填，如“15、30”。当月没有这一天的，为月末。",
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="星期几",
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="按周报送的选。",
    )
    month = forms.IntegerField(
        label="第几个月",
        min_value=1,
        max_value=12,
        initial=1,
        required=False,
        help_text="按季填1至3，按半年填1至6，按年填1至12。",
    )
    every = forms.IntegerField(
        label="间隔天数",
        min_value=1,
        max_value=366,
        initial=1,
        required=False,
        help_text="每隔几天报送的填，从开始日期起算。",
    )
    at = forms.TimeField(
        label="截止时间",
        initial="18:00",
        widget=forms.TimeInput(attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    holidays = forms.ChoiceField(
        label="遇休息日",
        choices=list(HOLIDAYS.items()),
        initial=STAY,
        help_text="按工作日历，调休上班的日子算工作日。",
    )
    from_day = forms.DateField(label="开始日期", help_text="只报送一次的，就是这一天。")
    to_day = forms.DateField(label="结束日期", required=False)
    leads = Numbers(
        label="提前几天提醒",
        lowest=1,
        highest=HIGHEST_LEAD,
        required=False,
        initial=[7, 3],
        help_text="如“7、3”。到期前最后一个工作日、当天上午和下午总会提醒。",
    )

    def prepare(self):
        """Only campaigns that one's own office takes part in; for which office, where there are several."""
        mine = self.user.agencies_as(*DUTY_RULE_ACTS.get("set_rule").roles)
        if isinstance(self.thing, Agency) and len(mine) > 1:
            self.fields["agency"].queryset = Agency.objects.filter(pk__in=mine)
            self.fields["agency"].initial = self.thing
        else:
            del self.fields["agency"]
        self.fields["campaign"].queryset = Campaign.objects.visible_to(self.user)

    def clean(self):
        """The days of the rhythm; each box only where its rhythm asks for it."""
        cleaned = super().clean()
        weekdays, pattern = cleaned.pop("weekdays", []), cleaned.get("pattern")
        if pattern == WEEKLY:
            cleaned["days"] = weekdays
            if not weekdays:
                self.add_error("weekdays", "请选择星期几。")
        elif pattern in MONTHS_OF:
            self._need_days(cleaned, MONTHS_OF[pattern])
        elif pattern in (ONCE, EVERY):
            cleaned["days"] = []
        cleaned["month"], cleaned["every"] = cleaned.get("month") or 1, cleaned.get("every") or 1
        cleaned["leads"] = sorted(cleaned.get("leads") or [], reverse=True)
        if cleaned.get("what") == DutyKind.LEDGER and not cleaned.get("campaign"):
            self.add_error("campaign", "报送台账的规则要选择专项行动。")
        return cleaned

    def _need_days(self, cleaned, months):
        if not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", "请填写几日，例如“15、30”。")
        if (cleaned.get("month") or 1) > months:
            self.add_error("month", f"请填1至{months}之间的数。")


def initial_of(rule) -> dict:
    """What the form of a rule shows."""
    names = [name for name in RuleForm.base_fields if name not in ("agency", "weekdays")]
    values = {name: getattr(rule, name) for name in names}
    if rule.pattern == WEEKLY:
        values |= {"days": [], "weekdays": rule.days}
    return values


class EndForm(ActForm):
    """停止报送规则: the last day."""

    to_day = forms.DateField(label="最后一天", help_text="这一天以后的待报任务撤销。")

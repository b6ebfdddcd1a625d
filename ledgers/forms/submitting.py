"""Prepare, check, submit, consolidate: what the person confirms and explains."""

from django import forms
from django.utils import timezone

from accounts.forms.people import People
from accounts.models import local_today
from campaigns.services.periods import most_likely, owed_by
from campaigns.services.together import beside
from campaigns.stages import OWED
from common.forms.acts import ActForm
from ledgers.services.consolidating import fillers_of
from ledgers.services.movement import REASONS
from ledgers.showing.ledger_table import text_of


class PrepareForm(ActForm):
    """提交核对: up to which day the ledger is filled in."""

    data_as_of = forms.DateField(
        label="数据截止",
        initial=local_today,
        help_text="这一天及以前的认定、处罚、拘留都已录入。以后录入的，计入下一期。",
    )
    correction = forms.CharField(
        label="更正说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="更正了哪一县、哪一行、哪一栏，为什么。随更正后的台账报给上级。",
    )

    def __init__(self, *args, opening, **kwargs):
        self.opening = opening
        super().__init__(*args, **kwargs)

    def prepare(self):
        """A correction goes on with its day and says what was corrected; paper owed along with it."""
        if self.opening.corrects:
            self.fields["data_as_of"].initial = self.opening.corrects.data_as_of
        else:
            del self.fields["correction"]
        ask_for_papers(self, self.opening.wanted)

    def clean_data_as_of(self):
        """Not a day to come."""
        day = self.cleaned_data["data_as_of"]
        if day > local_today():
            raise forms.ValidationError("数据截止日期不能晚于今天。")
        return day

    def clean(self):
        """`papers`: the duty of each paper, and its file."""
        return papers_taken(self, super().clean())


class CheckForm(ActForm):
    """核对: the rows ticked, each with the digest of what was shown, and the unchanged rest.

    The boxes stand in the table of the page (ledgers/submitting/check_rows.html).
    """

    def clean(self):
        """`rows` maps an entry's key to the digest that was on the page."""
        cleaned = super().clean()
        pairs = [pick.partition(":") for pick in self.data.getlist("row")]
        cleaned["rows"] = {key: digest for key, _, digest in pairs if digest}
        cleaned["rest"] = "rest" in self.data
        if not cleaned["rows"] and not cleaned["rest"] and self.data.get("_open") != "0":
            raise forms.ValidationError("没有勾选任何一行。请勾选已核对的行，再确认。")
        return cleaned


class SubmitForm(ActForm):
    """报送: a reason for each figure that fell, and 零报告 where nothing changed.

    `work` is what is about to be frozen (ledgers/services/checking.py), `wanted` the duty it is owed
    for.
    """

    def __init__(self, *args, work, wanted=None, **kwargs):
        self.work, self.wanted = work, wanted
        super().__init__(*args, **kwargs)

    def prepare(self):
        """零报告 only where it is one; two fields for each fall."""
        self.sections = []
        self._choose_duty()
        if self.work.is_unchanged:
            self.fields["nil_report"] = forms.BooleanField(
                label="零报告：本期没有新增和变化",
                required=self.work.corrects is None,
                help_text="与上期逐行相同，确认无误后勾选。",
            )
            self.sections.append(("零报告", ["nil_report"]))
        names = []
        for fall in self.work.movement.falls:
            names += self._explain(fall)
        if names:
            self.sections.append(("比上期减少的数据，逐项说明原因", names))
        if papers := ask_for_papers(self, self.wanted):
            self.sections.append(("同时报送", papers))

    def _choose_duty(self):
        """Which duty this answers, where several are owed; a correction goes on with its own."""
        now = timezone.now()
        field = None if self.work.corrects else duty_field(self.work.ledger, now)
        if field:
            likely = most_likely(owed_by(self.work.ledger, now), now)
            field.initial = likely and likely.pk
            self.fields["duty"] = field
            self.sections.append(("报送哪一期", ["duty"]))

    def _explain(self, fall) -> list[str]:
        before, now = text_of(fall.column, fall.before), text_of(fall.column, fall.now)
        label = f"{fall.party}　{fall.label} {before} → {now}"
        self.fields[f"reason:{fall.name}"] = forms.ChoiceField(
            label=label,
            choices=[("", "请选择原因"), *REASONS.items()],
            initial=fall.reason,
            error_messages={"required": f"请选择{fall.party}的{fall.label}减少的原因。"},
        )
        self.fields[f"note:{fall.name}"] = forms.CharField(label="说明", max_length=200, required=False)
        return [f"reason:{fall.name}", f"note:{fall.name}"]

    def clean(self):
        """`explanations`: entry → column → reason and note."""
        cleaned = super().clean()
        given: dict = {}
        for fall in self.work.movement.falls:
            reason = cleaned.pop(f"reason:{fall.name}", "")
            note = cleaned.pop(f"note:{fall.name}", "")
            given.setdefault(fall.key, {})[fall.column] = {"reason": reason, "note": note}
        cleaned["explanations"] = given
        return papers_taken(self, cleaned)


class ConsolidateForm(ActForm):
    """生成汇总台账: up to the day that the page shows; who filled it in, for whoever acts checks it."""

    data_as_of = forms.DateField(widget=forms.HiddenInput)
    filled_by = People("填报人", help_text="您是审核人；填报人须是另一人。")

    def prepare(self):
        """Anybody of the office but the person; the only one there is needs no choosing."""
        several = fillers_of(self.thing, self.user)
        self.fields["filled_by"].queryset = several
        self.fields["filled_by"].required = len(several) > 1
        if len(several) == 1:
            self.fields["filled_by"].initial = several[0]


def ask_for_papers(form, duty) -> list[str]:
    """A file for each paper that is owed beside a ledger's duty; the names of the fields."""
    form.asked_papers = {f"paper-{paper.pk}": paper for paper in beside(duty, *OWED)}
    for name, paper in form.asked_papers.items():
        form.fields[name] = forms.FileField(
            label=f"{paper.name}（盖章扫描件）",
            required=False,
            help_text=f"与台账同时截止。没有准备好的，在{timezone.localtime(paper.wanted_by):%H:%M}前另报。",
        )
    return list(form.asked_papers)


def papers_taken(form, cleaned) -> dict:
    """The form's values with `papers` in place of the single files."""
    files = {name: cleaned.pop(name, None) for name in form.asked_papers}
    cleaned["papers"] = tuple((form.asked_papers[name], upload) for name, upload in files.items() if upload)
    return cleaned


def duty_field(ledger, now) -> forms.ChoiceField | None:
    """Which duty a report answers, where more than one is owed."""
    owed = owed_by(ledger, now)
    if len(owed) < 2:
        return None
    return forms.TypedChoiceField(
        label="报送哪一期",
        choices=[(duty.pk, _words(duty)) for duty in owed],
        coerce=lambda pk: next(duty for duty in owed if str(duty.pk) == str(pk)),
        widget=forms.RadioSelect,
        help_text="选较后一期的，前面没有报的记为漏报。",
    )


def _words(duty) -> str:
    return f"{duty.name}　截止 {timezone.localtime(duty.due_at):%Y-%m-%d %H:%M}"

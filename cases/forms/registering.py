"""登记并呈批立案: the clue, its verification and the proposal to file, in one form."""

from django import forms

from accounts import roles
from accounts.forms.people import Officers
from accounts.models import local_today
from cases.forms.base import SIDES
from cases.forms.filing import TWO
from cases.services.filing import FilingProposal
from clues.forms.intake import IntakeForm
from clues.services.verification import Look, faults_of_look, possible_lookers
from common.forms.fields import ManyFilesField, PastDay, SeveralRows, long_text, yes_no
from registry import codes

TRUE = ("true", "partly_true")
LOOK = (
    "looked_on",
    "judgment",
    "lookers",
    "facts_found",
    "ongoing",
    "stopped",
    "stop_action",
    "stop_notice_number",
)
CASE = ("cause", "second_handler")


class RegisterAndProposeForm(IntakeForm):
    """What a handler knows who was on the ground: everything up to 呈批立案."""

    looked_on = PastDay(label="核查日期", initial=local_today)
    lookers = SeveralRows(
        label="核查人员", queryset=None, widget=forms.CheckboxSelectMultiple, help_text="不少于两人"
    )
    facts_found = long_text("核查情况和主要违法事实", max_length=4000)
    judgment = forms.ChoiceField(
        label="核查结论",
        widget=forms.RadioSelect,
        initial="true",
        choices=[pair for pair in codes.choices("clue_judgments") if pair[0] in TRUE],
    )
    ongoing = forms.BooleanField(label="违法行为正在实施", required=False)
    stopped = yes_no("是否已制止", help_text="正在实施的必填")
    stop_action = forms.CharField(label="制止措施", max_length=200, required=False)
    stop_notice_number = forms.CharField(label="责令停止违法行为通知书文号", max_length=80, required=False)
    look_files = ManyFilesField(label="现场照片和材料", required=False)
    one_of = SIDES
    applies = dict.fromkeys(("stopped", "stop_action", "stop_notice_number"), ("ongoing", ("on",)))
    cause = forms.CharField(label="案由", max_length=200, help_text="如 张某无证开采煤矿案")
    second_handler = Officers("协办人", required=False, help_text=TWO)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agency = self.office() or next(iter(self.posts.values()))
        self.fields["lookers"].queryset = possible_lookers(agency)
        self.fields["lookers"].initial = [self.user.pk]
        self.fields["second_handler"].of(agency, roles.HANDLER)
        self.upfront = (*self.upfront, *SIDES, "ongoing", *self.applies, "second_handler")
        (_, first), (_, rows), *others, last = self.sections
        self.sections = [
            ("线索内容", first),
            ("", rows),
            *others,
            ("核查", [*LOOK, "look_files"]),
            ("呈批立案", list(CASE)),
            last,
        ]

    def clean(self):
        """Three deeds' arguments: of the clue, of its verification, of the proposal."""
        cleaned = super().clean()
        if len(cleaned.get("lookers") or ()) == 1:
            self.add_error("lookers", "核查人员不得少于两人，请再选一人。")
        judged = ("looked_on", "lookers", "judgment", "ongoing", "stopped")
        look = {name: cleaned.get(name) for name in judged}
        how = cleaned.get("stop_action", "") + cleaned.get("stop_notice_number", "")
        for name, sentence in faults_of_look(how=how, **look):
            if name not in self.errors:
                self.add_error(name, sentence)
        if not (cleaned["report"].violations if "report" in cleaned else cleaned.get("violations")):
            self.add_error("mining_violations", "立案须有违法类型，请至少选一项。")
        if self.errors:
            return cleaned
        look = Look(**{name: cleaned.pop(name) for name in LOOK})
        verification = {"look": look, "files": cleaned.pop("look_files")}
        case = {name: cleaned.pop(name) for name in CASE}
        case |= {"facts": look.facts_found, "found_on": look.looked_on}
        return {"clue": cleaned, "look": verification, "proposal": FilingProposal(**case)}

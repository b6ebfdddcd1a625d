"""Send somebody to look; what was found, on the ground."""

from dataclasses import fields

from django import forms

from accounts.models import local_today
from clues.services.verification import Look, faults_of_look, possible_handlers, possible_lookers
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, SeveralRows
from registry import codes

YES_NO = [("yes", "是"), ("no", "否")]


def _yes_no(typed):
    return {"yes": True, "no": False}.get(typed)


def with_look(cleaned: dict) -> dict:
    """Cleaned values with those of the look as one Look, under "look"."""
    names = {field.name for field in fields(Look)}
    looked = {name: value for name, value in cleaned.items() if name in names}
    others = {name: value for name, value in cleaned.items() if name not in names}
    return {"look": Look(**looked), **others}


class AssignForm(ActForm):
    """分派核查."""

    handler = forms.ModelChoiceField(label="核查人", queryset=None, empty_label="请选择")
    note = forms.CharField(label="交办要求", max_length=200, required=False)

    def prepare(self):
        """The office's own people."""
        self.fields["handler"].queryset = possible_handlers(self.thing.agency)


class VerifyForm(ActForm):
    """记录核查: D02 of the standard papers."""

    looked_on = forms.DateField(label="核查日期", initial=local_today)
    lookers = SeveralRows(
        label="核查人员",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="不少于两人；确实只有一人去的照实记录，须再核查才能处理",
    )
    companions = forms.CharField(
        label="其他在场人员", max_length=200, required=False, help_text="村干部、见证人等"
    )
    facts_found = forms.CharField(label="核查情况", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    judgment = forms.ChoiceField(
        label="核查结论", choices=codes.choices("clue_judgments"), widget=forms.RadioSelect
    )
    ongoing = forms.TypedChoiceField(
        label="违法行为正在实施", choices=YES_NO, coerce=_yes_no, widget=forms.RadioSelect
    )
    stopped = forms.TypedChoiceField(
        label="是否已制止",
        choices=YES_NO,
        coerce=_yes_no,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="正在实施的必填",
    )
    stop_action = forms.CharField(label="制止措施", max_length=200, required=False)
    stop_notice_number = forms.CharField(label="责令停止违法行为通知书文号", max_length=80, required=False)
    files = ManyFilesField(
        label="现场照片和材料", required=False, help_text="核查表签字后的扫描件也在这里上传。"
    )
    sections = [
        ("核查", ["looked_on", "lookers", "companions", "facts_found", "judgment"]),
        ("制止", ["ongoing", "stopped", "stop_action", "stop_notice_number"]),
        ("附件", ["files"]),
    ]
    applies = dict.fromkeys(("stopped", "stop_action", "stop_notice_number"), ("ongoing", ("yes",)))
    upfront = (*applies, "files")

    def prepare(self):
        """The office's own people, first of all the one who writes it down."""
        self.fields["lookers"].queryset = possible_lookers(self.thing.agency)
        self.fields["lookers"].initial = [self.user.pk]

    def clean(self):
        """What belongs together, said at the field by the service's own rules."""
        cleaned = super().clean()
        typed = {name: cleaned.get(name) for name in ("looked_on", "lookers", "judgment")}
        if "stopped" in cleaned:
            typed |= {"ongoing": cleaned.get("ongoing"), "stopped": cleaned["stopped"]}
        how = cleaned.get("stop_action", "") + cleaned.get("stop_notice_number", "")
        for name, sentence in faults_of_look(how=how, **typed):
            if name not in self.errors:
                self.add_error(name, sentence)
        return cleaned if self.errors else with_look(cleaned)

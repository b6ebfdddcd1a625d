"""Forms for clues on gangs and officials."""

from django import forms

from accounts.forms.signing import ApprovalFields
from accounts.models import local_today
from clues.acts import SECRET_ACTS
from clues.models import Clue, SecretKind
from clues.services.secret_clues import HandingOver, possible_authorities
from common.document_numbers import normalise_number
from common.forms.acts import ActForm
from common.forms.fields import NOT_AHEAD, PastDay, long_text

HANDING = ("to_agency", "to_name", "letter_number", "sent_on", "letter")


class RecordSecretForm(ActForm):
    """登记涉黑涉恶、公职人员线索."""

    kind = forms.ChoiceField(label="类别", choices=SecretKind.choices, widget=forms.RadioSelect)
    received_on = PastDay(label="发现日期", initial=local_today, error_messages=NOT_AHEAD)
    suspects = forms.CharField(label="涉及人员", max_length=300, help_text="人员或者团伙")
    summary = long_text("线索内容", max_length=4000)
    clue = forms.CharField(
        label="有关线索号", max_length=80, required=False, help_text="从哪条线索发现的，没有的不填"
    )

    def clean_clue(self):
        """The clue with this number that the person sees."""
        number = normalise_number(self.cleaned_data["clue"])
        if not number:
            return None
        clue = Clue.objects.visible_to(self.user).filter(number=number).first()
        if clue is None:
            raise forms.ValidationError("没有找到这个线索号，请填写完整的线索号，或者不填。")
        return clue


class HandOverSecretForm(ApprovalFields):
    """移送公安或纪检监察机关."""

    approval_act = SECRET_ACTS.get("hand_over_secret_clue")
    to_agency = forms.ModelChoiceField(
        label="接收机关", queryset=None, required=False, empty_label="不在名单里"
    )
    to_name = forms.CharField(label="名单外的接收机关", max_length=120, required=False, help_text="单位全称")
    letter_number = forms.CharField(label="移送函文号", max_length=80, required=False)
    sent_on = PastDay(label="移送日期", initial=local_today, error_messages=NOT_AHEAD)
    letter = forms.FileField(label="移送函扫描件", required=False)
    approval_sections = [
        ("移送", list(HANDING)),
        ("签批意见", ["opinion"]),
        ("线下签批（在纸上签批的填写）", ["signer", "signed_on", "scan"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["signed_paper"]  # its paper is for this alone
        self.fields["to_agency"].queryset = possible_authorities(self.thing)

    def clean(self):
        """Where it goes as one value, beside the signature."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        handing = HandingOver(**{name: cleaned.pop(name) for name in HANDING})
        return {**cleaned, "handing": handing}


class AnswerSecretForm(ActForm):
    """反馈办理结果."""

    answered_on = PastDay(label="反馈日期", initial=local_today, error_messages=NOT_AHEAD)
    text = long_text("办理结果", max_length=4000)

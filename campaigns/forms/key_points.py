"""Forms of 重点区域, 重点人员 and 整治销号."""

from django import forms

from accounts.forms.again import PasswordAgain
from accounts.models import local_today
from campaigns.forms.books import BookForm
from campaigns.models import KeyArea, KeyPerson, Rectification
from common.forms.acts import ActForm
from common.identifiers import BadIdentifier, check_id_card
from common.words import squeeze


class KeyAreaForm(BookForm):
    """重点区域."""

    model = KeyArea


class KeyPersonForm(BookForm):
    """重点人员: name and number are typed here and sealed by the service."""

    model = KeyPerson
    left_out = KeyPerson.sealed
    name = forms.CharField(label="姓名", max_length=60, help_text="加密保存，页面上隐去。")
    identity = forms.CharField(
        label="身份证号码",
        max_length=30,
        required=False,
        help_text="知道的填写，加密保存，用于查找同一个人。",
    )

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        self.order_fields(["name", "identity"])
        if not self.adding:
            self.fields["name"].required = False
            for name in ("name", "identity"):
                self.fields[name].help_text = "已登记的不显示；留空不改。"

    def clean_identity(self):
        """A number that can be one."""
        typed = squeeze(self.cleaned_data["identity"])
        try:
            return check_id_card(typed, today=local_today()).normalised if typed else ""
        except BadIdentifier as wrong:
            raise forms.ValidationError(str(wrong)) from None


class RectificationForm(BookForm):
    """整治销号."""

    model = Rectification


class UnmaskForm(PasswordAgain, ActForm):
    """查看重点人员姓名."""

    reason = forms.CharField(label="查看事由", max_length=200, help_text="事由和查看人记入办理记录。")

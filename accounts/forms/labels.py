"""标注: one word put on a thing, or taken off."""

from django import forms

from accounts.models import Label
from common.forms.acts import ActForm

ON, OFF = "on", "off"


class LabelInput(forms.TextInput):
    """A text with the office's own labels to choose from, by the browser's own list."""

    template_name = "accounts/label_input.html"
    known = ()

    def get_context(self, name, value, attrs):
        """Also the labels there are."""
        return {**super().get_context(name, value, attrs), "known": self.known}


class LabelForm(ActForm):
    """标注; the office's labels of today are offered."""

    name = forms.CharField(
        label="标注",
        max_length=20,
        widget=LabelInput,
        help_text="如 重点、领导关注；本单位和上级看得到，列表可以按标注筛选。不写举报人",
    )
    away = forms.TypedChoiceField(
        label="加上还是去掉",
        choices=[(ON, "加上"), (OFF, "去掉")],
        initial=ON,
        coerce=lambda value: value == OFF,
        widget=forms.RadioSelect,
    )

    def prepare(self):
        """The office's own labels."""
        known = Label.objects.filter(agency=self.thing.agency).values_list("name", flat=True)
        self.fields["name"].widget.known = list(known[:100])

"""常用条件: keep what a list was asked for, change its name."""

from django import forms

from common.forms.acts import ActForm

SHARE = "共享给本单位"
SHARE_HELP = "本单位的人都能用；各人只看到自己有权看的"


class SaveFilterForm(ActForm):
    """保存常用条件."""

    name = forms.CharField(label="名称", max_length=30, help_text="与自己已有的同名的，换成现在的条件")
    shared = forms.BooleanField(label=SHARE, required=False, help_text=SHARE_HELP)
    digest = forms.BooleanField(
        label="每日提示", required=False, help_text="每个工作日九点以后，有新的就发消息；只发给本人"
    )


class AmendFilterForm(ActForm):
    """修改常用条件."""

    name = forms.CharField(label="名称", max_length=30)
    shared = forms.BooleanField(label=SHARE, required=False, help_text=SHARE_HELP)

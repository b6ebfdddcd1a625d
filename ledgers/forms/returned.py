"""A workbook that came back, and the answer to what was changed in it."""

from django import forms

from common.forms.acts import ActForm, Confirm


class ReturnedWorkbookForm(ActForm):
    """上传改回的工作簿."""

    upload = forms.FileField(
        label="改回的工作簿",
        help_text="选市级标了色、写了批注或者改了数的 .xlsx 文件。上传后台账不变，改动的数逐处答复。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择改回的工作簿。", "empty": "文件是空的，请重新选择。"},
    )


class TakeProposalForm(Confirm):
    """采纳: nothing to type."""


class DeclineProposalForm(ActForm):
    """不采纳: why the figure stays."""

    reason = forms.CharField(
        label="不采纳的理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：以处罚决定书为准，决定书所载金额为报送的数。",
    )

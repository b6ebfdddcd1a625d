"""Choosing a workbook, confirming what it would do, taking it back."""

from django import forms


class UploadForm(forms.Form):
    """The workbook and whether one bad row keeps everything out."""

    upload = forms.FileField(
        label="台账工作簿",
        help_text="可以直接选办公室现用的 .xlsx 或 .xls 文件，表头在前三十行内即可。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": "请选择要导入的台账工作簿。", "empty": "文件是空的，请重新选择。"},
    )
    all_or_none = forms.BooleanField(
        label="有一行有问题就全部不写入",
        required=False,
        help_text="不选时，没有问题的行先写入，有问题的行标红退回。",
    )

    def __init__(self, *args, user=None, thing=None, **kwargs):
        super().__init__(*args, **kwargs)


class ConfirmForm(forms.Form):
    """Nothing to type: the preview said it all."""

    def __init__(self, *args, user=None, thing=None, **kwargs):
        super().__init__(*args, **kwargs)


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label="撤回原因", max_length=200, error_messages={"required": "请写明撤回原因。"}
    )

    def __init__(self, *args, user=None, thing=None, **kwargs):
        super().__init__(*args, **kwargs)

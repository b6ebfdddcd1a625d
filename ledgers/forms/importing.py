"""Choosing a workbook, settling what its preview asks, confirming what it would do, taking it back."""

from django import forms

from common.errors import Refused
from common.forms.acts import ActForm
from ledgers.forms.import_choices import told_in
from ledgers.services import importing


class UploadForm(ActForm):
    """The workbook and whether one bad row keeps everything out."""

    upload = forms.FileField(
        label="台账工作簿",
        help_text="可以直接选办公室现用的 .xlsx、.xls、.ods 或 .csv 文件，表头在前三十行内即可。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"required": "请选择要导入的台账工作簿。", "empty": "文件是空的，请重新选择。"},
    )
    all_or_none = forms.BooleanField(
        label="有一行有问题就全部不写入",
        required=False,
        help_text="不选时，没有问题的行先写入，有问题的行标红退回。",
    )

    def clean(self):
        """Read the workbook before any transaction: a large one takes seconds."""
        cleaned = super().clean()
        if cleaned.get("upload"):
            with refusals_of(self):
                cleaned["prepared"] = importing.prepare_upload(
                    ledger=self.thing, upload=cleaned["upload"], all_or_none=cleaned["all_or_none"]
                )
        return cleaned


class ChoicesForm(ActForm):
    """What a person settled on the preview's page; read again at once with it."""

    def clean(self):
        """`prepared`: the workbook read again; `edited`: the cells typed so far."""
        cleaned = super().clean()
        told = told_in(self.data, self.thing)
        with refusals_of(self):
            importing.refuse_done(self.thing)
            cleaned["prepared"] = importing.prepare_choices(
                batch=self.thing, choices=told.choices, wanted=told.wanted
            )
            cleaned["edited"] = told.edited
        return cleaned


class ConfirmForm(ActForm):
    """Nothing to type: the preview said it all."""


class UndoForm(ActForm):
    """Why an import is taken back."""

    reason = forms.CharField(
        label="撤回原因", max_length=200, error_messages={"required": "请写明撤回原因。"}
    )


class refusals_of:  # noqa: N801 - reads as a word in a with line
    """A refusal inside is a fault of the form."""

    def __init__(self, form: forms.Form):
        self.form = form

    def __enter__(self):
        return self

    def __exit__(self, kind, refusal, trace):
        if isinstance(refusal, Refused):
            name = "upload" if "upload" in self.form.fields else None
            self.form.add_error(name, refusal.sentence)
            return True
        return False

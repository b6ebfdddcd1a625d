"""The fields of every approval: an opinion, and what 线下签批 (on paper) needs beside it."""

from django import forms

from accounts.acts import Act, posting_for
from accounts.models import SignedSheet, User
from accounts.services import signing
from common.forms.fields import NOT_AHEAD, Choice, PastDay


class SignerChoice(Choice):
    """Who signed; who has left since may have signed before."""

    def label_from_instance(self, person):
        """A name."""
        return person.name if person.is_active else f"{person.name}（已停用）"


class SheetChoice(forms.ModelChoiceField):
    """A signed sheet that was uploaded with another approval."""

    def label_from_instance(self, sheet):
        """What a typist knows it by."""
        return f"{sheet.signed_on}签批，{sheet.scan.name}，{sheet.typed_by.name}录入"


class ApprovalFields(forms.Form):
    """Opinion; signer, signing date and scan where the approval was given on paper.

    The form that mixes this in sets `approval_act` (the row of the acts table). A leader may
    leave the paper part empty and signs here; whoever only types must fill it in. One signed
    sheet may carry many approvals: instead of a scan, one that was uploaded already.
    """

    approval_act: Act = None
    opinion = forms.CharField(
        label="意见", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signer = SignerChoice(label="签批人", queryset=User.objects.none(), required=False)
    signed_on = PastDay(label="签批日期", required=False, error_messages=NOT_AHEAD)
    scan = forms.FileField(label="签批单扫描件", required=False, help_text="打印呈批表签批后扫描或拍照上传。")
    sheet = SheetChoice(
        label="已上传的签批单",
        queryset=SignedSheet.objects.none(),
        required=False,
        empty_label="不用",
        help_text="一张签批单批了几件事的，已随另一件上传过，在这里选。",
    )
    approval_sections = [
        ("签批意见", ["opinion"]),
        ("线下签批（在纸上签批的填写）", ["signer", "signed_on", "scan", "sheet"]),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
        self.sections = self.approval_sections
        self.fields["signer"].queryset = signing.possible_signers(self.approval_act, thing)
        self.fields["sheet"].queryset = signing.recent_sheets(thing.agency)
        self.must_be_paper = posting_for(user, self.approval_act.roles, thing) is None
        self.fields["signer"].required = self.must_be_paper

    def clean(self):
        """On paper they belong together; a sheet uploaded before brings its scan and its day."""
        cleaned = super().clean()
        sheet = cleaned.get("sheet")
        given = {name for name in ("signer", "signed_on", "scan", "sheet") if cleaned.get(name)}
        if not given and not self.must_be_paper:
            return cleaned
        if {"scan", "sheet"} <= given:
            self.add_error("sheet", "扫描件和已上传的签批单只选一样。")
        needed = {"signer"} if sheet else {"signer", "signed_on", "scan"}
        for name in needed - given - set(self.errors):
            self.add_error(name, "线下签批的，签批人、签批日期、签批单扫描件都要填。")
        if sheet and not cleaned.get("signed_on"):
            cleaned["signed_on"] = sheet.signed_on
        return cleaned

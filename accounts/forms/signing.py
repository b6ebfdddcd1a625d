"""The fields of every approval: an opinion, and what 线下签批 (on paper) needs beside it."""

from django import forms

from accounts.acts import Act, posting_for
from accounts.models import SignedPaper, User
from accounts.services import signing
from common.forms.fields import NOT_AHEAD, Choice, PastDay

SIGNATURE = ("opinion", "signer", "signed_on", "scan", "signed_paper")


class SignerChoice(Choice):
    """Who signed; who has left since may have signed before."""

    def label_from_instance(self, person):
        """A name."""
        return person.name if person.is_active else f"{person.name}（已停用）"


class SignedPaperChoice(forms.ModelChoiceField):
    """A signed paper that was uploaded with another approval."""

    def label_from_instance(self, signed_paper):
        """What a typist knows it by."""
        return f"{signed_paper.signed_on}签批，{signed_paper.scan.name}，{signed_paper.typed_by.name}录入"


class ApprovalFields(forms.Form):
    """Opinion; signer, signing date and scan where the approval was given on paper.

    The form that mixes this in sets `approval_act` (the row of the acts table). A leader may
    leave the paper part empty and signs here; whoever only types must fill it in. One signed
    paper may carry many approvals: instead of a scan, one that was uploaded already.
    """

    approval_act: Act = None
    opinion = forms.CharField(
        label="意见", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signer = SignerChoice(
        label="签批人",
        queryset=User.objects.none(),
        required=False,
        help_text="提交后签批人会收到消息，由他核对是不是本人签的。",
    )
    signed_on = PastDay(label="签批日期", required=False, error_messages=NOT_AHEAD)
    # A telephone that keeps HEIC hands out a JPG where none of the named kinds is HEIC.
    scan = forms.FileField(
        label="签批单扫描件",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.tif,.tiff,.bmp,.pdf"}),
        help_text="打印呈批表签批后扫描或拍照上传，图片或者 PDF。",
    )
    signed_paper = SignedPaperChoice(
        label="已上传的签批单",
        queryset=SignedPaper.objects.none(),
        required=False,
        empty_label="不用",
        help_text="一张签批单批了几件事的，已随另一件上传过，在这里选。",
    )
    approval_sections = [
        ("签批意见", ["opinion"]),
        ("线下签批（在纸上签批的填写）", ["signer", "signed_on", "scan", "signed_paper"]),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
        self.sections = self.approval_sections
        self.fields["signer"].queryset = signing.possible_signers(self.approval_act, thing)
        self.fields["signed_paper"].queryset = signing.recent_signed_papers(thing.agency)
        self.must_be_paper = posting_for(user, self.approval_act.roles, thing) is None
        self.fields["signer"].required = self.must_be_paper

    def clean(self):
        """What belongs together on paper; then all of it as one signature, for the service."""
        cleaned = super().clean()
        self._check_paper(cleaned)
        if not self.errors:
            given = [name for name in SIGNATURE if name in cleaned]
            cleaned["signature"] = signing.Signature(**{name: cleaned.pop(name) for name in given})
        return cleaned

    def _check_paper(self, cleaned) -> None:
        """Signer, day and scan are all there; a paper uploaded before brings its scan and its day."""
        signed_paper = cleaned.get("signed_paper")
        given = {name for name in SIGNATURE[1:] if cleaned.get(name)}
        if not given and not self.must_be_paper:
            return
        if {"scan", "signed_paper"} <= given:
            self.add_error("signed_paper", "扫描件和已上传的签批单只选一样。")
        needed = {"signer"} if signed_paper else {"signer", "signed_on", "scan"}
        for name in needed - given - set(self.errors):
            self.add_error(name, "线下签批的，签批人、签批日期、签批单扫描件都要填。")
        if signed_paper and not cleaned.get("signed_on"):
            cleaned["signed_on"] = signed_paper.signed_on

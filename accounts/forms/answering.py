"""Forms of the page on which a leader answers: the opinion first, the paper folded away."""

from accounts.acts import Act
from accounts.forms.signing import SIGNATURE, ApprovalFields

AGREED = Act.said  # what approving is called where its row says nothing else
NO_PAPER = "退回在系统里办理；在纸上签批的，在这里只录入同意。"


class AnswerFields(ApprovalFields):
    """An approval on the page of its answers. Who only types from paper sees the paper's fields at once."""

    more_title = "录入纸上签批"
    own_sections = []

    def __init__(self, *args, answers=(), **kwargs):
        """`answers` are the buttons of the page (accounts.answering): which of them need a reason is said."""
        super().__init__(*args, **kwargs)
        others = [each["word"] for each in answers if each["word"] != AGREED]
        self.fields["opinion"].help_text = f"{'、'.join(others)}的，须写明理由" if others else ""
        (_, opinion), (on_paper, signed) = self.approval_sections
        self.sections = [("", opinion), *self.own_sections, (on_paper, signed)]
        self.upfront = SIGNATURE if self.must_be_paper else ("opinion",)


class WithReason:
    """Mixes into the form of an approval what another answer needs: a reason, nothing else of its own."""

    opinion_label = "意见"
    approval_only = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].required = True
        self.fields["opinion"].label = self.opinion_label

    def clean(self):
        """The signature alone."""
        cleaned = super().clean()
        for name in self.approval_only:
            cleaned.pop(name, None)
        return cleaned


class InSystemOnly(WithReason):
    """An answer that nobody types from paper: its service takes the words alone, as `words_as`."""

    words_as = "opinion"

    def clean(self):
        """The words; who signed on paper is refused at its field."""
        cleaned = super().clean()
        signature = cleaned.pop("signature", None)
        if signature and not signature.in_system(self.user):
            self.add_error("signer", NO_PAPER)
        return {self.words_as: signature.opinion} if signature and not self.errors else cleaned

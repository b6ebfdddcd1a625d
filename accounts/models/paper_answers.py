"""What the named signer says of an approval typed from paper; and how a denial was settled."""

from django.db import models

from accounts.models.people import Posting, User
from accounts.models.sealed import Sealed, SealedQuerySet
from accounts.models.signing import Approval


class Answer(models.TextChoices):
    """The signer's own word, then the two ways in which a leader settles a denial."""

    CONFIRMED = "confirmed", "是我签的"
    DENIED = "denied", "不是我签的"
    SIGNED_ANEW = "signed_anew", "重新签批"
    UNDONE = "undone", "已撤销或者改正"


SETTLING = (Answer.SIGNED_ANEW, Answer.UNDONE)


class PaperAnswerQuerySet(SealedQuerySet):
    """Answers, and those that still count."""

    def standing_denials(self):
        """Denials that neither the same person took back nor a leader has settled since."""
        later = PaperAnswer.objects.filter(approval=models.OuterRef("approval"), pk__gt=models.OuterRef("pk"))
        over = later.filter(models.Q(by=models.OuterRef("by")) | models.Q(answer__in=SETTLING))
        return self.filter(~models.Exists(over), answer=Answer.DENIED)


class PaperAnswer(Sealed):
    """One answer about one approval on paper, kept for good; the newest of each person counts."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="answers")
    answer = models.CharField("答复", max_length=12, choices=Answer)
    words = models.TextField("说明", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="答复人")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", auto_now_add=True)

    objects = PaperAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["approval"], condition=models.Q(answer="denied"), name="paper_denied")
        ]
        verbose_name = verbose_name_plural = "线下签批的答复"

    def __str__(self):
        return f"{self.by} {self.get_answer_display()}"

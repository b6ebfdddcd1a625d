"""A workbook that came back from the prefecture: what is marked on it, what it would change."""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import StoredFile, User
from accounts.models.base import random_id
from ledgers.fields import FIELDS, Value
from ledgers.models.submission import Submission
from ledgers.stages import PROPOSAL, of_proposal


class ReturnedQuerySet(JurisdictionQuerySet):
    """Returned workbooks: who sees the county's ledger sees them."""

    agency_path = "submission__agency"


class MarkQuerySet(JurisdictionQuerySet):
    """Their cells."""

    agency_path = "returned__submission__agency"

    def whole(self):
        """With all that answering and showing a cell reads."""
        return self.select_related("returned__submission__agency", "returned__submission__campaign", "answer")


class ReturnedWorkbook(models.Model):
    """One workbook that came back, kept as it came; nothing in the ledger changes by it."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="returned_workbooks", verbose_name="报送"
    )
    workbook = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="工作簿")
    # Sheet, row, column, value and what is to be said of each place that couldn't be taken up.
    faults = models.JSONField("没有对上的", default=list)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = ReturnedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "改回的工作簿"

    def __str__(self):
        return f"第{self.submission.sequence}期改回的工作簿"

    def get_absolute_url(self):
        """Its page."""
        return reverse("ledgers:returned_workbook", args=[self.public_id])

    @property
    def agency(self):
        """Whose ledger it is about."""
        return self.submission.agency


class ReturnedMark(models.Model):
    """One cell of it: coloured, commented, or with another value than was submitted (改数意见).

    `key` is the field; a comment outside of the rows has neither field nor entry.
    """

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    returned = models.ForeignKey(ReturnedWorkbook, models.PROTECT, related_name="marks")
    position = models.PositiveIntegerField()
    sheet = models.CharField("工作表", max_length=60)
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=3)
    entry_key = models.CharField(max_length=24, blank=True, db_index=True)
    party = models.CharField("企业名称（个人）", max_length=300, blank=True)
    key = models.CharField(max_length=40, blank=True)
    colour = models.CharField("颜色", max_length=20, blank=True)
    comment = models.TextField("批注", blank=True)
    author = models.CharField("批注人", max_length=60, blank=True)
    changes = models.BooleanField("改数", default=False)
    old = models.JSONField("报送时", null=True)
    proposed = models.JSONField("改为", null=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["returned", "position"], name="returned_mark_once")]
        verbose_name = verbose_name_plural = "改数意见"

    def __str__(self):
        label = FIELDS[self.key].name if self.key else ""
        return f"{self.party}　{label}" if self.party else f"{self.column}{self.row}"

    def get_absolute_url(self):
        """Its line on the page of its workbook."""
        return f"{self.returned.get_absolute_url()}#mark-{self.public_id}"

    @property
    def agency(self):
        """The county that takes it or not."""
        return self.returned.submission.agency

    @property
    def state(self) -> str:
        """open, taken or declined; a mark that changes nothing asks for no answer."""
        answer = getattr(self, "answer", None)
        return of_proposal(self.changes, answer and answer.taken).state

    @property
    def old_value(self) -> Value:
        """What was submitted."""
        return FIELDS[self.key].thaw(self.old)

    @property
    def proposed_value(self) -> Value:
        """What the workbook has in its place."""
        return FIELDS[self.key].thaw(self.proposed)


class ProposalAnswer(models.Model):
    """The county's answer to a changed figure; never changed."""

    mark = models.OneToOneField(ReturnedMark, models.PROTECT, related_name="answer")
    taken = models.BooleanField("采纳")
    reason = models.CharField("不采纳的理由", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="答复人")
    at = models.DateTimeField("答复时间", auto_now_add=True)

    def __str__(self):
        return PROPOSAL[of_proposal(True, self.taken).state].label

"""The common books that every app writes to: trail, numbers, clocks, outbox, inbox, keys, files.

What they are about is named by `subject_kind` and `subject_id` (a model's label in lower case and
its primary key); these books stay ignorant of who writes.
"""

from django.db import models
from django.urls import reverse

from accounts.models.agencies import Agency
from accounts.models.base import Recorded
from accounts.models.people import User
from accounts.models.remindable import Remindable


class AboutSomething(models.Model):
    """A row about a thing of an upper app."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True


class TrailHead(models.Model):
    """The end of one chain. A chain alone does not notice that its tail was cut; its head does."""

    chain = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self):
        return self.chain


class TrailEntry(AboutSomething):
    """Who did which act on what, acting for which agency. Appended only (database triggers)."""

    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField("记录时间")
    happened_on = models.DateField("发生日期", null=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="代表机构")
    role = models.CharField("岗位", max_length=20, blank=True)
    act = models.CharField(max_length=60)
    label = models.CharField("事项", max_length=60)
    changes = models.JSONField(default=dict)
    reason = models.TextField("说明", blank=True)
    origin = models.CharField("来自", max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="trail_seq_once")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="trail_subject"),
            models.Index(fields=["actor", "-at"], name="trail_actor"),
        ]
        verbose_name = verbose_name_plural = "全过程记录"

    def __str__(self):
        return f"{self.label} {self.at:%Y-%m-%d %H:%M}"


class TrailRoot(models.Model):
    """A day's root over all heads; kept off the machine it shows a chain rewritten whole."""

    day = models.DateField(unique=True)
    heads = models.PositiveBigIntegerField()
    entries = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.day)


class Serial(models.Model):
    """The last number given per office, kind and year; taken under lock."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="serial_once")]

    def __str__(self):
        return f"{self.agency} {self.kind} {self.year}"

    def get_absolute_url(self):
        """The page of the office's numbers."""
        return reverse("accounts:numbers", args=[self.agency.code])


class IssuedNumber(models.Model):
    """A number given by the system or by hand, or voided with a reason; never used again."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机构")
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField("年")
    seq = models.PositiveIntegerField("序号", null=True, blank=True)
    text = models.CharField("编号", max_length=80)
    by_hand = models.BooleanField("手工编号", default=False)
    voided_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agency", "kind", "year", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "text"], name="number_text_once"),
            models.UniqueConstraint(fields=["agency", "kind", "year", "seq"], name="number_seq_once"),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        """The page of the office's numbers."""
        return reverse("accounts:numbers", args=[self.agency.code])


class Clock(AboutSomething, Remindable):
    """A running time limit: what it counts from, when it is due, why; `met_at` ends it.

    One in working days keeps their number, the sentence it is counted by (`basis`) and the
    periods it stood still ([from, to, why]): a change of the calendar counts it anew from them.
    """

    kind = models.CharField("时限", max_length=40)
    label = models.CharField("名称", max_length=60)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机构")
    counted_from = models.DateField("起算日")
    due_at = models.DateTimeField("到期")
    warn_at = models.DateTimeField("提醒")
    article = models.CharField("依据", max_length=200)
    explanation = models.TextField("为什么是这一天", blank=True)
    workdays = models.PositiveSmallIntegerField("工作日数", null=True, editable=False)
    basis = models.CharField("计算依据", max_length=400, blank=True, editable=False)
    stood = models.JSONField("中止过", default=list, editable=False)
    suspended_on = models.DateField("中止自", null=True, blank=True)
    suspended_reason = models.CharField("中止原因", max_length=200, blank=True)
    met_at = models.DateTimeField("完成", null=True, blank=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=models.Q(met_at__isnull=True),
                name="clock_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(met_at__isnull=True), name="clock_open_due"),
            models.Index(
                fields=["agency", "due_at"], condition=models.Q(met_at__isnull=True), name="clock_open_agency"
            ),
            models.Index(
                fields=["remind_at"], condition=models.Q(remind_at__isnull=False), name="clock_remind"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(met_at__isnull=True, suspended_on__isnull=True, remind_at__isnull=True),
                name="clock_not_looked_at",
            ),
        ]
        verbose_name = verbose_name_plural = "时限"

    def __str__(self):
        return f"{self.label} {self.due_at:%Y-%m-%d}"


class OutboxState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "待送"
    SENT = "sent", "已送"
    MOOT = "moot", "不再需要"
    PASSED = "passed", "改走下一渠道"
    DEAD = "dead", "送不出"


class Outbox(models.Model):
    """A message owed, written in the act's transaction; unique by meaning; sent under a lease.

    Of a reminder: `about` names the thing that is due ("clock:12"), `stage` and `stage_at` the
    moment, `due_at` the date it was worked out for. `target` is the channel of a row that leaves
    the house, to a person (`recipient`) or to an agency's group (`agency`). `digest_on` is the
    day whose one message counts this line, or that the row itself is.
    """

    meaning = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=20, default="inbox")
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=200, blank=True)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OutboxState, default=OutboxState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    stage_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey("accounts.Channel", models.PROTECT, null=True, related_name="+")
    digest_on = models.DateField(null=True, blank=True)
    any_hour = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["recipient"], condition=models.Q(state="waiting"), name="outbox_waiting_mine"
            ),
            models.Index(
                fields=["digest_on", "recipient"],
                condition=models.Q(digest_on__isnull=False),
                name="outbox_digest",
            ),
            models.Index(fields=["about"], condition=~models.Q(about=""), name="outbox_about"),
            models.Index(fields=["done_at"], condition=models.Q(state="dead"), name="outbox_dead"),
        ]

    def __str__(self):
        return self.meaning


class Notice(models.Model):
    """A line in one person's inbox; exactly once by its key."""

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField("事项", max_length=120)
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["recipient", "-created_at"], name="notice_recent"),
        ]
        verbose_name = verbose_name_plural = "消息"

    def __str__(self):
        return self.title


class IdempotencyKey(models.Model):
    """A form's server-made key and where its act led; stored in the act's own transaction."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    act = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_once")]

    def __str__(self):
        return self.act


class StoredFile(models.Model):
    """A file kept byte for byte under its SHA-256; the same bytes are stored once."""

    public_id = models.CharField(
        max_length=24, unique=True, default=Recorded._meta.get_field("public_id").default
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节")
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=80)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    stored_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    stored_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Its download."""
        return reverse("accounts:file", args=[self.public_id])

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it inside a page."""
        return self.content_type in ("image/jpeg", "image/png", "image/bmp")

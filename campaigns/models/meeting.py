"""会议: held by which rule, with its minutes, what was agreed and the result."""

from datetime import timedelta

from django.db import models

from accounts.models import Agency, StoredFile
from campaigns.models.book import BookRow, Part, in_order, not_to_come
from cases.models import Case
from clues.models import Clue


class Meeting(BookRow):
    """A meeting with its minutes and the items that were discussed."""

    class Kind(models.TextChoices):
        """By which rule it is held."""

        FEEDBACK = "feedback", "情报信息和线索移交反馈会议"
        COORDINATION = "coordination", "协调会议"
        JOINT = "joint", "联席会议"
        OTHER = "other", "其他会议"

    kind = models.CharField("会议", max_length=14, choices=Kind)
    held_on = models.DateField("召开日期")
    place = models.CharField("地点", max_length=100, blank=True)
    chair = models.CharField("主持人", max_length=60)
    attendees = models.TextField("参加单位和人员", max_length=2000)
    minutes = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="会议纪要",
        help_text="还没有形成的，以后再传。",
    )
    reported_on = models.DateField(
        "报告专项行动领导小组日期", null=True, blank=True, help_text="会议纪要报出后填写。"
    )

    book, when, parts_title = "meetings", "held_on", "研究的事项和落实情况"
    article = (
        "交自然资字〔2021〕62号五（一）四：每两天进行一次情报信息和线索移交反馈会议，每十天召开一次协调会议，"
        "形成会议纪要报告专项行动领导小组；岢政办发〔2022〕50号二（一）1：每季度至少召开一次联席会议"
    )
    shown = ("kind", "held_on", "place", "chair", "attendees", "minutes", "reported_on")
    EVERY = {Kind.FEEDBACK: 2, Kind.COORDINATION: 10}

    class Meta:
        verbose_name = verbose_name_plural = "会议"

    def __str__(self):
        return f"{self.held_on} {self.get_kind_display()}"

    def clean(self):
        """Was held, and reported afterwards."""
        not_to_come(self, "held_on", "reported_on")
        in_order(self, "held_on", "reported_on", "报告日期不能早于召开日期，请核对。")

    @classmethod
    def next_by(cls, kind, last):
        """The last day on which the next one of a kind is to be held; None where no rule says."""
        if kind == cls.Kind.JOINT:
            quarter = (last.month - 1) // 3 + 1
            year, month = last.year + quarter // 4, quarter % 4 * 3 + 3
            return last.replace(year=year, month=month, day=31 if month in (3, 12) else 30)
        days = cls.EVERY.get(kind)
        return last + timedelta(days=days) if days else None


class MeetingItem(Part):
    """One of its items: what is to follow, by whom and when, and the result."""

    row = models.ForeignKey(Meeting, models.PROTECT, related_name="parts")
    title = models.CharField("研究的事项", max_length=300)
    follow_up = models.CharField("议定和后续工作", max_length=300, blank=True)
    who = models.CharField("责任单位或人员", max_length=100, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    result = models.CharField("落实情况", max_length=300, blank=True)
    done_on = models.DateField("办结日期", null=True, blank=True)
    clues = models.ManyToManyField(Clue, related_name="+", blank=True, verbose_name="有关线索")
    cases = models.ManyToManyField(Case, related_name="+", blank=True, verbose_name="有关案件")
    names = ("title", "follow_up", "who", "due_on", "result", "done_on")

    def __str__(self):
        return self.title

    def clean(self):
        """Done is a day that was."""
        not_to_come(self, "done_on")

    @property
    def words(self) -> str:
        """With how many clues and cases it is about; which ones is for who sees them."""
        count = self.clues.count() + self.cases.count()
        return f"{self.title}（有关线索、案件{count}件）" if count else self.title

    def get_absolute_url(self):
        """The meeting's page."""
        return self.row.get_absolute_url()

    @property
    def agency(self) -> Agency:
        """The meeting's."""
        return self.row.agency

    @property
    def version(self) -> int:
        """The meeting's: it is changed with it."""
        return self.row.version

    @property
    def state(self) -> str:
        """struck with its meeting, else open until it is done."""
        return "struck" if self.row.struck_on else "done" if self.done_on else "open"

    def granted_agency_ids(self) -> list[int]:
        """The meeting's."""
        return self.row.granted_agency_ids()


Meeting.part_of = MeetingItem

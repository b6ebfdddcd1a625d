"""A clue: where it came from, what it says, where it stands."""

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, Grant, Label, Region, StoredFile, User
from accounts.models.base import Clocked, Recorded, Staged, known
from clues.stages import ENDED, ClueState
from common.paths import path_of
from registry import codes
from registry.models import Party


class ClueQuerySet(JurisdictionQuerySet):
    """Clues within reach, reported by the user's own township office, or handed over to the user's agency."""

    grant_kind = "clue"

    def reach_filter(self, user):
        """Also the clues that the person's own (township) office reported."""
        return super().reach_filter(user) | models.Q(origin_agency__in=user.reach_ids())

    def whole(self):
        """With every row that the head of a clue's page reads."""
        return self.select_related(
            *(
                "county__parent",
                "township",
                "agency",
                "origin_agency",
                "handler",
                "registered_by",
                "merged_into",
            )
        )

    def open(self):
        """Clues still to be worked on."""
        return self.exclude(state__in=ENDED)


class Clue(Staged, Clocked, Recorded):
    """What was reported or found. `agency` is the county bureau that answers for it."""

    rests = ENDED
    number = models.CharField("线索号", max_length=80, blank=True, db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="clues", verbose_name="承办单位")
    origin_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上报单位"
    )
    state = models.CharField("状态", max_length=12, choices=ClueState, default=ClueState.REGISTERED)
    source = models.CharField("线索来源", max_length=30, choices=codes.choices("sources"))
    source_number = models.CharField("来文或工单编号", max_length=60, blank=True)
    received_on = models.DateField("受理日期")
    happened_on = models.DateField("问题发生日期", null=True, blank=True)
    summary = models.TextField("线索摘要", max_length=4000)
    county = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="县（市、区）")
    township = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡（镇、街道）"
    )
    place = models.CharField("位置", max_length=200)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=10, decimal_places=7, null=True, blank=True)
    position_typed = models.CharField("坐标原文", max_length=120, blank=True)
    position_datum = models.CharField("坐标系", max_length=20, blank=True)
    position_approximate = models.BooleanField("坐标为近似换算", default=False)
    violations = models.JSONField("涉嫌违法类型", default=list, blank=True)
    mineral = models.CharField("矿种", max_length=60, blank=True)
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="clues_handled", verbose_name="核查人"
    )
    look_again_on = models.DateField("再查日期", null=True, blank=True)
    found_by = models.CharField("发现人", max_length=60, blank=True)
    found_at = models.DateTimeField("发现时间", null=True, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    outcome = models.CharField("处理结果", max_length=20, blank=True, choices=codes.choices("disposals"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_clues", verbose_name="并入"
    )
    # A case that came from no clue: apps above are pointed at by their public id only.
    merged_key = models.CharField(max_length=24, blank=True, editable=False)
    merged_number = models.CharField("并入案件", max_length=80, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    labels = models.ManyToManyField(Label, related_name="clues", blank=True, verbose_name="标注")

    objects = ClueQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "-received_on"], name="clue_list"),
            models.Index(fields=["agency", "stage_since"], name="clue_stays"),
            models.Index(fields=["handler", "state"], name="clue_handler"),
            # Each order of the list, ties by key: for one office, and for those above it.
            models.Index(fields=["agency", "-received_on", "-id"], name="clue_newest_here"),
            models.Index(fields=["-received_on", "-id", "agency", "origin_agency"], name="clue_newest"),
            models.Index(fields=["number", "id"], name="clue_by_number"),
            # Next to none was merged into a case: only in its own order does SQLite find them by it.
            models.Index(fields=["merged_key", "received_on", "id"], name="clue_into_case"),
            models.Index(fields=["state", "id"], name="clue_by_state"),
            models.Index(fields=["source", "id"], name="clue_by_source"),
            models.Index(fields=["county", "id"], name="clue_by_county"),
            models.Index(fields=["outcome", "id"], name="clue_by_outcome"),
            models.Index(fields=["stage_since", "id"], name="clue_by_stay", condition=known("stage_since")),
            models.Index(fields=["found_at", "id"], name="clue_by_finding", condition=known("found_at")),
            models.Index(fields=["reported_at", "id"], name="clue_by_report", condition=known("reported_at")),
            models.Index(
                fields=["look_again_on", "id"], name="clue_by_look", condition=known("look_again_on")
            ),
            models.Index(
                fields=["agency", "next_due_at", "id"], name="clue_due_here", condition=known("next_due_at")
            ),
            models.Index(fields=["next_due_at", "id"], name="clue_by_due", condition=known("next_due_at")),
            models.Index(
                fields=["latitude", "longitude"],
                condition=models.Q(latitude__isnull=False),
                name="clue_place",
            ),
        ]
        verbose_name = verbose_name_plural = "线索"

    def __str__(self):
        return self.number or f"线索 {self.received_on}"

    def get_absolute_url(self):
        """The clue's page."""
        return path_of("clues:detail", self.public_id)

    def granted_agency_ids(self) -> list[int]:
        """Agencies to which this clue was handed over."""
        return list(
            Grant.objects.in_force()
            .filter(kind="clue", object_id=self.pk)
            .values_list("agency_id", flat=True)
        )

    def original_ids(self) -> list[int]:
        """Keys of the clue and of every clue that was merged into it."""
        return [self.pk, *(row.original_id for row in self.sources.all() if row.original_id != self.pk)]

    @property
    def full_place(self) -> str:
        """County and township before the place as it was typed."""
        return f"{self.county.full_name}{self.township.name if self.township else ''} {self.place}"

    @property
    def went_into(self) -> str:
        """The number of the clue or case that goes on in place of this one."""
        return str(self.merged_into or self.merged_number)

    @property
    def violation_labels(self) -> list[str]:
        """The suspected violations in words."""
        return [codes.label("violations", code) for code in self.violations]


class ClueParty(models.Model):
    """A suspected party of a clue."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="suspects")
    party = models.ForeignKey(Party, models.PROTECT, related_name="clue_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clue", "party"], name="clue_party_once")]

    def __str__(self):
        return str(self.party)


class ClueSource(models.Model):
    """One report behind a clue; a merge keeps every one of them."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="sources")
    source = models.CharField("线索来源", max_length=30, choices=codes.choices("sources"))
    source_number = models.CharField("来文或工单编号", max_length=60, blank=True)
    received_on = models.DateField("受理日期")
    summary = models.TextField("内容")
    original = models.ForeignKey(Clue, models.PROTECT, related_name="+", verbose_name="原线索")

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = verbose_name_plural = "来源"

    def __str__(self):
        return self.get_source_display()


class ClueFile(models.Model):
    """A photo or paper of a clue; time and position come from EXIF or are typed."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    place = models.CharField("拍摄地点", max_length=200, blank=True)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=10, decimal_places=7, null=True, blank=True)
    typed = models.BooleanField("时间位置为手工填写", default=False)
    note = models.CharField("说明", max_length=200, blank=True)
    sent_by = models.CharField("发来的人", max_length=60, blank=True)
    original_with = models.CharField("原件保存人", max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "线索附件"

    def __str__(self):
        return self.file.name

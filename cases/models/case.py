"""A case: its office, number, parties and violations, and where it stands."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, Grant, Label, Region, StoredFile, User
from accounts.models.base import Clocked, Recorded, Staged, known
from cases.flags import ORDER
from cases.stages import CaseState
from clues.models import Clue
from common.paths import path_of
from registry import codes
from registry.models import Party

# Never begun as cases: refused, or not approved yet.
UNFILED = (CaseState.PROPOSED, CaseState.DRAFTED, CaseState.REFUSED, CaseState.DROPPED)
# Nobody works on them any more.
ENDED = (CaseState.REFUSED, CaseState.DROPPED, CaseState.CLOSED)


class CaseQuerySet(JurisdictionQuerySet):
    """Cases within reach, or referred to the user's agency."""

    grant_kind = "case"

    def open(self):
        """Cases still to be worked on."""
        return self.exclude(state__in=ENDED)

    def filed(self):
        """Cases whose filing was approved."""
        return self.exclude(state__in=UNFILED)

    def whole(self):
        """With every row that the head of a case's page reads."""
        return self.select_related(
            *("county", "township", "agency", "clue", "handler", "second_handler", "proposed_by")
        )

    def within_reach(self, user):
        """Cases of the person's own offices: the whole file, not only a package sent over."""
        return self.filter(self.reach_filter(user))


class Case(Staged, Clocked, Recorded):
    """One case of one agency; several parties, several violations, land and mining together."""

    rests = ENDED
    number = models.CharField("案号", max_length=80, blank=True, db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases", verbose_name="立案单位")
    clue = models.ForeignKey(
        Clue, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="线索"
    )
    state = models.CharField("阶段", max_length=14, choices=CaseState, default=CaseState.PROPOSED)
    cause = models.CharField("案由", max_length=200)
    source = models.CharField("案件来源", max_length=30, choices=codes.choices("sources"), blank=True)
    facts = models.TextField("主要违法事实", max_length=8000, blank=True)
    found_on = models.DateField("发现日期", null=True, blank=True)
    act_ended_on = models.DateField("违法行为终了日期", null=True, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    county = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="县（市、区）")
    township = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡（镇、街道）"
    )
    place = models.CharField("位置", max_length=200)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=10, decimal_places=7, null=True, blank=True)
    mineral = models.CharField("矿种", max_length=60, blank=True)
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="cases_led", verbose_name="承办人"
    )
    second_handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="协办人"
    )
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="呈批人"
    )
    imported = models.BooleanField("台账导入", default=False)
    # When the flags of the case were last worked out; null: not yet (services/flags.py).
    flagged_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    labels = models.ManyToManyField(Label, related_name="cases", blank=True, verbose_name="标注")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "-filed_on"], name="case_list"),
            models.Index(fields=["agency", "stage_since"], name="case_stays"),
            models.Index(fields=["handler", "state"], name="case_handler"),
            # Each order of the list, ties by key: for one office, and for those above it.
            models.Index(fields=["agency", "-filed_on", "-id"], name="case_newest_here"),
            models.Index(fields=["-filed_on", "-id", "agency"], name="case_newest"),
            models.Index(fields=["number", "id"], name="case_by_number"),
            models.Index(fields=["state", "id"], name="case_by_state"),
            models.Index(fields=["county", "id"], name="case_by_county"),
            models.Index(fields=["closed_on", "id"], name="case_by_closing", condition=known("closed_on")),
            models.Index(fields=["stage_since", "id"], name="case_by_stay", condition=known("stage_since")),
            models.Index(
                fields=["agency", "next_due_at", "id"], name="case_due_here", condition=known("next_due_at")
            ),
            models.Index(fields=["next_due_at", "id"], name="case_by_due", condition=known("next_due_at")),
            # What is open, for badges and desks: who it may wait for.
            models.Index(
                fields=["second_handler", "state"], name="case_second", condition=known("second_handler")
            ),
        ]
        verbose_name = verbose_name_plural = "案件"

    def __str__(self):
        return self.number or self.cause

    @property
    def position(self) -> str:
        """Where it is, in CGCS2000 degrees; nothing where no coordinates are known."""
        if self.longitude is None or self.latitude is None:
            return ""
        return f"东经 {self.longitude:.6f}，北纬 {self.latitude:.6f}"

    def get_absolute_url(self):
        """The case's page."""
        return path_of("cases:detail", self.public_id)

    def granted_agency_ids(self) -> list[int]:
        """Agencies to which this case was referred or copied."""
        return list(
            Grant.objects.in_force()
            .filter(kind="case", object_id=self.pk)
            .values_list("agency_id", flat=True)
        )

    @property
    def flags(self) -> list[str]:
        """Codes of the flags that hold, in the order they are shown; read once."""
        return [row.code for row in self.flags_now()]

    def flags_now(self) -> list:
        """The flags that hold, in the order they are shown; read once."""
        models.prefetch_related_objects([self], "flag_rows")
        return sorted(self.flag_rows.all(), key=lambda row: ORDER[row.code])

    def land_now(self) -> list:
        """The land finding that holds: every row of the latest round not withdrawn."""
        return latest_round(self.land_findings.all())

    def minerals_now(self) -> list:
        """The mineral finding that holds: every row of the latest round not withdrawn."""
        return latest_round(self.mineral_findings.all())

    def circumstances_now(self):
        """The circumstances that hold: the latest round not withdrawn; None where there is none."""
        return next(iter(latest_round(self.circumstances.all())), None)


def latest_round(rows: Iterable, stands: Callable = attrgetter("stands")) -> list:
    """Of the rows of rounds that stand those of the last."""
    standing = [row for row in rows if stands(row)]
    latest = max((row.round for row in standing), default=0)
    return [row for row in standing if row.round == latest]


class CaseParty(models.Model):
    """A party of a case; a party named later takes the place of 当事人不明 in the same row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="case_links")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "party"], name="case_party_once")]

    def __str__(self):
        return str(self.party)


class Violation(models.Model):
    """One violation of a case, with its days: they choose the law (行政处罚法 art 37)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="violations")
    code = models.CharField("违法类型", max_length=6, choices=codes.choices("violations"))
    side = models.CharField("方面", max_length=8, choices=[("mining", "采矿"), ("land", "占地")])
    from_day = models.DateField("行为开始", null=True, blank=True)
    until_day = models.DateField("行为终了", null=True, blank=True)
    continuing = models.BooleanField("仍在继续", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="case_violation_once")]
        indexes = [models.Index(fields=["code", "case"], name="case_violation_of")]

    def __str__(self):
        return self.get_code_display()


class CaseFile(models.Model):
    """A paper or photo of a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=20, blank=True)
    kind = models.CharField("材料名称", max_length=60, blank=True)
    for_police = models.BooleanField("随移送卷", default=False)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "案卷材料"

    def __str__(self):
        return self.file.name

"""Regions by GB/T 2260 code, and agencies as a tree."""

from django.db import models
from django.urls import reverse


class RegionLevel(models.TextChoices):
    """The levels of the code: two, four, six and nine digits."""

    PROVINCE = "province", "省"
    PREFECTURE = "prefecture", "市"
    COUNTY = "county", "县（市、区）"
    TOWNSHIP = "township", "乡（镇、街道）"


STEM = {RegionLevel.PROVINCE: 2, RegionLevel.PREFECTURE: 4, RegionLevel.COUNTY: 6, RegionLevel.TOWNSHIP: 9}


class Region(models.Model):
    """A division by its GB/T 2260 code (townships by the nine-digit statistical code)."""

    code = models.CharField("代码", max_length=9, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=12, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级"
    )

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "行政区划"

    def __str__(self):
        return self.name

    @property
    def stem(self) -> str:
        """What the codes of the division and of all below it begin with (141100 → 1411)."""
        return self.code[: STEM[self.level]]

    @property
    def full_name(self) -> str:
        """Prefecture and county together, because 市中区 exists in several prefectures."""
        if self.level in (RegionLevel.PROVINCE, RegionLevel.PREFECTURE) or not self.parent:
            return self.name
        return f"{self.parent.name}{self.name}"


class AgencyKind(models.TextChoices):
    """What an agency is; the code is the tail of the agency's code (141122-zrzy)."""

    NATURAL_RESOURCES = "zrzy", "自然资源"
    POLICE = "ga", "公安"
    PROCURATORATE = "jc", "检察"
    CAMPAIGN_OFFICE = "zxb", "专项办"
    WATER = "sl", "水利"
    ENVIRONMENT = "hj", "生态环境"
    EMERGENCY = "yj", "应急管理"
    FORESTRY = "lc", "林草"
    POWER = "dl", "电力"
    TRANSPORT = "jt", "交通运输"
    DISCIPLINE = "jw", "纪检监察"
    OTHER = "qt", "其他部门"


class AgencyQuerySet(models.QuerySet):
    """Agencies, and those within a person's reach."""

    def bulk_create(self, objs, *args, **kwargs):
        """New ones; what was read of the tree is old."""
        Agency.written += 1
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **values):
        """Changed ones; what was read of the tree is old."""
        Agency.written += 1
        return super().update(**values)

    def within(self, paths):
        """Agencies at or under any of `paths`."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(path__startswith=path)
        return self.filter(condition)

    def managed_by(self, user):
        """Agencies whose people a person manages or answers for."""
        return self.within(user.manager_paths())

    def visible_to(self, user):
        """Agencies with a page for the person: those managed, and where a post is held."""
        held = [posting.agency_id for posting in user.current_postings]
        return self.filter(pk__in=held) | self.managed_by(user)

    def natural_resources(self):
        """自然资源 agencies only."""
        return self.filter(kind=AgencyKind.NATURAL_RESOURCES)


class Agency(models.Model):
    """An office in the tree of its line (省厅 → 市局 → 县局 → 乡镇所). `path` is /1/7/23/."""

    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    document_prefix = models.CharField("文号代字", max_length=30, blank=True, help_text="如 交自然资")
    kind = models.CharField("类别", max_length=8, choices=AgencyKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies", verbose_name="行政区划")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机构"
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    phone = models.CharField(
        "联系电话", max_length=40, blank=True, help_text="台账、报送事项打这个电话，如 0358-3522000"
    )
    uses_system = models.BooleanField(
        "使用本系统", default=True, help_text="不使用的单位由下级记录线下报送和接收"
    )
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入机构"
    )
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = AgencyQuerySet.as_manager()
    written = 0  # how often this process changed the tree: what a person kept of it holds as long

    class Meta:
        ordering = ["region_id", "kind", "code"]
        verbose_name = verbose_name_plural = "机构"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save; what was read of the tree is old."""
        Agency.written += 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The agency's page; its code is public."""
        return reverse("accounts:agency", args=[self.code])

    @property
    def agency(self):
        """Itself: acts on an agency stand at that agency."""
        return self

    @property
    def state(self) -> str:
        """For the table of acts on agencies."""
        return "ended" if self.ended_on else "open"

    def granted_agency_ids(self):
        """An agency is never given to another by a grant."""
        return []

    @property
    def level(self) -> str:
        """The level of its region."""
        return self.region.level

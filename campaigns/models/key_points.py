"""重点区域、重点人员: what the campaign watches, by the notice's three kinds."""

from django.db import models

from campaigns.models.book import BookRow, in_order

KNOWN = "交自然资字〔2021〕62号三、五（一）二：掌握本地非法采矿、非法占地重点区域、重点人员等情况"


class Focus(models.TextChoices):
    """The notice's 重点范围, in its order."""

    FREQUENT = "frequent", "非法采矿案件频发的乡镇"
    ECOLOGICAL = "ecological", "重点生态保护区域"
    FARMLAND = "farmland", "非法占用农用地，造成耕地大量毁坏"


class Watched(BookRow):
    """What stands on a list from one day to another."""

    kind = models.CharField("重点范围", max_length=12, choices=Focus)
    township = models.CharField("乡镇（街道）", max_length=60)
    situation = models.CharField("掌握的情况", max_length=500)
    responsible = models.CharField("包联责任人", max_length=60, blank=True)
    since = models.DateField("列入日期")
    until = models.DateField("移出日期", null=True, blank=True, help_text="不再列为重点的填写。")

    article, when = KNOWN, "since"

    class Meta:
        abstract = True

    def clean(self):
        """Ends after it began."""
        in_order(self, "since", "until", "移出日期不能早于列入日期，请核对。")


class KeyArea(Watched):
    """An area of one of the three kinds."""

    name = models.CharField("区域名称", max_length=100)
    extent = models.CharField("范围", max_length=300, blank=True, help_text="四至、沟道、保护地名称等。")

    book = "key_areas"
    shown = ("kind", "township", "name", "extent", "situation", "responsible", "since", "until")

    class Meta:
        verbose_name = verbose_name_plural = "重点区域"

    def __str__(self):
        return f"{self.township}{self.name}"


class KeyPerson(Watched):
    """A person of one of the three kinds: name and number are sealed and found by index alone."""

    name_sealed = models.TextField(blank=True, editable=False)
    name_masked = models.CharField("姓名", max_length=30, editable=False)
    identity_sealed = models.TextField(blank=True, editable=False)
    identity_masked = models.CharField("证件号码", max_length=30, blank=True, editable=False)
    person_index = models.CharField(max_length=64, db_index=True, editable=False)

    book, guarded = "key_persons", True
    sealed = ("name_masked", "identity_masked")
    shown = (*sealed, "kind", "township", "situation", "responsible", "since", "until")

    class Meta:
        verbose_name = verbose_name_plural = "重点人员"

    def __str__(self):
        tail = f"（证件尾号{self.identity_masked[-4:]}）" if self.identity_masked else ""
        return f"{self.name_masked}{tail}"

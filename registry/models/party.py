"""The registry of parties: found again by a keyed blind index, identity fields encrypted."""

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency
from accounts.models.base import Recorded


class PartyKind(models.TextChoices):
    """Who can be a party."""

    PERSON = "person", "个人"
    ORGANISATION = "organisation", "单位"
    UNKNOWN = "unknown", "当事人不明"


class Party(Recorded):
    """A person or firm, known by the office that entered it; `*_sealed` is ciphertext.

    `identity_index` and `name_fold` find the same party again; an identity number is never
    stored or searched in plain text.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="登记机构")
    kind = models.CharField("当事人类型", max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    stat_kind = models.CharField("统计类别", max_length=20, blank=True)
    name = models.CharField("姓名或名称", max_length=120)
    name_fold = models.CharField(max_length=120, db_index=True, editable=False)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    identity_sealed = models.TextField("证件号码", blank=True, editable=False)
    identity_masked = models.CharField("证件号码（掩码）", max_length=30, blank=True)
    representative = models.CharField("法定代表人", max_length=60, blank=True)
    address = models.CharField("住址或住所", max_length=200, blank=True)
    phone_sealed = models.TextField("电话", blank=True, editable=False)
    phone_masked = models.CharField("电话（掩码）", max_length=30, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "当事人"

    def __str__(self):
        return self.name

"""Stored files, named by what is in them."""

from django.db import models
from django.urls import reverse

from accounts.models.agencies import Agency
from accounts.models.base import Recorded
from accounts.models.people import User


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

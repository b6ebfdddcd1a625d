"""Stored files, named by what is in them; those that few may open lie encrypted."""

from django.db import models

from accounts.models.agencies import Agency
from accounts.models.base import Recorded
from accounts.models.people import User
from accounts.models.sealed import Sealed
from common.paths import path_of
from common.pictures import KINDS as PICTURES


class StoredFile(Sealed):
    """A file kept byte for byte under its SHA-256; the same bytes are stored once.

    A `secret` one lies encrypted with a key of its own, `key_sealed`, under the SHA-256 of the
    encrypted bytes, `kept_as`; its `sha256` is a keyed digest of the received one, by which nobody
    without the key recognises a letter, and its name is `name_sealed`. One from before that waits for
    it (services/file_sealing.py). `size` is that of what was received, always.
    """

    # How it lies on the disk may change without a deed; that it opens to `sha256` proves it.
    sealed_only = ("public_id", "sha256", "size", "name", "content_type", "agency", "stored_by", "stored_at")
    public_id = models.CharField(
        max_length=24, unique=True, default=Recorded._meta.get_field("public_id").default
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    secret = models.BooleanField("加密保存", default=False)
    key_sealed = models.TextField(blank=True, editable=False)
    name_sealed = models.TextField(blank=True, editable=False)
    kept_as = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
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
        return path_of("accounts:file", self.public_id)

    @property
    def preview_url(self) -> str:
        """Its large copy, where it is a picture."""
        return path_of("accounts:preview", self.public_id)

    @property
    def thumbnail_url(self) -> str:
        """Its small copy."""
        return path_of("accounts:thumbnail", self.public_id)

    @property
    def on_disk(self) -> str:
        """The SHA-256 of the bytes on the disk, under which they lie there and in backups."""
        return self.kept_as or self.sha256

    @property
    def is_picture(self) -> bool:
        """Whether a page may show a copy of it (accounts/services/pictures.py)."""
        return self.content_type in PICTURES

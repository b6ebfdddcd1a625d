"""A second factor for signing in: a seed that an app on a telephone shares, and codes for when it is lost."""

from django.db import models

from accounts.models.base import random_id
from accounts.models.confirming import Braked
from accounts.models.people import User


class SecondFactor(Braked):
    """The seed of one person (RFC 6238), sealed; in use from the first code that was right."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    seed_sealed = models.TextField(editable=False)
    on_since = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField(default=0)  # no code is taken twice

    def __str__(self):
        return f"{self.user} 动态口令"


class RecoveryCode(models.Model):
    """One of a few codes that stand in for the telephone, each once; kept as a keyed digest."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=100)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.factor} 恢复码"

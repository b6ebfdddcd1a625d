"""Where a person is signed in: one row per session that was begun."""

from django.db import models

from accounts.models.people import User


class SignIn(models.Model):
    """A session of a person. It goes when the session does; what was signed in when stays in no book."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField("地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=60, blank=True)
    began_at = models.DateTimeField("登录时间")

    class Meta:
        ordering = ["-began_at"]
        verbose_name = verbose_name_plural = "登录"

    def __str__(self):
        return f"{self.user} {self.began_at:%Y-%m-%d}"

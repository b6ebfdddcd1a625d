"""Sign in, sign out, change one's password."""

from django.shortcuts import render


def csrf_failed(request, reason=""):
    """The form was opened too long ago, or before signing in again."""
    sentence = "这张表打开得太久，或者登录已变化。请返回上一页，刷新后重新提交。"
    return render(request, "403.html", {"sentence": sentence}, status=403)


def locked_out(request, *_args, **_kwargs):
    """Too many wrong passwords: wait 15 minutes."""
    sentence = "密码连续输错五次，已暂停登录 15 分钟。请稍后再试，或联系系统管理员。"
    return render(request, "403.html", {"sentence": sentence}, status=429)

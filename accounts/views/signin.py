"""Sign in, sign out, change the user's password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import second_step
from accounts.forms.signin import ChangePasswordForm, SignInForm
from accounts.services import brakes, installation, passwords, second_factor, sessions
from common.addresses import client_address, sent_from
from common.errors import Refused


class _SignIn(LoginView):
    template_name = "accounts/signin/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """In a demo its people beside the form, each one press away: their password is everybody's."""
        page = super().get_context_data(**kwargs)
        if installation.is_demo():
            page["demo"] = import_string("config.demo.offered")()
        return page

    def form_valid(self, form):
        """The password is right; who has a second factor isn't signed in yet."""
        person = form.get_user()
        if not second_factor.is_on(person):
            return super().form_valid(form)
        second_step.keep(self.request, person, self.get_success_url())
        return redirect("accounts:second_step")


class _SignOut(LogoutView):
    """Ends the session on the server; the shared PC's browser forgets pages and drafts."""

    http_method_names = ("post",)

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def sign_in(request):
    """Name and password; who is signed in already goes on to the desk."""
    if request.method == "POST" and brakes.is_stopped(client_address(request), timezone.now()):
        return locked_out(request)
    return _SignIn.as_view()(request)


def sign_out(request):
    """Sign out, by post only."""
    return _SignOut.as_view()(request)


@sensitive_post_parameters()
def change_password(request):
    """Old password, new password twice; the person's other sessions end with it."""
    if request.method == "POST" and brakes.is_stopped(client_address(request), timezone.now()):
        return locked_out(request)
    form = ChangePasswordForm(request, request.POST or None)
    forced, status = request.user.must_change_password, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                person = passwords.change_own(by=request.user, password=form.cleaned_data["new_password1"])
            except Refused as refusal:
                form.add_error("new_password1", refusal.sentence)
            else:
                update_session_auth_hash(request, person)
                sessions.begin_of(person, request)
                messages.success(request, "密码已修改。您在其他电脑上的登录已全部退出。")
                return redirect(settings.LOGIN_REDIRECT_URL if forced else "accounts:me")
    page = {"form": form, "forced": forced}
    return render(request, "accounts/signin/change_password.html", page, status=status)


def csrf_failed(request, reason=""):
    """The form was opened too long ago, or before signing in again."""
    kept = "刚填的内容暂存在这台电脑的浏览器里：重新打开那一页，点“恢复”，再提交；密码、举报人和文件要重填。"
    page = {
        "heading": "这张表没有提交",
        "sentence": "这张表打开得太久，或者登录已变化，所以没有提交。",
        "more": kept if request.user.is_authenticated else "请重新打开登录页，再登录。",
        "back": sent_from(request),
    }
    return render(request, "accounts/signin/stopped.html", page, status=403)


def locked_out(request, *_args, **_kwargs):
    """Too many wrong passwords, for one name or from one address: wait 15 minutes."""
    page = {
        "heading": "已暂停登录",
        "sentence": ("密码输错的次数太多，已暂停登录 15 分钟。请稍后再试，或联系本单位系统管理员重置密码。"),
    }
    return render(request, "accounts/signin/stopped.html", page, status=429)

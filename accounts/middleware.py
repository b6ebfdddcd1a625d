"""The ring around every view: default deny, 404 to strangers, sessions that end."""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string

from accounts import acts, repeats
from accounts.policy import PUBLIC, SIGNED_IN
from accounts.services import exports, factor_duty
from common.addresses import client_address, sent_from
from common.errors import Forbidden, Refused
from common.xlsx import Taken

# What is no file: pages, pieces of pages, sentences.
SHOWN = {"text/html", "text/plain", "application/json"}
PASSWORD_PAGES = {"accounts:change_password", "accounts:sign_out"}
FACTOR_PAGES = PASSWORD_PAGES | {"accounts:second_factor", "accounts:turn_on_second_factor"}


class PolicyMiddleware:
    """Refuse what no policy entry allows; fetch the thing an address is about, once."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = None

    def __call__(self, request):
        if self.policy is None:
            self.policy = import_string("config.policy.POLICY")
        if request.user.is_authenticated:
            request.user.origin = f"网页 {client_address(request)}"
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let the view run (None), or answer 404, 403, 405 or a way to sign in."""
        name = request.resolver_match.view_name
        entry = self.policy.get(name)
        # PostgreSQL takes no NUL in a text: what has one in its address names nothing.
        if entry is None or "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise Http404
        if request.method not in entry.methods and not (request.method == "HEAD" and "GET" in entry.methods):
            return _not_opened(request, entry)
        if entry.posts == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request, entry)
        if request.user.must_change_password and name not in PASSWORD_PAGES:
            return redirect("accounts:change_password")
        if name not in FACTOR_PAGES and factor_duty.is_overdue(request):
            return redirect("accounts:second_factor")
        if url := repeats.led_to(request):
            return redirect(url)
        try:
            return self._admit(request, entry, kwargs)
        except Forbidden as refusal:
            # Django hands to process_exception only what a view raised.
            return self.process_exception(request, refusal)

    def _admit(self, request, entry, kwargs):
        request.subject = None
        if entry.fetch is not None:
            request.subject = entry.fetch(request.user, **kwargs)
            if request.subject is None:
                raise Http404
        if entry.posts == SIGNED_IN:
            return
        if entry.act is not None and request.subject is not None:
            fits = acts.posting_under(entry.act, request.user, request.subject) is not None
        else:
            fits = bool(request.user.role_codes & entry.codes())
        if not fits:
            raise Forbidden("您的岗位不能打开这个页面。")

    def process_exception(self, request, error):
        """A refusal that no form caught: a page with its sentence; of a piece the sentence alone."""
        if isinstance(error, Forbidden):
            template, status = "403.html", 403
        elif isinstance(error, Refused):
            # Its twin may have been done since the request came in.
            if request.user.is_authenticated and (url := repeats.led_to(request)):
                return redirect(url)
            template, status = "accounts/refused.html", 409
        else:
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(error.sentence, status=status, content_type="text/plain; charset=utf-8")
        return render(request, template, {"sentence": error.sentence}, status=status)


class ExportMiddleware:
    """A line in the register for each answer that is a file, before its first byte leaves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and _is_file(response):
            taken = getattr(response, "taken", None) or _unsaid(request, response)
            exports.record_export(by=request.user, taken=taken, address=request.resolver_match.view_name)
        return response


def _is_file(response):
    """Whether an answer is kept by a browser as a file, but for a stored file handed back as it came."""
    kind = response.headers.get("Content-Type", "text/html").partition(";")[0]
    leaves = "Content-Disposition" in response.headers or kind not in SHOWN
    return leaves and not getattr(response, "as_stored", False)


def _unsaid(request, response):
    """What can be told of a file by a page that says nothing of it."""
    return Taken(f"{request.path}的文件", size=int(response.headers.get("Content-Length", 0)))


def _not_opened(request, entry):
    """405 with a sentence: an address that only takes what a form sends was opened by itself."""
    page = render(request, "405.html")
    return HttpResponseNotAllowed(entry.methods, page.content if request.method == "GET" else b"")


def _to_sign_in(request, entry):
    """The way to sign in; for a piece of a page the whole page goes there, for a poll none does.

    Without this the sign-in page would appear inside the piece, or carry away a form half typed.
    Where an address can't be opened, the way back leads to the page from which it was sent.
    """
    if request.headers.get("HX-Request") != "true":
        opens = "GET" in entry.methods
        return redirect_to_login(request.get_full_path() if opens else sent_from(request) or "/")
    response = HttpResponse(status=204)
    if not request.headers.get("X-Poll"):
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))
        response["HX-Redirect"] = redirect_to_login(page.path or "/").url
    return response


class SessionLimitMiddleware:
    """End a session after 30 idle minutes, and after ten hours however busy it was.

    Polling (marked by htmx) doesn't keep it alive.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now, last_seen = int(time.time()), request.session.get("seen")
            began = request.session.get("began")
            if (last_seen and now - last_seen > settings.SESSION_IDLE_SECONDS) or (
                began and now - began > settings.SESSION_COOKIE_AGE
            ):
                logout(request)
            elif not request.headers.get("X-Poll") and (not last_seen or now - last_seen > 60):
                request.session["seen"] = now
                request.session.setdefault("began", now)
        return self.get_response(request)


class NoStoreMiddleware:
    """What a signed-in person saw isn't kept by the browser of a shared PC, nor drawn into another site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

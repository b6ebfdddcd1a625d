"""Where a request comes from: one reading for the sign-in brake and the trail; the page it was sent from."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address. Behind PROXY_COUNT proxies it is that many from the right of
    X-Forwarded-For: what stands further left anybody can claim. Without proxies none is believed.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT < 1:
        return peer
    forwarded = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(forwarded) < settings.PROXY_COUNT:
        return peer
    try:
        return str(ip_address(forwarded[-settings.PROXY_COUNT]))
    except ValueError:
        return peer


def sent_from(request: HttpRequest) -> str:
    """The page of ours, as path and query, from which a form was sent; "" where it doesn't say."""
    page = urlsplit(request.headers.get("Referer", ""))
    if not page.netloc or page.netloc != request.META.get("HTTP_HOST"):
        return ""
    return f"/{page._replace(scheme='', netloc='', fragment='').geturl().lstrip('/')}"

"""A form that comes again, by a double click or a network that tries again, gets its first answer.

Asked before anything else about its address is: what was done the first time may have changed the
state, the posts or the sight that a first time needs. Nobody gets another's answer, nor one to other content.
"""

import secrets

from django.http import HttpRequest

from accounts.services import deeds


def key_of(request: HttpRequest) -> str:
    """The key that the page gave its form; a new one where it gave none."""
    return request.POST.get("_key") or secrets.token_hex(16)


def digest_of(request: HttpRequest) -> str:
    """What tells the same form from another content: address, what was typed, which files came."""
    typed = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    files = [(name, each.name, each.size) for name in request.FILES for each in request.FILES.getlist(name)]
    return deeds.digest_of(request.path, typed, files)


def led_to(request: HttpRequest) -> str:
    """Where this form led already; "" for one that is new, and for what is no form with a key."""
    if request.method != "POST" or not request.POST.get("_key"):
        return ""
    return deeds.answered(by=request.user, key=key_of(request), digest=digest_of(request))

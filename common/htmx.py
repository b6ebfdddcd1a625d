"""Answers to htmx: the same address serves the whole page or the piece that was asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wants_piece(request: HttpRequest, target: str) -> bool:
    """True when htmx asks to fill the element with id `target` (and is not restoring history)."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-History-Restore-Request") == "true":
        return False
    return headers.get("HX-Target", "") == target


def page_or_piece(
    request: HttpRequest, page: str, piece: str, target: str, context: dict, status: int = 200
) -> HttpResponse:
    """Render `piece` for htmx aiming at `target`, else the whole `page`; never cached together."""
    template = piece if wants_piece(request, target) else page
    response = render(request, template, context, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response

"""Downloads and previews. The middleware found the file through accounts/fileaccess.py."""

from django.http import FileResponse, Http404

from accounts.services import files

POLICY = "sandbox; default-src 'none'"


def download(request, public_id):
    """The bytes as received, always as an attachment, whatever they claim to be."""
    stored = request.subject
    response = FileResponse(
        files.open_checked(stored),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    return _sealed_off(response)


def preview(request, public_id):
    """A picture inside a page; nothing else is ever shown inline."""
    stored = request.subject
    if not stored.is_picture:
        raise Http404
    response = FileResponse(
        files.open_checked(stored), filename=stored.name, content_type=stored.content_type
    )
    return _sealed_off(response)


def _sealed_off(response):
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

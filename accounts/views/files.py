"""Downloads and previews. The middleware found the file through accounts/fileaccess.py."""

from django.http import FileResponse, Http404
from django.shortcuts import render

from accounts.services import files, pictures, staging
from common.errors import Refused
from common.pictures import NotShown

POLICY = "sandbox; default-src 'none'"


def download(request, public_id):
    """The bytes as received, always as an attachment, whatever they claim to be."""
    return handed_out(request.subject, files.open_checked(request.subject))


def handed_out(stored, handle):
    """A stored file as an attachment; `handle` is open at its beginning."""
    response = FileResponse(
        handle, as_attachment=True, filename=files.name_of(stored), content_type="application/octet-stream"
    )
    return _sealed_off(response)


def preview(request, public_id):
    """A picture as large as a screen; nothing else is ever shown inline."""
    return _shown(request.subject, pictures.LARGE)


def thumbnail(request, public_id):
    """A picture as small as in a list."""
    return _shown(request.subject, pictures.SMALL)


def _shown(stored, size):
    try:
        handle = pictures.copy_of(stored, size)
    except NotShown:
        raise Http404 from None
    return _sealed_off(FileResponse(handle, content_type="image/jpeg"))


def stage(request):
    """Take in what was chosen, pasted or dragged before its form is sent; a piece of that form.

    What can't be taken is said in a sentence; the rest waits for this person's form at `address`.
    """
    address, field = (request.POST.get(name, "") for name in ("address", "field"))
    if not staging.fits(address, field):
        raise Refused("没有收下：不知道文件是哪张表的。请刷新页面再选一次。")
    rows, refused = staging.hold(
        by=request.user, address=address, field=field, uploads=request.FILES.getlist("files")
    )
    staged = [staging.shown(row) for row in rows]
    return render(request, "forms/staged_rows.html", {"staged": staged, "not_taken": refused})


def _sealed_off(response):
    response.as_stored = True
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

"""What a list was sent: which columns to show, which filters to set; both answer with an address."""

from django.http import HttpResponseRedirect, QueryDict

from common import stored
from common.lists.asked import TURNING, Asked


def keep_columns(asked: Asked) -> HttpResponseRedirect:
    """Keep the chosen columns for the session."""
    request = asked.request
    chosen = {} if "_reset" in request.POST else request.POST.getlist("col")
    columns = [c.key for c in asked.columns if c.key in chosen]
    choices = request.session.get("list_columns", {})
    request.session["list_columns"] = {**choices, asked.listing.name: columns}
    return HttpResponseRedirect(asked.address())


def keep_filters(asked: Asked) -> HttpResponseRedirect:
    """Private values into the session, the others into the address."""
    request = asked.request
    address, private = QueryDict(mutable=True), {}
    for name in request.POST:
        several = [value for value in request.POST.getlist(name) if value.strip()]
        if name.startswith(("_", "csrf")) or name in {*TURNING, "export", "q", "drop"}:
            continue
        if several and name in asked.private:
            private[name] = several
        elif several:
            address.setlist(name, several)
    if private:
        address["q"] = stored.keep(request, asked.listing.name, private)
    path = request.path
    return HttpResponseRedirect(f"{path}?{address.urlencode()}" if address else path)

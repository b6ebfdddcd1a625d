"""What this app does when offices merge."""

from cases.services.handing_over import move_to_agency


def on_agency_merged(sender, by, agency, into, **_):
    """Open cases go on at the office that takes over."""
    move_to_agency(by=by, agency=agency, into=into)

"""The menu as one table, and what every page's frame needs."""


def frame(request):
    """Navigation, posts, and counts of what waits for me."""
    return {}

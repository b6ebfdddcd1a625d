"""Which app answers under which address."""

from django.urls import include, path

from config import health_door, home

urlpatterns = [
    path("", home.desk, name="home"),
    path("health/", health_door.answer, name="health"),
    path("search/", home.search, name="search"),
    path("accounts/", include("accounts.urls")),
    path("", include("reminders.urls")),
    path("law/", include("law.urls")),
    path("clues/", include("clues.urls")),
    path("cases/", include("cases.urls")),
    # One menu entry, one prefix: what campaigns doesn't know, ledgers answers.
    path("ledgers/", include("campaigns.urls")),
    path("ledgers/", include("ledgers.urls")),
]
handler500 = "config.trouble.failed"

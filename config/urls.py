"""Which app answers under which address."""

from django.urls import include, path

from config import handbook, health_door, home

urlpatterns = [
    path("", home.desk, name="home"),
    path("health/", health_door.answer, name="health"),
    path("search/", home.search, name="search"),
    path("help/", handbook.contents, name="help"),
    path("help/<int:number>/", handbook.chapter, name="help_chapter"),
    path("help/images/<slug:name>.png", handbook.image, name="help_image"),
    path("accounts/", include("accounts.urls")),
    path("", include("reminders.urls")),
    path("law/", include("law.urls")),
    path("clues/", include("clues.urls")),
    path("cases/", include("cases.urls")),
    # One menu entry, one prefix: what campaigns doesn't know, ledgers answers.
    path("ledgers/", include("campaigns.urls")),
    path("ledgers/", include("ledgers.urls")),
]
handler400 = "config.trouble.not_taken"
handler500 = "config.trouble.failed"

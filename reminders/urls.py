"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import include, path

from reminders.views import (
    absences,
    channels,
    clocks,
    contacts,
    deliveries,
    feeds,
    inbox,
    roster,
    saved,
    settings,
)

app_name = "reminders"
PAGES = [
    path("", settings.settings_page, name="settings"),
    path("address/<str:kind>/", contacts.set_contact, name="set_contact"),
    path("address/<str:kind>/confirm/", contacts.confirm_contact, name="confirm_contact"),
    path("address/<str:kind>/first/", contacts.prefer_contact, name="prefer_contact"),
    path("address/<str:kind>/drop/", contacts.drop_contact, name="drop_contact"),
    path("absence/", absences.own_absence, name="own_absence"),
    path("absence/<int:pk>/end/", absences.end_absence, name="end_absence"),
    path("people/<str:public_id>/absence/", absences.record_absence, name="record_absence"),
    path("feed/make/", feeds.make_feed, name="make_feed"),
    path("feed/end/", feeds.end_feed, name="end_feed"),
    path("saved/", saved.saved_filters, name="saved_filters"),
    path("saved/new/", saved.save_filter, name="save_filter"),
    path("saved/<str:public_id>/", saved.open_filter, name="open_filter"),
    path("saved/<str:public_id>/amend/", saved.amend_filter, name="amend_filter"),
    path("saved/<str:public_id>/drop/", saved.drop_filter, name="drop_filter"),
    path("saved/<str:public_id>/follow/", saved.follow_filter, name="follow_filter"),
    path("saved/<str:public_id>/unfollow/", saved.unfollow_filter, name="unfollow_filter"),
    path("saved/<str:public_id>/fresh/", saved.new_in_filter, name="new_in_filter"),
    path("inbox/", inbox.inbox_list, name="inbox"),
    path("inbox/unread/", inbox.unread, name="unread"),
    path("inbox/read-all/", inbox.read_all, name="read_all"),
    path("inbox/<int:pk>/", inbox.open_notice, name="open_notice"),
    path("channels/", channels.channel_list, name="channels"),
    path("channels/add/<str:kind>/", channels.add_channel, name="add_channel"),
    path("channels/<str:public_id>/", channels.channel, name="channel"),
    path("channels/<str:public_id>/amend/", channels.amend_channel, name="amend_channel"),
    path("channels/<str:public_id>/test/", channels.test_channel, name="test_channel"),
    path("channels/<str:public_id>/stop/", channels.stop_channel, name="stop_channel"),
    path("channels/<str:public_id>/start/", channels.start_channel, name="start_channel"),
    path("roster/", roster.roster_now, name="roster_now"),
    path("roster/<str:code>/", roster.roster_page, name="roster"),
    path("roster/<str:code>/add/", roster.put_on_duty, name="put_on_duty"),
    path("roster/<str:code>/<int:pk>/drop/", roster.take_off_duty, name="take_off_duty"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/dead/", deliveries.dead_list, name="dead_letters"),
    path("deliveries/dead/retry/", deliveries.retry_messages, name="retry_messages"),
    path("deliveries/dead/<int:pk>/retry/", deliveries.retry_message, name="retry_message"),
    path("deliveries/dead/<int:pk>/drop/", deliveries.drop_message, name="drop_message"),
]
urlpatterns = [
    path("reminders/", include(PAGES)),
    path("clocks/", clocks.clock_list, name="clocks"),
    # Calendar programs hold this address for years: it stays as it was handed out.
    path("accounts/feed/<str:token>.ics", feeds.feed, name="feed"),
]

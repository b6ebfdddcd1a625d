"""Addresses of reminders, channels, the roster and the delivery log (put into accounts/urls.py)."""

from django.urls import path

from accounts.views import channels, feeds, reminders, roster

urlpatterns = [
    path("reminders/", reminders.settings_page, name="reminder_settings"),
    path("reminders/address/<str:kind>/", reminders.set_contact, name="set_contact"),
    path("reminders/address/<str:kind>/confirm/", reminders.confirm_contact, name="confirm_contact"),
    path("reminders/address/<str:kind>/first/", reminders.prefer_contact, name="prefer_contact"),
    path("reminders/address/<str:kind>/drop/", reminders.drop_contact, name="drop_contact"),
    path("reminders/absence/", reminders.own_absence, name="own_absence"),
    path("reminders/absence/<int:pk>/end/", reminders.end_absence, name="end_absence"),
    path("reminders/feed/make/", feeds.make_feed, name="make_feed"),
    path("reminders/feed/end/", feeds.end_feed, name="end_feed"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
    path("people/<str:public_id>/absence/", reminders.record_absence, name="record_absence"),
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
    path("deliveries/", channels.deliveries, name="deliveries"),
    path("deliveries/dead/", channels.dead_list, name="dead_letters"),
    path("deliveries/dead/<int:pk>/retry/", channels.retry_message, name="retry_message"),
    path("deliveries/dead/<int:pk>/drop/", channels.drop_message, name="drop_message"),
]

"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

app_name = "ledgers"
urlpatterns = []

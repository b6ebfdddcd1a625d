"""Addresses of the law's pages; who may come stands in config/policy.py."""

from django.urls import path

from law import views

app_name = "law"
urlpatterns = [
    path("", views.statute_list, name="statutes"),
    path("<str:law>/", views.statute, name="statute"),
    path("<str:law>/<str:number>/", views.one_article, name="article"),
]

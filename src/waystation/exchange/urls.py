"""Addresses of this room."""

from django.urls import path

from waystation.exchange import line

app_name = "exchange"
urlpatterns = [
    path("exchange/inbox", line.inbox_view, name="inbox"),
]

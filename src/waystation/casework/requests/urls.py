"""Addresses of requests."""

from django.urls import path

from waystation.casework.requests import their_views, views

app_name = "requests"
urlpatterns = [
    path("", their_views.theirs_list, name="theirs-list"),
    path("theirs/<uuid:request_id>/", their_views.theirs, name="theirs"),
    path("theirs/<uuid:request_id>/go-on/", their_views.go_on, name="theirs-go-on"),
    path("theirs/<uuid:request_id>/find/", their_views.find, name="find"),
    path("theirs/<uuid:request_id>/tell/<uuid:person_id>/", their_views.tell, name="tell"),
    path("theirs/<uuid:request_id>/<slug:act>/", their_views.answer, name="answer"),
    path("found/<uuid:found_id>/", views.found, name="found"),
    path("ours/", views.ours_list, name="ours-list"),
    path("of/<uuid:person_id>/", views.begin, name="begin"),
    path("<uuid:request_id>/", views.ours, name="ours"),
    path("<uuid:request_id>/agree/", views.agree, name="agree"),
    path("<uuid:request_id>/reply/", views.reply, name="reply"),
    path("<uuid:request_id>/go-on/", views.go_on, name="go-on"),
]

"""Addresses of bringing families together."""

from django.urls import path

from waystation.familylinks.reunification import views

app_name = "reunification"
urlpatterns = [
    path("", views.pairs, name="pairs"),
    path("of/<uuid:person_id>/", views.begin, name="begin"),
    path("<uuid:row_id>/", views.pair, name="pair"),
    path("<uuid:row_id>/change/", views.change, name="change"),
    path("<uuid:row_id>/proof/", views.proof, name="proof"),
    path("<uuid:row_id>/yes/<slug:side>/", views.say_yes, name="say-yes"),
    path("<uuid:row_id>/go-on/<slug:act>/", views.go_on, name="go-on"),
    path("<uuid:row_id>/sheet/", views.sheet, name="sheet"),
]

"""Addresses of tracing requests. None of them says whom they are about: browsers print the address on paper."""

from django.urls import path

from waystation.familylinks.tracing import views

app_name = "tracing"
urlpatterns = [
    path("", views.requests, name="requests"),
    path("person/<uuid:person_id>/", views.person, name="person"),
    path("of/<uuid:person_id>/", views.begin, name="begin"),
    path("<uuid:request_id>/", views.tracing_request, name="request"),
    path("<uuid:request_id>/write/", views.rewrite, name="rewrite"),
    path("<uuid:request_id>/go-on/", views.go_on, name="go-on"),
    path("<uuid:request_id>/take/", views.take, name="take"),
    path("<uuid:request_id>/tell/", views.tell, name="tell"),
    path("<uuid:request_id>/steps/", views.steps, name="steps"),
    path("<uuid:request_id>/paper/", views.paper, name="paper"),
    path("<uuid:request_id>/<slug:act>/", views.move, name="move"),
]

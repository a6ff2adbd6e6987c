"""Addresses of feedback."""

from django.urls import path

from waystation.casework.feedback import views

app_name = "feedback"
urlpatterns = [
    path("say/", views.say, name="say"),
    path("say/answer/", views.answer, name="answer"),
    path("feedback/", views.feedback_list, name="list"),
    path("feedback/add/", views.take_down, name="take-down"),
    path("feedback/figures/", views.figures, name="figures"),
    path("feedback/<uuid:feedback_id>/", views.feedback, name="feedback"),
    path("feedback/<uuid:feedback_id>/conduct/", views.mark, name="mark"),
    path("feedback/<uuid:feedback_id>/go-on/<slug:act>/", views.go_on, name="go-on"),
]

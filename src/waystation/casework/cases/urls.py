"""Addresses of cases."""

from django.urls import path

from waystation.casework.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("of/<uuid:person_id>/", views.open_case, name="open"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/write/", views.write, name="write"),
    path("<uuid:case_id>/go-on/", views.go_on, name="go-on"),
    path("<uuid:case_id>/close/", views.close, name="close"),
    path("<uuid:case_id>/ask/", views.ask, name="ask"),
    path("<uuid:case_id>/goal/", views.goal, name="goal"),
    path("<uuid:case_id>/note/", views.note, name="note"),
    path("<uuid:case_id>/task/", views.task, name="task"),
    path("<uuid:case_id>/hand/", views.hand, name="hand"),
    path("<uuid:case_id>/reviewed/", views.reviewed, name="reviewed"),
    path("reviews/<uuid:review_id>/", views.decide, name="decide"),
    path("goals/<uuid:goal_id>/state/", views.goal_state, name="goal-state"),
]

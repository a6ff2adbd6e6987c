"""Addresses of handovers."""

from django.urls import path

from waystation.casework.handover import offered_views, views

app_name = "handover"
urlpatterns = [
    path("", offered_views.offers, name="offers"),
    path("offered/<uuid:offered_id>/", offered_views.offered, name="offered"),
    path("offered/<uuid:offered_id>/accept/", offered_views.accept, name="accept"),
    path("offered/<uuid:offered_id>/news/", offered_views.news, name="news"),
    path("offered/<uuid:offered_id>/seen-to/", offered_views.seen_to, name="seen-to"),
    path("offered/<uuid:offered_id>/<slug:act>/", offered_views.answer, name="answer"),
    path("corrections/<uuid:correction_id>/", offered_views.correction, name="correction"),
    path("ours/", views.given_list, name="given-list"),
    path("of-person/<uuid:person_id>/", views.choose, name="choose"),
    path("of/<uuid:case_id>/", views.begin, name="begin"),
    path("<uuid:handover_id>/", views.given, name="given"),
    path("<uuid:handover_id>/agree/", views.agree, name="agree"),
    path("<uuid:handover_id>/reply/", views.reply, name="reply"),
    path("<uuid:handover_id>/go-on/", views.go_on, name="go-on"),
]

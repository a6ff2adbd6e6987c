"""Addresses of asking the road. None of them says whom they are about."""

from django.urls import path

from waystation.familylinks.asking import views

app_name = "asking"
urlpatterns = [
    path("", views.claims, name="claims"),
    path("of/<uuid:request_id>/", views.ask, name="ask"),
    path("of/<uuid:request_id>/stop/", views.stop_asking, name="stop-asking"),
    path("claims/<uuid:claim_id>/", views.claim, name="claim"),
    path("claims/<uuid:claim_id>/go-on/", views.go_on, name="go-on"),
    path("claims/<uuid:claim_id>/agree/", views.agree, name="agree"),
    path("claims/<uuid:claim_id>/decline/", views.decline, name="decline"),
    path("words/<uuid:word_id>/", views.word, name="word"),
    path("published/", views.published, name="published"),
    path("published/<uuid:circle_id>/", views.publish, name="publish"),
    path("published/<uuid:circle_id>/stop/", views.stop, name="stop"),
    path("suspended/<uuid:peer_id>/", views.suspect, name="suspect"),
]

"""Addresses of referrals."""

from django.urls import path

from waystation.casework.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("of/<uuid:person_id>/", views.begin, name="begin"),
    path("<uuid:referral_id>/", views.referral, name="referral"),
    path("<uuid:referral_id>/agree/", views.agree, name="agree"),
    path("<uuid:referral_id>/send/", views.send, name="send"),
    path("<uuid:referral_id>/go-on/", views.go_on, name="go-on"),
    path("<uuid:referral_id>/tell/", views.tell, name="tell"),
    path("<uuid:referral_id>/reply/", views.reply, name="reply"),
    path("<uuid:referral_id>/escalate/", views.escalate, name="escalate"),
    path("<uuid:referral_id>/paper/", views.paper, name="paper"),
    path("<uuid:referral_id>/answer/<slug:act>/", views.answer, name="answer"),
]

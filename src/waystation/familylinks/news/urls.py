"""Addresses of family news."""

from django.urls import path

from waystation.familylinks.news.views import calls, messages, paper, person, well

app_name = "news"
urlpatterns = [
    path("", messages.messages_, name="messages"),
    path("of/<uuid:person_id>/", person.person, name="person"),
    path("of/<uuid:person_id>/write/", messages.begin, name="begin"),
    path("calls/", calls.calls, name="calls"),
    path("well/of/<uuid:person_id>/", well.say, name="well"),
    path("well/<uuid:notice_id>/", well.notice, name="notice"),
    path("well/<uuid:notice_id>/back/", well.take_back, name="well-back"),
    path("<uuid:message_id>/", messages.message, name="message"),
    path("<uuid:message_id>/write/", messages.rewrite, name="rewrite"),
    path("<uuid:message_id>/hand-in/", messages.hand_in, name="hand-in"),
    path("<uuid:message_id>/check/", messages.check, name="check"),
    path("<uuid:message_id>/send/", messages.send, name="send"),
    path("<uuid:message_id>/not-delivered/", messages.fail, name="fail"),
    path("<uuid:message_id>/answer/", messages.answer, name="answer"),
    path("<uuid:message_id>/paper/", paper.paper, name="paper"),
    path("<uuid:message_id>/<slug:act>/", messages.at_once, name="act"),
]

"""Addresses of photos: the open ones, and those of officers under `photos/ours/`."""

from django.urls import path

from waystation.familylinks.photos import public, views

app_name = "photos"
urlpatterns = [
    path("robots.txt", public.robots, name="robots"),
    path("photos/", public.photos, name="photos"),
    path("photos/<uuid:number>/", public.photo, name="photo"),
    path("photos/<uuid:number>/picture/", public.picture, name="public-picture"),
    path("photos/ours/", views.postings, name="postings"),
    path("photos/ours/of/<uuid:person_id>/", views.put_forward, name="put-forward"),
    path("photos/ours/<uuid:posting_id>/", views.posting, name="posting"),
    path("photos/ours/<uuid:posting_id>/picture/", views.picture, name="picture"),
    path("photos/ours/<uuid:posting_id>/go-on/<slug:act>/", views.go_on, name="go-on"),
    path("photos/ours/answers/", views.answers, name="answers"),
    path("photos/ours/answers/<uuid:answer_id>/", views.answer, name="answer"),
    path("photos/ours/answers/<uuid:answer_id>/go-on/<slug:act>/", views.answer_go_on, name="answer-go-on"),
]

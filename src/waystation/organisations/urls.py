"""Addresses of this room."""

from django.urls import path

from waystation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("posts/", views.posts, name="posts"),
    path("posts/add/", views.add, name="add-post"),
    path("posts/<uuid:post_id>/", views.change, name="post"),
    path("posts/switch/", views.switch_post, name="switch-post"),
]

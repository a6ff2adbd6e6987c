"""Addresses of this room."""

from django.urls import path

from waystation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("posts/", views.posts, name="posts"),
    path("posts/add/", views.add, name="add-post"),
    path("posts/<uuid:post_id>/", views.change, name="post"),
    path("posts/<uuid:post_id>/close/", views.close, name="close-post"),
    path("posts/staff/", views.workplaces, name="workplaces"),
    path("posts/staff/<uuid:account_id>/", views.workplace, name="workplace"),
    path("partners/", views.partners, name="partners"),
    path("partners/add/", views.partner, name="add-partner"),
    path("partners/<uuid:partner_id>/", views.partner, name="partner"),
    path("posts/switch/", views.switch_post, name="switch-post"),
]

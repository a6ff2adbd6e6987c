"""Addresses of files."""

from django.urls import path

from waystation.casework.files import views

app_name = "files"
urlpatterns = [
    path("of/<uuid:person_id>/", views.files, name="files"),
    path("of/<uuid:person_id>/begin/", views.begin, name="begin"),
    path("arriving/<uuid:upload_id>/<int:number>/", views.part, name="part"),
    path("<uuid:file_id>/", views.content, name="content"),
    path("<uuid:file_id>/erase/", views.erase, name="erase"),
]

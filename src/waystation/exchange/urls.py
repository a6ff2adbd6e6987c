"""Addresses of this room."""

from django.urls import path

from waystation.exchange import line, views

app_name = "exchange"
urlpatterns = [
    path("exchange/inbox", line.inbox_view, name="inbox"),
    path("road/nodes/", views.nodes, name="nodes"),
    path("road/nodes/this/", views.this_node, name="this-node"),
    path("road/nodes/this/file/", views.descriptor_file, name="descriptor"),
    path("road/nodes/add/", views.add, name="add"),
    path("road/nodes/<uuid:peer_id>/", views.node_page, name="node"),
    path("road/nodes/<uuid:peer_id>/suspend/", views.suspend, name="suspend"),
    path("road/nodes/<uuid:peer_id>/route/", views.route, name="route"),
    path("road/mail/", views.mail, name="mail"),
    path("road/mail/held/<int:held_id>/", views.throw_away, name="throw-away"),
    path("road/stick/", views.stick, name="stick"),
    path("road/stick/take-along/", views.take_along, name="take-along"),
]

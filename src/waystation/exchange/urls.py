"""Addresses of this room."""

from django.urls import path

from waystation.exchange import line, views
from waystation.exchange.circles import views as circles

app_name = "exchange"
urlpatterns = [
    path("exchange/inbox", line.inbox_view, name="inbox"),
    path("exchange/descriptor", line.descriptor_view, name="descriptor-of-node"),
    path("road/nodes/", views.nodes, name="nodes"),
    path("road/nodes/this/", views.this_node, name="this-node"),
    path("road/nodes/this/file/", views.descriptor_file, name="descriptor"),
    path("road/nodes/add/", views.add, name="add"),
    path("road/nodes/<uuid:peer_id>/", views.node_page, name="node"),
    path("road/nodes/<uuid:peer_id>/suspend/", views.suspend, name="suspend"),
    path("road/nodes/<uuid:peer_id>/route/", views.route, name="route"),
    path("road/circles/", circles.circles, name="circles"),
    path("road/circles/add/", circles.add, name="add-circle"),
    path("road/circles/take-in/", circles.take_in, name="take-circle"),
    path("road/circles/<uuid:circle_id>/", circles.circle_page, name="circle"),
    path("road/circles/<uuid:circle_id>/next/", circles.add_next, name="next-circle"),
    path("road/circles/<uuid:circle_id>/tell/", circles.tell, name="tell-circle"),
    path("road/circles/<uuid:circle_id>/forget/", circles.forget, name="forget-circle"),
    path("road/circles/<uuid:circle_id>/go-on/<slug:act>/", circles.move, name="move-circle"),
    path("road/circles/<uuid:circle_id>/<slug:digest>/file/", circles.circle_file, name="circle-file"),
    path("road/circles/<uuid:circle_id>/<slug:digest>/sign/", circles.sign, name="sign-circle"),
    path("road/circles/<uuid:circle_id>/<slug:digest>/drop/", circles.drop, name="drop-circle"),
    path("road/mail/", views.mail, name="mail"),
    path("road/mail/held/<int:held_id>/", views.throw_away, name="throw-away"),
    path("road/stick/", views.stick, name="stick"),
    path("road/stick/take-along/", views.take_along, name="take-along"),
]

"""Addresses of this room, below /people/."""

from django.urls import path

from waystation.people.views import (
    consents,
    correcting,
    erasing,
    history,
    household,
    journey,
    keeping,
    listing,
    merging,
    notice,
    sharing,
)
from waystation.people.views import person as person_views
from waystation.people.views import slip as slip_views

app_name = "people"
urlpatterns = [
    path("", listing.people, name="people"),
    path("erased/", erasing.erased, name="erased"),
    path("<uuid:person_id>/", person_views.person, name="person"),
    path("<uuid:person_id>/before/", person_views.before, name="before"),
    path("<uuid:person_id>/keep/", keeping.keep, name="keep"),
    path("<uuid:person_id>/correct/", correcting.correct, name="correct"),
    path("<uuid:person_id>/journey/", journey.journey, name="journey"),
    path("<uuid:person_id>/journey/<uuid:stop_id>/", journey.stop, name="stop"),
    path("<uuid:person_id>/journey/<uuid:stop_id>/move/", journey.move, name="move-stop"),
    path("<uuid:person_id>/journey/<uuid:stop_id>/remove/", journey.remove, name="remove-stop"),
    path("<uuid:person_id>/household/", household.household, name="household"),
    path("<uuid:person_id>/household/join/", household.join, name="join"),
    path("<uuid:person_id>/household/<uuid:membership_id>/", household.relation, name="relation"),
    path("<uuid:person_id>/household/<uuid:membership_id>/leave/", household.leave, name="leave"),
    path("<uuid:person_id>/consents/add/", consents.consent, name="consent"),
    path("<uuid:person_id>/consents/<uuid:consent_id>/withdraw/", consents.withdraw, name="withdraw"),
    path("<uuid:person_id>/left/", sharing.left, name="left"),
    path("list-for-partner/", sharing.share, name="share"),
    path("<uuid:person_id>/pass-on/", consents.disclosure, name="disclosure"),
    path("<uuid:person_id>/notice/", notice.notice, name="notice"),
    path("<uuid:person_id>/notice/print/", notice.printed, name="notice-print"),
    path("<uuid:person_id>/slip/", slip_views.slip, name="slip"),
    path("<uuid:person_id>/slip/new/", slip_views.new_card, name="new-card"),
    path("<uuid:person_id>/same/", merging.same_as, name="same-as"),
    path("<uuid:person_id>/same/<uuid:other_id>/", merging.merge, name="merge"),
    path("<uuid:person_id>/split/<uuid:merge_id>/", merging.split, name="split"),
    path("<uuid:person_id>/parted/<uuid:other_id>/", merging.parted, name="parted"),
    path("<uuid:person_id>/history/", history.history, name="history"),
    path("<uuid:person_id>/erase/", erasing.erase, name="erase"),
]

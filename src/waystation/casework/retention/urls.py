"""Addresses of this room, under /keeping/."""

from django.urls import path

from waystation.casework.retention.views import authorities, proofs, review, sealed

app_name = "retention"
urlpatterns = [
    path("", review.due, name="due"),
    path("clocks/", review.clock_table, name="clocks"),
    path("clocks/<slug:code>/", review.period, name="period"),
    path("batches/<uuid:batch_id>/", review.batch, name="batch"),
    path("people/<uuid:person_id>/hold/", review.hold, name="hold"),
    path("people/<uuid:person_id>/stays/", review.stays, name="stays"),
    path("people/<uuid:person_id>/sheet/", review.sheet, name="sheet"),
    path("people/<uuid:person_id>/seal/", sealed.seal, name="seal"),
    path("holds/<uuid:hold_id>/lift/", review.lift, name="lift"),
    path("sealed/", sealed.away, name="away"),
    path("sealed/list/", sealed.packages, name="packages"),
    path("sealed/<uuid:record_id>/", sealed.record, name="sealed"),
    path("sealed/<uuid:record_id>/question/", sealed.question, name="question"),
    path("offline-key/", sealed.offline_key, name="offline-key"),
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/<uuid:proof_id>/", proofs.proof, name="proof"),
    path("proofs/<uuid:proof_id>/file/", proofs.receipt, name="receipt"),
    path("requests/", authorities.requests, name="requests"),
    path("requests/print/", authorities.report, name="requests-print"),
    path("requests/table/", authorities.table, name="requests-table"),
    path("requests/add/", authorities.add, name="add-request"),
    path("requests/<uuid:request_id>/", authorities.request_page, name="request"),
]

"""Addresses of this room."""

from django.urls import path

from waystation.accounts import passkeys, setup_views, sign_in_views, views

app_name = "accounts"
urlpatterns = [
    path("set-up/", setup_views.first_run, name="set-up"),
    path("recover/", setup_views.recover, name="recover"),
    path("sign-in/", sign_in_views.sign_in, name="sign-in"),
    path("sign-in/second/", sign_in_views.second_factor, name="second-factor"),
    path("sign-in/first/", sign_in_views.first_factor, name="first-factor"),
    path("sign-in/passkey/", passkeys.sign_in_with, name="passkey-sign-in"),
    path("lock/", sign_in_views.lock_screen, name="lock"),
    path("panic/", sign_in_views.panic, name="panic"),
    path("me/", views.me, name="me"),
    path("me/passkeys/", passkeys.add, name="passkey-add"),
    path("me/passkeys/new/", passkeys.begin, name="passkey-new"),
    path("me/passkeys/<uuid:factor_id>/remove/", views.remove_passkey, name="passkey-remove"),
    path("me/tokens/", views.make_token, name="make-token"),
    path("me/tokens/<uuid:token_id>/end/", views.end_token, name="end-token"),
    path("me/spare-codes/", views.spare_codes, name="spare-codes"),
    path("me/recovery-code/", views.new_recovery_code, name="new-recovery-code"),
    path("me/more-people/", views.ask_for_more, name="ask-for-more"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/invite/", views.invite, name="invite"),
    path("accounts/<uuid:account_id>/", views.account, name="account"),
    path("accounts/<uuid:account_id>/active/", views.set_active, name="set-active"),
    path("accounts/<uuid:account_id>/renew/", views.let_renew, name="let-renew"),
    path("accounts/<uuid:account_id>/reset-factor/", views.reset_factor, name="reset-factor"),
    path("invitations/<str:token>/", views.accept, name="accept"),
    path("approvals/", views.approvals_list, name="approvals"),
    path("approvals/<uuid:approval_id>/", views.decide, name="decide"),
]

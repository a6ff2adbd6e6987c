"""This room's actions in the words of the log."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "accounts.set_up": _("Set the node up"),
    "accounts.sign_in": _("Signed in"),
    "accounts.wrong_code": _("Typed a wrong code at the second step"),
    "accounts.sign_out": _("Signed out"),
    "accounts.invite": _("Invited someone"),
    "accounts.let_in": _("Agreed to an invitation"),
    "accounts.accept": _("Accepted an invitation"),
    "accounts.change_passphrase": _("Changed a passphrase"),
    "accounts.let_renew": _("Let someone choose a new passphrase"),
    "accounts.renew": _("Chose a new passphrase for a forgotten one"),
    "accounts.new_recovery_code": _("Made a new recovery code"),
    "accounts.open": _("Opened an account again"),
    "accounts.close": _("Closed an account"),
    "accounts.add_factor": _("Set up a second factor"),
    "accounts.remove_factor": _("Removed a passkey"),
    "accounts.reset_factor": _("Took away a lost second factor"),
    "accounts.spare_codes": _("Made new spare codes"),
    "accounts.train": _("Recorded a training"),
    "accounts.issue_token": _("Made an API token"),
    "accounts.end_token": _("Ended an API token"),
    "approvals.ask": _("Asked a second officer"),
    "approvals.overdue": _("Nobody decided in time"),
    "approvals.lapsed": _("Let a question lapse: the account that asked was closed"),
    "approvals.approved": _("Approved, as second officer"),
    "approvals.refused": _("Refused, as second officer"),
}

"""What can go wrong with a referral between nodes; its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem


class UnknownReferral(Problem):
    """A message about a referral that is not known here, or not with this organisation."""

    code = "unknown-referral"
    status = 404
    message = _("This referral is not known here.")

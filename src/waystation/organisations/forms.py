"""Forms for posts."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.organisations.models import Partner, Post

if TYPE_CHECKING:
    PostModelForm = forms.ModelForm[Post]
    PartnerModelForm = forms.ModelForm[Partner]
else:
    PostModelForm = forms.ModelForm
    PartnerModelForm = forms.ModelForm


class PartnerForm(PartnerModelForm):
    """What is said about a partner."""

    class Meta:
        model = Partner
        fields = ("name", "kind", "services", "contact", "declared_on", "is_active")
        labels = {"is_active": _("We work with them now")}
        widgets = {"declared_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class PostForm(PostModelForm):
    """What is said about a post."""

    class Meta:
        model = Post
        fields = ("name", "kind", "place", "hours", "languages")

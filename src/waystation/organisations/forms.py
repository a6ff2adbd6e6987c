"""Forms for posts."""

from typing import TYPE_CHECKING, Any

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


class CloseForm(forms.Form):
    """Who takes over what is kept to a post that closes."""

    to_post = forms.ChoiceField(label=_("Which post takes over what is kept at this one?"), required=False)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_post"].choices = [("", "—"), *others]  # type: ignore[attr-defined]


class WorkplacesForm(forms.Form):
    """Where one member of staff works."""

    posts = forms.MultipleChoiceField(label=_("Works at"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = posts  # type: ignore[attr-defined]


class PostForm(PostModelForm):
    """What is said about a post."""

    class Meta:
        model = Post
        fields = ("name", "kind", "place", "hours", "languages")

"""Forms for posts."""

from typing import TYPE_CHECKING

from django import forms

from waystation.organisations.models import Post

if TYPE_CHECKING:
    PostModelForm = forms.ModelForm[Post]
else:
    PostModelForm = forms.ModelForm


class PostForm(PostModelForm):
    """What is said about a post."""

    class Meta:
        model = Post
        fields = ("name", "kind", "place", "hours", "languages")

"""Forms for posts."""

from django import forms

from waystation.organisations.models import Post


class PostForm(forms.ModelForm[Post]):
    """What is said about a post."""

    class Meta:
        model = Post
        fields = ("name", "kind", "place", "hours", "languages")

"""Template tags and filters of the house; built in, so that no template loads them."""

import io

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from waystation.web.components import cldr, letters

register = template.Library()

register.filter("country", cldr.country_name)
register.filter("language_name", cldr.language_name)
register.filter("day", cldr.day)
register.filter("minute", cldr.minute)
register.filter("ago", cldr.ago)
register.filter("in_latin", letters.in_latin)


@register.simple_tag
def qr(text: str, scale: int = 5) -> SafeString:
    """A QR code as inline SVG of whatever size the page gives it.

    Its text stands beside it in letters, so it is hidden from screen readers.
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        scale=scale,
        border=2,
        xmldecl=False,
        svgns=True,
        nl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return mark_safe(out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1))


@register.filter
def names_of_languages(codes: tuple[str, ...]) -> str:
    """Several languages by name, as a list in the reader's language."""
    return gettext(", ").join(cldr.language_name(code) for code in codes)


@register.filter
def people_counted(count: int) -> str:
    """So many people, in words."""
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


@register.filter
def at(table: dict[object, object], key: object) -> object:
    """What stands in a table at a key; empty where nothing does."""
    return table.get(key, "")

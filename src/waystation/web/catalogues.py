"""Collecting texts to translate, and compiling catalogues without gettext: `python -m waystation.web.catalogues`."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent / "locale"
LANGUAGES = ("ar", "es", "fr")


def compile_all() -> int:
    """Write a .mo beside every .po. Returns how many."""
    found = sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))
    for path in found:
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))
    return len(found)


def collect() -> None:
    """Bring every .po up to date with the texts in the code (needs gettext's tools)."""
    import os

    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    django.setup()
    os.chdir(LOCALES.parent.parent)
    call_command(
        "makemessages",
        locale=list(LANGUAGES),
        no_wrap=True,
        no_location=True,
        no_obsolete=True,
        extensions=["html", "txt", "py"],
        ignore_patterns=["demo/*"],
        verbosity=1,
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    else:
        print(f"{compile_all()} catalogues compiled.")  # noqa: T201 - a command

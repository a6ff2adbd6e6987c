"""Collecting texts to translate, and compiling catalogues, without gettext: `python -m waystation.web.catalogues`."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).resolve().parent / "locale"
PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("ar", "es", "fr")
READ = frozenset({".py", ".html", ".txt"})
WORDS_OF_TRANSLATION = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def catalogue_of(language: str) -> Path:
    """Where a language's texts stand."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    """Write a .mo beside every .po. Returns how many."""
    for language in LANGUAGES:
        path = catalogue_of(language)
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=language))
    return len(LANGUAGES)


def collected() -> Catalog:
    """Every text of the code and the templates, untranslated."""
    texts = Catalog()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in READ:
            for text, context in _texts_in(path):
                texts.add(text, context=context)
    return texts


def _texts_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for _, text, _, context in extract("python", io.BytesIO(_as_python(path).encode()), WORDS_OF_TRANSLATION):
        yield text, context


def _as_python(path: Path) -> str:
    from django.utils.translation import templatize

    text = path.read_text(encoding="utf-8")
    # Brackets, because templatize keeps a template's indentation, which means nothing between them.
    return text if path.suffix == ".py" else f"({templatize(text, origin=str(path))})"


def collect() -> None:
    """Bring every .po up to date with the texts in the code: new ones empty, gone ones gone, the rest as it was."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    django.setup()
    texts = collected()
    for language in LANGUAGES:
        path = catalogue_of(language)
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language)
        catalogue.update(texts, no_fuzzy_matching=True)
        with path.open("wb") as target:
            write_po(target, catalogue, width=0, no_location=True, ignore_obsolete=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    else:
        print(f"{compile_all()} catalogues compiled.")  # noqa: T201 - a command

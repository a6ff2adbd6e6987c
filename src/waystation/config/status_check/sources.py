"""Where a node could ask for status, as it is written: Python, templates, scripts and catalogues.

What is written reaches further than what is loaded: a field added while a form is made, choices a function returns, a
question that stands in a template alone. Whole sentences are passed by, for they tell and do not ask: a notice must be
able to say that nobody asks for papers.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

import waystation
from waystation.config.status_check.looking import Finding, look

PACKAGE = Path(waystation.__file__).parent
ITSELF = PACKAGE / "config" / "status_check"
LONGEST_LABEL = 6
ASKING_ARGUMENTS = frozenset(
    ("label", "help_text", "verbose_name", "db_comment", "alias", "title", "description", "placeholder", "name", "says")
)
_ASKING_ELEMENTS = re.compile(r"<(label|legend|option|th|dt|summary)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_ASKING_ATTRIBUTES = re.compile(
    r"\b(?:name|id|for|placeholder|aria-label|value)\s*=\s*([\"'])(.*?)\1", re.DOTALL | re.IGNORECASE
)
_TAGS = re.compile(r"<[^>]*>|\{%\s*(?:blocktranslate|endblocktranslate|if|else|elif|endif|for|endfor)\b[^%]*%\}")
_TEMPLATE_TEXT = re.compile(r"\{%\s*translate\s+([\"'])(.*?)\1[^%]*%\}", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_SCRIPT_WORDS = re.compile(r"([\"'`])((?:(?!\1).)*)\1|([A-Za-z_$][\w$]*)")


def written() -> Iterator[Finding]:
    """Every place in this installation's own files that asks."""
    yield from in_rules(PACKAGE)
    yield from in_templates(PACKAGE)
    yield from in_scripts(PACKAGE)
    yield from in_catalogues(PACKAGE)


def in_rules(folder: Path) -> Iterator[Finding]:
    """Names, keys, labels and answers in any Python file below a folder."""
    for path in sorted(folder.rglob("*.py")):
        if ITSELF not in path.parents:
            tree, place = ast.parse(path.read_text(encoding="utf-8")), path.relative_to(folder.parent)
            for line, text in (*_names(tree), *_labels(tree)):
                yield from look(f"rule {place}:{line}", [text])


def in_templates(folder: Path) -> Iterator[Finding]:
    """Questions that stand in a template: elements and attributes that ask, and values it computes with."""
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        asked = [
            *(_said(found[2]) for found in _ASKING_ELEMENTS.finditer(text)),
            *(_said(found[2]) for found in _ASKING_ATTRIBUTES.finditer(text)),
            *(found[1] for found in _VARIABLE.finditer(text)),
        ]
        yield from look(f"template {path.relative_to(folder.parent)}", asked)


def in_scripts(folder: Path) -> Iterator[Finding]:
    """Names and texts of scripts."""
    for path in sorted(folder.rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = [found[2] or found[3] or "" for found in _SCRIPT_WORDS.finditer(line)]
            labels = [word for word in words if _is_label(word)]
            yield from look(f"script {path.relative_to(folder.parent)}:{number}", labels)


def in_catalogues(folder: Path) -> Iterator[Finding]:
    """Labels as translated, for a harmless word may become a question in another language."""
    for path in sorted(folder.rglob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source):
                forms = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
                where = f"catalogue {path.relative_to(folder.parent)}: {message.id}"
                yield from look(where, [form for form in forms if _is_label(form)])


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str(word)) | ast.arg(arg=word):
                yield getattr(node, "lineno", 0), word
            case ast.FunctionDef(name=word) | ast.AsyncFunctionDef(name=word) | ast.ClassDef(name=word):
                yield node.lineno, word
            case ast.Constant(value=str(text)) if _is_label(text):
                yield node.lineno, text


def _labels(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts handed over as what is asked, however long."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ASKING_ARGUMENTS:
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.lineno, inner.value


def _is_label(text: str) -> bool:
    return len(text.split()) <= LONGEST_LABEL and not text.rstrip().endswith((".", "؟.", "!"))


def _said(text: str) -> str:
    return _TAGS.sub(" ", _TEMPLATE_TEXT.sub(r"\2", text)).strip()

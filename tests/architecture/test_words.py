"""The catalogues and the code name the same texts: none missing, none left over, every field kept."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(path.parent.name for path in (ROOT / "officer_app").glob("*/__init__.py"))
LOCALE = ROOT / "resources" / "locale" / "zh_CN"


def _marked(package: str) -> set[str]:
    found: set[str] = set()
    for source in (ROOT / "officer_app" / package).rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                place = f"{source.relative_to(ROOT)}:{node.lineno}"
                argument = node.args[0]
                assert isinstance(argument, ast.Constant), f"{place}: N_ takes a plain text"
                found.add(str(argument.value))
    return found


def _catalogue(package: str) -> dict[str, str]:
    source = LOCALE / f"{package}.po"
    if not source.is_file():
        return {}
    with source.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_marked_text_is_in_chinese(package: str) -> None:
    catalogue = _catalogue(package)
    missing = sorted(text for text in _marked(package) if not catalogue.get(text))
    assert not missing


@pytest.mark.parametrize("package", PACKAGES)
def test_no_text_is_left_over(package: str) -> None:
    assert not sorted(_catalogue(package).keys() - _marked(package))


@pytest.mark.parametrize("package", PACKAGES)
def test_translations_keep_their_fields(package: str) -> None:
    broken = [text for text, chinese in _catalogue(package).items() if chinese and _fields(text) != _fields(chinese)]
    assert not broken


@pytest.mark.parametrize("package", PACKAGES)
def test_one_text_has_one_translation(package: str) -> None:
    """Catalogues are merged at start: the same English must not mean two things."""
    others = {text: chinese for other in PACKAGES if other != package for text, chinese in _catalogue(other).items()}
    differing = {
        text: (chinese, others[text])
        for text, chinese in _catalogue(package).items()
        if others.get(text, chinese) != chinese
    }
    assert not differing

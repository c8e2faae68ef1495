"""The pictures of the README show what the windows and the memo show today."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
# Mean difference of grey values (0 to 255) at a quarter of the size: other machines smooth edges a little otherwise.
TOLERANCE = 1.2


def _painter() -> ModuleType:
    source = ROOT / "packaging" / "readme_pictures.py"
    spec = importlib.util.spec_from_file_location("readme_pictures", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["readme_pictures"] = module
    spec.loader.exec_module(module)
    return module


def _grey(image: QImage) -> bytes:
    small = image.scaled(
        image.width() // 4,
        image.height() // 4,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    return b"".join(bytes(small.constScanLine(row))[: small.width()] for row in range(small.height()))


def _difference(a: QImage, b: QImage) -> float:
    assert a.size() == b.size(), "python packaging/readme_pictures.py draws them anew"
    pairs = zip(_grey(a), _grey(b), strict=True)
    total = sum(abs(x - y) for x, y in pairs)
    return total / (a.width() // 4 * (a.height() // 4))


@pytest.fixture(scope="module")
def drawn() -> dict[str, QImage]:
    return dict(_painter().draw())


@pytest.mark.parametrize("name", ["lie_found.png", "memo_page_1.png"])
def test_the_readme_shows_what_is_there(qtbot: QtBot, drawn: dict[str, QImage], name: str) -> None:
    del qtbot
    kept = QImage(str(ROOT / "resources" / "readme" / name))
    assert not kept.isNull()
    found = _difference(kept, drawn[name])
    assert found <= TOLERANCE, f"{name} is older than what it shows: python packaging/readme_pictures.py"


def test_another_picture_would_be_seen(qtbot: QtBot, drawn: dict[str, QImage]) -> None:
    """The comparison itself can fail: a screen with one card less is another picture."""
    del qtbot
    changed = drawn["lie_found.png"].copy()
    for row in range(480, 720):
        for column in range(90, 1000):
            changed.setPixelColor(column, row, Qt.GlobalColor.white)
    assert _difference(changed, drawn["lie_found.png"]) > TOLERANCE


def test_every_picture_and_link_of_the_readme_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", text)
    for one, other in named:
        assert (ROOT / (one or other)).is_file(), one or other
    for command in ("packaging/run", "packaging/test"):
        assert command in text

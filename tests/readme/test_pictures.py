"""The pictures of the README show what the windows and the memo show today."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
# Mean difference of grey values (0 to 255) in the tile that differs most: other machines smooth edges a little.
TOLERANCE = 8.0
TILE = 8  # points of the picture at a quarter of its size: about a word


def _painter() -> ModuleType:
    source = ROOT / "packaging" / "readme_pictures.py"
    spec = importlib.util.spec_from_file_location("readme_pictures", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["readme_pictures"] = module
    spec.loader.exec_module(module)
    return module


def _grey(image: QImage) -> NDArray[np.float64]:
    small = image.scaled(
        image.width() // 4,
        image.height() // 4,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [bytes(small.constScanLine(row))[: small.width()] for row in range(small.height())]
    return np.array([list(row) for row in rows], dtype=np.float64)


def _difference(a: QImage, b: QImage) -> float:
    assert a.size() == b.size(), "python packaging/readme_pictures.py draws them anew"
    apart = np.abs(_grey(a) - _grey(b))
    high, wide = apart.shape[0] // TILE, apart.shape[1] // TILE
    tiles = apart[: high * TILE, : wide * TILE].reshape(high, TILE, wide, TILE)
    return float(tiles.mean(axis=(1, 3)).max())


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


def test_another_word_would_be_seen(qtbot: QtBot, drawn: dict[str, QImage]) -> None:
    """The comparison itself can fail: a screen that says one word less is another picture."""
    del qtbot
    changed = drawn["lie_found.png"].copy()
    painter = QPainter(changed)
    painter.fillRect(90, 16, 60, 24, Qt.GlobalColor.white)
    painter.end()
    assert _difference(changed, drawn["lie_found.png"]) > TOLERANCE


def test_every_picture_and_link_of_the_readme_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", text)
    for one, other in named:
        assert (ROOT / (one or other)).is_file(), one or other
    for command in ("packaging/run", "packaging/test"):
        assert command in text

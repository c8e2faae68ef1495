"""The visit window looks as it was accepted in each state, language, size and look: a sample, all by --full."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication

from tests.desktop.goldens import FOLDER, as_pillow
from tests.support.furnished import Furnished
from tests.support.likeness import compare, keep, lay_beside
from tests.support.office_states import OFFICE, draw_office
from tests.support.sampling import ONE_IN_MANY, sampled
from tests.support.visit_states import EVERY, Cases, draw, furnish_states

_MOST = 4_000_000  # bytes of all pictures together


@pytest.fixture(scope="module")
def cases(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    return furnish_states(furnished, tmp_path_factory.mktemp("states"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="letters are smoothed otherwise on other systems")
def test_the_window_looks_as_it_was_accepted(qapp: QApplication, cases: Cases, tmp_path: Path, *, full: bool) -> None:
    wrong = []
    for wanted in sampled(EVERY, "golden images", full=full, one_in=ONE_IN_MANY):
        new, file = as_pillow(draw(qapp, cases, wanted, tmp_path)), FOLDER / f"{wanted.name}.png"
        old = Image.open(file) if file.exists() else None
        found = compare(old, new) if old is not None else None
        if found is None or not found.same:
            seen = lay_beside(tmp_path.parent / "golden-differs", wanted.name, old, new)
            wrong.append(f"{wanted.name}: {found or 'no picture is kept'}\n    old, new, difference: {seen}")
    command = "python tests/desktop/goldens.py " + " ".join(one.partition(":")[0] for one in wrong)
    assert not wrong, "\n".join([*wrong, f"if it is as it should be, look at it and accept it: {command}"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="letters are smoothed otherwise on other systems")
def test_first_run_and_head_office_look_as_accepted(qapp: QApplication, tmp_path: Path, *, full: bool) -> None:
    wrong = []
    for wanted in sampled(OFFICE, "golden images of head office", full=full, one_in=ONE_IN_MANY):
        new, file = as_pillow(draw_office(qapp, wanted, tmp_path)), FOLDER / f"{wanted.name}.png"
        old = Image.open(file) if file.exists() else None
        found = compare(old, new) if old is not None else None
        if found is None or not found.same:
            seen = lay_beside(tmp_path.parent / "golden-differs", wanted.name, old, new)
            wrong.append(f"{wanted.name}: {found or 'no picture is kept'}\n    old, new, difference: {seen}")
    assert not wrong, "\n".join([*wrong, "look, then accept: python tests/desktop/goldens.py NAME"])


def test_every_picture_is_wanted_and_there_and_small() -> None:
    kept = {file.stem: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert sorted(kept) == sorted(wanted.name for wanted in (*EVERY, *OFFICE))
    assert sum(kept.values()) < _MOST


def _kept(name: str = "table_zh_CN_1093_light") -> Image.Image:
    return Image.open(FOLDER / f"{name}.png").convert("RGB")


def test_a_margin_that_moved_is_seen() -> None:
    old = _kept()
    new = old.copy()
    page = old.crop((320, 120, 800, 500))
    new.paste(page, (322, 120))
    assert not compare(old, new).same


def test_another_colour_is_seen() -> None:
    old = np.asarray(_kept()).copy()
    new = old.copy()
    accent = old[28, 945]  # the one leading button
    new[(old == accent).all(axis=2)] = (168, 100, 0)
    assert not compare(Image.fromarray(old), Image.fromarray(new)).same


def test_one_small_word_that_is_gone_is_seen() -> None:
    old = _kept()
    new = old.copy()
    row = (104, 150, 160, 174)  # half of the name of a section
    assert len(set(old.crop(row).convert("L").tobytes())) > 2, "there is a word"
    ImageDraw.Draw(new).rectangle(row, fill=old.getpixel((100, 152)))
    assert not compare(old, new).same


def test_what_the_small_file_loses_is_not_seen(tmp_path: Path) -> None:
    old = _kept()
    keep(old, tmp_path / "again.png")
    assert compare(old, Image.open(tmp_path / "again.png")).same

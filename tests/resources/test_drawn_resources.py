"""The drawn things that travel with the program: pictures of the demo shops, icons."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from officer_app.base.paths import resource_folder
from tests.support.visits import business_visit

DEMO = resource_folder() / "demo"
ICONS = sorted(path for path in (resource_folder() / "icons").glob("*.svg") if path.stem != "app")
SHOTS = {node.name.removeprefix("shot_") for node in business_visit().root.down() if node.name.startswith("shot_")}
DECEITS = {"salon_front_other_number", "fruit_stock_again"}
PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.mark.parametrize("shop", ["salon", "fruit"])
def test_each_shop_has_a_picture_for_the_shots_of_a_place(shop: str) -> None:
    drawn = {path.stem.removeprefix(f"{shop}_") for path in DEMO.glob(f"{shop}_*.jpg") if path.stem not in DECEITS}
    people_and_papers = {"borrower_in_place", "officer_and_borrower", "collateral", "collateral_paper", "elsewhere"}
    assert drawn == SHOTS - people_and_papers


def test_pictures_are_light_enough_to_travel() -> None:
    for path in DEMO.glob("*.jpg"):
        assert path.stat().st_size < 300_000, path.name
        with Image.open(path) as picture:
            assert picture.size == (1600, 1200), path.name
            assert not picture.getexif(), path.name


def test_a_picture_is_what_the_program_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    program = runpy.run_path(str(PACKAGING / "draw_demo.py"))
    drawn = np.asarray(program["PICTURES"]["salon_door_plate"](), dtype=np.int16)
    with Image.open(DEMO / "salon_door_plate.jpg") as picture:
        shipped = np.asarray(picture.convert("RGB"), dtype=np.int16)
    assert np.abs(drawn - shipped).mean() < 4
    assert set(program["PICTURES"]) == {path.stem for path in DEMO.glob("*.jpg")}


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_share_one_hand(path: Path) -> None:
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  our own files
    assert root.get("viewBox") == "0 0 20 20"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "1.5"
    assert "#" not in path.read_text(encoding="utf-8"), "an icon takes the colour of its place"


def test_states_differ_in_shape() -> None:
    bodies = {
        name: (resource_folder() / "icons" / f"{name}.svg").read_text()
        for name in ("check", "look_closer", "stop", "cannot_tell")
    }
    assert "<rect" in bodies["stop"]
    assert "<circle" not in bodies["check"]
    assert bodies["cannot_tell"].count("<") < bodies["look_closer"].count("<")
    assert len(set(bodies.values())) == 4

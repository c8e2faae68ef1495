"""Pictures of the photo screens with real data: `python tests/desktop/gallery_photos.py FOLDER [word …]`.

The sheet, a picture large, one being blurred, two held against one another, the phone's page and the laptop's camera.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by itself, it finds tests.support too

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from officer_app.base.words import LANGUAGES
from officer_app.casework import photos
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos import sheetpage
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.training.demo_cases import read_demo_case
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.drawn import EDITS, jpeg
from tests.support.visit_states import waiting_for_phone, without_network

SIZES = {"": QSize(1366, 768), "_small": QSize(1093, 614)}


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Desk, Visit, str]]:
    """A customer one of whose pictures was made from another customer's, and where the tray is not empty."""
    clock = HandClock()
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visited(desk, "salon", clock)
        visit = visited(desk, "fruit", clock)[1]
        front = read_demo_case("salon", clock.now()).picture("front").read_bytes()
        data = jpeg(EDITS["crop 15 %"](Image.open(io.BytesIO(front)).convert("RGB")))
        reading = photos.read_picture(desk, data, "IMG_2041.jpg")
        record = photos.attach_photo(desk, visit.record, data, reading, name="IMG_2041.jpg")
        yield desk, visit, str(record.id)


def photos_of(window: CaseWindow) -> PhotosScreen:
    """The screen that is up."""
    found = window.current()
    assert isinstance(found, PhotosScreen)
    return found


def _large(_window: CaseWindow) -> None:
    """The picture that was handed over is large already."""


# Whether the copy is opened large first, and what is done then.
STATES: dict[str, tuple[bool, Callable[[CaseWindow], object]]] = {
    "sheet": (False, _large),
    "large": (True, _large),
    "blurring": (True, lambda window: photos_of(window).retouch.blur.click()),
    "compare": (True, lambda window: photos_of(window)._compare_first()),
    "phone": (False, waiting_for_phone),
    "no_network": (False, without_network),
    "camera": (False, lambda window: photos_of(window)._way(sheetpage.CAMERA)),
}


def paint_all(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Write every state in both languages, light and dark, large and small."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as scratch, copied(Path(scratch)) as (desk, visit, copy):
        for mode in Mode:
            theme.apply(app, mode, bundled_fonts=True)
            for language in LANGUAGES:
                for name, (large, show) in STATES.items():
                    if only and name not in only:
                        continue
                    for suffix, size in SIZES.items():
                        window = CaseWindow(desk, Speech(language), visit.case)
                        window.resize(size)
                        window.show()
                        window.open(Place.PHOTOS.value, copy if large else None)
                        show(window)
                        QTest.qWait(40)
                        grab(window, folder / f"{name}_{language}_{mode.value}{suffix}.png")
                        window.close()
                        count += 1
    return count


if __name__ == "__main__":
    print(paint_all(Path(sys.argv[1]), tuple(sys.argv[2:])))

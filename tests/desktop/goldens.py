"""Accept how the windows look now: `python tests/desktop/goldens.py [NAME …]`, all pictures without a name.

A name is that of a file in `tests/desktop/golden`, or the beginning of some, such as `table` or `evening_en`.
Look at every picture that git shows as changed before you commit it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by itself, it finds tests.support too

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.support.furnished import furnish
from tests.support.likeness import compare, keep
from tests.support.office_states import OFFICE, draw_office
from tests.support.visit_states import EVERY, draw, furnish_states

FOLDER = Path(__file__).parent / "golden"


def as_pillow(picture: QImage) -> Image.Image:
    """The same picture, for comparing."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombytes(
        "RGB", (plain.width(), plain.height()), bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine()
    )


def accept(names: list[str]) -> int:
    """Draw the pictures whose names begin so, and keep those that are not alike; gives how many were written."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    FOLDER.mkdir(exist_ok=True)
    written = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        visits = [wanted for wanted in EVERY if _asked(wanted.name, names)]
        if visits:
            cases = furnish_states(furnish(folder / "made"), folder / "states")
            written += sum(_keep(wanted.name, draw(app, cases, wanted, folder)) for wanted in visits)
        office = [wanted for wanted in OFFICE if _asked(wanted.name, names)]
        written += sum(_keep(wanted.name, draw_office(app, wanted, folder)) for wanted in office)
    return written


def _asked(name: str, names: list[str]) -> bool:
    return not names or any(name.startswith(begins) for begins in names)


def _keep(name: str, picture: QImage) -> bool:
    """Whether it was written: one that looks the same stays."""
    new, file = as_pillow(picture), FOLDER / f"{name}.png"
    if file.exists() and compare(Image.open(file), new).same:
        return False
    keep(new, file)
    return True


if __name__ == "__main__":
    print(f"{accept(sys.argv[1:])} pictures written to {FOLDER}")

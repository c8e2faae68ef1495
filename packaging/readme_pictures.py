"""Draws the pictures of README.md from the real windows and the real memo.

    python packaging/readme_pictures.py            writes resources/readme/*.png

A test draws them again and fails when those in the README show something else.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from officer_app.base.words import CHINESE, Verbatim
from officer_app.casework import papers
from officer_app.casework.cases import CaseQuery, find_cases
from officer_app.casework.desk import Desk
from officer_app.casework.explanations import let_stand, record
from officer_app.casework.findings import findings_of
from officer_app.casework.visits import resume_visit, visits_of
from officer_app.desktop.app.shell import Place as ShellPlace
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ImmediateRunner
from officer_app.desktop.kit.theme import Mode, apply
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.checks.screen import ChecksScreen
from officer_app.training import seeding
from officer_app.training.demo_cases import FRUIT, read_demo_case
from officer_app.training.institution import found_demo
from officer_app.training.story import StoryClock
from officer_app.trust.certificates import Role

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "readme"
_BEGIN = datetime(2026, 10, 8, 1, 40, tzinfo=UTC)
_MEMO_WIDTH = 900


def draw() -> Mapping[str, QImage]:
    """Both pictures, by file name."""
    app = QApplication.instance() or QApplication(["readme"])
    if not isinstance(app, QApplication):
        raise TypeError
    apply(app, Mode.LIGHT, bundled_fonts=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = found_demo(Path(folder) / "demo", StoryClock(_BEGIN - timedelta(days=1)))
        desk = demo.sign_in(Role.OFFICER, StoryClock(_BEGIN))
        try:
            _visit(desk)
            lie = _checks(app, desk)
            return {"lie_found.png": lie, "memo_page_1.png": _memo(desk)}
        finally:
            desk.close()


def _visit(desk: Desk) -> None:
    case = read_demo_case(FRUIT, desk.clock.now())
    _, visit = seeding.open_demo_case(desk, case)
    seeding.fill(desk, visit, seeding.steps_of(case, visit.session.form, desk.clock))
    seeding.photograph(desk, visit, case)


def _checks(app: QApplication, desk: Desk) -> QImage:
    speech = Speech(CHINESE)
    work = Workplace(desk, speech, ImmediateRunner(_raise))
    work.faulted.connect(_raise)
    shell = Shell(speech, Verbatim("眼见"))
    shell.register((ShellPlace(Place.CHECKS.value, lambda: ChecksScreen(work)),))
    shell.resize(QSize(1366, 768))
    shell.show()
    case = find_cases(desk, CaseQuery()).items[0]
    work.open(case.id, lambda: shell.open(Place.CHECKS.value))
    # The questions to ask next come a moment after everything else.
    while work.open_case is None or not work.open_case.questions:
        app.processEvents()
    for _ in range(5):
        app.processEvents()
    image = shell.grab().toImage()
    shell.close()
    shell.deleteLater()
    app.processEvents()
    return image


def _memo(desk: Desk) -> QImage:
    case = find_cases(desk, CaseQuery()).items[0]
    visit = resume_visit(desk, visits_of(desk, case.id)[-1].id)
    record(desk, case.id, findings_of(desk, case.id, visit))
    for one in findings_of(desk, case.id, visit).open:
        let_stand(desk, case.id, one, "问到时他改口，拿不出单据。")
    data = papers.preview(desk, visit, findings_of(desk, case.id, visit), CHINESE)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(0)
    image = document.render(0, QSize(_MEMO_WIDTH, round(_MEMO_WIDTH * size.height() / size.width())))
    document.close()
    # QtPdf leaves the paper transparent.
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill("white")
    from PySide6.QtGui import QPainter

    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _raise(fault: Exception) -> None:
    raise fault


def main() -> int:
    """Write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, image in draw().items():
        image.save(str(FOLDER / name), "PNG")
        print(FOLDER / name)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())

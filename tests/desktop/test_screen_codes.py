"""A file from screen to camera: the frames are fed by hand, everything that reads them is real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.qr import series_of
from officer_app.casework.desk import Desk, seat
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ThreadRunner
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.screen_codes import CodeReader, CodeSeries
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import request
from officer_app.trust.identities import new_keys
from officer_app.vault.store import Vault
from tests.support.screened import screened
from tests.support.typing import press
from tests.support.vaults import LOGIN, PASSPHRASE, StillClock, vault_folder

PATIENCE = 30_000
# What the multimedia library says of a machine without graphics.
multimedia = pytest.mark.qt_log_ignore(
    "^Couldn't ", "^Using Qt multimedia", "No RHI backend", "^This plugin does not support", extend=True
)


@pytest.fixture
def work(tmp_path: Path, speech: Speech) -> Iterator[Workplace]:
    clock = StillClock()
    desk: Desk = seat(Vault.open(vault_folder(tmp_path), LOGIN, PASSPHRASE, clock), clock)
    runner = ThreadRunner(lambda _fault: None)
    place = Workplace(desk, speech, runner)
    yield place
    runner.shutdown()
    desk.close()


def _request() -> bytes:
    return request(new_keys(), name="李新", branch="城关网点", role=Role.OFFICER)


@multimedia
def test_a_camera_before_the_screen_reads_every_code(qtbot: QtBot, work: Workplace) -> None:
    reader, asked = CodeReader(work), _request()
    qtbot.addWidget(reader)
    reader.show()
    fake, got = QVideoFrameInput(), []
    reader.whole.connect(got.append)
    reader.begin(fake)
    assert reader.finder.isVisible()
    frames = [QImage.fromData(screened(text)) for text in series_of(asked)]
    shown = [0]

    def feed() -> bool:
        shown[0] += 1
        fake.sendVideoFrame(QVideoFrame(frames[shown[0] // 60 % len(frames)]))
        return bool(got)

    qtbot.waitUntil(feed, timeout=PATIENCE)
    assert got == [asked]
    assert not reader.finder.isVisible(), "the camera is off again"
    assert str(len(frames)) in reader.said.text()


def test_a_picture_of_something_else_says_what_to_do(qtbot: QtBot, work: Workplace, tmp_path: Path) -> None:
    reader = CodeReader(work)
    qtbot.addWidget(reader)
    reader.show()
    (tmp_path / "wall.jpg").write_bytes(screened("https://pay.example/1"))
    reader.read((tmp_path / "wall.jpg",))
    qtbot.waitUntil(lambda: "wall.jpg" in reader.said.text(), timeout=PATIENCE)


def test_codes_turn_by_themselves_and_wait_for_a_hand(qtbot: QtBot, work: Workplace) -> None:
    series = CodeSeries(work)
    qtbot.addWidget(series)
    series.show()
    series._pulse.setInterval(1)
    series.show_file(_request())
    first = series._place
    qtbot.waitUntil(lambda: series._place != first, timeout=PATIENCE)
    press(series, Qt.Key.Key_Space)
    assert not series._pulse.isActive()
    held = series._place
    press(series, Qt.Key.Key_Left)
    assert series._place == (held - 1) % len(series.texts)
    press(series, Qt.Key.Key_Space)
    assert series._pulse.isActive()
    with pytest.raises(Fault) as refused:
        series.show_file(bytes(range(256)) * 300)
    assert refused.value.code is Code.SCREEN_TOO_MUCH
    series.end()
    assert not series._pulse.isActive()

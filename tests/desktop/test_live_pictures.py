"""Pictures straight from a camera: the phone's page through the real window, and the laptop's own camera."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ThreadRunner
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos.phone_page import key_of
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.screens.photos.webcam import CameraSheet
from officer_app.evidence.findings import Verdict
from officer_app.evidence.visitcode import CodeSeen, code_of
from tests.support.browser import browser
from tests.support.case_window import CaseWindow
from tests.support.coded import holding
from tests.support.furnished import Furnished

PATIENCE = 40_000
# What the multimedia library says of a machine without graphics.
multimedia = pytest.mark.qt_log_ignore(
    "^Couldn't ", "^Using Qt multimedia", "No RHI backend", "^This plugin does not support", extend=True
)


@pytest.fixture
def salon(furnished: Furnished, tmp_path: Path) -> Iterator[tuple[Desk, CaseId]]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk, furnished.cases["salon"]


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, salon: tuple[Desk, CaseId]) -> Iterator[CaseWindow]:
    desk, case = salon
    faults: list[object] = []
    runner = ThreadRunner(faults.append)
    made = CaseWindow(desk, speech, case, runner)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.work.open_case is not None, timeout=PATIENCE)
    yield made
    runner.shutdown()
    assert faults == []


def photographed(name: str) -> bytes:
    """A scene that nobody has seen before."""
    out = io.BytesIO()
    Image.effect_mandelbrot((1200, 900), (-2, -1.5, 1 if name == "a" else 0.4, 1.5), 60).convert("RGB").save(
        out, "JPEG", quality=90
    )
    return out.getvalue()


def test_what_the_phone_takes_is_in_the_visit_and_nowhere_else(
    qtbot: QtBot, window: CaseWindow, tmp_path: Path
) -> None:
    """Two pictures by a real browser; nothing of them lies on the disk in the clear; the page ends with the visit."""
    screen = window.open(Place.PHOTOS.value)
    assert isinstance(screen, PhotosScreen)
    opened = window.work.open_case
    assert opened is not None
    had = len(opened.findings.photos)
    screen._open_phone()
    phone = screen._phone
    assert phone is not None
    phone.open_page("127.0.0.1")
    qtbot.waitUntil(lambda: bool(phone.url), timeout=PATIENCE)
    assert len(phone.fingerprint.text()) == 95
    folder = tmp_path / "phone"
    folder.mkdir()
    code = code_of(opened.visit.record.id).text
    pictures = {"a": holding(photographed("a"), code), "b": photographed("b")}
    for name, data in pictures.items():
        (folder / f"{name}.jpg").write_bytes(data)

    frame = next(one for one in screen._frames if one.ref.endswith("/shot_street_left"))
    chosen = {"a": key_of(frame), "b": ""}

    def play(failed: list[BaseException]) -> None:
        try:
            with browser(tmp_path / "browser") as at:
                at.go(phone.url)
                at.until("return document.querySelectorAll('.frame').length > 2")
                for number, name in enumerate(pictures, start=1):
                    at.run(f"document.querySelector('input[value=\"{chosen[name]}\"]').click()")
                    at.put("#picture", folder / f"{name}.jpg")
                    at.until(f"return document.querySelectorAll('li.taken').length === {number}")
        except BaseException as error:  # noqa: BLE001  handed to the test's own thread
            failed.append(error)

    beside(qtbot, play)
    qtbot.waitUntil(
        lambda: len(opened.findings.photos) == had + 2 and not window.work.runner.is_busy, timeout=PATIENCE
    )
    new = opened.findings.photos[had:]
    assert {photo.record.source for photo in new} == {"phone"}
    shows = next(photo for photo in new if photo.code is CodeSeen.THIS)
    assert not {one.verdict for one in shows.findings} & {Verdict.STOP, Verdict.LOOK_CLOSER}
    assert {photo.record.ref for photo in new} == {frame.ref, ""}
    assert shows.record.ref == frame.ref
    assert opened.session.value(frame.ref) == shows.record.id, "the newest is the answer"
    assert len(screen.page.tray.keys()) == 1

    begun = phone._job
    assert begun is not None
    window.work.close_case()
    qtbot.waitUntil(lambda: not begun.is_running, timeout=PATIENCE)
    assert not phone.is_open

    vault = tmp_path / "demo"
    for file in (path for path in vault.rglob("*") if path.is_file()):
        held = file.read_bytes()
        assert all(data[2_000:2_400] not in held for data in pictures.values()), file


def beside(qtbot: QtBot, play: Callable[[list[BaseException]], None]) -> None:
    """Run it in a thread of the test's own while the window lives; what it raised is raised here."""
    failed: list[BaseException] = []
    person = threading.Thread(target=play, args=(failed,))  # noqa: TID251  the person with the phone
    person.start()
    qtbot.waitUntil(lambda: not person.is_alive(), timeout=2 * PATIENCE)
    person.join()
    for error in failed:
        raise error


@multimedia
def test_the_laptops_camera_gives_a_jpeg_as_it_came(qtbot: QtBot, speech: Speech) -> None:
    sheet = CameraSheet(speech)
    qtbot.addWidget(sheet)
    sheet.show()
    fake, got = QVideoFrameInput(), []
    sheet.taken.connect(got.append)
    sheet.open_camera(fake)
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(20, 120, 200))

    def feed() -> bool:
        fake.sendVideoFrame(QVideoFrame(image))
        return sheet.is_ready

    qtbot.waitUntil(feed, timeout=PATIENCE)
    QTest.keyClick(sheet, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: feed() and bool(got), timeout=PATIENCE)
    with Image.open(io.BytesIO(got[0])) as taken:
        assert (taken.format, taken.size) == ("JPEG", (640, 480))
        red, green, blue = taken.convert("RGB").getpixel((320, 240))  # type: ignore[misc]  # three numbers
    assert abs(red - 20) < 12
    assert abs(green - 120) < 12
    assert abs(blue - 200) < 12
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


@multimedia
def test_without_a_camera_it_says_what_to_do(qtbot: QtBot, speech: Speech) -> None:
    sheet = CameraSheet(speech)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.open_camera()
    assert not sheet.shoot.isEnabled()
    assert "手机" in sheet.told.text()
    assert not sheet.is_ready


def test_without_a_network_it_says_how_to_make_one(
    qtbot: QtBot, window: CaseWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from officer_app.desktop.screens.photos import phone

    monkeypatch.setattr(phone, "own_addresses", tuple)
    sheet = phone.PhoneSheet(window.work)
    qtbot.addWidget(sheet)
    sheet.open_page()
    assert not sheet.is_open
    assert "热点" in sheet.status.text()
    sheet.show()
    assert not sheet.picture.isVisible()
    assert not sheet._what_it_is.isVisible(), "no heading over nothing"

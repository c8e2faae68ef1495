"""Turning, cutting and blurring in the evidence window, by mouse and keys: what the memo shows, what stays."""

from __future__ import annotations

import hashlib
import io
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, UserId
from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, say
from officer_app.casework import papers, photolayers, photos, reuse, visits
from officer_app.casework.cases import open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.papers import _photos
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ThreadRunner
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos.retouch import Retouch
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.screens.settings.keys import ELSEWHERE
from officer_app.desktop.widgets.buttons import Button
from officer_app.evidence.layers import Blur, Box, Cut, Turn
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import photos as kept_photos
from officer_app.vault.records import CaseState, PhotoRecord
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.pseudo import untranslated

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Darkroom:
    """One picture of the demo's fruit shop, large in the real window."""

    def __init__(self, desk: Desk, window: CaseWindow) -> None:
        self.desk, self.window = desk, window
        opened = window.work.open_case
        assert opened is not None
        self.opened = opened
        self.photo = opened.findings.photos[0].record.id
        window.open(Place.PHOTOS.value, str(self.photo))
        QApplication.processEvents()

    @property
    def screen(self) -> PhotosScreen:
        found = self.window.current()
        assert isinstance(found, PhotosScreen)
        return found

    @property
    def bar(self) -> Retouch:
        return self.screen.retouch

    @property
    def record(self) -> PhotoRecord:
        return next(one.record for one in self.opened.findings.photos if one.record.id == self.photo)

    @property
    def layers(self) -> tuple[object, ...]:
        return photolayers.layers_of(self.record)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)
        QApplication.processEvents()

    def click(self, button: Button) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def drag(self, box: Box) -> None:
        """From one corner to the other, over the picture as it stands in the window."""
        viewer = self.screen._viewer
        where, sheet = viewer.picture_rect(), viewer._sheet

        def at(x: int, y: int) -> QPoint:
            there = QPoint(round(where.x() + x * where.width() / 1000), round(where.y() + y * where.height() / 1000))
            return sheet.mapFrom(viewer, there)

        left = Qt.MouseButton.LeftButton
        QTest.mousePress(sheet, left, NONE, at(box.left, box.top))
        QTest.mouseMove(sheet, at((box.left + box.right) // 2, (box.top + box.bottom) // 2))
        QTest.mouseMove(sheet, at(box.right, box.bottom))
        QTest.mouseRelease(sheet, left, NONE, at(box.right, box.bottom))
        QApplication.processEvents()

    def seen(self) -> Image.Image:
        """What the vault shows of it now."""
        return Image.open(io.BytesIO(photos.view(self.desk, self.record)))


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock, CaseId]:
    clock = HandClock()
    demo = founded(tmp_path_factory.mktemp("taken"), clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = visited(desk, "fruit", clock)[1].case
    return demo.folder, clock, case


@pytest.fixture
def desk(taken: tuple[Path, HandClock, CaseId], tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(taken[0], tmp_path / "demo")
    with desk_of(Demo(tmp_path / "demo"), Role.OFFICER, HandClock(taken[1].time)) as desk:
        yield desk


@pytest.fixture
def room(qtbot: QtBot, speech: Speech, desk: Desk, taken: tuple[Path, HandClock, CaseId]) -> Darkroom:
    window = CaseWindow(desk, speech, taken[2])
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitActive(window)
    return Darkroom(desk, window)


def _detail(picture: Image.Image) -> int:
    pixels = picture.convert("L").tobytes()
    return sum(abs(a - b) for a, b in itertools.pairwise(pixels))


def _near(found: Box, wanted: Box) -> bool:
    pairs = zip(
        (found.left, found.top, found.right, found.bottom),
        (wanted.left, wanted.top, wanted.right, wanted.bottom),
        strict=True,
    )
    return all(abs(a - b) <= 6 for a, b in pairs)


def test_turn_cut_blur_and_undo_over_an_original_that_stays(room: Darkroom) -> None:
    """The whole way by mouse and keys; the memo's own picture is looked at, and the original's digest."""
    data = photos.original(room.desk, room.record)
    plain = room.seen()
    room.press(Qt.Key.Key_R)
    assert room.layers == (Turn(1),)
    assert room.seen().size == plain.size[::-1]
    room.click(room.bar.left)
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.layers == (Turn(1),)
    turned = room.seen()

    room.press(Qt.Key.Key_X)
    room.drag(Box(100, 100, 900, 800))
    room.press(Qt.Key.Key_Return)
    cut = room.layers[-1]
    assert isinstance(cut, Cut)
    assert _near(cut.box, Box(100, 100, 900, 800))
    assert room.seen().size[0] == pytest.approx(turned.size[0] * 0.8, abs=12)

    before = room.seen()
    room.press(Qt.Key.Key_B)
    faces = (Box(200, 200, 400, 400), Box(600, 500, 800, 800))
    for face in faces:
        room.drag(face)
    room.press(Qt.Key.Key_Return)
    blurred = room.layers[2:]
    assert [isinstance(one, Blur) for one in blurred] == [True, True]
    for layer, face in zip(blurred, faces, strict=True):
        assert isinstance(layer, Blur)
        assert _near(layer.box, face)
        sharp, soft = (_detail(one.crop(layer.box.of(one.size))) for one in (before, room.seen()))
        assert soft < sharp / 2, "it can still be made out"

    printed = next(one for one in _photos(room.desk, room.opened.findings, {}) if one.sha256 == room.record.sha256)
    assert printed.jpeg == photos.view(room.desk, room.record)
    memo = PdfReader(io.BytesIO(papers.preview(room.desk, room.opened.visit, room.opened.findings, CHINESE)))
    shape = room.seen().size[0] / room.seen().size[1]
    shapes = [image.image.size for page in memo.pages for image in page.images if image.image is not None]
    assert any(abs(wide / high - shape) < 0.02 for wide, high in shapes), "the memo prints the picture as it is shown"

    room.press(Qt.Key.Key_Z, CTRL)
    assert room.layers == (Turn(1), cut, blurred[0])
    room.press(Qt.Key.Key_Backspace, CTRL)
    assert room.layers == ()
    assert room.seen().tobytes() == plain.tobytes()
    assert photos.original(room.desk, room.record) == data
    assert hashlib.sha256(data).hexdigest() == room.record.sha256


def test_all_that_was_taken_back_is_laid_over_again(room: Darkroom) -> None:
    room.press(Qt.Key.Key_R)
    room.press(Qt.Key.Key_X)
    room.drag(Box(100, 100, 900, 800))
    room.press(Qt.Key.Key_Return)
    laid, seen = room.layers, room.seen().tobytes()
    assert len(laid) == 2
    room.click(room.bar.reset)
    assert room.layers == ()
    assert room.bar.undo.isEnabled()
    assert not room.bar.reset.isEnabled()
    assert "撤销" in room.bar.told.text()
    room.press(Qt.Key.Key_Z, CTRL)
    assert (room.layers, room.seen().tobytes()) == (laid, seen)
    room.press(Qt.Key.Key_Backspace, CTRL)
    room.press(Qt.Key.Key_L)
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.layers == (), "something else was laid over it since"
    assert not room.bar.undo.isEnabled()


def test_a_picture_goes_with_its_row_and_comes_back(room: Darkroom) -> None:
    rows = next(
        ref.rpartition("[1]")[0]
        for ref in room.opened.session.state()
        if ref.endswith("/operating_cost[1]/cost_item")
    )
    room.opened.add_repeat(rows, 2)
    first, second = (f"{rows}[{number}]/cost_item" for number in (1, 2))
    room.opened.put_photo(room.record, second, "cost_item")
    QApplication.processEvents()
    assert room.record.ref == second
    room.opened.remove_repeat(rows, 1)
    QApplication.processEvents()
    assert room.record.ref == first
    room.opened.remove_repeat(rows, 1)
    QApplication.processEvents()
    assert room.record.ref == ""
    room.opened.undo()
    room.opened.undo()
    QApplication.processEvents()
    with room.desk.vault.reading() as tx:
        assert kept_photos.get(tx, room.photo).ref == room.record.ref == second


def test_a_box_is_moved_sized_added_and_dropped_by_keys(room: Darkroom) -> None:
    room.press(Qt.Key.Key_B)
    room.press(Qt.Key.Key_Left)
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Right, SHIFT)
    room.press(Qt.Key.Key_N)
    room.press(Qt.Key.Key_N)
    room.press(Qt.Key.Key_Delete)
    room.press(Qt.Key.Key_Up)
    assert "宽 20%" in room.bar.where.text()
    room.press(Qt.Key.Key_Return)
    assert room.layers == (Blur(Box(390, 410, 600, 610)), Blur(Box(400, 390, 600, 590)))
    room.press(Qt.Key.Key_X)
    for _ in range(30):
        room.press(Qt.Key.Key_Left)
    room.press(Qt.Key.Key_Escape)
    assert len(room.layers) == 2
    assert room.screen._viewer.isVisible(), "Esc leaves the frame, not the picture"


def test_the_original_is_looked_at_and_left_again(room: Darkroom) -> None:
    room.press(Qt.Key.Key_R)
    turned = room.screen._viewer._sheet._picture.size()
    room.press(Qt.Key.Key_O)
    assert room.screen._viewer._sheet._picture.size() == turned.transposed()
    assert not room.bar.right.isEnabled()
    room.press(Qt.Key.Key_R)
    assert room.layers == (Turn(1),), "the original is only looked at"
    room.press(Qt.Key.Key_O)
    assert room.screen._viewer._sheet._picture.size() == turned


def test_nothing_is_laid_over_a_picture_that_was_handed_in(room: Darkroom) -> None:
    room.press(Qt.Key.Key_R)
    room.opened.case = replace(room.opened.case, state=CaseState.SUBMITTED)
    room.screen._open(str(room.photo))
    assert not any(button.isVisible() for button in (room.bar.left, room.bar.cut, room.bar.blur, room.bar.undo))
    assert room.bar.original.isVisible()
    for key in (Qt.Key.Key_L, Qt.Key.Key_B, Qt.Key.Key_X):
        room.press(key)
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.layers == (Turn(1),)
    assert not room.bar.is_marking


def test_a_picture_that_cannot_be_made_stays_as_it_was(room: Darkroom, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    room.screen.faulted.connect(told.append)

    def refuses(*_args: object, **_named: object) -> None:
        raise Fault(Code.WORKER_LIMIT, what="x")

    with monkeypatch.context() as patched:
        patched.setattr("officer_app.desktop.screens.photos.relaying.shown_with", refuses)
        room.press(Qt.Key.Key_R)
    assert [fault.code for fault in told if isinstance(fault, Fault)] == [Code.WORKER_LIMIT]
    assert room.layers == ()
    room.press(Qt.Key.Key_R)
    assert room.layers == (Turn(1),)


def test_keys_pressed_faster_than_a_picture_is_made_end_in_the_last_wish(
    qtbot: QtBot, speech: Speech, desk: Desk, taken: tuple[Path, HandClock, CaseId]
) -> None:
    """With the real lanes: three turns, one taken back, and a picture that is left meanwhile is kept."""
    faults: list[object] = []
    runner = ThreadRunner(faults.append)
    window = CaseWindow(desk, speech, taken[2], runner)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.work.open_case is not None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    try:
        room = Darkroom(desk, window)
        for _ in range(3):
            room.bar.right.click()
        room.bar.undo.click()
        room.press(Qt.Key.Key_Right)
        assert room.screen._shown != str(room.photo)
        qtbot.waitUntil(lambda: not room.bar.relaying.is_busy(room.photo) and not runner.is_busy, timeout=20_000)
        assert room.layers == (Turn(1), Turn(1))
        assert faults == []
    finally:
        runner.shutdown()


def test_every_button_is_a_target_with_a_name_and_its_key_is_listed(room: Darkroom) -> None:
    bar = room.bar
    listed = {keys for keys, _ in ELSEWHERE}
    for button in bar.findChildren(Button):
        if button.isVisibleTo(bar) and button.parent() is not bar.progress:
            assert button.height() >= 40
            assert button.text()
    assert listed >= {"L", "R", "X", "B", "O", "N", "Ctrl+Z", "Ctrl+Backspace"}
    assert room.screen._viewer.accessibleDescription() == bar.told.text() != ""
    room.window.work.speech.set_language(PSEUDO)
    for key in (Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_X):
        room.press(key)
        assert untranslated(bar) == []


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_it_fits_the_small_windows(room: Darkroom, language: str, size: tuple[int, int]) -> None:
    """The picture keeps its room and no button is cut off."""
    room.window.work.speech.set_language(language)
    room.window.resize(*size)
    for key in (Qt.Key.Key_R, Qt.Key.Key_B):
        QApplication.processEvents()
        viewer, bar = room.screen._viewer, room.bar
        assert viewer._sheet.height() >= 180
        for child in bar.findChildren(QWidget):
            if child.isVisible():
                corner = child.mapTo(room.screen, QPoint(child.width(), child.height()))
                assert corner.y() <= room.screen.height()
        room.press(key)


def test_a_reused_picture_is_named_in_words(room: Darkroom) -> None:
    """The contradiction names file and case, never the number of a record; another officer's case is not named."""
    desk, record = room.desk, room.record
    other = visits.begin_visit(desk, open_case(desk, read_demo_case("salon", desk.clock.now()).known).id)
    data = photos.original(desk, record)
    reading = photos.read_picture(desk, data, "theirs.jpg")
    theirs = photos.attach_photo(desk, other.record, data, reading, name="theirs.jpg")
    room.opened.refresh()
    (found,) = (one for one in room.opened.findings.contradictions if one.key.startswith("PHOTO_REUSED"))
    case = read_case(desk, other.case)
    for language in (CHINESE, ENGLISH):
        said = say(found.sentence, language)
        assert record.file_name in said
        assert case.number in said
        assert str(record.id) not in said
    assert found.photos == (record.id,)
    strange = replace(case, officer=UserId("somebody else"))
    assert say(reuse._label(desk, record, theirs, strange), ENGLISH) == "a case of another officer"

"""Papers and watermarks in the evidence window: read on a key, taken row by row, stopped and left with Esc."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.progress import Cancelled, check
from officer_app.base.words import ENGLISH, PSEUDO, say
from officer_app.casework import photos
from officer_app.casework.desk import Desk
from officer_app.casework.readings import Reading
from officer_app.casework.visits import ref_of_fact
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ThreadRunner
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos import reading as sheet
from officer_app.desktop.screens.photos.reading import ReadingSheet
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.evidence.reading.lines import Line
from officer_app.evidence.reading.papers import Entry, Field, Paper, PaperKind
from officer_app.evidence.reading.reader import is_installed
from officer_app.evidence.reading.watermark import Watermark
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault.records import PhotoRecord
from tests.support import drawn_papers as drawn
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.pseudo import untranslated

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LINE = Line("陈桂芳", 97, ((400, 300), (700, 300), (700, 380), (400, 380)))
ROWS = [Field.NAME, Field.BORN, Field.ADDRESS, Field.NUMBER]
CARD = Paper(
    PaperKind.ID_FRONT,
    (
        Entry(Field.NAME, "陈桂芳", (LINE,)),
        Entry(Field.BORN, "1986-04-17", (LINE,)),
        Entry(Field.ADDRESS, "样例市青石街道桥头路18号", (LINE,)),
        Entry(Field.NUMBER, "990101198604170427", (LINE,)),  # its check digit does not fit
    ),
    0,
)
Read = Callable[[Desk, PhotoRecord, Cancelled], Reading]


class Counter:
    """A visit in the real window, with a picture of a card large in it."""

    def __init__(self, desk: Desk, window: CaseWindow) -> None:
        self.desk, self.window = desk, window
        opened = window.work.open_case
        assert opened is not None
        self.opened = opened
        data = drawn.as_jpeg(drawn.card_front())
        self.ref = ref_of_fact(opened.session, "borrower.resident_id") or ""
        seen = photos.read_picture(desk, data, "card.jpg")
        self.photo = photos.attach_photo(desk, opened.visit.record, data, seen, name="card.jpg", ref=self.ref)
        opened.refresh()
        QApplication.processEvents()
        window.open(Place.PHOTOS.value, str(self.photo.id))
        QApplication.processEvents()

    @property
    def screen(self) -> PhotosScreen:
        found = self.window.current()
        assert isinstance(found, PhotosScreen)
        return found

    @property
    def sheet(self) -> ReadingSheet:
        return self.screen.reading

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()

    def row(self) -> int:
        """The row that has the keyboard."""
        return next(place for place, row in enumerate(self.sheet.rows) if row.hasFocus())

    def answer(self, fact: str) -> str:
        return self.opened.session.peek(ref_of_fact(self.opened.session, fact) or "") or ""

    def differences(self) -> list[str]:
        return [
            one.key for one in self.opened.findings.contradictions if one.key.startswith("ON_PAPER") and one.found
        ]


def gives(*papers: Paper, watermark: Watermark | None = None) -> Read:
    def read(desk: Desk, record: PhotoRecord, _cancelled: Cancelled) -> Reading:
        return Reading(record.id, photos.view(desk, record), papers, watermark)

    return read


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock, CaseId]:
    clock = HandClock()
    demo = founded(tmp_path_factory.mktemp("counter"), clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = visited(desk, "fruit", clock, photos=False)[1].case
    return demo.folder, clock, case


@pytest.fixture
def counter(qtbot: QtBot, speech: Speech, shop: tuple[Path, HandClock, CaseId], tmp_path: Path) -> Iterator[Counter]:
    folder, clock, case = shop
    shutil.copytree(folder, tmp_path / "demo")
    with desk_of(Demo(tmp_path / "demo"), Role.OFFICER, HandClock(clock.time)) as desk:
        window = CaseWindow(desk, speech, case)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitActive(window)
        yield Counter(desk, window)


def test_t_reads_and_nothing_is_filled_in_by_itself(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD))
    before = counter.opened.session.answers()
    counter.press(Qt.Key.Key_T)
    assert counter.screen._stack.currentWidget() is counter.sheet
    assert [row.shown.values[0].text for row in counter.sheet.rows][:1] == ["陈桂芳"]  # type: ignore[union-attr]
    assert counter.row() == 0
    assert all(not row.shown.crop.isNull() for row in counter.sheet.rows)
    assert counter.opened.session.answers() == before
    assert counter.differences() == []


def test_rows_are_taken_one_by_one_by_keys(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD))
    counter.press(Qt.Key.Key_T)
    counter.press(Qt.Key.Key_Return)
    assert counter.differences() == ["ON_PAPER:borrower.name"], "the difference is kept, the answer is not touched"
    assert counter.answer("borrower.name") == "罗建民"
    assert counter.row() == 0, "the keyboard stays where it was"
    counter.press(Qt.Key.Key_Return, CTRL)
    assert counter.answer("borrower.name") == "陈桂芳"
    assert counter.differences() == []
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    assert counter.row() == ROWS.index(Field.ADDRESS)
    counter.press(Qt.Key.Key_Return)
    assert counter.answer("borrower.address") == "样例市青石街道桥头路18号"
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Delete)
    judged = next(one for one in counter.opened.findings.photos if one.record.id == counter.photo.id)
    assert [one.fact for one in judged.readings.papers] == ["borrower.address"]
    counter.press(Qt.Key.Key_Escape)
    assert counter.screen._stack.currentIndex() == 1
    assert counter.screen._viewer.hasFocus()


def test_a_number_that_does_not_hold_has_no_key(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD))
    before = counter.answer("borrower.resident_id")
    counter.press(Qt.Key.Key_T)
    for _ in ROWS:
        counter.press(Qt.Key.Key_Down)
    assert counter.row() == ROWS.index(Field.NUMBER)
    assert counter.sheet.rows[-1].buttons == {}
    assert counter.sheet.rows[-1].shown.problem is not None
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return, CTRL)
    assert counter.answer("borrower.resident_id") == before
    assert counter.differences() == []


def test_a_watermark_is_judged_once_it_was_confirmed(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    day = local_date(counter.opened.visit.record.started) - timedelta(days=30)
    monkeypatch.setattr(sheet, "read_texts", gives(watermark=Watermark(day=day, place="样例市", lines=(LINE,))))
    counter.press(Qt.Key.Key_T)
    keys = {one.key for one in counter.opened.findings.contradictions}
    assert "PHOTO_WATERMARK_TIME" not in keys
    counter.press(Qt.Key.Key_Return)
    keys = {one.key for one in counter.opened.findings.contradictions}
    assert "PHOTO_WATERMARK_TIME" in keys
    counter.press(Qt.Key.Key_Delete)
    assert not [one for one in counter.opened.findings.contradictions if one.key == "PHOTO_WATERMARK_TIME"]


def test_a_picture_of_nothing_says_cannot_tell(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives())
    counter.press(Qt.Key.Key_T)
    assert counter.sheet.rows == []
    assert "无法判断" in counter.sheet.told.text()
    counter.press(Qt.Key.Key_Escape)
    assert counter.screen._viewer.hasFocus()


def test_without_the_extra_the_sheet_says_how_to_get_it(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_told: object) -> Reading:
        raise Fault(Code.READING_MISSING, fetched=55, installed=120)

    monkeypatch.setattr(sheet, "read_texts", read)
    counter.press(Qt.Key.Key_T)
    assert "packaging/setup reading" in counter.sheet.told.text()
    assert "55 MB" in counter.sheet.told.text()
    counter.press(Qt.Key.Key_Escape)
    assert counter.screen._viewer.hasFocus()


def test_f11_at_a_question_reads_its_picture(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD))
    counter.window.open(Place.VISIT.value, counter.ref)
    QApplication.processEvents()
    counter.press(Qt.Key.Key_F11)
    assert counter.screen._stack.currentWidget() is counter.sheet
    assert len(counter.sheet.rows) == len(ROWS)


def test_whose_card_it_is_moves_the_questions(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD))
    counter.press(Qt.Key.Key_T)
    assert counter.sheet.whose.isVisible()
    counter.sheet.whose.buttons()[1].click()
    QApplication.processEvents()
    counter.sheet.rows[0].setFocus()
    assert say(counter.sheet.rows[0].shown.word, ENGLISH) != "Does not match", "the spouse is somebody else"


def test_a_closed_file_shows_and_offers_nothing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    from officer_app.vault.records import CaseState

    monkeypatch.setattr(sheet, "read_texts", gives(CARD, watermark=Watermark(place="样例市桥头路", lines=(LINE,))))
    counter.opened.case = replace(counter.opened.case, state=CaseState.SUBMITTED)
    counter.press(Qt.Key.Key_T)
    assert [row.buttons for row in counter.sheet.rows] == [{}] * 5


def test_every_word_is_in_the_catalogue(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "read_texts", gives(CARD, watermark=Watermark(place="样例市桥头路", lines=(LINE,))))
    counter.press(Qt.Key.Key_T)
    counter.window.work.speech.set_language(PSEUDO)
    QApplication.processEvents()
    assert untranslated(counter.sheet) == []


def test_reading_is_stopped_by_escape(
    qtbot: QtBot,
    speech: Speech,
    shop: tuple[Path, HandClock, CaseId],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It runs beside the window: the strip tells of it, Esc ends it and leads back."""
    asked: list[Cancelled] = []

    def read(_desk: Desk, _record: PhotoRecord, cancelled: Cancelled) -> Reading:
        asked.append(cancelled)
        while True:
            check(cancelled)

    monkeypatch.setattr(sheet, "read_texts", read)
    folder, clock, case = shop
    shutil.copytree(folder, tmp_path / "demo")
    with desk_of(Demo(tmp_path / "demo"), Role.OFFICER, HandClock(clock.time)) as desk:
        visit = next(iter(_visits(desk, case)))
        data = drawn.as_jpeg(drawn.card_front())
        seen = photos.read_picture(desk, data, "card.jpg")
        photo = photos.attach_photo(desk, visit, data, seen, name="card.jpg")
        runner = ThreadRunner(lambda fault: pytest.fail(str(fault)))
        window = CaseWindow(desk, speech, case, runner)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window.work.open_case is not None and not runner.is_busy, timeout=20_000)
        window.open(Place.PHOTOS.value, str(photo.id))
        screen = window.current()
        assert isinstance(screen, PhotosScreen)
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=60_000)
        QTest.keyClick(screen._viewer, Qt.Key.Key_T)
        qtbot.waitUntil(lambda: bool(asked) and screen.reading.is_reading, timeout=20_000)
        assert screen.reading.progress.isVisible()
        QTest.keyClick(screen.reading, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
        assert asked[0]()
        assert screen._stack.currentIndex() == 1
        runner.shutdown()


def _visits(desk: Desk, case: CaseId):
    from officer_app.casework.visits import visits_of

    return visits_of(desk, case)


@pytest.mark.skipif(not is_installed(), reason="the extra “reading” is not installed: packaging/setup reading")
def test_a_drawn_card_from_the_picture_to_the_question(counter: Counter) -> None:
    """The whole way with the real reader: picture, child process, rows, key, answer."""
    counter.press(Qt.Key.Key_T)
    number = next(row for row in counter.sheet.rows if "990101198604170420" in row.accessibleName())
    number.setFocus()
    counter.press(Qt.Key.Key_Return, CTRL)
    assert counter.answer("borrower.resident_id") == "990101198604170420"

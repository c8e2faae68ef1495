"""The evidence window: a card full of pictures is filed by keys, looked at, compared, and every source leads in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import ENGLISH, PSEUDO, say
from officer_app.casework.desk import Desk
from officer_app.casework.gate import Lacking
from officer_app.casework.shots import OWN
from officer_app.casework.visits import ref_of_fact
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos import cards
from officer_app.desktop.screens.photos.compare import _shared
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.widgets.screen import News
from officer_app.evidence.sources import Source
from officer_app.evidence.visitcode import CodeSeen, code_of
from officer_app.training import seeding
from officer_app.training.demo_cases import DemoCase
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.coded import holding
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.pseudo import untranslated

CTRL = Qt.KeyboardModifier.ControlModifier
# How long a practised officer takes: to look at a small picture and press its key, and for any other key.
SECONDS_TO_FILE, SECONDS_A_KEY, ALLOWED = 3.0, 1.5, 120.0


@dataclass
class Bench:
    """A visit that is filled in and has no picture yet, in its window."""

    desk: Desk
    case: CaseId
    demo: DemoCase
    window: CaseWindow
    folder: Path
    keys: int = 0

    @property
    def screen(self) -> PhotosScreen:
        found = self.window.current()
        assert isinstance(found, PhotosScreen)
        return found

    @property
    def opened(self):
        assert self.window.work.open_case is not None
        return self.window.work.open_case

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard is."""
        self.keys += 1
        target = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifiers)
        QApplication.processEvents()

    def picture(self, shot: str, minute: int) -> bytes:
        """What the phone took."""
        taken = self.opened.visit.record.started + timedelta(minutes=minute)
        return self.demo.tagged_picture(shot, taken, metres_north=minute % 5)

    def card(self, shots: list[str]) -> Path:
        """A card with pictures of these shots, in the order they were taken."""
        root = self.folder / "card"
        (root / "DCIM" / "100MEDIA").mkdir(parents=True)
        for number, shot in enumerate(shots):
            (root / "DCIM" / "100MEDIA" / f"IMG_{number:04d}.jpg").write_bytes(self.picture(shot, number))
        return root


@pytest.fixture(scope="module")
def without_pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock, CaseId]:
    clock = HandClock()
    demo = founded(tmp_path_factory.mktemp("empty"), clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = visited(desk, "fruit", clock, photos=False)[1].case
    return demo.folder, clock, case


@pytest.fixture
def bench(
    qtbot: QtBot, speech: Speech, without_pictures: tuple[Path, HandClock, CaseId], tmp_path: Path
) -> Iterator[Bench]:
    import shutil

    from officer_app.training.demo_cases import read_demo_case
    from officer_app.training.institution import Demo

    folder, clock, case = without_pictures
    shutil.copytree(folder, tmp_path / "demo")
    here = HandClock(clock.time)
    with desk_of(Demo(tmp_path / "demo"), Role.OFFICER, here) as desk:
        window = CaseWindow(desk, speech, case)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitActive(window)
        window.open(Place.PHOTOS.value)
        QApplication.processEvents()
        yield Bench(desk, case, read_demo_case("fruit", here.now()), window, tmp_path)


def test_24_pictures_are_filed_to_their_questions_in_two_minutes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One key brings the card in, one key files each picture; nothing else is needed."""
    order = [*seeding.SHOTS.values()] * 3
    taken = order[:24]
    root = bench.card(taken)
    monkeypatch.setattr(cards, "mounted", lambda: (root,))
    bench.press(Qt.Key.Key_U, CTRL)
    page = bench.screen.page
    assert len(page.tray.keys()) == 24
    filed = 0
    while page.tray.keys():
        name = next(photo for photo in bench.opened.findings.photos if photo.record.id == page.tray.current_key())
        shot = taken[int(name.record.file_name[4:8])]
        frame = next(one for one in page._frames if one.key.endswith(f"/shot_{shot}") and one.cap)
        bench.press(frame.cap.lower())
        filed += 1
        assert filed <= 24
    others = bench.keys - filed
    seconds = filed * SECONDS_TO_FILE + others * SECONDS_A_KEY
    print(
        f"24 pictures: {filed} keys to file at {SECONDS_TO_FILE} s, {others} other at {SECONDS_A_KEY} s = {seconds} s"
    )
    assert seconds < ALLOWED
    placed = {photo.record.file_name: photo.record.ref.rpartition("/")[2] for photo in bench.opened.findings.photos}
    assert placed == {f"IMG_{number:04d}.jpg": f"shot_{shot}" for number, shot in enumerate(taken)}
    assert {photo.record.source for photo in bench.opened.findings.photos} == {Source.CARD.value}
    for question in seeding.shot_questions(bench.opened.visit):
        assert bool(question.value) == (question.name.removeprefix("shot_") in taken)
    assert not [gap for gap in bench.opened.gaps() if gap.kind is Lacking.PICTURE]


def test_the_same_card_again_adds_only_what_is_missing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    root = bench.card(["front", "inside", "stock"])
    monkeypatch.setattr(cards, "mounted", lambda: (root,))
    importer = bench.screen.importer
    importer.moved.connect(lambda done, _total: importer.stop() if done == 1 else None)
    told: list[News] = []
    bench.screen.told.connect(told.append)
    bench.press(Qt.Key.Key_U, CTRL)
    assert len(bench.opened.findings.photos) == 1
    assert importer.left == 2
    assert told[-1].action is not None
    bench.screen.acted(told[-1].key)
    assert len(bench.opened.findings.photos) == 3
    bench.press(Qt.Key.Key_U, CTRL)
    assert len(bench.opened.findings.photos) == 3


def test_a_broken_file_among_them_is_told_and_the_others_come(bench: Bench) -> None:
    folder = bench.folder / "some"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(bench.picture("front", 1))
    (folder / "b.jpg").write_bytes(b"no picture")
    (folder / "c.jpg").write_bytes(bench.picture("inside", 2))
    faults: list[object] = []
    bench.screen.faulted.connect(faults.append)
    bench.screen._dropped([folder / "a.jpg", folder / "b.jpg", folder / "c.jpg"])
    assert len(bench.opened.findings.photos) == 2
    assert len(faults) == 1


def test_delete_puts_back_into_the_tray_and_the_question_is_open_again(bench: Bench) -> None:
    file = bench.folder / "one.jpg"
    file.write_bytes(bench.picture("front", 1))
    page = bench.screen.page
    front = next(frame.key for frame in page._frames if frame.key.endswith("/shot_front"))
    page.sheet.turn_to(front)
    bench.screen._dropped([file])
    assert bench.opened.session.value(front)
    page.sheet.setFocus()
    page.sheet.turn_to(front)
    bench.press(Qt.Key.Key_Delete)
    assert bench.opened.session.value(front) == ""
    assert len(page.tray.keys()) == 1


def test_a_reason_is_written_where_a_shot_is_missing(bench: Bench) -> None:
    """The home is asked for by no question: its frame is its own, and so is the reason."""
    amount = ref_of_fact(bench.opened.session, "application.requested_amount")
    assert amount is not None
    bench.opened.answer(amount, "260000")
    page, home = bench.screen.page, f"{OWN}home"
    assert home in {gap.ref for gap in bench.opened.gaps()}
    bench.window.open(Place.PHOTOS.value, home)
    QApplication.processEvents()
    assert page.sheet.current_key() == home
    page.why.line.setText("他家在外省")
    QTest.keyClick(page.why.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert home not in {gap.ref for gap in bench.opened.gaps()}
    frame = next(frame for frame in page._frames if frame.key == home)
    assert frame.excused
    assert frame.note is not None
    assert say(frame.note, ENGLISH) == "None, because 他家在外省"


def test_what_was_copied_comes_in_as_picture_or_as_files(bench: Bench) -> None:
    image = QImage.fromData(bench.picture("front", 1))
    QGuiApplication.clipboard().setImage(image)
    bench.press(Qt.Key.Key_V, CTRL)
    (photo,) = bench.opened.findings.photos
    assert (photo.record.source, photo.record.media_type) == ("clipboard", "image/png")
    file = bench.folder / "copied.jpg"
    file.write_bytes(bench.picture("inside", 2))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(mime)
    bench.press(Qt.Key.Key_V, CTRL)
    assert {photo.record.file_name for photo in bench.opened.findings.photos} >= {"copied.jpg"}
    QGuiApplication.clipboard().clear()


def test_cards_are_found_where_they_are_mounted(bench: Bench) -> None:
    root = bench.card(["front"])
    (root / "DCIM" / "note.txt").write_text("x")
    (bench.folder / "stick" / "papers").mkdir(parents=True)
    found = cards.cards((root, bench.folder / "stick", bench.folder / "gone"))
    assert [card.folder for card in found] == [root / "DCIM"]
    later = bench.opened.visit.record.started + timedelta(days=36_500)
    assert len(cards.pictures_in(root / "DCIM", None, lambda: False)) == 1
    assert cards.pictures_in(root / "DCIM", later, lambda: False) == ()
    assert all(path.is_dir() for path in cards.mounted())


def test_the_code_is_shown_large_and_found_in_the_picture(bench: Bench, qtbot: QtBot) -> None:
    bench.press(Qt.Key.Key_D, CTRL)
    card = bench.screen.card
    assert card is not None
    assert card.isFullScreen()
    code = code_of(bench.opened.visit.record.id)
    assert card.digits.text() == code.spoken
    shown = card.grab()
    assert shown.toImage().pixelColor(5, 5).lightness() > 250, "white in every theme"
    with qtbot.waitSignal(card.closed):
        QTest.keyClick(card, Qt.Key.Key_Escape)
    assert bench.screen.card is None
    file = bench.folder / "held.jpg"
    file.write_bytes(holding(bench.picture("front", 1), code.text))
    page = bench.screen.page
    page.sheet.turn_to(next(frame.key for frame in page._frames if frame.key.endswith("/shot_front")))
    bench.screen._dropped([file])
    (photo,) = bench.opened.findings.photos
    assert photo.code is CodeSeen.THIS


def test_two_alike_are_compared_with_what_they_share(bench: Bench) -> None:
    """The second customer's front was photographed for the first one: side by side, marked, flickering."""
    from officer_app.casework import photos, visits
    from officer_app.casework.cases import open_case

    known = bench.demo.known
    other = visits.begin_visit(bench.desk, open_case(bench.desk, known).id)
    data = bench.picture("inside", 3)
    reading = photos.read_picture(bench.desk, data, "theirs.jpg")
    photos.attach_photo(bench.desk, other.record, data, reading, name="theirs.jpg", shot="inside")
    file = bench.folder / "ours.jpg"
    file.write_bytes(data)
    bench.screen._dropped([file])
    (photo,) = bench.opened.findings.photos
    bench.window.open(Place.PHOTOS.value, str(photo.record.id))
    QApplication.processEvents()
    bench.press(Qt.Key.Key_C)
    sheet = bench.screen.compare
    assert sheet.isVisible()
    whole = QRectF(0, 0, 1000, 1000)
    for half in (sheet.left, sheet.right):
        assert half._region.boundingRect().intersected(whole) == half._region.boundingRect()
        assert half._region.boundingRect().width() > 950, "the two are one picture"
    bench.press(Qt.Key.Key_Space)
    assert sheet.is_flickering
    bench.press(Qt.Key.Key_Escape)
    assert not sheet.is_flickering
    assert not sheet.isVisible()


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_shared_part_is_marked_in_both_of_a_cut_pair(mirrored: bool) -> None:
    """The left was cut out of the middle half of the right: all of the left, the middle of the right."""
    beyond = ((-500, -500), (1500, -500), (1500, 1500), (-500, 1500))
    region = (beyond[1], beyond[0], beyond[3], beyond[2]) if mirrored else beyond
    ours, theirs = _shared(region)
    assert ours.boundingRect() == QRectF(0, 0, 1000, 1000)
    rect = theirs.boundingRect()
    assert [round(side) for side in (rect.x(), rect.y(), rect.width(), rect.height())] == [250, 250, 500, 500]
    assert _shared(()) == (QPolygonF(), QPolygonF())


def test_a_picture_leads_to_its_question(bench: Bench) -> None:
    file = bench.folder / "one.jpg"
    file.write_bytes(bench.picture("front", 1))
    page = bench.screen.page
    front = next(frame.key for frame in page._frames if frame.key.endswith("/shot_front"))
    page.sheet.turn_to(front)
    bench.screen._dropped([file])
    bench.screen._open(front)
    went: list[tuple[str, object]] = []
    bench.screen.go.disconnect()
    bench.screen.go.connect(lambda where, what: went.append((where, what)))
    from officer_app.desktop.screens.photos.links import links_of

    (photo,) = bench.opened.findings.photos
    kinds = [say(link.kind, ENGLISH) for link in links_of(bench.opened, photo, bench.screen._frames)]
    assert kinds[:2] == ["Question", "Facts"]
    bench.screen._details.leads.emit(Place.VISIT.value, front)
    assert went == [("visit", front)]


def test_every_word_is_said_in_the_language(bench: Bench) -> None:
    bench.window.work.speech.set_language(PSEUDO)
    QApplication.processEvents()
    assert untranslated(bench.screen) == []

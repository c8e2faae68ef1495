"""A list came: the pictures of open cases are compared beside the work; what is found is told; it may be stopped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.casework import packs, relooking, reuse
from officer_app.casework.desk import Desk
from officer_app.desktop.app.relooking import LookingAgain
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.dossier.photolist import ListedPhoto, to_bytes
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited

Taken = tuple[Path, HandClock, CaseId]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    clock = HandClock()
    demo = founded(tmp_path_factory.mktemp("taken"), clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = visited(desk, "salon", clock)[1].case
    return demo.folder, clock, case


@pytest.fixture
def desk(taken: Taken, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(taken[0], tmp_path / "demo")
    with desk_of(Demo(tmp_path / "demo"), Role.OFFICER, HandClock(taken[1].time)) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, taken: Taken) -> CaseWindow:
    window = CaseWindow(desk, speech, taken[2])
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


def _list_comes(window: CaseWindow) -> None:
    """Head office knows the case's first picture from a case of another branch."""
    opened, desk = window.work.open_case, window.work.desk
    assert opened is not None
    ours = opened.findings.photos[0].record
    content = to_bytes((ListedPhoto("城西支行 2026-0009 · 1a2b", ours.sha256, ours.fingerprints, "f" * 32),))
    with desk.vault.writing() as tx:
        packs.add(tx, packs.FINGERPRINTS, "warehouse_0001", 1, content)
        reuse.lists_changed(desk, tx, "warehouse_0001")


def _stops(window: CaseWindow) -> list[FindingCode]:
    opened = window.work.open_case
    assert opened is not None
    return [
        one.code
        for photo in opened.findings.photos
        for one in photo.findings
        if one.verdict is Verdict.STOP and one.code is FindingCode.SAME_FILE
    ]


def _told(window: CaseWindow) -> list[str]:
    told = window.banners.keys()
    return [key for key in told if key.startswith("photos:elsewhere:")]


def test_what_a_new_list_shows_is_told_and_stands_in_the_open_case(window: CaseWindow) -> None:
    LookingAgain(window.work, window)
    window.work.changed.emit()
    assert _stops(window) == []
    _list_comes(window)
    window.work.changed.emit()
    (key,) = _told(window)
    words = [text.text() for text in window.banners.findChildren(QLabel)]
    assert any("1 张照片在别处出现过" in one for one in words)
    assert _stops(window) == [FindingCode.SAME_FILE]
    window.open(Place.MEMO.value)
    window.banners.acted.emit(key)
    assert isinstance(window.current(), PhotosScreen)
    assert _told(window) == []
    window.work.changed.emit()
    assert _told(window) == [], "once for each list"


def test_it_is_stopped_and_due_the_next_time(window: CaseWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    real = relooking.look

    def look(desk: Desk, *args: object) -> bool:
        looked.append(args[0])
        if len(looked) == 2:
            window.progress.cancelled.emit()
        return real(desk, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(relooking, "look", look)
    LookingAgain(window.work, window)
    _list_comes(window)
    all_of_them = len(relooking.due(window.work.desk))
    assert all_of_them > 3
    window.work.changed.emit()
    assert len(looked) == 2
    assert not window.progress.isVisible()
    assert len(relooking.due(window.work.desk)) == all_of_them
    window.work.changed.emit()
    assert len(looked) == 2, "whoever stopped it is not bothered again in this sitting"
    LookingAgain(window.work, window).begin()
    assert len(looked) == 2 + all_of_them
    assert relooking.due(window.work.desk) == ()

"""Head office's page on keeping and deleting, over a real folder, store and database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import LANGUAGES, PSEUDO
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import Job
from officer_app.desktop.kit.workplace import OfficeAccess
from officer_app.desktop.screens.intake.keeping_rows import Which
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.dossier.records import PackKind
from officer_app.headoffice.journal import Act, journal
from officer_app.headoffice.policies import NAME
from officer_app.headoffice.publishing import keep_pack
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.headoffice.test_head_office import PASSPHRASE
from tests.support.demo import HandClock, desk_of
from tests.support.institution import FixedClock
from tests.support.layout import clipped, nameless, too_small
from tests.support.manager_window import ManagerWindow
from tests.support.pseudo import untranslated
from tests.support.purges import LIVE_NUMBER, NUMBER, Office, found, moved
from tests.support.typing import focused, press, type_text


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Office:
    town = found(tmp_path_factory.mktemp("town"))
    return Office.of(town, town.warehouse)


@pytest.fixture
def office(begun: Office, tmp_path: Path) -> Office:
    shutil.copytree(begun.town.folder, tmp_path / "town")
    town = moved(begun.town, tmp_path / "town")
    return Office(town, town.warehouse, FixedClock(begun.clock.at))


@pytest.fixture
def desk(handed_over: tuple[Path, HandClock], office: Office, tmp_path: Path) -> Iterator[Desk]:
    """Somebody of head office at a laptop, at the office's time."""
    shutil.copytree(handed_over[0], tmp_path / "demo")
    with desk_of(Demo(tmp_path / "demo"), Role.HEAD_OFFICE, HandClock(office.clock.at)) as desk:
        yield desk


Opened = Callable[..., IntakeScreen]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, office: Office) -> Opened:
    def made(speech: Speech, into: str = "") -> IntakeScreen:
        access = OfficeAccess(folder=office.town.desk.folder, passphrase=PASSPHRASE, warehouse=into or office.into)
        window = ManagerWindow(desk, speech, store=office.town.store, office=access)
        qtbot.addWidget(window)
        window.resize(1093, 614)
        window.show()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        screen = window.open("intake")
        assert isinstance(screen, IntakeScreen)
        screen.show_tab("keeping")
        return screen

    return made


def numbers(screen: IntakeScreen) -> list[str]:
    model = screen.kept.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_due_first_then_by_the_day(opened: Opened, speech: Speech) -> None:
    kept = opened(speech).kept
    assert "2 份，其中 1 份可以删除" in kept._summary.text()
    assert numbers(opened(speech)) == [NUMBER, LIVE_NUMBER]
    assert kept.delete.text() == "彻底删除 1 份案卷"
    assert kept.certificates.isHidden()


def test_deleting_by_keys_needs_reason_passphrase_and_tick(
    opened: Opened, speech: Speech, office: Office, tmp_path: Path
) -> None:
    screen = opened(speech)
    kept, form = screen.kept, screen.kept.deleting
    kept.table.setFocus()
    press(focused(), Qt.Key.Key_Delete)
    assert focused() is form.why.line
    assert not form.do.isEnabled()
    form.knows.click()
    press(form.do, Qt.Key.Key_Return)
    type_text(form.why.line, "季度清理")
    press(form.do, Qt.Key.Key_Return)
    assert form.box is not None
    assert form.box.line.hasFocus()
    assert numbers(screen) == [NUMBER, LIVE_NUMBER]
    type_text(form.box.line, "falsches Wort hier")
    press(form.do, Qt.Key.Key_Return)
    assert screen._result.text() == "用户名或密码不正确。"
    assert office.cases() == [LIVE_NUMBER, NUMBER]
    kept.ask_delete()
    assert form.box.passphrase() == ""
    form.knows.click()
    type_text(form.why.line, "季度清理")
    type_text(form.box.line, PASSPHRASE)
    press(form.do, Qt.Key.Key_Return)
    assert screen._result.text().startswith("已彻底删除 1 份案卷，并从交换地点清除")
    assert (numbers(screen), office.cases()) == ([LIVE_NUMBER], [LIVE_NUMBER])
    assert kept.delete.isHidden()
    assert journal(office.town.desk.folder)[0].act == Act.PURGED
    kept.which.commit(Which.DELETED)
    assert kept.deleted.model().rowCount() == 1
    assert kept.table.isHidden()
    assert kept.hold.isHidden()
    kept.write(tmp_path / "proofs")
    assert len(list((tmp_path / "proofs").iterdir())) == 2
    assert "1 份删除证明" in screen._result.text()


def test_a_hold_is_set_and_lifted(opened: Opened, speech: Speech, office: Office) -> None:
    screen = opened(speech)
    kept = screen.kept
    assert kept.lift.isHidden()
    kept.hold.click()
    kept.holding.knows.click()
    type_text(kept.holding.why.line, "法院调取")
    press(kept.holding.do, Qt.Key.Key_Return)
    assert office.kept()[NUMBER].held
    assert kept.delete.isHidden()
    kept.which.commit(Which.HELD)
    assert numbers(screen) == [NUMBER]
    assert "法院调取" in kept.table.model().index(0, 4).data()
    office.clock.forward(seconds=1)
    screen._work.desk.clock.move(seconds=1)
    kept.lift.click()
    kept.lifting.knows.click()
    type_text(kept.lifting.why.line, "已结案")
    press(kept.lifting.do, Qt.Key.Key_Return)
    assert not office.kept()[NUMBER].held
    assert numbers(screen) == []
    assert kept._empty.isVisible()


def test_filters_choose_what_is_deleted(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    kept = screen.kept
    for which, wanted in ((Which.DUE, [NUMBER]), (Which.RUNNING, [LIVE_NUMBER]), (Which.HELD, [])):
        kept.which.commit(which)
        assert numbers(screen) == wanted
        assert kept.delete.isHidden() is (wanted != [NUMBER])
    kept.which.commit("")
    kept.branch.commit("城东支行")
    assert len(numbers(screen)) == 2


def test_a_clock_set_forward_is_said(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    screen._work.desk.clock.move(days=365 * 20)
    screen._read()
    assert "各笔记本电脑的签名时间只到" in screen.kept._remark.text()
    assert "时间待确认" in screen.kept.table.model().index(1, 3).data()


def test_a_policy_nobody_can_judge_by_leaves_the_other_pages(opened: Opened, speech: Speech, office: Office) -> None:
    keep_pack(office.town.desk, PackKind.POLICY, NAME, b"[other]\nword = 1\n", office.clock.now())
    screen = opened(speech)
    assert screen.kept._empty.isVisible()
    assert screen.kept.delete.isHidden()
    assert screen.loans.table.model().rowCount() == 2


def test_stopping_between_two_cases_is_told(opened: Opened, speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = opened(speech)
    kept = screen.kept
    monkeypatch.setattr(Job, "is_cancelled", lambda _job: True)
    kept.ask_delete()
    assert kept.deleting.box is not None
    kept.deleting.knows.click()
    type_text(kept.deleting.why.line, "季度清理")
    type_text(kept.deleting.box.line, PASSPHRASE)
    press(kept.deleting.do, Qt.Key.Key_Return)
    assert screen._result.text() == "已停止。0 份已完整删除，其余原样未动。"


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_it_fits_and_every_word_is_translated(opened: Opened, language: str, tmp_path: Path) -> None:
    speech = Speech(language)
    empty = opened(speech, f"sqlite:///{tmp_path / 'empty.db'}")
    assert empty.kept._empty.isVisible()
    assert not empty.kept.which.isVisible()
    screen = opened(speech)
    for act in (lambda: None, screen.kept.ask_delete):
        act()
        if language == PSEUDO:
            assert untranslated(screen.kept) == []
        else:
            assert (clipped(screen), too_small(screen), nameless(screen)) == ([], [], [])

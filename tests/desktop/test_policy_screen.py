"""Head office's policy window over the demo's real folder and database, by keys alone where it matters."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import LANGUAGES, PSEUDO, Language
from officer_app.casework.desk import Desk
from officer_app.credit.policy import read_policy
from officer_app.credit.policylabels import GROUPS
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.policy.screen import PolicyScreen
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.policies import versions
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, nameless, too_small
from tests.support.manager_window import ManagerWindow, office_of
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock(handed_over: tuple[Path, HandClock]) -> HandClock:
    return HandClock(handed_over[1].time)


@pytest.fixture
def demo(handed_over: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(handed_over[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.HEAD_OFFICE, clock) as office:
        yield office


Opened = Callable[..., tuple[ManagerWindow, PolicyScreen]]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, demo: Demo) -> Opened:
    def made(speech: Speech, *, given: bool = True) -> tuple[ManagerWindow, PolicyScreen]:
        window = ManagerWindow(desk, speech, store=demo.store, office=office_of(demo) if given else None)
        qtbot.addWidget(window)
        window.resize(1093, 614)
        window.show()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        screen = window.open("policy")
        assert isinstance(screen, PolicyScreen)
        return window, screen

    return made


def _fill(screen: PolicyScreen, group: str, path: str, text: str) -> None:
    """Type a value into its field and leave it by Enter."""
    screen.show_group(group)
    assert screen.form.go_to(path)
    focused().selectAll()  # type: ignore[attr-defined]  a line that is typed into
    press(focused(), Qt.Key.Key_Delete)
    type_text(focused(), text)
    press(focused(), Qt.Key.Key_Return)


def test_the_next_version_is_written_by_keys_and_published(
    opened: Opened, speech: Speech, demo: Demo, clock: HandClock
) -> None:
    window, screen = opened(speech)
    assert screen.draft is not None
    assert read_policy(screen.draft.text).version == "2026.2"
    _fill(screen, "limits", "dscr_min", "1.3")
    _fill(screen, "version", "effective_from", "2027-01-01")
    assert {one.path for one in screen.draft.differences()} == {"version", "effective_from", "dscr_min"}
    assert screen.publish.isEnabled()
    press(focused(), Qt.Key.Key_Return, CTRL)
    kept = versions(open_desk(demo.head_office, PASSPHRASE, issuing=False), clock.now().date())
    assert [one.policy.version for one in kept] == ["2026.2", "2026.1"]
    assert "# what is left before debts over all debt service" in kept[0].text
    assert screen.versions.table.model().rowCount() == 2
    assert window.current_key() == "policy"


def test_a_version_from_the_same_day_is_refused_and_the_draft_stays(opened: Opened, speech: Speech) -> None:
    window, screen = opened(speech)
    screen.put_out()
    assert screen.draft is not None
    assert screen.versions.table.model().rowCount() == 1
    assert "2026.1" in " ".join(label.text() for label in window.banners.findChildren(type(screen._state)))


def test_a_tolerance_of_ten_is_told_under_its_field(opened: Opened, speech: Speech) -> None:
    _, screen = opened(speech)
    _fill(screen, "tolerances", "equity_tolerance_percent", "ten")
    row = screen.form.rows["equity_tolerance_percent"]
    assert row.error()
    assert screen.draft is not None
    assert "equity_tolerance_percent = 10" in screen.draft.text


def test_what_the_policy_refuses_is_told_under_its_field_and_blocks_publishing(
    opened: Opened, speech: Speech
) -> None:
    _, screen = opened(speech)
    _fill(screen, "limits", "debt_to_assets_after_loan_max_percent", "100")
    assert "100" in screen.form.rows["debt_to_assets_after_loan_max_percent"].error()
    assert not screen.publish.isEnabled()
    _fill(screen, "limits", "debt_to_assets_after_loan_max_percent", "60")
    assert screen.publish.isEnabled()
    _fill(screen, "limits", "dscr_min", "")
    assert screen.form.rows["dscr_min"].error()
    assert not screen.publish.isEnabled()


def test_red_flags_that_refuse_are_ticked_by_their_sentence(opened: Opened, speech: Speech) -> None:
    _, screen = opened(speech)
    screen.show_group("flags")
    field = screen.form.rows["hard_flags"].field
    assert screen.draft is not None
    before = read_policy(screen.draft.text).values["hard_flags"]
    button = next(one for one in field.buttons() if one.text() == "发现借款人未告知的负债")  # type: ignore[attr-defined]
    assert not button.isChecked()
    button.click()
    after = read_policy(screen.draft.text).values["hard_flags"]
    assert set(after) == {*before, "UNDISCLOSED_DEBT"}  # type: ignore[misc]


def test_what_would_change_is_told_before_anything_is_signed(opened: Opened, speech: Speech) -> None:
    window, screen = opened(speech)
    intake = window.open("intake")
    assert isinstance(intake, IntakeScreen)
    intake.take_in()
    window.open("policy")
    _fill(screen, "limits", "instalment_to_disposable_max_percent", "30")
    screen.show_tab("changes")
    screen.try_it()
    assert screen.changes.table.model().rowCount() == 2
    assert "2件中有2件结果不同" in screen._found.text()


def test_a_file_goes_out_and_comes_in_again(opened: Opened, speech: Speech, tmp_path: Path) -> None:
    _, screen = opened(speech)
    _fill(screen, "limits", "dscr_min", "1.4")
    file = tmp_path / "policy.toml"
    screen.write(file)
    assert "dscr_min = 1.4 " in file.read_text(encoding="utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text(
        file.read_text(encoding="utf-8").replace("dscr_min = 1.4", 'dscr_min = "ten"'), encoding="utf-8"
    )
    screen.load(broken)
    assert screen.draft is not None
    assert '"ten"' not in screen.draft.text
    screen.load(file)
    assert [one.path for one in screen.draft.differences()] == ["version", "dscr_min"]


def test_without_head_offices_folder_it_says_where_to_open_it(opened: Opened, speech: Speech) -> None:
    window, screen = opened(speech, given=False)
    assert screen.draft is None
    screen._closed.acted.emit()
    assert window.current_key() == "intake"


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_everything_fits_and_speaks_the_language(opened: Opened, language: Language) -> None:
    window, screen = opened(Speech(language))
    for group in GROUPS:
        screen.show_group(group.key)
        QApplication.processEvents()
        assert clipped(screen) == []
        assert nameless(screen) == []
        assert too_small(screen) == []
        if language == PSEUDO:
            assert untranslated(window) == []
    for tab in ("differences", "changes", "versions"):
        screen.show_tab(tab)
        QApplication.processEvents()
        assert clipped(screen) == []

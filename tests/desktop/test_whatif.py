"""The open file under another version of the policy: for the officer and for the manager, and nothing is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, ENGLISH, PSEUDO
from officer_app.casework import packs
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.review import open_dossier, queue
from officer_app.credit.policytext import replaced
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.review.screen import ReviewScreen
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.whatif import WhatIfCard
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of
from tests.support.furnished import Furnished
from tests.support.layout import clipped, too_small
from tests.support.manager_window import ManagerWindow
from tests.support.pseudo import untranslated
from tests.support.worked import SHIPPED_POLICY

TOML = SHIPPED_POLICY.read_text(encoding="utf-8")


def harder(desk: Desk) -> None:
    """A version of 2027: a month's instalment may take far less of what is left."""
    text = replaced(replaced(TOML, "version", '"2027.1"'), "effective_from", "2027-01-01")
    text = replaced(text, "instalment_to_disposable_max_percent", "20")
    with desk.vault.writing() as tx:
        packs.add(tx, packs.POLICY, packs.DEFAULT_POLICY, 9, text.encode())


def told(card: WhatIfCard) -> str:
    return "\n".join(text.text() for text in card.findChildren(Text) if text.isVisibleTo(card))


def chosen(card: WhatIfCard) -> None:
    (button,) = card.choice.buttons()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk


def window_of(qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished) -> CaseWindow:
    window = CaseWindow(desk, speech, furnished.cases["fruit"])
    qtbot.addWidget(window)
    window.resize(1093, 614)
    window.show()
    qtbot.waitActive(window)
    window.open(Place.CAPACITY.value)
    return window


def test_with_one_policy_there_is_nothing_to_compare(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished
) -> None:
    assert window_of(qtbot, speech, desk, furnished).findChild(WhatIfCard).isHidden()


def test_the_officer_sees_what_another_version_would_say(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished
) -> None:
    harder(desk)
    case = furnished.cases["fruit"]
    before = findings_of(desk, case)
    card = window_of(qtbot, speech, desk, furnished).findChild(WhatIfCard)
    assert not card.isHidden()
    assert "建议金额" not in told(card), "nothing is told before a version is chosen"
    chosen(card)
    now = f"{before.supported:,}"
    assert f"建议金额：{now} → " in told(card)
    assert "审批层级：" in told(card)
    after = findings_of(desk, case)
    assert (after.supported, after.policy.version) == (before.supported, before.policy.version)
    chosen(card)
    assert "建议金额" not in told(card), "taken back"


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_it_has_room_and_is_translated(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished, language: str
) -> None:
    harder(desk)
    window = window_of(qtbot, speech, desk, furnished)
    card = window.findChild(WhatIfCard)
    chosen(card)
    speech.set_language(language)
    assert clipped(card) + too_small(card) == []
    speech.set_language(PSEUDO)
    assert untranslated(card) == []


def test_the_manager_sees_it_under_the_file(
    qtbot: QtBot, speech: Speech, handed_over: tuple[Path, HandClock], tmp_path: Path
) -> None:
    shutil.copytree(handed_over[0], tmp_path / "demo")
    demo, clock = Demo(tmp_path / "demo"), HandClock(handed_over[1].time)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        harder(manager)
        window = ManagerWindow(manager, speech, store=demo.store)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitActive(window)
        dossier = queue(manager)[0].dossier
        screen = window.open(Place.REVIEW.value, dossier)
        assert isinstance(screen, ReviewScreen)
        card = screen.what_if
        qtbot.waitUntil(lambda: not card.isHidden())
        chosen(card)
        qtbot.waitUntil(lambda: "建议金额" in told(card) or "结果不变" in told(card))
        kept = open_dossier(manager, dossier)
        assert kept.assessment.policy.version != "2027.1"
        window.close()

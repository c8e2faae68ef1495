"""The memo's preview keeps up with the case; the passphrase signs it; afterwards its way is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework import correspondence, decisions, delivery, review
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk
from officer_app.casework.gate import Lacking
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.memo.screen import MemoScreen
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Text
from officer_app.dossier.records import Outcome
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.papers import verify_pdf
from officer_app.vault import audit
from officer_app.vault.records import CaseState, Delivery
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of
from tests.support.files import described
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.windows import shown

CTRL = Qt.KeyboardModifier.ControlModifier
Office = tuple[Desk, Demo, HandClock]


@pytest.fixture
def office(furnished: Furnished, tmp_path: Path) -> Iterator[Office]:
    with furnished.officer(tmp_path) as found:
        yield found


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, office: Office, furnished: Furnished) -> CaseWindow:
    return shown(qtbot, CaseWindow(office[0], speech, furnished.cases["fruit"]))


def opened(window: CaseWindow) -> MemoScreen:
    screen = window.open(Place.MEMO.value)
    QTest.qWait(0)
    QApplication.processEvents()
    assert isinstance(screen, MemoScreen)
    return screen


def settle(window: CaseWindow) -> None:
    case = window.work.open_case
    assert case is not None
    case.put_on_file()
    for one in case.findings.open:
        case.let_stand(one, "客户答不上来")


def signed(window: CaseWindow) -> MemoScreen:
    settle(window)
    screen = opened(window)
    type_text(focused(), PASSPHRASE)
    press(focused(), Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    return screen


def said(screen: MemoScreen) -> str:
    texts = [text.text() for text in screen.side().findChildren(Text) if text.isVisible()]
    return "\n".join(texts)


def test_the_preview_shows_pages_in_both_languages(window: CaseWindow) -> None:
    screen = opened(window)
    chinese = screen.preview.paper()
    assert screen.preview.pdf.page_count() > 3
    assert chinese.startswith(b"%PDF")
    screen.preview.language_chosen.emit(ENGLISH)
    assert screen.preview.paper() != chinese
    assert screen.preview.pdf.page_count() > 3


def test_the_preview_is_set_again_when_the_findings_change_and_not_otherwise(window: CaseWindow) -> None:
    screen = opened(window)
    before = screen.preview.paper()
    opened(window)
    assert screen.preview.paper() is before
    case = window.work.open_case
    assert case is not None
    case.answer("/data/application/request/requested_amount", "60000")
    assert screen.preview.paper() is not before


def test_a_missing_line_leads_to_its_place(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    gap = case.gaps()[0]
    assert gap.kind is Lacking.CONTRADICTION
    assert focused() is screen.hand_over.missing.table
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Up)
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Return)
    assert going.args == [Place.CHECKS.value, (gap.ref, "")]


def test_nothing_is_signed_while_something_is_missing(window: CaseWindow, office: Office) -> None:
    screen = opened(window)
    assert not screen.hand_over.sign.isEnabled()
    press(focused(), Qt.Key.Key_Return, CTRL)
    case = window.work.open_case
    assert case is not None
    assert read_case(office[0], case.case_id).state is CaseState.DRAFT


def test_the_statement_is_kept_and_printed(window: CaseWindow, office: Office) -> None:
    screen = opened(window)
    before = screen.preview.paper()
    screen.hand_over.statement.text.setFocus()
    type_text(focused(), "差额由弟弟承担")
    press(focused(), Qt.Key.Key_Return, CTRL)
    screen.finish()
    case = window.work.open_case
    assert case is not None
    assert read_case(office[0], case.case_id).note == "差额由弟弟承担"
    assert screen.preview.paper() is not before


def test_a_wrong_passphrase_signs_nothing_the_right_one_seals(window: CaseWindow, office: Office) -> None:
    desk, _demo, _clock = office
    case = window.work.open_case
    assert case is not None
    settle(window)
    screen = opened(window)
    assert screen.hand_over.sign.isEnabled()
    assert focused() is screen.hand_over.box.line
    type_text(focused(), "not it")
    press(focused(), Qt.Key.Key_Return)
    assert screen.hand_over.error()
    assert screen.hand_over.box.passphrase() == ""
    assert read_case(desk, case.case_id).state is CaseState.DRAFT
    assert focused() is screen.hand_over.box.line
    type_text(focused(), PASSPHRASE)
    press(focused(), Qt.Key.Key_Return, CTRL)
    kept = read_case(desk, case.case_id)
    assert (kept.state, kept.delivery) == (CaseState.SUBMITTED, Delivery.QUEUED)
    assert desk.institution is not None
    assert verify_pdf(screen.preview.paper(), desk.institution.root).ok
    assert len(delivery.status(desk).waiting) == 1


def test_after_it_the_version_its_fingerprint_and_the_way_on_are_shown(window: CaseWindow, qtbot: QtBot) -> None:
    screen = signed(window)
    assert not screen.hand_over.isVisible()
    text = said(screen)
    assert "第 1 版" in text
    assert "指纹" in text
    assert " MB" in text
    with qtbot.waitSignal(screen.go) as going:
        press(screen, Qt.Key.Key_Return, CTRL)
    assert going.args == [Place.EXCHANGE.value, None]


def decide(office: Office, outcome: Outcome) -> None:
    desk, demo, clock = office
    delivery.sync(desk, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        choice = decisions.Choice(
            outcome,
            "两条途径说得通",
            view.manifest.recommended_amount if outcome.approves else None,
            12 if outcome.approves else None,
            conditions=("补配偶签字",) if outcome is Outcome.APPROVE_WITH_CONDITIONS else (),
            questions=("弟弟的钱何时还？",) if outcome is Outcome.RETURN else (),
            photos_viewed=described(view),
            opened_at=view.record.at,
        )
        decisions.decide(manager, view, choice, PASSPHRASE)
        delivery.sync(manager, demo.store)
    delivery.sync(desk, demo.store)


def test_a_decision_shows_its_reason_its_conditions_and_the_stamped_memo(
    window: CaseWindow, office: Office, tmp_path: Path
) -> None:
    screen = signed(window)
    submitted = screen.preview.paper()
    decide(office, Outcome.APPROVE_WITH_CONDITIONS)
    screen = opened(window)
    text = said(screen)
    for part in ("两条途径说得通", "补配偶签字", "75,000"):
        assert part in text
    assert screen.preview.paper() != submitted
    screen.save_bundle(tmp_path)
    assert (tmp_path / "2026-0001-v1" / "manifest.json").is_file()
    screen.save_copy(tmp_path / "memo.pdf")
    assert (tmp_path / "memo.pdf").read_bytes() == screen.preview.paper()


def test_a_returned_case_shows_the_questions_and_can_be_signed_again(window: CaseWindow, office: Office) -> None:
    signed(window)
    decide(office, Outcome.RETURN)
    screen = opened(window)
    assert "弟弟的钱何时还？" in said(screen)
    assert screen.hand_over.isVisible()
    assert focused() is screen.after.fields[0].text, "what was asked comes before signing again"
    screen.hand_over.box.setFocus()
    type_text(focused(), PASSPHRASE)
    press(focused(), Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    assert "第 2 版" in said(screen)
    with office[0].vault.reading() as tx:
        assert audit.first_broken(tx) is None


def test_a_laptop_without_a_certificate_says_so_and_leads_there(
    window: CaseWindow, office: Office, qtbot: QtBot
) -> None:
    office[0].institution = office[0].identity = None
    screen = opened(window)
    assert not screen.preview.is_shown()
    with qtbot.waitSignal(screen.go) as going:
        screen.preview.acted.emit()
    assert going.args == [Place.SETTINGS.value, None]


@pytest.mark.parametrize("handed", [False, True])
def test_no_text_is_outside_the_catalogues(
    qtbot: QtBot, office: Office, furnished: Furnished, *, handed: bool
) -> None:
    case: CaseId = furnished.cases["fruit"]
    window = shown(qtbot, CaseWindow(office[0], Speech(PSEUDO), case))
    screen = signed(window) if handed else opened(window)
    assert untranslated(screen) == []
    assert untranslated(screen.side()) == []


def test_a_question_is_answered_and_the_sheet_of_a_decision_read(window: CaseWindow, office: Office) -> None:
    """The officer answers where the question stands, signed; after the decision its one page is shown."""
    signed(window)
    decide(office, Outcome.RETURN)
    screen = opened(window)
    field = screen.after.fields[0]
    field.text.setFocus()
    type_text(field.text, "年底还，有借条")
    next(button for button in screen.after.findChildren(Button) if button.text() == "发送回答").click()
    assert "您的回答：年底还，有借条" in " ".join(label.text() for label in screen.after.findChildren(QLabel))
    desk = office[0]
    case = screen.opened.case_id if screen.opened is not None else None
    assert case is not None
    assert [one.answer for one in correspondence.questions_of(desk, case)] == ["年底还，有借条"]
    memo = screen.preview.paper()
    screen.after.sheet.click()
    assert screen.preview.paper() != memo


def test_the_customer_withdraws_from_the_window(window: CaseWindow, office: Office) -> None:
    screen = signed(window)
    assert screen.after.withdraw.isVisible()
    screen.after.withdraw.click()
    assert not screen.after.confirm.isEnabled()
    type_text(focused(), "亲戚借给他了")
    screen.after.confirm.click()
    case = screen.opened.case_id if screen.opened is not None else None
    assert case is not None
    assert read_case(office[0], case).state is CaseState.WITHDRAWN
    assert not screen.after.withdraw.isVisible()

"""A manager's morning by keys alone, over real vaults: the queue, one file, the decision, the exchange."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import LANGUAGES, PSEUDO, Language
from officer_app.casework import applying, delivery, review, stores
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.decide.screen import DecideScreen
from officer_app.desktop.screens.exchange.screen import ExchangeScreen
from officer_app.desktop.screens.review.screen import ReviewScreen
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.dossier.records import Agreement, Outcome, parse_decision
from officer_app.exchange.addresses import read_address
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import audit, decisions
from officer_app.vault import delivery as kept_deliveries
from officer_app.vault.deliveryrecords import ReaderCursor
from officer_app.vault.records import CaseState
from tests.support.authority import new_authority
from tests.support.demo import HandClock, desk_of
from tests.support.files import seen_on
from tests.support.layout import clipped, nameless, too_small
from tests.support.manager_window import ManagerWindow
from tests.support.pseudo import untranslated
from tests.support.servers import badly_certified
from tests.support.typing import focused, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
FRUIT, SALON = 0, 1


@pytest.fixture
def clock(handed_over: tuple[Path, HandClock]) -> HandClock:
    return HandClock(handed_over[1].time)


@pytest.fixture
def demo(handed_over: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(handed_over[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.MANAGER, clock) as manager:
        yield manager


Opened = Callable[[Speech], ManagerWindow]


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, demo: Demo) -> Opened:
    def made(speech: Speech) -> ManagerWindow:
        window = ManagerWindow(desk, speech, store=demo.store)
        qtbot.addWidget(window)
        window.resize(1093, 614)
        window.show()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        window.open("decide")
        return window

    return made


def _open(window: ManagerWindow, place: int, qtbot: QtBot) -> ReviewScreen:
    """Open a file of the queue by keys."""
    queue = window.current()
    assert isinstance(queue, DecideScreen)
    for _step in range(place):
        press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    screen = window.current()
    assert isinstance(screen, ReviewScreen)
    part = screen.panel.sample.current()
    qtbot.waitUntil(lambda: screen.pictures.image(part) is not None)
    return screen


def _describe(screen: ReviewScreen, qtbot: QtBot, fill: Callable[[str], None] | None = None) -> None:
    """Answer every question about a picture; `fill` types the answer and leaves its field."""
    panel = screen.panel
    while panel.sample.missing():
        part = panel.sample.current()
        qtbot.waitUntil(lambda part=part: part in panel.sample._seen)
        assert screen.review is not None
        photo = next(photo for photo in screen.review.sample if photo.part == part)
        answer = seen_on(screen.review, photo)
        if fill is not None:
            fill(answer)
        else:
            type_text(focused(), answer)
            press(focused(), Qt.Key.Key_Return)


class Hands:
    """What a person does, counted as it is done.

    An interaction is one thing done: a key that acts by itself, or a field that is filled and left by one key.
    `strokes` counts the key that leaves a field by itself, too; the letters of a text are one stroke.
    """

    def __init__(self) -> None:
        self.interactions = self.strokes = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key that acts."""
        self.interactions += 1
        self.strokes += 1
        press(focused(), key, modifiers)

    def fill(self, text: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Type into the field that has the keyboard, and leave it by Enter."""
        self.interactions += 1
        self.strokes += 2
        type_text(focused(), text)
        press(focused(), Qt.Key.Key_Return, modifiers)


def _decided(desk: Desk, screen_dossier: str) -> decisions.DecisionRecord:
    with desk.vault.reading() as tx:
        return decisions.of_dossier(tx, screen_dossier)[-1]


def test_a_sound_file_is_decided_in_ten_interactions(
    open_window: Opened, desk: Desk, speech: Speech, qtbot: QtBot
) -> None:
    window, hands = open_window(speech), Hands()
    for _step in range(SALON):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    screen = window.current()
    assert isinstance(screen, ReviewScreen)
    digest = screen.review.record.digest if screen.review else ""
    _describe(screen, qtbot, hands.fill)
    assert focused() is screen.panel.buttons[Outcome.APPROVE]
    hands.press(Qt.Key.Key_Return)
    assert screen.panel.buttons[Outcome.APPROVE].isChecked()
    hands.fill("自述与查到相符，现金流每月为正。", CTRL)
    hands.fill(PASSPHRASE, CTRL)
    assert hands.interactions <= 10
    kept = _decided(desk, digest)
    assert (kept.outcome, kept.amount, kept.term_months) == ("approve", Decimal(40_000), 12)
    record = parse_decision(kept.record)
    assert len(record.photos_viewed) == 3
    assert {view.agreement for view in record.photos_viewed} <= {Agreement.AGREES, Agreement.UNTOLD}
    print(f"a sound file: {hands.interactions} interactions beyond reading (bar: 10), {hands.strokes} strokes")
    assert window.current_key() == "decide"
    assert [one.case.state for one in review.queue(desk)] == [CaseState.SUBMITTED]
    assert _told(window, "已签署并待发")


def _told(window: ManagerWindow, word: str) -> bool:
    return any(word in label.text() for label in window.banners.findChildren(QLabel))


def test_what_is_still_needed_is_said_before_the_button_works(
    open_window: Opened, speech: Speech, qtbot: QtBot
) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    panel = screen.panel
    assert not panel.sign.isEnabled()
    assert len(panel.needed()) == 4
    shown = next(label.text() for label in panel.findChildren(QLabel) if "还需要" in label.text())
    assert "3 张照片" in shown
    press(focused(), Qt.Key.Key_3, CTRL)
    assert panel.buttons[Outcome.RETURN].isChecked()
    assert focused() is panel.conditions.text
    type_text(focused(), "弟弟的六万何时还？")
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert focused() is panel.reason.text
    type_text(focused(), "负债未说清。")
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert focused() is panel.passphrase.line
    type_text(focused(), "nicht das Wort")
    assert panel.sign.isEnabled()
    press(focused(), Qt.Key.Key_Return)
    assert screen.review is not None
    assert panel.passphrase.passphrase() == ""
    assert focused() is panel.passphrase.line


def test_an_answer_counts_only_when_its_picture_was_on_the_screen(
    open_window: Opened, speech: Speech, qtbot: QtBot
) -> None:
    window = open_window(speech)
    screen = _open(window, FRUIT, qtbot)
    sample = screen.panel.sample
    part = sample.current()
    sample._seen.clear()
    sample.frame.hide()
    type_text(focused(), "老罗果行")
    assert sample.viewed() == ()
    assert sample.missing() == 3
    sample.frame.show()
    screen.enlarge(part)
    assert sample.viewed() == ((part, "老罗果行"),)
    press(focused(), Qt.Key.Key_Escape)
    assert focused() is sample.answer.line


def test_a_picture_that_cannot_be_read_says_so(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    sample = screen.panel.sample
    sample._seen.clear()
    screen.pictures.refused.emit(sample.current(), Fault(Code.PHOTO_BROKEN, file="x"))
    type_text(focused(), "看不清")
    assert sample.current() not in dict(sample.viewed())


def test_amount_and_term_are_held_against_limit_and_caps(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    terms = screen.panel.terms
    screen.panel.choose(Outcome.APPROVE)
    assert terms.money() == Decimal(75_000)
    terms.amount.setFocus()
    focused_line = terms.amount.line
    focused_line.selectAll()
    type_text(focused_line, "90000")
    said = " ".join(label.text() for label in terms.findChildren(QLabel) if label.isVisibleTo(terms))
    assert "超出可支持额" in said
    assert "最低月份" in said
    focused_line.selectAll()
    type_text(focused_line, "200001")
    assert terms.wrong() is not None
    said = " ".join(label.text() for label in terms.findChildren(QLabel) if label.isVisibleTo(terms))
    assert "超过您的权限 200,000" in said


def test_what_is_tried_out_becomes_the_condition(
    open_window: Opened, desk: Desk, speech: Speech, qtbot: QtBot
) -> None:
    """60,000 over 18 months in place of 180,000 over 12: one key makes it the condition, and it is signed as such."""
    screen = _open(open_window(speech), FRUIT, qtbot)
    panel = screen.panel
    digest = screen.review.record.digest if screen.review else ""
    _describe(screen, qtbot)
    for field, text in ((panel.terms.amount, "60000"), (panel.terms.term, "18")):
        field.line.setFocus()
        field.line.selectAll()
        type_text(field.line, text)
    assert panel.into_conditions.isVisible()
    panel.into_conditions.setFocus()
    press(focused(), Qt.Key.Key_Space)
    assert panel.buttons[Outcome.APPROVE_WITH_CONDITIONS].isChecked()
    line = panel.conditions.text.toPlainText()
    assert "贷款改为 60,000 元、18 个月" in line
    panel.conditions.turn_to(f"{line}\n配偶到场签字")
    panel.terms.term.line.setFocus()
    panel.terms.term.line.selectAll()
    type_text(panel.terms.term.line, "24")
    panel.into_conditions.click()
    lines = panel.conditions.text.toPlainText().splitlines()
    assert len(lines) == 2
    assert "60,000 元、24 个月" in lines[0]
    assert lines[1] == "配偶到场签字"
    panel.reason.setFocus()
    type_text(focused(), "能力只够六万。")
    panel.passphrase.line.setFocus()
    type_text(focused(), PASSPHRASE)
    assert panel.needed() == ()
    press(focused(), Qt.Key.Key_Return, CTRL)
    kept = _decided(desk, digest)
    assert (kept.outcome, kept.amount, kept.term_months) == ("approve_with_conditions", Decimal(60_000), 24)
    assert parse_decision(kept.record).conditions == tuple(lines)


def test_what_was_typed_is_there_again(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    window = open_window(speech)
    screen = _open(window, FRUIT, qtbot)
    type_text(focused(), "招牌")
    screen.panel.reason.setFocus()
    type_text(focused(), "先看看")
    window.open("decide")
    window.open("review", review.queue(window.work.desk)[SALON].dossier)
    assert screen.panel.reason.text.toPlainText() == ""
    window.open("review", review.queue(window.work.desk)[FRUIT].dossier)
    assert screen.panel.reason.text.toPlainText() == "先看看"
    assert "招牌" in screen.panel.sample.answers().values()


def test_memo_and_large_picture_come_and_go_by_keys(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    press(focused(), Qt.Key.Key_P, CTRL)
    assert screen._memo is not None
    assert screen._memo.page_count() > 3
    press(focused(), Qt.Key.Key_P, CTRL)
    assert screen._stack.currentWidget() is screen.page
    screen.panel.sample.frame.setFocus()
    press(focused(), Qt.Key.Key_Return)
    first = screen._large
    press(focused(), Qt.Key.Key_Right)
    assert screen._large != first
    screen._swap.click()
    assert screen._stack.currentWidget() is screen.page, "by the mouse, too"
    screen.panel.sample.frame.setFocus()
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Escape)
    assert screen._stack.currentWidget() is screen.page


def test_unexplained_stands_first_and_everything_stands_there(
    open_window: Opened, speech: Speech, qtbot: QtBot
) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    pills = [pill for pill in screen.page.findChildren(Pill) if pill.state is State.STOP]
    found = screen.review.contradictions if screen.review else ()
    standing = sum(one.standing in review.UNEXPLAINED for one in found)
    assert standing > 3
    assert pills[0].text() == f"{standing} 处无法说明"
    texts = [label.text() for label in screen.page.findChildren(QLabel)]
    for one in found:
        assert one.sentence.chinese in texts


def test_own_files_are_grey_and_say_why(desk: Desk, open_window: Opened, speech: Speech) -> None:
    window = open_window(speech)
    screen = window.current()
    assert isinstance(screen, DecideScreen)
    own = tuple(replace(one, barred=Code.FOUR_EYES) for one in review.queue(desk))
    screen._show(own)
    press(focused(), Qt.Key.Key_Return)
    assert window.current_key() == "decide"
    assert _told(window, "本人")


def test_a_heading_orders_the_queue(open_window: Opened, speech: Speech) -> None:
    screen = open_window(speech).current()
    assert isinstance(screen, DecideScreen)
    oldest = screen.table.current_key()
    screen.table.sort_asked.emit("asked")
    assert screen.table.model().index(0, 0).data(int(Qt.ItemDataRole.UserRole) + 2) == oldest
    screen.table.sort_asked.emit("grade")
    assert screen.table.model().index(0, 0).data(int(Qt.ItemDataRole.UserRole) + 2) != oldest


# --- the exchange --------------------------------------------------------------------------------------------------


def _exchange(window: ManagerWindow) -> ExchangeScreen:
    screen = window.open("exchange")
    assert isinstance(screen, ExchangeScreen)
    return screen


def test_a_server_of_the_institutions_own_authority_is_kept_with_its_certificate(
    open_window: Opened, desk: Desk, speech: Speech, tmp_path: Path
) -> None:
    """Not believed at first; with the authority's file it is, and the next round finds it so."""
    authority = new_authority()
    with badly_certified(tmp_path / "server", authority) as server:
        screen = _exchange(open_window(speech))
        setting = screen.set_up
        setting.open_for(server.url("branch"))
        setting.way.name.line.setText(server.credentials.name)
        setting.way.secret.line.setText(server.credentials.secret)
        setting.test()
        assert "证书不可信" in setting._said.text()
        assert not stores.known_stores(desk)
        (tmp_path / "ca.pem").write_text(authority.pem)
        setting.use_key(tmp_path / "ca.pem")
        assert "已读取证书 ca.pem" in setting._said.text()
        setting.test()
        assert "连接正常" in setting._said.text()
        (known,) = stores.known_stores(desk)
        kept = stores.credentials(desk, read_address(known.address))
        assert kept is not None
        assert kept.authority == authority.pem
        (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----")
        setting.use_key(tmp_path / "ca.pem")
        assert "证书机构文件无法读取" in setting._said.text()


def test_a_round_by_one_key_and_its_result_stays(open_window: Opened, desk: Desk, demo: Demo, speech: Speech) -> None:
    screen = _exchange(open_window(speech))
    assert screen.where.line.text() == demo.store
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert "没有新内容" in screen._result.text()
    assert delivery.last_store(desk) == demo.store
    screen.where.turn_to(str(demo.folder / "nowhere"))
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert "已不可用" in screen._result.text()
    assert "再交换一次" in screen._result.text(), "what to do stands beside it"


def test_a_failed_round_is_told_once_elsewhere_and_taken_back_by_the_next(
    open_window: Opened, demo: Demo, speech: Speech
) -> None:
    window = open_window(speech)
    screen = _exchange(window)
    screen.where.turn_to(str(demo.folder / "nowhere"))
    screen.round()
    assert "exchange:failed" not in tuple(window.banners.keys()), "it stands where one looks"
    window.open("decide")
    screen.round()
    assert "exchange:failed" in tuple(window.banners.keys())
    assert _told(window, "已不可用")
    screen.where.turn_to(demo.store)
    screen.round()
    assert "exchange:failed" not in tuple(window.banners.keys()), "no word of it is left once a round has worked"


def test_what_was_put_aside_is_told_in_both_languages_and_tried_again(
    open_window: Opened, desk: Desk, demo: Demo, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(speech)
    screen = _exchange(window)
    _put_one_aside(desk, demo, monkeypatch)
    window.work.changed.emit()
    for language in LANGUAGES:
        speech.set_language(language)
        texts = [label.text() for label in screen.aside.findChildren(QLabel) if label.isVisibleTo(screen.aside)]
        assert any("李慧" in text for text in texts)
    screen.aside.again.emit(delivery.status(desk).quarantined[0].id)
    assert not screen.aside.isVisible()
    assert delivery.status(desk).quarantined == ()


def _put_one_aside(desk: Desk, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for a delivery that is here already, and let it be refused once."""
    came = delivery.status(desk).came[0]
    with desk.vault.writing() as tx:
        cursor = kept_deliveries.cursors(tx)[came.device]
        kept_deliveries.set_cursor(tx, came.device, ReaderCursor(cursor.next, (came.counter,)))

    def refuse(*_: object) -> None:
        raise Fault(Code.SIGNER_NOT_ENTITLED, where="manifest", person="李慧")

    with monkeypatch.context() as patched:
        patched.setattr(applying, "_apply_dossier", refuse)
        assert len(delivery.sync(desk, demo.store).quarantined) == 1


# --- how it looks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [FRUIT, SALON])
def test_a_careful_eye_finds_nothing(
    open_window: Opened, speech: Speech, qtbot: QtBot, language: Language, place: int
) -> None:
    speech.set_language(language)
    window = open_window(speech)
    for scene in _scenes(window, place, qtbot):
        _settle(window)
        assert clipped(window) == [], scene
        assert too_small(window) == [], scene
        assert nameless(window) == [], scene


def test_no_word_is_outside_the_catalogues(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    speech.set_language(PSEUDO)
    window = open_window(speech)
    for scene in _scenes(window, FRUIT, qtbot):
        assert untranslated(window) == [], scene


def _settle(window: ManagerWindow) -> None:
    """Layouts that depend on their own width need a few turns to come to rest."""
    for _turn in range(5):
        QApplication.processEvents()
    assert window.isVisible()


def _scenes(window: ManagerWindow, place: int, qtbot: QtBot) -> Iterator[str]:
    yield "decide"
    screen = _open(window, place, qtbot)
    yield "review"
    for outcome in Outcome:
        screen.panel.choose(outcome)
        yield f"review {outcome.value}"
    screen.enlarge(screen.panel.sample.current())
    yield "large"
    _exchange(window).round()
    yield "exchange"


def test_pictures_reach_the_screen_as_they_are(open_window: Opened, speech: Speech, qtbot: QtBot) -> None:
    screen = _open(open_window(speech), FRUIT, qtbot)
    image = screen.pictures.image(screen.panel.sample.current())
    assert isinstance(image, QImage)
    assert image.width() > image.height() > 400


def test_an_amount_beyond_a_cap_wants_its_reason_before_it_is_signed(
    open_window: Opened, desk: Desk, speech: Speech, qtbot: QtBot
) -> None:
    """The salon's figures support 40,000."""
    window = open_window(speech)
    screen = _open(window, SALON, qtbot)
    digest = screen.review.record.digest if screen.review else ""
    _describe(screen, qtbot)
    panel = screen.panel
    press(focused(), Qt.Key.Key_Return)
    assert not panel.exceptions.isVisible()
    panel.terms.amount.line.setFocus()
    panel.terms.amount.line.selectAll()
    type_text(focused(), "60000")
    assert panel.exceptions.isVisible()
    assert panel.exceptions.missing() is not None
    while (line := panel.exceptions.missing()) is not None:
        assert not panel.sign.isEnabled()
        line.setFocus()
        type_text(line, "老客户，母亲愿意担保")
    assert panel.typed()[f"rule:{next(iter(panel.exceptions.reasons()))}"] == "老客户，母亲愿意担保"
    panel.reason.text.setFocus()
    type_text(focused(), "现金流稳定。")
    panel.passphrase.line.setFocus()
    type_text(focused(), PASSPHRASE)
    assert panel.needed() == ()
    press(focused(), Qt.Key.Key_Return)
    record = parse_decision(_decided(desk, digest).record)
    assert record.overrides
    assert all(one.reason == "老客户，母亲愿意担保" for one in record.overrides)
    assert record.tier == "branch_manager"


def test_standard_conditions_go_to_their_list_with_their_days(
    open_window: Opened, speech: Speech, qtbot: QtBot
) -> None:
    panel = _open(open_window(speech), SALON, qtbot).panel
    press(focused(), Qt.Key.Key_2, CTRL)
    panel.listed.add("spouse_consent")
    panel.listed.add("use_receipts")
    panel.listed.add("use_receipts")
    panel.listed.after.text.appendPlainText("15天内补交租约")
    told = panel.choice()
    assert told.conditions == ("放款前取得配偶书面同意", "放款后30天内提供用途凭证", "15天内补交租约")
    assert [(term.when.value, term.due_days, term.code) for term in told.terms] == [
        ("before_payout", None, "spouse_consent"),
        ("after_payout", 30, "use_receipts"),
        ("after_payout", 15, ""),
    ]


def test_a_call_is_heard_before_the_file_speaks(
    open_window: Opened, desk: Desk, speech: Speech, qtbot: QtBot
) -> None:
    """Above the policy's limit: the number is revealed and logged, the file covered, then both sides stand there."""
    screen = _open(open_window(speech), FRUIT, qtbot)
    panel = screen.panel
    panel.choose(Outcome.APPROVE)
    panel.terms.amount.turn_to("150000")
    panel.terms.amount.edited.emit()
    assert panel.call.lines
    assert any("电话回访" in speech.say(words) for words, _ in panel.needed())
    shown = " ".join(label.text() for label in panel.call.findChildren(QLabel))
    assert "****" in shown
    panel.call.reveal.click()
    assert screen._stack.currentWidget() is screen._cover
    for field in panel.call.lines.values():
        field.line.setFocus()
        type_text(field.line, "说不清")
    assert panel.call.note.isEnabled()
    panel.call.note.click()
    assert screen._stack.currentWidget() is screen.page
    assert panel.call.is_done()
    assert panel.differences.missing() is not None
    shown = " ".join(label.text() for label in panel.call.findChildren(QLabel) if label.isVisibleTo(panel.call))
    assert "档案为" in shown
    with desk.vault.reading() as tx:
        kinds = [one.kind for one in audit.events(tx, limit=1_000)]
    assert {"phone_revealed", "call_back_noted"} <= set(kinds)


# --- the decider's own clock ----------------------------------------------------------------------------------------


def test_a_clock_moved_before_the_file_was_opened_wants_its_word_in_the_panel(
    open_window: Opened, desk: Desk, clock: HandClock, speech: Speech, qtbot: QtBot
) -> None:
    clock.set(days=-1)
    with desk.vault.writing() as tx:
        audit.watch_clock(tx)
    window = open_window(speech)
    screen = _open(window, SALON, qtbot)
    box = screen.panel.clock
    screen.panel.choose(Outcome.REFUSE)
    assert box.isVisible()
    assert box.field.line in {where for _, where in screen.panel.needed()}
    for language in LANGUAGES:
        speech.set_language(language)
        _settle(window)
        assert clipped(window) == [], language
        assert nameless(window) == [], language
    box.field.line.setText("换了主板电池")
    assert box.field.line not in {where for _, where in screen.panel.needed()}
    assert screen.panel.typed()["clock"] == "换了主板电池"


def test_a_clock_moved_while_the_file_is_open_is_asked_about_before_anything_is_signed(
    open_window: Opened, desk: Desk, clock: HandClock, speech: Speech, qtbot: QtBot
) -> None:
    window = open_window(speech)
    screen = _open(window, SALON, qtbot)
    assert screen.review is not None
    digest, panel = screen.review.record.digest, screen.panel
    assert not panel.clock.isVisible()
    panel.choose(Outcome.REFUSE)
    panel.reason.turn_to("负债未说清。")
    panel.passphrase.line.setText(PASSPHRASE)
    clock.set(days=365)
    panel.try_to_sign()
    assert panel.clock.isVisible()
    assert focused() is panel.clock.field.line
    with desk.vault.reading() as tx:
        assert decisions.of_dossier(tx, digest) == ()
    type_text(focused(), "系统更新后时间跳到了明年")
    panel.passphrase.line.setText(PASSPHRASE)
    panel.try_to_sign()
    told = parse_decision(_decided(desk, digest).record).clock
    assert told is not None
    assert told.reason == "系统更新后时间跳到了明年"
    assert round((told.after - told.before) / timedelta(days=1)) == 365

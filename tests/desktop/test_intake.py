"""Head office's screen over the demo's real folder, store and database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.paths import forms_folder
from officer_app.base.qr import Gathered, series_of
from officer_app.base.words import LANGUAGES, PSEUDO, Language
from officer_app.casework.desk import Desk
from officer_app.credit.productlist import read_products
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.intake.grant import Granted
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.intake.signpack import Wish
from officer_app.desktop.widgets.cells import CELL_ROLE
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.exporting import Exporter
from officer_app.headoffice.exports import exports_made
from officer_app.headoffice.journal import journal
from officer_app.headoffice.overview import Standing, overview, people
from officer_app.headoffice.publishing import kept_packs
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role, read_person
from officer_app.trust.enrolment import accept, request
from officer_app.trust.identities import new_keys
from officer_app.workbooks.reading import read_workbook
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, nameless, too_small
from tests.support.manager_window import ManagerWindow, office_of
from tests.support.pseudo import untranslated
from tests.support.screened import screened
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


Opened = Callable[..., IntakeScreen]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, demo: Demo) -> Opened:
    def made(speech: Speech, *, given: bool = True) -> IntakeScreen:
        window = ManagerWindow(desk, speech, store=demo.store, office=office_of(demo) if given else None)
        qtbot.addWidget(window)
        window.resize(1093, 614)
        window.show()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        screen = window.open("intake")
        assert isinstance(screen, IntakeScreen)
        return screen

    return made


def test_taking_in_once_and_again(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    assert screen.loans.table.model().rowCount() == 0
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert "接收案卷 2 份" in screen._result.text()
    assert screen.loans.table.model().rowCount() == 2
    tiles = [label.text() for label in screen.loans.findChildren(QLabel)]
    assert "115,000" in tiles
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert screen._result.text() == "没有新到的内容。"
    assert screen.loans.table.model().rowCount() == 2


def test_the_folder_opens_by_its_passphrase_alone(opened: Opened, speech: Speech, demo: Demo) -> None:
    screen = opened(speech, given=False)
    type_text(focused(), str(demo.head_office))
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "falsches Wort hier")
    press(focused(), Qt.Key.Key_Return)
    assert screen.connect_card.isVisible()
    assert screen.connect_card._error.text()
    type_text(focused(), PASSPHRASE)
    press(focused(), Qt.Key.Key_Return)
    assert screen.take.isVisible()
    assert screen.people.table.model().rowCount() == 4


def test_contradictions_reach_the_warehouse(opened: Opened, speech: Speech, demo: Demo, clock: HandClock) -> None:
    opened(speech).take_in()
    found = overview(demo.warehouse, Exporter("x", "y", clock.now(), "0"), most=10)
    fruit, salon = found.loans
    assert fruit.contradictions > fruit.unexplained > 2
    assert salon.unexplained == 0
    assert found.totals.cases == 2
    assert (found.aside, found.missing, found.waiting) == ((), 0, 0)


def test_the_workbook_is_whole_and_agrees(opened: Opened, speech: Speech, tmp_path: Path) -> None:
    screen, file = opened(speech), tmp_path / "month.xlsx"
    screen.take_in()
    screen.write(file)
    assert "合计与数据库一致" in screen._result.text()
    assert any(sheet.rows for sheet in read_workbook(file.read_bytes()).values())
    assert list(tmp_path.glob("*.part")) == []
    screen.write(tmp_path / "nowhere" / "month.xlsx")
    assert "无法写入" in screen._result.text()


def test_a_report_is_written_and_stands_in_the_log(opened: Opened, speech: Speech, tmp_path: Path) -> None:
    screen = opened(speech)
    screen.take_in()
    screen.show_tab("exports")
    assert screen.exports.table.isHidden()
    for kind in screen.exports.buttons:
        screen.report(kind, tmp_path / f"{kind}.xlsx")
        assert "报表在" in screen._result.text()
        assert read_workbook((tmp_path / f"{kind}.xlsx").read_bytes())
    model = screen.exports.table.model()
    assert model.rowCount() == 3
    screen.report(next(iter(screen.exports.buttons)), tmp_path / "nowhere" / "a.xlsx")
    assert model.rowCount() == 3


def test_a_sample_is_drawn_from_the_auditors_page(opened: Opened, speech: Speech, tmp_path: Path) -> None:
    screen = opened(speech)
    screen.take_in()
    screen.show_tab("audit")
    assert screen.audit.table.model().rowCount() == 1
    drawn: list[str] = []
    screen.audit.drawn.disconnect()
    screen.audit.drawn.connect(drawn.append)
    press(screen.audit.draw, Qt.Key.Key_Space)
    assert drawn == []
    assert screen.audit.seed.line.hasFocus()
    type_text(screen.audit.seed.line, "october")
    press(screen.audit.draw, Qt.Key.Key_Space)
    assert drawn == ["october"]
    screen.sample("october", tmp_path / "sample")
    assert "2 个案卷" in screen._result.text()
    assert len([path for path in (tmp_path / "sample").iterdir() if path.is_dir()]) == 2
    screen.sample("october", tmp_path / "sample")
    assert "2 个案卷" not in screen._result.text()


def test_packs_tell_what_was_published(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    screen.show_tab("packs")
    assert screen.packs.table.model().rowCount() > 3


def test_fingerprints_and_a_shot_list_are_signed_and_sent(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    screen = opened(speech)
    screen.show_tab("packs")
    screen.packs.photos.click()
    assert screen._result.text() == "还没有照片入库。"
    screen.take_in()
    screen.packs.photos.click()
    assert screen._result.text().startswith("照片指纹已汇总成 1 份清单")
    shots = tmp_path / "shots.toml"
    shots.write_text("schema = 1\nshots = []\n", encoding="utf-8")
    screen.packs.keep(Wish(PackKind.SHOTS, shots, None, "总部自己的清单"))
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    assert list(kept_packs(office, PackKind.SHOTS, "shots")) == [], "a list that nobody understands is not signed"
    shots.write_bytes((forms_folder() / "shots.toml").read_bytes())
    screen.packs.keep(Wish(PackKind.SHOTS, shots, None, "总部自己的清单"))
    assert "第 1 版" in screen._result.text()
    assert len(list(kept_packs(office, PackKind.SHOTS, "shots"))) == 1
    assert len(list(kept_packs(office, PackKind.FINGERPRINTS, "warehouse_0001"))) == 1
    screen.send()
    assert "所有人都已有" not in screen._result.text()
    screen.packs.photos.click()
    screen.send()
    assert "所有人都已有" in screen._result.text(), "what has not changed is not sent again"
    assert not clipped(screen)
    assert not too_small(screen)


def test_everything_is_sent_once(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    screen.send()
    screen.send()
    assert "所有人都已有" in screen._result.text()


def test_somebody_new_gets_an_answer(
    opened: Opened, speech: Speech, demo: Demo, clock: HandClock, tmp_path: Path
) -> None:
    screen = opened(speech)
    asked = tmp_path / "request.pem"
    asked.write_bytes(request(new_keys(), name="孙丽娜", branch="城关网点", role=Role.MANAGER))
    screen.show_tab("people")
    screen.staff.load_request(asked)
    form = screen.people.form
    assert form.isVisible()
    form.limit.line.setFocus()
    form.limit.line.selectAll()
    type_text(form.limit.line, "10万")
    granted: list[Granted] = []
    form.granted.disconnect()
    form.granted.connect(granted.append)
    press(form.save, Qt.Key.Key_Return)
    assert granted == [Granted(Role.MANAGER, "城关网点", Decimal(100_000))]
    screen.staff.grant(granted[0], tmp_path / "answer.json")
    assert (tmp_path / "answer.json").is_file()
    assert not form.isVisible()
    enrolled = people(open_desk(demo.head_office, PASSPHRASE, issuing=False), clock.now())
    new = next(one for one in enrolled if one.person.name == "孙丽娜")
    assert (new.person.approval_limit, new.standing) == (Decimal(100_000), Standing.HOLDS)
    assert screen.people.table.model().rowCount() == 5


def test_the_journal_tells_in_words(opened: Opened, speech: Speech) -> None:
    """Roles, amounts and packs are stored as codes; whoever reads the journal sees none."""
    screen = opened(speech)
    screen.show_tab("journal")
    model = screen.journal.table.model()
    lower = [
        speech.say(cell.below)
        for row in range(model.rowCount())
        if (cell := model.index(row, 3).data(CELL_ROLE)).below is not None
    ]
    told = " ".join([*lower, *(str(model.index(row, 3).data()) for row in range(model.rowCount()))])
    assert "网点经理，城关网点，审批权限 200,000 元" in lower
    assert "调查表：second_visit" in told
    assert not any(code in told for code in ("head_office", "manager", "form/", "200000"))


def test_a_manager_without_a_limit_is_asked_for_it(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    _granting(screen)
    form = screen.people.form
    granted: list[Granted] = []
    form.granted.disconnect()
    form.granted.connect(granted.append)
    press(form.save, Qt.Key.Key_Return)
    assert not granted
    assert form._limit_row.error()
    assert form.limit.line.hasFocus()
    form.role.turn_to(Role.OFFICER.value)
    press(form.save, Qt.Key.Key_Return)
    assert [one.limit for one in granted] == [Decimal(0)]


def test_a_servers_address_goes_along_unless_it_is_changed(opened: Opened, speech: Speech) -> None:
    screen = opened(speech)
    form = screen.people.form
    _granting(screen)
    assert not form.store.isVisible(), "a folder has another path on each laptop"
    screen.where.turn_to("sftp://office@sftp.example.org/exchange")
    _granting(screen)
    assert form.store.line.text() == "sftp://office@sftp.example.org/exchange"
    granted: list[Granted] = []
    form.granted.disconnect()
    form.granted.connect(granted.append)
    form.limit.turn_to("100000")
    for wrong in ("sftp://sun:secret@sftp.example.org/exchange", "lan://192.168.1.2:40000/ABCD-EFGH-ABCD-EFGH"):
        form.store.line.setText(wrong)
        press(form.save, Qt.Key.Key_Return)
        assert not granted, wrong
        assert form._store_row.error()
        assert "secret" not in form._store_row.error()
    form.store.line.setText("sftp://sun@sftp.example.org/exchange")
    press(form.save, Qt.Key.Key_Return)
    assert [one.store for one in granted] == ["sftp://sun@sftp.example.org/exchange"]


def test_what_is_no_request_is_refused(opened: Opened, speech: Speech, tmp_path: Path) -> None:
    screen, file = opened(speech), tmp_path / "request.pem"
    file.write_bytes(b"nothing")
    screen.staff.load_request(file)
    assert not screen.people.form.isVisible()
    assert screen._result.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_careful_eye_finds_nothing(opened: Opened, speech: Speech, language: Language) -> None:
    speech.set_language(language)
    for window, scene in _scenes(opened, speech):
        assert clipped(window) == [], scene
        assert too_small(window) == [], scene
        assert nameless(window) == [], scene


def test_no_word_is_outside_the_catalogues(opened: Opened, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    for window, scene in _scenes(opened, speech):
        assert untranslated(window) == [], scene


def _scenes(opened: Opened, speech: Speech) -> Iterator[tuple[ManagerWindow, str]]:
    screen = opened(speech, given=False)
    window = screen.window()
    assert isinstance(window, ManagerWindow)
    for scene in (
        *("connect", "loans", "taken", "people", "trouble", "exceptions"),
        *("packs", "exports", "audit", "places", "keeping", "journal"),
        *("granting", "changing", "withdrawing", "answering", "reading", "signing", "adding"),
    ):
        if scene == "loans":
            screen.open(office_of(Demo(Path(window.work.store).parent)))
        elif scene == "taken":
            screen.take_in()
        elif scene in _FORMS:
            _FORMS[scene](screen)
        elif scene != "connect":
            screen.show_tab(scene)
        for _turn in range(5):
            QApplication.processEvents()
        yield window, scene


def _granting(screen: IntakeScreen) -> None:
    screen.show_tab("people")
    screen.staff.take_request(request(new_keys(), name="孙丽娜", branch="城关网点", role=Role.MANAGER))


def _answering(screen: IntakeScreen) -> None:
    _granting(screen)
    screen.people.form.limit.turn_to("100000")
    screen.people.form.show_codes.click()


_FORMS: dict[str, Callable[[IntakeScreen], object]] = {
    "granting": _granting,
    "changing": lambda screen: (screen.show_tab("people"), screen.people.show_list(), screen.people.ask_change()),
    "withdrawing": lambda screen: (
        screen.show_tab("people"),
        screen.people.show_list(),
        screen.people.ask_withdraw(),
    ),
    "answering": _answering,
    "reading": lambda screen: (screen.show_tab("people"), screen.people.scan.click()),
    "signing": lambda screen: (screen.show_tab("packs"), screen.packs.begin()),
    "adding": lambda screen: (screen.show_tab("places"), screen.places.begin()),
}


# --- what is done at the desk -------------------------------------------------------------------------------------


def _choose(screen: IntakeScreen, name: str) -> None:
    table = screen.people.table
    row = next(row for row in range(table.model().rowCount()) if table.model().index(row, 0).data() == name)
    table.setCurrentIndex(table.model().index(row, 0))


def _standing(demo: Demo, clock: HandClock, name: str) -> Standing:
    found = people(open_desk(demo.head_office, PASSPHRASE, issuing=False), clock.now())
    return next(one.standing for one in found if one.person.name == name)


def test_a_key_is_withdrawn_by_keys_from_a_day_on_with_a_reason(
    opened: Opened, speech: Speech, demo: Demo, clock: HandClock
) -> None:
    screen = opened(speech)
    screen.show_tab("people")
    _choose(screen, "李慧")
    screen.people.table.setFocus()
    press(screen.people.table, Qt.Key.Key_Delete)
    form = screen.people.going
    assert form.isVisible()
    press(form.do, Qt.Key.Key_Return)
    assert _standing(demo, clock, "李慧") is Standing.HOLDS, "not without the tick"
    press(form.knows, Qt.Key.Key_Space)
    press(form.do, Qt.Key.Key_Return)
    assert form.why.line.hasFocus(), "not without a reason"
    type_text(form.day.line, "2026-12-31")
    type_text(form.why.line, "年底离职")
    press(form.do, Qt.Key.Key_Return)
    assert _standing(demo, clock, "李慧") is Standing.LEAVING
    assert "2026年12月31日" in screen._result.text()
    last = journal(demo.head_office)[0]
    assert (last.act, last.about, last.why, last.by) == ("revoked", "李慧", "年底离职", "周雯")
    assert screen.journal.table.model().rowCount() == len(journal(demo.head_office))


def test_thinking_better_of_it_changes_nothing(opened: Opened, speech: Speech, demo: Demo, clock: HandClock) -> None:
    screen = opened(speech)
    screen.show_tab("people")
    _choose(screen, "李慧")
    before = len(journal(demo.head_office))
    for ask, form in (
        (screen.people.ask_withdraw, screen.people.going),
        (screen.people.ask_change, screen.people.changing),
    ):
        ask()
        assert form.isVisible()
        press(focused(), Qt.Key.Key_Escape)
        assert screen.people.table.isVisible()
    assert _standing(demo, clock, "李慧") is Standing.HOLDS
    assert len(journal(demo.head_office)) == before


def test_a_limit_is_changed_and_a_certificate_renewed(
    opened: Opened, speech: Speech, demo: Demo, clock: HandClock
) -> None:
    screen = opened(speech)
    screen.show_tab("people")
    _choose(screen, "陈国栋")
    screen.people.table.setFocus()
    press(screen.people.table, Qt.Key.Key_F2)
    form = screen.people.changing
    form.limit.line.setFocus()
    form.limit.line.selectAll()
    type_text(form.limit.line, "5万")
    press(form.save, Qt.Key.Key_Return)
    assert form.why.line.hasFocus()
    type_text(form.why.line, "权限调整")
    press(form.save, Qt.Key.Key_Return)
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    found = {one.person.name: one.person for one in people(office, clock.now())}
    assert found["陈国栋"].approval_limit == Decimal(50_000)
    assert "陈国栋" in screen._result.text()
    _choose(screen, "陈国栋")
    clock.move(days=400)
    screen.people.renew.click()
    again = {one.person.name: one.person for one in people(open_desk(demo.head_office, PASSPHRASE), clock.now())}
    assert again["陈国栋"].valid_to > found["陈国栋"].valid_to
    assert [one.act for one in journal(demo.head_office)[:2]] == ["renewed", "changed"]


def test_a_request_comes_off_a_screen_and_the_answer_goes_back_so(
    opened: Opened, speech: Speech, clock: HandClock, tmp_path: Path
) -> None:
    """Pictures of one screen, read by the other: nothing but the camera is made up."""
    screen, keys = opened(speech), new_keys()
    screen.show_tab("people")
    screen.people.scan.click()
    files = []
    for place, text in enumerate(series_of(request(keys, name="孙丽娜", branch="城关网点", role=Role.OFFICER))):
        files.append(tmp_path / f"{place}.jpg")
        files[-1].write_bytes(screened(text))
    screen.people.reader.read(tuple(reversed(files)))
    form = screen.people.form
    assert form.isVisible()
    press(form.show_codes, Qt.Key.Key_Return)
    shown = screen.people.answer.codes
    assert shown.isVisible()
    seen = Gathered()
    for text in shown.texts:
        seen.take(text)
    assert accept(seen.whole(), keys, clock.now()).identity.person.name == "孙丽娜"
    press(shown, Qt.Key.Key_Right)
    assert shown.hold.isChecked(), "turned by hand it waits"
    screen.people.answer.back.click()
    assert screen.people.table.isVisible()
    assert screen.people.table.model().rowCount() == 5


def test_a_folder_is_set_up_tested_used_and_removed(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    screen = opened(speech)
    screen.show_tab("places")
    screen.places.add.click()
    (tmp_path / "share").mkdir()
    type_text(screen.places.set_up.address.line, str(tmp_path / "share"))
    screen.places.set_up.test()
    assert screen.places.set_up.isVisible()
    screen.places.set_up.back.click()
    table = screen.places.table
    assert table.model().rowCount() == 1
    assert screen.where.line.text() == str(tmp_path / "share")
    screen.places.test.click()
    assert "0" in screen._result.text()
    table.setFocus()
    press(table, Qt.Key.Key_Delete)
    screen.places.removing.knows.click()
    type_text(screen.places.removing.why.line, "换服务器")
    press(screen.places.removing.do, Qt.Key.Key_Return)
    assert table.model().rowCount() == 0
    assert [one.act for one in journal(demo.head_office)[:2]] == ["store_forgotten", "store_kept"]


def test_a_pack_is_signed_from_a_file_for_a_later_day(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    screen = opened(speech)
    screen.show_tab("packs")
    press(screen.packs.sign, Qt.Key.Key_Return)
    form, table = screen.packs.form, screen.packs.table
    before = table.model().rowCount()
    people_list = tmp_path / "list.csv"
    people_list.write_text("kind,number,list,reason,since,until\n", encoding="utf-8")
    next(
        button
        for button, option in zip(form.kind.buttons(), form.kind.options(), strict=True)
        if option.key == "people"
    ).click()
    press(form.save, Qt.Key.Key_Return)
    assert not form._said.isVisible()
    form.take(tmp_path / "nothing.csv")
    type_text(form.day.line, "2027-01-01")
    type_text(form.why.line, "更新名单")
    press(form.save, Qt.Key.Key_Return)
    assert form._said.isVisible(), "a file that is not there is told beside its name"
    form.take(people_list)
    press(form.save, Qt.Key.Key_Return)
    assert table.isVisible()
    assert table.model().rowCount() == before + 1
    kept = next(kept_packs(open_desk(demo.head_office, PASSPHRASE), PackKind.PEOPLE, "people"))
    assert str(kept.note.effective_from) == "2027-01-01"
    assert journal(demo.head_office)[0].why == "更新名单"


def test_products_leave_as_a_workbook_and_come_back_signed(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    """What is lent today, changed in Excel, a cell that is wrong told at the form, the next one signed."""
    screen = opened(speech)
    screen.show_tab("packs")
    screen.packs.begin()
    form, file = screen.packs.form, tmp_path / "products.xlsx"
    assert not form.template.isVisible()
    next(
        button
        for button, option in zip(form.kind.buttons(), form.kind.options(), strict=True)
        if option.key == "products"
    ).click()
    assert form.template.isVisible()
    screen.packs.write_template(file)
    assert "6 个产品已存入 products.xlsx" in screen._result.text()
    assert form.file.value() == str(file), "what was written is what will be signed"
    book = load_workbook(file)
    book.worksheets[0]["F3"] = "很多"
    book.save(file)
    type_text(form.why.line, "利率会 10 月决议")
    press(form.save, Qt.Key.Key_Return)
    assert "“products”表第 3 行“最低金额”" in form._said.text()
    book.worksheets[0]["F3"] = 20_000
    book.worksheets[0].delete_rows(7)
    book.save(file)
    press(form.save, Qt.Key.Key_Return)
    assert "第 1 版已签名" in screen._result.text().replace("，", "").replace(" 第", "第")
    kept = next(kept_packs(open_desk(demo.head_office, PASSPHRASE), PackKind.PRODUCTS, "products"))
    assert [one.amount.least for one in read_products(kept.content)][1] == 20_000
    assert len(read_products(kept.content)) == 5
    names = [screen.packs.table.model().index(row, 0).data() for row in range(screen.packs.table.model().rowCount())]
    assert "产品目录" in names
    assert "生意实地调查 Business visit" in names, "a checklist stands under its own title"
    assert not clipped(screen)


def test_what_was_put_aside_is_tried_exported_and_given_up(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    officer = next(person for person in map(read_person, office.roster.certificates) if person.role is Role.OFFICER)
    office.keep_roster(replace(office.roster, revoked={officer.key_id: office.roster.made_at}), office.roster.made_at)
    screen = opened(speech)
    screen.take_in()
    screen.show_tab("trouble")
    table = screen.trouble.table
    assert table.model().rowCount() == 2
    screen.trouble.again.click()
    assert "仍未通过" in screen._result.text()
    (tmp_path / "support").mkdir()
    screen.trouble.write(tmp_path / "support")
    assert len(list((tmp_path / "support").iterdir())) == 2
    table.setFocus()
    press(table, Qt.Key.Key_Delete)
    form = screen.trouble.giving_up
    form.knows.click()
    type_text(form.why.line, "人已离职，重报")
    press(form.do, Qt.Key.Key_Return)
    assert table.model().rowCount() == 1
    assert journal(demo.head_office)[0].why == "人已离职，重报"


def test_why_something_was_taken_out_stands_in_the_log(
    opened: Opened, speech: Speech, demo: Demo, tmp_path: Path
) -> None:
    screen = opened(speech)
    screen.show_tab("exports")
    type_text(screen.exports.why.line, "月报")
    screen.write(tmp_path / "month.xlsx")
    with Warehouse(demo.warehouse) as warehouse:
        assert exports_made(warehouse)[0].asked["why"] == "月报"

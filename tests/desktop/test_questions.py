"""Checklists on the screen: every type has its field, Enter leads through, only what changed is touched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.checklists.view import QuestionType
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.kinds import NOTICES, WIDGETS
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.questions.places import PlaceField, read_place
from officer_app.desktop.questions.repeats import RepeatTable
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList
from officer_app.desktop.widgets.table import DataTable
from officer_app.desktop.widgets.text_field import LineField, TextArea
from tests.desktop.gallery import picture
from tests.support.checklist_page import ChecklistPage
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text

SHOP = """
| survey | | | | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | required | relevant | constraint | appearance |
| | begin_group | sales | 卖多少 | Sales | | | | |
| | note | listen | 先听，不要评 | Listen first | | | | |
| | text | said | 他的原话 | His own words | | | | |
| | decimal | monthly | 每月卖多少 | Sold a month | yes | | . >= 0 | |
| | select_one how | seen | 怎么看到的 | How seen | | | | |
| | text | why | 为什么没看到 | Why not seen | yes | ${seen} = 'no' | | multiline |
| | date | since | 哪天开张 | Opened | | | | |
| | image | front | 门头照片 | Shop front | | | | |
| | end_group | | | | | | | |
| choices | | | | |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | how | yes | 亲眼看见 | Seen |
| | how | no | 没有看到 | Not seen |
| settings | | | |
| | form_title | form_id | default_language |
| | 店 | shop | 中文 (zh) |
"""

DEBTS = """
| survey | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | required |
| | begin_group | debts | 欠别人的 | Debts | |
| | text | first | 先问一句 | A first question | |
| | begin_repeat | debt | 欠款 | Debt | |
| | text | creditor | 欠谁的 | Creditor | yes |
| | decimal | balance | 还欠多少 | Balance | yes |
| | end_repeat | | | | |
| | text | last | 还有什么 | Anything else | |
| | end_group | | | | |
| settings | | | |
| | form_title | form_id | default_language |
| | 欠款 | debts | 中文 (zh) |
"""


def test_every_question_type_has_a_field_or_says_why_not() -> None:
    assert set(WIDGETS) == set(QuestionType)
    as_text = {kind for kind, make in WIDGETS.items() if make.__name__ == "_as_text"} - {QuestionType.BARCODE}
    assert set(NOTICES) == as_text


@pytest.fixture
def shop(qtbot: QtBot, speech: Speech) -> ChecklistPage:
    return ChecklistPage(qtbot, speech, SHOP)


@pytest.fixture
def debts(qtbot: QtBot, speech: Speech) -> ChecklistPage:
    return ChecklistPage(qtbot, speech, DEBTS)


def test_types_become_their_fields(shop: ChecklistPage) -> None:
    assert isinstance(shop.field("said"), LineField)
    assert isinstance(shop.field("why"), TextArea)
    assert isinstance(shop.field("seen"), ChoiceList)
    assert isinstance(shop.field("front"), PictureField)
    assert shop.row("listen").field is None


def test_a_visit_is_filled_by_keyboard_alone(qtbot: QtBot, shop: ChecklistPage) -> None:
    shop.view.focus_first()
    type_text(focused(), "好日子三千")
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "1500*26")
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_2)
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "他不让进仓库")
    press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_text(focused(), "2021-3-1")
    press(focused(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shop.view.attach_wanted) as wanted:
        press(focused(), Qt.Key.Key_Return)
    assert wanted.args == ["/data/sales/front"]
    assert shop.answers == [
        ("/data/sales/said", "好日子三千"),
        ("/data/sales/monthly", "39000"),
        ("/data/sales/seen", "no"),
        ("/data/sales/why", "他不让进仓库"),
        ("/data/sales/since", "2021-03-01"),
    ]


def test_enter_on_the_last_question_says_done(qtbot: QtBot, debts: ChecklistPage) -> None:
    assert debts.view.focus_question("/data/debts/last")
    with qtbot.waitSignal(debts.view.done):
        press(focused(), Qt.Key.Key_Return)
    assert not debts.view.focus_question("/data/debts/nowhere")


def test_skipped_questions_are_hidden_and_counted(shop: ChecklistPage) -> None:
    assert "why" not in shop.shown()
    labels = [label.text() for label in shop.view.findChildren(QLabel) if label.isVisibleTo(shop.view)]
    assert "另有 1 题在此不适用" in labels
    shop.session.set("/data/sales/seen", "no")
    shop.refresh()
    assert "why" in shop.shown()
    labels = [label.text() for label in shop.view.findChildren(QLabel) if label.isVisibleTo(shop.view)]
    assert "另有 1 题在此不适用" not in labels


def test_a_missing_answer_is_told_only_after_a_check(shop: ChecklistPage) -> None:
    assert shop.row("monthly").error() == ""
    shop.view.set_strict(True)
    assert shop.row("monthly").error() == "此项必填。"
    shop.session.set("/data/sales/monthly", "10")
    shop.refresh()
    assert shop.row("monthly").error() == ""


def test_an_answer_outside_the_limits_is_told_at_once_and_kept(shop: ChecklistPage) -> None:
    shop.view.focus_question("/data/sales/monthly")
    type_text(focused(), "-5")
    press(focused(), Qt.Key.Key_Return)
    assert shop.row("monthly").error() != ""
    assert shop.session.answers()["/data/sales/monthly"] == "-5"


def test_only_what_changed_is_touched(shop: ChecklistPage) -> None:
    before = {row.question.name: row for row in shop.view.rows()}
    shop.view.focus_question("/data/sales/said")
    type_text(focused(), "半句")
    shop.session.set("/data/sales/since", "2021-03-01")
    shop.refresh()
    assert {row.question.name: row for row in shop.view.rows()} == before
    line = focused()
    assert isinstance(line, QLineEdit)
    assert line.text() == "半句"
    assert shop.field("since").value() == "2021-03-01"


def test_undo_in_the_session_comes_back_to_the_field(shop: ChecklistPage) -> None:
    shop.view.focus_question("/data/sales/said")
    type_text(focused(), "一")
    press(focused(), Qt.Key.Key_Return)
    shop.session.undo()
    shop.refresh()
    assert shop.field("said").value() == ""


def test_pictures_come_and_go(shop: ChecklistPage) -> None:
    field = shop.field("front")
    assert isinstance(field, PictureField)
    shop.session.set("/data/sales/front", "photo-1")
    shop.view.show_picture("/data/sales/front", picture(0))
    shop.refresh()
    assert not field.remove.isHidden()
    press(field.remove, Qt.Key.Key_Return)
    assert shop.answers[-1] == ("/data/sales/front", "")


def test_f4_attaches_to_the_question_at_hand(qtbot: QtBot, shop: ChecklistPage) -> None:
    shop.view.focus_question("/data/sales/since")
    with qtbot.waitSignal(shop.view.attach_wanted) as wanted:
        press(focused(), Qt.Key.Key_F4)
    assert wanted.args == ["/data/sales/since"]
    with qtbot.waitSignal(shop.view.note_wanted) as note:
        press(focused(), Qt.Key.Key_F5)
    assert note.args == ["/data/sales/since"]


def test_the_form_speaks_the_language_of_the_window(shop: ChecklistPage, speech: Speech) -> None:
    speech.set_language(ENGLISH)
    shop.refresh()
    labels = [label.text() for label in shop.row("monthly").findChildren(QLabel)]
    assert "Sold a month" in labels
    seen = shop.field("seen")
    assert isinstance(seen, ChoiceList)
    assert [button.text() for button in seen.buttons()] == ["Seen", "Not seen"]


def test_no_word_escapes_the_catalogues(shop: ChecklistPage, debts: ChecklistPage, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    for page in (shop, debts):
        page.view.set_strict(True)
        page.refresh()
        assert untranslated(page.view.window()) == []


# --- repeats -----------------------------------------------------------------------------------------------------


def _repeat(page: ChecklistPage) -> RepeatTable:
    found = page.view.findChild(RepeatTable)
    assert found is not None
    return found


def _fill(creditor: str, balance: str) -> None:
    type_text(focused(), creditor)
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), balance)
    press(focused(), Qt.Key.Key_Return)


def test_a_list_is_filled_by_keyboard_alone(debts: ChecklistPage) -> None:
    debts.view.focus_question("/data/debts/debt[1]/creditor")
    _fill("弟弟", "6万")
    assert focused() is _repeat(debts).add
    press(focused(), Qt.Key.Key_Return)
    _fill("信用社", "12000")
    assert debts.answers == [
        ("/data/debts/debt[1]/creditor", "弟弟"),
        ("/data/debts/debt[1]/balance", "60000"),
        ("/data/debts/debt[2]/creditor", "信用社"),
        ("/data/debts/debt[2]/balance", "12000"),
    ]
    table = _repeat(debts).findChild(DataTable)
    assert not table.isHidden()
    model = table.model()
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(2)]
    assert cells == [["弟弟", "60,000", "已填全"], ["信用社", "12,000", "已填全"]]


def test_a_row_of_the_table_opens_its_instance(debts: ChecklistPage) -> None:
    debts.session.add_repeat("/data/debts/debt")
    debts.session.set("/data/debts/debt[1]/creditor", "弟弟")
    debts.session.set("/data/debts/debt[2]/creditor", "信用社")
    debts.refresh()
    assert debts.field("creditor").value() == "信用社"
    table = _repeat(debts).findChild(DataTable)
    table.setFocus()
    table.selectRow(0)
    assert debts.field("creditor").value() == "弟弟"
    press(table, Qt.Key.Key_Return)
    type_text(focused(), "妹妹")
    press(focused(), Qt.Key.Key_Return)
    assert debts.answers[-1] == ("/data/debts/debt[1]/creditor", "妹妹")


def test_what_was_being_typed_goes_to_its_own_instance(debts: ChecklistPage) -> None:
    debts.session.add_repeat("/data/debts/debt")
    debts.refresh()
    table = _repeat(debts).findChild(DataTable)
    debts.view.focus_question("/data/debts/debt[2]/creditor")
    type_text(focused(), "农行")
    table.selectRow(0)
    assert debts.answers == [("/data/debts/debt[2]/creditor", "农行")]
    assert debts.field("creditor").value() == ""
    assert debts.session.answers()["/data/debts/debt[2]/creditor"] == "农行"


def test_a_refused_number_does_not_follow_to_another_instance(debts: ChecklistPage) -> None:
    debts.session.add_repeat("/data/debts/debt")
    debts.refresh()
    debts.view.focus_question("/data/debts/debt[2]/balance")
    type_text(focused(), "很多")
    press(focused(), Qt.Key.Key_Return)
    assert debts.row("balance").error() != ""
    _repeat(debts).findChild(DataTable).selectRow(0)
    assert debts.row("balance").error() == ""
    assert debts.answers == []


def test_an_instance_is_removed(debts: ChecklistPage) -> None:
    debts.session.add_repeat("/data/debts/debt")
    debts.session.set("/data/debts/debt[1]/creditor", "弟弟")
    debts.session.set("/data/debts/debt[2]/creditor", "信用社")
    debts.refresh()
    _repeat(debts).findChild(DataTable).selectRow(0)
    press(_repeat(debts).remove, Qt.Key.Key_Return)
    assert debts.session.answers()["/data/debts/debt[1]/creditor"] == "信用社"
    assert debts.field("creditor").value() == "信用社"
    press(_repeat(debts).remove, Qt.Key.Key_Return)
    assert "creditor" not in debts.shown()
    press(_repeat(debts).add, Qt.Key.Key_Return)
    assert "creditor" in debts.shown()


# --- places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("36.1952, 117.0881", "36.1952 117.0881 0 0"),
        ("36.1952，117.0881", "36.1952 117.0881 0 0"),
        ("-33.9 18.4 12 5", "-33.9 18.4 12 5"),
        ("36.1952", None),
        ("95, 117", None),
        ("泰安 36.1 117.0", None),
    ],
)
def test_places_are_typed(typed: str, stored: str | None) -> None:
    assert read_place(typed) == stored


def test_a_place_keeps_its_accuracy_when_nobody_touches_it(qtbot: QtBot, speech: Speech) -> None:
    field = PlaceField(speech)
    qtbot.addWidget(field)
    field.show_value("36.1952 117.0881 150 4.5")
    stored: list[str] = []
    field.committed.connect(stored.append)
    field.finish()
    assert stored == []
    assert field.line.text() == "36.1952, 117.0881"


def test_long_lists_are_typed(qtbot: QtBot, speech: Speech) -> None:
    rows = "\n".join(
        f"|         | trade     | t{number} | 行业{number}        | Trade {number}          |" for number in range(12)
    )
    form = SHOP.replace("select_one how | seen", "select_one trade | seen").replace(
        "${seen} = 'no'", "${seen} = 't0'"
    )
    page = ChecklistPage(qtbot, speech, form.replace("| settings |", f"{rows}\n| settings |", 1))
    assert isinstance(page.field("seen"), ChoiceCombo)

"""A check that is demanded brings the officer to a visible question, and a reason is shown where checks are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, Message, say
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import answer, begin_visit
from officer_app.credit.assessment import LeftOut
from officer_app.credit.inapplicable import TITLES
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.left_out import LeftOutCard
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

WELL = "和房东合用一个电表，水是自家井水"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.mark.parametrize(
    ("wanted", "arrived"),
    [
        ("/data/papers/public_record[1]/record_searched_on", "/data/papers/more_papers"),
        ("/data/person/our_staff/staff_relation", "/data/person/more_person"),
        ("/data/shots/visit_block/officer_b", "/data/shots/more_visit"),
        ("/data/person/family/marital_status", "/data/person/family/marital_status"),
    ],
)
def test_a_question_in_a_closed_part_is_reached_by_its_tick(
    qtbot: QtBot, desk: Desk, speech: Speech, wanted: str, arrived: str
) -> None:
    case = open_case(desk, NewCase("罗秀芳"))
    begin_visit(desk, case.id)
    window = shown(qtbot, VisitWindow(desk, speech))
    window.show_visit(case.id)
    screen = window.findChild(VisitScreen)
    assert isinstance(screen, VisitScreen)
    screen.entered(wanted)
    page = window.findChild(SectionView)
    assert isinstance(page, SectionView)
    qtbot.waitUntil(lambda: page.current_ref() == arrived)


def test_a_tick_that_is_set_leads_to_the_question_itself(qtbot: QtBot, desk: Desk, speech: Speech) -> None:
    case = open_case(desk, NewCase("罗秀芳"))
    visit = begin_visit(desk, case.id)
    answer(desk, visit, "/data/person/more_person", "our_staff")
    window = shown(qtbot, VisitWindow(desk, speech))
    window.show_visit(case.id)
    screen, page = window.findChild(VisitScreen), window.findChild(SectionView)
    assert isinstance(screen, VisitScreen)
    assert isinstance(page, SectionView)
    screen.entered("/data/person/our_staff/staff_relation")
    qtbot.waitUntil(lambda: page.current_ref() == "/data/person/our_staff/staff_relation")


def test_reasons_stand_on_their_card_and_none_hides_it(qtbot: QtBot, speech: Speech) -> None:
    card = LeftOutCard(speech)
    qtbot.addWidget(card)
    card.show_left_out((LeftOut(Message(TITLES["utilities"]), WELL, "not_applicable.utilities"),))
    assert card.isVisible()
    speech.set_language(CHINESE)
    said = [text.text() for text in card.findChildren(Text) if not text.isHidden()]
    assert f"{say(Message(TITLES['utilities']), CHINESE)}：{WELL}" in said
    card.show_left_out(())
    assert not card.isVisible()

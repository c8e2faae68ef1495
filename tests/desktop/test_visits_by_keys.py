"""Lines of both spoken visits through the real window, by keys alone: filed as the functions file them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import begin_visit, resume_visit
from officer_app.checklists.capturing.proposing import names_in
from officer_app.checklists.capturing.several import parts, together
from officer_app.checklists.session import FormSession
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.tour.hands import Hands
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.desktop.test_capture_line import Captured
from tests.support.demo import HandClock, desk_of
from tests.support.visits import new_visit
from tests.visits.test_capture import VISITS, asking
from tests.visits.test_keystrokes import Line, generic, lines

# Every third line: those before it are not filed, so what goes on with another line is left to the functions.
ONE_IN = 3


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[Captured]:
    visit = begin_visit(desk, open_case(desk, NewCase("测试乙")).id)
    made = Captured(desk, speech)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitActive(made)
    made.show_visit(visit.case)
    qtbot.wait(1)
    yield made
    made.close()


def _stands_alone(line: Line) -> bool:
    return line.text[0] not in "=+." and not line.text[0].isdigit()


def _places(session: FormSession, line: Line, visit: str, last: str) -> list[int]:
    """Which place of each part is meant, by the facts that were said."""
    asked = replace(asking(VISITS[visit], last), names=names_in(session.answers().values()))
    wanted = {generic(one["fact"]) for one in line.said}
    return [
        next((at for at, one in enumerate(part.offered) if one.facts & wanted), 0)
        for part in parts(session, line.text, asked)
    ]


@pytest.mark.parametrize("visit", VISITS)
def test_lines_by_keys(window: Captured, desk: Desk, visit: str) -> None:
    """Ctrl+K once; each line, Enter or Ctrl+2; the answers are the same, on the disk too, and no mouse was used."""
    hands, session, last = Hands(window), new_visit(), ""
    begun = dict(session.answers())
    hands.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    some = [line for line in lines(visit)[::ONE_IN] if _stands_alone(line)]
    for line in some:
        chosen = _places(session, line, visit, last)
        asked = replace(asking(VISITS[visit], last), names=names_in(session.answers().values()))
        meant = [part.offered[place] for part, place in zip(parts(session, line.text, asked), chosen, strict=True)]
        session.enter(*together(meant))
        last = meant[-1].ref
        hands.type_text(line.text)
        if len(chosen) == 1 and chosen[0]:
            hands.press(Qt.Key(Qt.Key.Key_1 + chosen[0]), Qt.KeyboardModifier.ControlModifier)
        else:
            assert not any(chosen), line.text
            hands.press(Qt.Key.Key_Return)
        assert window.line.line.hasFocus(), line.text
        assert window.line.line.text() == "", line.text
    print(f"{visit}: {len(some)} lines, {hands.events} keys through the window")
    wanted = {ref: text for ref, text in session.answers().items() if begun.get(ref) != text}
    opened = window.work.open_case
    held = opened.session.answers()
    assert {ref: held.get(ref) for ref in wanted} == wanted
    again = resume_visit(desk, opened.visit.record.id)
    assert again.session.answers() == held

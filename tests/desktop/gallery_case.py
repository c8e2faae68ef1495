"""Pictures of the last three steps of a case, with real data: `python tests/desktop/gallery_case.py FOLDER [word …]`.

Three customers: the fruit dealer whose figures do not fit, the salon whose figures do, and a visit half done.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by itself, it finds tests.support too

from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from officer_app.base.words import LANGUAGES
from officer_app.casework import decisions, delivery, explanations, review, submission
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.visits import Visit
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.checks.screen import ChecksScreen
from officer_app.dossier.records import Outcome
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.files import described

SIZES = {"": QSize(1366, 768), "_small": QSize(1093, 614)}
_TALL = 3000


def half_done(desk: Desk, clock: HandClock) -> Visit:
    """A visit broken off in the middle."""
    case = read_demo_case("fruit", clock.now())
    _, visit = seeding.open_demo_case(desk, case)
    steps = seeding.steps_of(case, visit.session.form, clock)
    seeding.fill(desk, visit, steps[: len(steps) // 2])
    return visit


def settle(desk: Desk, visit: Visit) -> None:
    """Every contradiction takes an exit: the first explained with a picture, the others stand."""
    explanations.record(desk, visit.case, findings_of(desk, visit.case, visit))
    findings = findings_of(desk, visit.case, visit)
    for place, one in enumerate(findings.open):
        if place == 0:
            proof = (findings.photos[0].record.id,)
            explanations.explain(desk, visit.case, one, "年关最后一周的数，平常月份见磅单。", proof)
        else:
            explanations.let_stand(desk, visit.case, one, "问了两次，说“那是去年的数”。")


@contextmanager
def cases(folder: Path) -> Iterator[tuple[Desk, dict[str, Visit]]]:
    """A desk with a customer of each kind."""
    clock = HandClock()
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        made = {"fruit": visited(desk, "fruit", clock)[1], "salon": visited(desk, "salon", clock)[1]}
        made["half"] = half_done(desk, clock)
        yield desk, made


@contextmanager
def sent(folder: Path) -> Iterator[tuple[Desk, dict[str, Visit]]]:
    """A desk whose one case was handed over, with what stands unexplained."""
    clock = HandClock()
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visited(desk, "fruit", clock)[1]
        settle(desk, visit)
        submission.submit(desk, visit, PASSPHRASE)
        yield desk, {"sent": visit}


@contextmanager
def decided(folder: Path) -> Iterator[tuple[Desk, dict[str, Visit]]]:
    """A desk whose one case came back approved with conditions."""
    clock = HandClock()
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visited(desk, "fruit", clock)[1]
        settle(desk, visit)
        submission.submit(desk, visit, PASSPHRASE)
        delivery.sync(desk, demo.store)
        with desk_of(demo, Role.MANAGER, clock) as manager:
            delivery.sync(manager, demo.store)
            view = review.open_dossier(manager, review.queue(manager)[0].dossier)
            choice = decisions.Choice(
                Outcome.APPROVE_WITH_CONDITIONS,
                "按三条看得见的途径，能力只够六万；差额须讲清出处。",
                Decimal(60000),
                12,
                conditions=("配偶到场签字", "弟弟的六万写进还款计划"),
                photos_viewed=described(view),
                opened_at=view.record.at,
            )
            decisions.decide(manager, view, choice, PASSPHRASE)
            delivery.sync(manager, demo.store)
        delivery.sync(desk, demo.store)
        yield desk, {"decided": visit}


def paint_all(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Write every screen of every case in both languages, light and dark, large and small, and one whole page."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    count = 0
    for found in (cases, sent, decided):
        with tempfile.TemporaryDirectory() as scratch, found(Path(scratch)) as (desk, made):
            for name, visit in made.items():
                if not only or name in only:
                    count += _paint_case(app, desk, visit, folder / name)
    return count


def _paint_case(app: QApplication, desk: Desk, visit: Visit, name: Path) -> int:
    count = 0
    for mode in Mode:
        theme.apply(app, mode, bundled_fonts=True)
        for language in LANGUAGES:
            window = CaseWindow(desk, Speech(language), visit.case)
            for place in (Place.CHECKS, Place.CAPACITY, Place.SECURITY, Place.SCHEDULE, Place.MEMO):
                count += _paint(window, place, f"{name}_{place.value}_{language}_{mode.value}")
            window.close()
    return count


def _paint(window: CaseWindow, place: Place, name: str) -> int:
    shapes = dict(SIZES)
    if place is not Place.MEMO:
        shapes["_whole"] = QSize(SIZES[""].width(), _TALL)
    for suffix, size in shapes.items():
        window.resize(size)
        window.show()
        window.open(place.value)
        # Pages of a PDF are drawn by a thread of Qt's.
        for _round in range(40 if place is Place.MEMO else 4):
            QTest.qWait(10)
        grab(window, Path(f"{name}{suffix}.png"))
    return len(shapes) + (_paint_open(window, name) if place is Place.CHECKS else 0)


def _paint_open(window: CaseWindow, name: str) -> int:
    """The same page with an editor and a row of the table open."""
    screen = window.current()
    assert isinstance(screen, ChecksScreen)
    window.resize(SIZES["_small"])
    waiting = screen.disputes.waiting()
    if waiting is not None:
        window.open(Place.CHECKS.value, (waiting.matter.one.key, "explained"))
        QTest.qWait(40)
        grab(window, Path(f"{name}_editor.png"))
        screen.disputes.close_editor()
    screen.show_check("EQUITY")
    QTest.qWait(40)
    grab(window, Path(f"{name}_row.png"))
    return 2


if __name__ == "__main__":
    print(paint_all(Path(sys.argv[1]), tuple(sys.argv[2:])))

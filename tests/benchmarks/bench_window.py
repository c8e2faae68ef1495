"""From the key that ends an answer to the painted screen, on the large form: p99 against the bar of 50 ms.

Run: python tests/benchmarks/bench_window.py [--smoke]. The bare engine's share of it is printed beside. With
--smoke the form is small, to show that the benchmark runs.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from officer_app.base.clock import SystemClock
from officer_app.checklists.form import read_form
from officer_app.checklists.session import FormSession
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.memory import settle
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.widgets.number_field import NumberField
from tests.support.big_form import big_form

BAR_MS = 50.0
REPEAT = "/data/asset"


class Window:
    """The section view with a session behind it, timed from the last key to the painted screen."""

    def __init__(self, app: QApplication, session: FormSession) -> None:
        self.app = app
        self.session = session
        self.engine: list[float] = []
        self.answers: list[float] = []
        self.section = session.sections("en")[0].ref
        self.view = SectionView(Speech("en"), Surroundings(date(2026, 10, 8), lambda _path: False))
        self.view.resize(760, 640)
        self.view.show()
        self.view.answered.connect(self._answer)

    def show(self, section: str) -> float:
        """Open a section; seconds until it is painted."""
        self.section = section
        start = time.perf_counter()
        self.view.show_section(self.session.section(section, "en"))
        self.app.processEvents()
        return time.perf_counter() - start

    def answer_numbers(self, text: str) -> None:
        """Type a number into each number field of the page."""
        for row in self.view.rows():
            if row.can_be_typed_in and isinstance(row.field, NumberField):
                row.setFocus()
                line = row.field.line
                line.selectAll()
                QTest.keyClicks(line, text)
                self.app.processEvents()
                start = time.perf_counter()
                QTest.keyClick(line, Qt.Key.Key_Return)
                self.app.processEvents()
                self.view.repaint()
                self.answers.append(time.perf_counter() - start)

    def _answer(self, ref: str, text: str) -> None:
        start = time.perf_counter()
        self.session.set(ref, text)
        self.engine.append(time.perf_counter() - start)
        self.view.show_section(self.session.section(self.section, "en"))


def measure(sections: int, villages: int, instances: int) -> float:
    """Print the figures; gives the worse p99 in milliseconds."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, Mode.LIGHT, bundled_fonts=True)
    form = read_form(big_form(sections, villages))
    window = Window(app, FormSession(form, SystemClock(), random.Random(1)))  # noqa: S311  no secret
    settle()
    opened = []
    for number, section in enumerate(window.session.sections("en")):
        if section.ref != REPEAT:
            opened.append(window.show(section.ref))
            window.answer_numbers(str(number + 2))
    print(f"open a section           p50 {_ms(opened, 0.5):6.1f}  worst {_ms(opened, 1):6.1f} ms")
    flat = _report("answer to screen", window)
    window.answers.clear()
    window.engine.clear()
    window.session.add_repeat(REPEAT, instances - 1)
    settle()
    print(f"show {instances} instances      {window.show(REPEAT) * 1000:10.1f} ms")
    for number in range(30):
        window.answer_numbers(str(number + 3))
    deep = _report(f"answer in 1 of {instances}", window)
    window.view.close()
    return max(flat, deep)


def _report(what: str, window: Window) -> float:
    p99 = _ms(window.answers, 0.99)
    engine = statistics.median(window.engine) * 1000
    print(
        f"{what:<24} p50 {_ms(window.answers, 0.5):6.1f}  p99 {p99:6.1f} ms  (engine p50 {engine:.1f}; bar {BAR_MS})"
    )
    return p99


def _ms(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true")
    small = parser.parse_args().smoke
    worst = measure(4, 50, 5) if small else measure(98, 5000, 200)
    return 0 if worst <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())

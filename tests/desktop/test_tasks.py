"""Background work: in order, in the window's thread, never after its owner, never swallowed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress, check
from officer_app.desktop.kit.tasks import ImmediateRunner, Lane, Runner, ThreadRunner


@pytest.fixture
def faults() -> list[Fault]:
    return []


@pytest.fixture
def threads(faults: list[Fault]) -> Iterator[ThreadRunner]:
    runner = ThreadRunner(faults.append)
    yield runner
    runner.shutdown()
    assert runner.is_over


@pytest.fixture(params=["threads", "immediate"])
def runner(request: pytest.FixtureRequest, faults: list[Fault]) -> Iterator[Runner]:
    made: Runner = ThreadRunner(faults.append) if request.param == "threads" else ImmediateRunner(faults.append)
    yield made
    made.shutdown()


def test_results_arrive_in_the_window_thread(qtbot, runner: Runner) -> None:
    seen: list[tuple[int, bool]] = []
    job = runner.run(Lane.FREE, lambda _p, _c: 7, lambda result: seen.append((result, _in_main())))
    qtbot.waitUntil(lambda: not job.is_running)
    assert seen == [(7, True)]


def _in_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def test_the_vault_lane_keeps_the_order(qtbot, runner: Runner) -> None:
    worked: list[int] = []
    done: list[int] = []
    for number in range(100):
        runner.run(Lane.VAULT, lambda _p, _c, number=number: worked.append(number) or number, done.append)
    qtbot.waitUntil(lambda: len(done) == 100)
    assert worked == done == list(range(100))


def test_progress_arrives_and_ends_with_the_last_step(qtbot, runner: Runner) -> None:
    steps: list[tuple[int, int]] = []

    def work(progress: Progress, _cancelled: Cancelled) -> str:
        for done in range(1, 501):
            progress(done, 500)
        return "done"

    results: list[str] = []
    runner.run(Lane.FREE, work, results.append, progress=lambda done, total: steps.append((done, total)))
    qtbot.waitUntil(lambda: results == ["done"])
    assert steps[-1] == (500, 500)
    assert steps == sorted(steps)


def test_a_fault_goes_to_whoever_asked(qtbot, runner: Runner, faults: list[Fault]) -> None:
    mine: list[Fault] = []

    def work(_p: Progress, _c: Cancelled) -> None:
        raise Fault(Code.DISK_FULL, needed_mb=3)

    runner.run(Lane.VAULT, work, lambda _r: pytest.fail("no result"), failed=mine.append)
    qtbot.waitUntil(lambda: len(mine) == 1)
    assert mine[0].code is Code.DISK_FULL
    assert faults == []
    runner.run(Lane.VAULT, work, lambda _r: pytest.fail("no result"))
    qtbot.waitUntil(lambda: len(faults) == 1)


def test_a_bug_is_told_by_its_type_and_logged_without_its_words(
    qtbot, runner: Runner, faults: list[Fault], caplog: pytest.LogCaptureFixture
) -> None:
    def work(_p: Progress, _c: Cancelled) -> None:
        raise ZeroDivisionError("张桂芬 13800008000")

    runner.run(Lane.FREE, work, lambda _r: pytest.fail("no result"))
    qtbot.waitUntil(lambda: len(faults) == 1)
    assert faults[0].code is Code.UNEXPECTED
    assert faults[0].parameters["what"] == "ZeroDivisionError"
    assert isinstance(faults[0].__cause__, ZeroDivisionError)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "ZeroDivisionError" in caplog.text
    assert "13800008000" not in caplog.text
    caplog.clear()


def test_a_cancelled_job_stops_between_two_items(qtbot, threads: ThreadRunner, faults: list[Fault]) -> None:
    started = threading.Event()
    ended: list[Fault] = []

    def work(_p: Progress, cancelled: Cancelled) -> None:
        started.set()
        while True:
            check(cancelled)

    job = threads.run(Lane.FREE, work, lambda _r: pytest.fail("no result"), failed=ended.append)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not job.is_running)
    assert [fault.code for fault in ended] == [Code.CANCELLED]
    assert faults == []


def test_nothing_reaches_an_owner_that_is_gone(qtbot, threads: ThreadRunner) -> None:
    owner = QObject()
    gate = threading.Event()
    called: list[int] = []
    job = threads.run(Lane.FREE, lambda _p, _c: gate.wait(5), lambda _r: called.append(1), owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(owner))
    gate.set()
    qtbot.waitUntil(lambda: not job.is_running)
    assert called == []


def test_shutting_down_finishes_the_vault_lane(faults: list[Fault]) -> None:
    runner = ThreadRunner(faults.append)
    written: list[int] = []
    for number in range(20):
        runner.run(Lane.VAULT, lambda _p, _c, number=number: written.append(number), lambda _r: None)
    runner.shutdown()
    assert written == list(range(20))
    assert not runner.is_busy
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("vault", "free"))]


def test_three_thousand_results_survive(qtbot, threads: ThreadRunner) -> None:
    done: list[int] = []
    for number in range(3000):
        lane = Lane.VAULT if number % 2 else Lane.FREE
        threads.run(lane, lambda _p, _c, number=number: number, done.append)
    qtbot.waitUntil(lambda: len(done) == 3000, timeout=20_000)
    assert sorted(done) == list(range(3000))

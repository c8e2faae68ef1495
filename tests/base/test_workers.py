"""A child that misbehaves is stopped, named and replaced; the program goes on."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from datetime import timedelta
from decimal import Decimal

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.workers import Worker


def double(number: int) -> int:
    return 2 * number


def values() -> tuple[Decimal, timedelta, dict[str, bytes]]:
    return Decimal("1.10"), timedelta(minutes=3), {"bytes": b"\x00\xff"}


def own_number() -> int:
    return os.getpid()


def knows_qt() -> bool:
    return "PySide6" in sys.modules


def eat_memory() -> int:
    kept = [b"x" * 50_000_000 for _ in range(1_000)]
    return len(kept)


def never_end() -> None:
    while True:
        pass


def wait_for_ever() -> None:
    time.sleep(3_600)


def die() -> None:
    os._exit(3)


def crash() -> None:
    os.abort()


def refuse() -> None:
    raise Fault(Code.FILE_TOO_LARGE, where="cell", file="a.jpg", limit_mb=5)


def break_down() -> None:
    raise ZeroDivisionError


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo trapped >&2",)


def send_a_trap() -> object:
    return _Trap()


def test_what_a_function_gives_comes_back() -> None:
    with Worker() as worker:
        assert worker.call(double, 21) == 42
        assert worker.call(values) == (Decimal("1.10"), timedelta(minutes=3), {"bytes": b"\x00\xff"})


def test_nothing_starts_before_the_first_call_and_the_child_stays_warm() -> None:
    with Worker() as worker:
        assert worker.pid is None
        first = worker.call(own_number)
        assert first == worker.call(own_number) == worker.pid
        assert first != os.getpid()


@pytest.mark.parametrize("misdeed", [die, crash], ids=lambda misdeed: misdeed.__name__)
def test_a_death_is_told_with_the_name_and_the_next_call_works(misdeed: object) -> None:
    with Worker() as worker:
        with pytest.raises(Fault) as told:
            worker.call(misdeed, what="a.jpg")  # type: ignore[arg-type]
        assert (told.value.code, told.value.parameters) == (Code.WORKER_LIMIT, {"what": "a.jpg"})
        assert worker.call(double, 4) == 8


@pytest.mark.skipif(os.name == "nt", reason="Windows bounds patience alone so far")
def test_memory_is_bounded() -> None:
    with Worker(memory_mb=512) as worker:
        with pytest.raises(Fault) as told:
            worker.call(eat_memory, what="b.jpg")
        assert told.value.code is Code.WORKER_LIMIT
        assert worker.call(double, 4) == 8


@pytest.mark.parametrize("misdeed", [never_end, wait_for_ever], ids=lambda misdeed: misdeed.__name__)
def test_patience_is_bounded(misdeed: object) -> None:
    with Worker() as worker:
        worker.call(double, 1)
        before = time.monotonic()
        with pytest.raises(Fault) as told:
            worker.call(misdeed, seconds=0.3, what="c.jpg")  # type: ignore[arg-type]
        assert told.value.code is Code.WORKER_LIMIT
        assert 0.25 < time.monotonic() - before < 3
        assert worker.call(double, 4) == 8


def test_a_caller_may_call_it_off() -> None:
    with Worker() as worker:
        with pytest.raises(Fault) as told:
            worker.call(wait_for_ever, cancelled=lambda: True)
        assert told.value.code is Code.CANCELLED
        assert worker.call(double, 4) == 8


def test_a_refusal_from_inside_comes_out_as_it_was() -> None:
    with Worker() as worker, pytest.raises(Fault) as told:
        worker.call(refuse)
    fault = told.value
    assert (fault.code, fault.where, fault.parameters) == (
        Code.FILE_TOO_LARGE,
        "cell",
        {"file": "a.jpg", "limit_mb": 5},
    )


def test_a_bug_inside_is_a_bug_outside_with_its_trace() -> None:
    with Worker() as worker, pytest.raises(Fault) as told:
        worker.call(break_down)
    assert told.value.code is Code.UNEXPECTED
    assert told.value.parameters == {"what": "ZeroDivisionError"}
    assert "break_down" in "".join(told.value.__notes__)


def test_a_child_cannot_make_the_parent_call_a_function(capfd: pytest.CaptureFixture[str]) -> None:
    with Worker() as worker, pytest.raises(Fault) as told:
        worker.call(send_a_trap)
    assert told.value.code is Code.WORKER_LIMIT
    assert "trapped" not in capfd.readouterr().err


def test_closing_leaves_no_child_behind_and_the_worker_can_be_used_again() -> None:
    worker = Worker()
    number = worker.call(own_number)
    worker.close()
    assert worker.pid is None
    assert number not in {child.pid for child in multiprocessing.active_children()}
    assert worker.call(double, 2) == 4
    worker.close()


def test_a_child_that_was_killed_between_two_calls_is_replaced_unnoticed() -> None:
    with Worker() as worker:
        first = worker.call(own_number)
        os.kill(first, 9)
        assert worker.call(own_number) != first


def test_it_works_beneath_a_window(qapp: object) -> None:
    """The parent is a Qt program: the child must not inherit its display, and is none itself."""
    assert qapp is not None
    with Worker() as worker:
        assert worker.call(knows_qt) is False


@pytest.mark.skipif(os.name == "nt", reason="process tables differ")
def test_the_child_goes_when_the_program_is_killed() -> None:
    """No reader outlives its program, even one that dies without a word."""
    story = (
        "import os, time\n"
        "from officer_app.base.workers import Worker\n"
        "worker = Worker()\n"
        "print(worker.call(os.getpid), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", story], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        program.kill()
    until = time.monotonic() + 10
    while _is_alive(child):
        assert time.monotonic() < until, "the reader outlived its program"
        time.sleep(0.02)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{number}/stat", encoding="ascii") as file:  # noqa: PTH123  a table of the system, no file
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"

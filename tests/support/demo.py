"""The demo institution in a temporary folder, founded for real, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit
from officer_app.training import seeding
from officer_app.training.demo_cases import DemoCase, read_demo_case
from officer_app.training.institution import Demo, found_demo
from officer_app.trust.certificates import Role
from tests.support.once import made_once

BEGIN = datetime(2026, 10, 8, 1, 40, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved; counts a second of elapsed time with each look."""

    def __init__(self, start: datetime = BEGIN) -> None:
        self.time = start
        self.looks = 0.0
        self.started = ""

    def now(self) -> datetime:
        """The time the test set, a little later with each look so that rows keep their order."""
        self.time += timedelta(milliseconds=1)
        return self.time

    def elapsed(self) -> float:
        """Seconds."""
        self.looks += 1.0
        return self.looks

    def boot(self) -> str:
        """Nobody knows which start of the machine it is, unless the test says so."""
        return self.started

    def move(self, **by: int) -> None:
        """Let time pass; backwards, only what the clock claims moves."""
        passed = timedelta(**by)
        self.time += passed
        self.looks += max(0.0, passed.total_seconds())

    def set(self, **by: int) -> None:
        """Somebody moves the hands, and no time passes."""
        self.time += timedelta(**by)


def founded(folder: Path, clock: HandClock) -> Demo:
    """A demo institution without cases: the run's one, as it is founded at the time of this clock."""

    def found(place: Path) -> HandClock:
        own = HandClock(clock.time)
        found_demo(place, own)
        return own

    own = made_once(f"founded-{clock.time:%Y%m%dT%H%M%S.%f}", folder / "demo", found)
    clock.time, clock.looks = own.time, clock.looks + own.looks
    return Demo(folder / "demo")


def founded_anew(folder: Path, clock: HandClock) -> Demo:
    """Another institution, with keys of its own."""
    return found_demo(folder / "demo", clock)


@contextmanager
def desk_of(demo: Demo, role: Role, clock: HandClock) -> Iterator[Desk]:
    """Somebody signed in, and out again."""
    desk = demo.sign_in(role, clock)
    try:
        yield desk
    finally:
        desk.close()


def visited(desk: Desk, name: str, clock: HandClock, *, photos: bool = True) -> tuple[DemoCase, Visit]:
    """A demo customer's visit, filled in and photographed, an hour long."""
    case = read_demo_case(name, clock.now())
    _, visit = seeding.open_demo_case(desk, case)
    seeding.fill(desk, visit, seeding.steps_of(case, visit.session.form, clock))
    clock.move(minutes=60)
    if photos:
        seeding.photograph(desk, visit, case)
    return case, visit

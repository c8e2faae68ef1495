"""A demo institution whose officer has visited both customers: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from officer_app.base.ids import CaseId
from officer_app.casework.desk import Desk
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.once import made_once


@dataclass(frozen=True, slots=True)
class Furnished:
    """Where it lies, the time when it was left, and its cases by the customer's name."""

    folder: Path
    clock: HandClock
    cases: dict[str, CaseId]

    @contextmanager
    def officer(self, scratch: Path) -> Iterator[tuple[Desk, Demo, HandClock]]:
        """The officer of a fresh copy, signed in."""
        shutil.copytree(self.folder, scratch / "demo")
        demo, clock = Demo(scratch / "demo"), HandClock(self.clock.time)
        with desk_of(demo, Role.OFFICER, clock) as desk:
            yield desk, demo, clock


def furnish(folder: Path) -> Furnished:
    """Found it, and visit both customers."""
    clock, cases = made_once("furnished", folder, _furnish)
    return Furnished(folder / "demo", clock, cases)


def _furnish(folder: Path) -> tuple[HandClock, dict[str, CaseId]]:
    clock = HandClock()
    with desk_of(founded(folder, clock), Role.OFFICER, clock) as desk:
        return clock, {name: visited(desk, name, clock)[1].case for name in ("fruit", "salon")}

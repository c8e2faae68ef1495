"""A month of work with random kills: nothing that was acknowledged is lost, and the memory does not grow.

Two short days with a kill in each usual run. `--soak MINUTES` works at 30 days of 40 cases with 20 pictures each, as
many of them as fit into the minutes, and prints how far it came.
"""

from __future__ import annotations

import random
import secrets
import select
import time
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId, VisitId
from officer_app.casework import delivery
from officer_app.casework.desk import Desk
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, cases, photos
from officer_app.vault.records import CaseQuery
from officer_app.vault.verify import verify
from tests.support.demo import HandClock, desk_of
from tests.support.dying_officer import Child
from tests.support.month import Plan
from tests.support.stages import Stage

SHORT = Plan(days=2, cases=2, answers=6, pictures=2, files=0)
MONTH = Plan(days=30, cases=40, answers=30, pictures=20, files=1)
# Acknowledgements between two kills. Ten minutes of a day with 40 cases are some 40; a life of two days, by which the
# memory is measured, needs some 4,000: as many lives last 40 to 400 as 400 to 4,000.
FEW, MANY = (5, 20), (40, 4_000)
GROWTH = 0.10


@dataclass
class Told:
    """Everything that was acknowledged, and how often the process was killed."""

    cases: list[tuple[int, int, str]] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    photos: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    lives: list[list[int]] = field(default_factory=list)
    ended: bool = False

    def hear(self, lines: str) -> None:
        """One life of the process."""
        memory: list[int] = []
        for line in lines.splitlines():
            match line.split("\t"):
                case ["case", day, number, case]:
                    self.cases.append((int(day), int(number), case))
                case ["answer", visit, ref, value]:
                    self.answers.append((visit, ref, value))
                case ["photo", case, sha256]:
                    self.photos.append((case, sha256))
                case ["file", dossier]:
                    self.files.append(dossier)
                case ["day", day, kilobytes]:
                    self.days.append(int(day))
                    memory.append(int(kilobytes))
                case ["month"]:
                    self.ended = True
        self.lives.append(memory)

    @property
    def growth(self) -> float | None:
        """From the end of a life's first day to its last, in the life with the most days; None where none had two."""
        longest = max(self.lives, key=len)
        return longest[-1] / longest[0] - 1 if len(longest) > 1 else None


@pytest.mark.timeout(7200)
def test_a_month_with_kills_loses_nothing(demo: Demo, clock: HandClock, soak: int) -> None:
    seed = secrets.randbelow(10**9)
    chance = random.Random(seed)  # noqa: S311  picks moments
    plan, told, began = (MONTH if soak else SHORT), Told(), time.monotonic()
    while not told.ended and (not soak or time.monotonic() - began < 60 * soak):
        _one_life(demo, clock, plan, told, chance, kill=bool(soak) or not told.lives)
        with desk_of(demo, Role.OFFICER, _resting(clock, told)) as desk:
            _nothing_lost(desk, told, thorough=not soak)
    with desk_of(demo, Role.OFFICER, _resting(clock, told)) as desk:
        _nothing_lost(desk, told, thorough=True)
        delivery.sync(desk, demo.store)
        with desk.vault.reading() as tx:
            page = cases.find(tx, CaseQuery()).items
        assert len(page) > 0
    _all_at_head_office(demo, _resting(clock, told), told)
    growth = told.growth
    print(
        f"seed {seed}: {len(told.days)} days, {len(told.cases)} cases, {len(told.answers)} answers, "
        f"{len(told.photos)} pictures, {len(told.files)} files, killed {len(told.lives) - told.ended} times; 0 lost; "
        f"memory {'not measured' if growth is None else f'{growth:+.1%}'} of {told.lives[-1]} kB a day"
    )
    assert soak or len(told.lives) > 1, "nobody was killed"
    assert growth is None or not soak or growth < GROWTH


def _one_life(demo: Demo, clock: HandClock, plan: Plan, told: Told, chance: random.Random, *, kill: bool) -> None:
    """A process goes on where the one before stopped, until it is killed or the month is over."""
    day, number = max(((day, number + 1) for day, number, _ in told.cases), default=(0, 0))
    from_here = plan.after(day, number)
    from_here.write(demo)
    stage = Stage(demo, _resting(clock, told).time, CaseId(""), VisitId(""))
    child = Child(stage, "month")
    if not kill:
        told.hear(child.rest())
        return
    least, most = MANY if plan is MONTH else FEW
    heard = child.lines(1 + int(least * (most / least) ** chance.random()))
    select.select([], [], [], chance.random() * 0.1)  # the random moment itself, not a wait for something
    told.hear(heard + child.kill())


def _resting(clock: HandClock, told: Told) -> HandClock:
    """The morning after what was done: later than anything so far."""
    return HandClock(clock.time + timedelta(days=len(told.days) + len(told.lives)))


def _nothing_lost(desk: Desk, told: Told, *, thorough: bool) -> None:
    """What the last life acknowledged is there; with `thorough` all that was ever, whole to the byte."""
    if thorough:
        report = verify(desk.vault)
        assert report.ok, report.problems
    shown = slice(None) if thorough else slice(-500, None)
    with desk.vault.reading() as tx:
        assert audit.first_broken(tx) is None
        for _, _, case in told.cases[shown]:
            cases.get(tx, CaseId(case))
        written: dict[str, set[tuple[str, str | None]]] = {}
        for visit, ref, value in told.answers[shown]:
            if visit not in written:
                written[visit] = {(event.ref, event.new) for event in answers.history(tx, VisitId(visit))}
            assert (ref, value) in written[visit], "an acknowledged answer is lost"
        kept = {case: photos.of_case(tx, CaseId(case)) for case, _ in told.photos[shown]}
    for case, sha256 in told.photos[shown]:
        (photo,) = [one for one in kept[case] if one.sha256 == sha256]
        assert digest(desk.vault.read_blob(photo.original)) == sha256, "an acknowledged picture is lost"


def _all_at_head_office(demo: Demo, clock: HandClock, told: Told) -> None:
    """Every file whose hand-over was acknowledged is in the warehouse."""
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    taken = ingest(office, demo.store, demo.warehouse, clock=clock)
    assert (taken.quarantined, taken.gaps) == (0, 0)
    engine = create_engine(demo.warehouse)
    with engine.connect() as connection:
        there = set(connection.execute(text("SELECT digest FROM dossier")).scalars())
    engine.dispose()
    assert set(told.files) <= there

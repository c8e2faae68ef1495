"""A month of an officer's work, told to a process that is killed at random and begun again where it stopped.

Each line that the process writes acknowledges one durable thing. The clock is a fake one: a day's work follows on the
day before at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from officer_app.base.canonical import digest
from officer_app.casework import delivery, photos, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.evidence.sources import Source
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, visited
from tests.support.files import settle

_PLAN = "month.json"


@dataclass(frozen=True)
class Plan:
    """What a month holds: each day so many cases, each with so many answers and pictures, and some handed over.

    `day` and `case` are where to go on.
    """

    days: int
    cases: int
    answers: int
    pictures: int
    files: int
    day: int = 0
    case: int = 0

    def write(self, demo: Demo) -> None:
        """Lay it where the process looks for it."""
        (demo.folder / _PLAN).write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, demo: Demo) -> Plan:
        """As it was laid there."""
        return cls(**json.loads((demo.folder / _PLAN).read_text()))

    def after(self, day: int, case: int) -> Plan:
        """The same, from another place on."""
        return replace(self, day=day + case // self.cases, case=case % self.cases)


def work(desk: Desk, demo: Demo, clock: HandClock) -> Iterator[tuple[str, ...]]:
    """The month from where the plan says; gives each thing once it is durable."""
    from tests.support.dying_officer import answer_of, picture

    plan = Plan.read(demo)
    for day in range(plan.day, plan.days):
        for number in range(plan.case if day == plan.day else 0, plan.cases):
            case = open_case(desk, NewCase(f"客户{day}之{number}"))
            yield "case", str(day), str(number), case.id
            visit = visits.begin_visit(desk, case.id)
            visits.add_repeat(desk, visit, "/data/costs/operating_cost", 4)
            for at in range(1, plan.answers + 1):
                ref, text = answer_of(at)
                visits.answer(desk, visit, ref, f"{text}{number}")
                yield "answer", visit.record.id, ref, f"{text}{number}"
            for at in range(plan.pictures):
                data = picture((day * plan.cases + number) * plan.pictures + at)
                reading = photos.read_picture(desk, data, "a.jpg")
                photos.attach_photo(desk, visit.record, data, reading, name=f"{at}.jpg", source=Source.CARD)
                yield "photo", case.id, digest(data)
            clock.move(minutes=12)
        for _ in range(plan.files):
            yield "file", _handed_over(desk, demo, clock)
        clock.move(hours=14)
        yield "day", str(day), str(resident())


def _handed_over(desk: Desk, demo: Demo, clock: HandClock) -> str:
    _, visit = visited(desk, "salon", clock)
    settle(desk, visit)
    record = submission.submit(desk, visit, PASSPHRASE)
    delivery.sync(desk, demo.store)
    return record.digest


def resident() -> int:
    """Kilobytes that this process holds now."""
    return int(re.findall(r"VmRSS:\s*(\d+) kB", Path("/proc/self/status").read_text())[0])


def job(demo: Demo, clock: HandClock, _dossier: str, _visit: str, _die_at: int) -> Iterator[None]:
    """For `dying_officer`: the month, acknowledged line by line."""
    from tests.support.dying import say

    with desk_of(demo, Role.OFFICER, clock) as desk:
        say("at work")
        for told in work(desk, demo, clock):
            say(*told)
            yield
        say("month")

"""The demo as it is first opened: one visit half done with a contradiction waiting, one case ready to hand over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from officer_app.base.clock import Clock, local_time
from officer_app.casework.desk import Desk
from officer_app.training import seeding
from officer_app.training.demo_cases import FRUIT, SALON, read_demo_case
from officer_app.training.institution import Demo, found_demo, is_founded
from officer_app.training.story import StoryClock
from officer_app.training.visit_steps import Step
from officer_app.trust.certificates import Role

# The half-finished visit stops before these sections.
_NOT_YET: Final = ("/data/signs", "/data/soft", "/data/collateral_section", "/data/guarantor_section", "/data/shots")
_FIRST_SHOTS: Final = ("shot_door_plate", "shot_street_left", "shot_front")


def open_demo(folder: Path, clock: Clock) -> Demo:
    """The demo in a folder, founded and furnished when it is not there yet; an unfinished founding is begun again."""
    if is_founded(folder):
        return Demo(folder)
    return found_demo(
        folder, StoryClock(clock.now() - timedelta(days=1)), furnish=lambda demo, _: furnish(demo, clock)
    )


def furnish(demo: Demo, clock: Clock) -> None:
    """Two visits of the last morning, told by a clock of their own that ends before now."""
    story = StoryClock(_last_morning(clock.now()))
    desk = demo.sign_in(Role.OFFICER, story)
    try:
        _whole_visit(desk, story)
        story.skip(timedelta(minutes=40))
        _half_visit(desk, story)
    finally:
        desk.close()


def _last_morning(now: datetime) -> datetime:
    """Twenty to ten where the institution works: today's, when the morning is over, else earlier's."""
    local = local_time(now)
    begin = local.replace(hour=9, minute=40, second=0, microsecond=0)
    return begin if local.hour >= 13 else begin - timedelta(days=1)


def _whole_visit(desk: Desk, story: StoryClock) -> None:
    case = read_demo_case(SALON, story.now())
    _, visit = seeding.open_demo_case(desk, case)
    seeding.fill(desk, visit, seeding.steps_of(case, visit.session.form, story))
    seeding.photograph(desk, visit, case)


def _half_visit(desk: Desk, story: StoryClock) -> None:
    case = read_demo_case(FRUIT, story.now())
    _, visit = seeding.open_demo_case(desk, case)
    steps = seeding.steps_of(case, visit.session.form, story)
    seeding.fill(desk, visit, (step for step in steps if not _is_later(step)))
    seeding.photograph(desk, visit, case, _FIRST_SHOTS)


def _is_later(step: Step) -> bool:
    return step.ref.startswith(_NOT_YET) and not step.ref.startswith("/data/shots/place")

"""Case files handed over by the demo's officer, as a manager's laptop receives them."""

from __future__ import annotations

from pathlib import Path

from officer_app.casework import delivery, explanations, submission
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.review import Review, ReviewedPhoto
from officer_app.casework.sightings import shot_of
from officer_app.casework.visits import Visit
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.once import made_once


def settle(desk: Desk, visit: Visit, *, explain_first: bool = False) -> None:
    """Look at the list and let everything stand, or explain the first with a picture."""
    explanations.record(desk, visit.case, findings_of(desk, visit.case, visit))
    findings = findings_of(desk, visit.case, visit)
    for place, one in enumerate(findings.open):
        if place == 0 and explain_first:
            proof = (findings.photos[0].record.id,)
            explanations.explain(desk, visit.case, one, "年关最后一周的数，平常月份见磅单。", proof)
        else:
            explanations.let_stand(desk, visit.case, one, "问了两次，说“那是去年的数”。")


def described(view: Review, other: str = "") -> tuple[tuple[str, str], ...]:
    """What a manager types who looked at the sampled pictures: what the file says, where it says something."""
    return tuple((photo.part, other or seen_on(view, photo)) for photo in view.sample)


def seen_on(view: Review, photo: ReviewedPhoto) -> str:
    """An answer to the question about one picture that agrees with the file."""
    shot = shot_of(photo.question)
    told = {"door_plate": view.known.get("address", ""), "front": view.known.get("business", "")}
    return told.get(shot) or "看得清楚，是这家店"


def handed_over(folder: Path, *names: str) -> tuple[Demo, HandClock]:
    """A demo of which that is done with these customers, and the time it is then."""

    def make(place: Path) -> HandClock:
        clock = HandClock()
        hand_over(founded(place, clock), clock, *names)
        return clock

    clock = made_once(f"handed-over-{'-'.join(names)}", folder, make)
    return Demo(folder / "demo"), clock


def hand_over(demo: Demo, clock: HandClock, *names: str) -> None:
    """These customers are visited, handed over, sent, and fetched by the manager."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        for name in names:
            _, visit = visited(officer, name, clock)
            settle(officer, visit, explain_first=True)
            submission.submit(officer, visit, PASSPHRASE)
            clock.move(minutes=35)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)

"""Furnishing the demo: visits filled in through the same use cases that the window calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from officer_app.base.clock import Clock
from officer_app.casework import cases, photos, visits
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit
from officer_app.checklists.form import Form
from officer_app.checklists.view import Question, QuestionType
from officer_app.training.demo_cases import DemoCase
from officer_app.training.visit_steps import AddRepeat, Step, visit_steps
from officer_app.vault.records import CaseRecord

# Answers that bear no fact but that the checklist asks for: question -> value.
UNBOUND: Final = {"consent": "OK"}
# Which drawn picture belongs to which shot of the checklist.
SHOTS: Final = {
    "shot_door_plate": "door_plate",
    "shot_street_left": "street_left",
    "shot_street_right": "street_right",
    "shot_front": "front",
    "shot_inside": "inside",
    "shot_stock": "stock",
    "shot_equipment": "equipment",
    "shot_meter": "meter",
    "shot_book_page": "book_page",
}


def steps_of(case: DemoCase, form: Form, clock: Clock) -> tuple[Step, ...]:
    """The answers of a demo customer, in the order of the checklist."""
    return visit_steps(case.facts, form, clock, {**UNBOUND, **case.said})


def open_demo_case(desk: Desk, case: DemoCase) -> tuple[CaseRecord, Visit]:
    """Open the case and begin its visit."""
    record = cases.open_case(desk, case.known)
    return record, visits.begin_visit(desk, record.id, place=case.known.address)


def fill(desk: Desk, visit: Visit, steps: Iterable[Step]) -> None:
    """Answer through the use cases, durable answer by answer."""
    for step in steps:
        if isinstance(step, AddRepeat):
            visits.add_repeat(desk, visit, step.ref)
        else:
            visits.answer(desk, visit, step.ref, step.text)


def shot_questions(visit: Visit) -> tuple[Question, ...]:
    """The picture questions of the checklist that are asked here."""
    return tuple(
        question
        for section in visit.session.sections("en")
        for item in section.items
        for question in getattr(item, "questions", ())
        if question.type is QuestionType.IMAGE and question.relevant
    )


def photograph(desk: Desk, visit: Visit, case: DemoCase, names: Iterable[str] = tuple(SHOTS)) -> None:
    """Take the drawn pictures in, each to its question, a minute apart."""
    wanted = {question.name: question.ref for question in shot_questions(visit)}
    for minute, name in enumerate(names, start=1):
        if name not in wanted or not case.picture(SHOTS[name]).is_file():
            continue
        taken = visit.record.started + timedelta(minutes=minute)
        data = case.tagged_picture(SHOTS[name], taken, metres_north=8 * (minute % 4))
        reading = photos.read_picture(desk, data, f"{name}.jpg")
        kept = photos.attach_photo(desk, visit.record, data, reading, name=f"{name}.jpg", ref=wanted[name], shot=name)
        visits.answer(desk, visit, wanted[name], kept.id)

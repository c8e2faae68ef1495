"""Steps played into a session, and everything it then shows: for scripts, and for comparing engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH
from officer_app.checklists.controls import CHOOSING
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a steps file: what, on which ref, with which text."""

    verb: str
    ref: str
    text: str
    line: int


class Value(TypedDict):
    """How one answer stands."""

    value: str
    relevant: bool
    violation: str | None


class Outcome(TypedDict):
    """Everything a form shows at the end."""

    values: dict[str, Value]
    options: dict[str, list[str]]
    labels: dict[str, str]
    xml: str


def read_steps(data: bytes) -> tuple[Step, ...]:
    """The steps of a file. Errors: FORM_STEPS_MALFORMED with the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(Code.FORM_STEPS_MALFORMED, where="1", line=1) from error
    return tuple(_steps(text))


def _steps(text: str) -> Iterable[Step]:
    for number, line in enumerate(text.split("\n"), start=1):
        verb, *rest = line.removesuffix("\r").split("\t")
        if not verb.strip() or verb.startswith("#"):
            continue
        wanted = {"set": (1, 2), "add": (1, 2), "remove": (2, 2), "lang": (1, 1), "finalize": (0, 9)}.get(verb)
        if wanted is None or not wanted[0] <= len(rest) <= wanted[1]:
            raise Fault(Code.FORM_STEPS_MALFORMED, where=str(number), line=number)
        yield Step(verb, rest[0] if rest else "", rest[1] if len(rest) > 1 else "", number)


def play(session: FormSession, steps: Iterable[Step]) -> str:
    """Play the steps; gives the language that the form is left in. Errors: those of the session."""
    language = session.form.default_language or ENGLISH
    for step in steps:
        if step.verb == "set":
            # Other engines let one type over a calculation, which then overwrites it; here it never gives way.
            if not session.is_reckoned(step.ref):
                session.set(step.ref, step.text)
        elif step.verb == "add":
            session.add_repeat(step.ref, _number(step, "1"))
        elif step.verb == "remove":
            session.remove_repeat(step.ref, _number(step, ""))
        elif step.verb == "lang":
            language = session.form.language_for(step.ref)
            session.speak(language)
    return language


def _number(step: Step, default: str) -> int:
    text = (step.text or default).strip()
    if not text.isdecimal():
        raise Fault(Code.FORM_STEPS_MALFORMED, where=str(step.line), line=step.line)
    return int(text)


def outcome(session: FormSession, language: str) -> Outcome:
    """Values of all nodes, options and labels of what is shown, and the finalised instance."""
    questions = list(_questions(session, language))
    return {
        "values": {
            ref: {"value": text, "relevant": relevant, "violation": violation}
            for ref, (text, relevant, violation) in session.state().items()
        },
        "options": {
            each.ref: [choice.name for choice in each.choices] for each in questions if each.type in CHOOSING
        },
        "labels": {
            **dict(_headings(session, language)),
            **{each.ref: each.label for each in questions if each.label},
        },
        "xml": session.finalised().decode(),
    }


def _questions(session: FormSession, language: str) -> Iterable[Question]:
    for section in session.sections(language):
        for item in section.items:
            yield from _in_item(item)


def _in_item(item: Item) -> Iterable[Question]:
    if isinstance(item, Block):
        yield from item.questions
        return
    for instance in item.instances:
        for inner in instance.items:
            yield from _in_item(inner)


def _headings(session: FormSession, language: str) -> Iterable[tuple[str, str]]:
    """Labels of sections, groups and repeat instances."""
    for section in session.sections(language):
        if section.label and "#" not in section.ref:
            yield section.ref, section.label
        for item in section.items:
            yield from _in_heading(item)


def _in_heading(item: Item) -> Iterable[tuple[str, str]]:
    if isinstance(item, Block):
        if item.label:
            yield item.ref, item.label
        return
    for instance in item.instances:
        if instance.label:
            yield instance.ref, instance.label
        for inner in instance.items:
            yield from _in_heading(inner)

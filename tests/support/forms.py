"""Forms for tests, written as small tables, and sessions with a clock and a chance that never vary."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache

from officer_app.base.clock import CHINA
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question
from officer_app.checklists.workbook import Workbook, xform_of

NOON = datetime(2026, 10, 8, 4, 0, tzinfo=UTC)


class StillClock:
    """Shows one moment for ever: 8 October 2026, noon in China."""

    def now(self) -> datetime:
        return NOON

    def elapsed(self) -> float:
        return 0.0

    def boot(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a test's vocabulary."""

    kind: str = "label"
    choices: tuple[str, ...] = ()


def table(survey: str, choices: str = "", settings: str = "") -> bytes:
    """An XLSForm in pyxform's markdown, from bare rows: the first names the columns."""
    sheets = [("survey", survey), ("choices", choices), ("settings", settings)]
    text = "".join(f"| {name} |\n{_rows(rows)}" for name, rows in sheets if rows.strip())
    return text.encode()


def _rows(rows: str) -> str:
    return "".join(f"| {line.strip()}\n" for line in rows.strip().splitlines())


@cache
def _form(source: bytes) -> Form:
    return read_form(xform_of(Workbook.read(source, "test.md"))[0])


def form_of(survey: str, choices: str = "", settings: str = "") -> Form:
    """The form of a table."""
    return _form(table(survey, choices, settings))


def session_of(
    survey: str,
    choices: str = "",
    *,
    answers: Mapping[str, str] | None = None,
    zone: tzinfo = CHINA,
    properties: Mapping[str, str] | None = None,
) -> FormSession:
    """A session of a table's form."""
    return opened(form_of(survey, choices), answers, zone=zone, properties=properties)


def opened(
    form: Form,
    answers: Mapping[str, str] | None = None,
    *,
    zone: tzinfo = CHINA,
    properties: Mapping[str, str] | None = None,
) -> FormSession:
    """A session of a form."""
    chance = random.Random(7)  # noqa: S311  the same in every run
    return FormSession(form, StillClock(), chance, answers, zone=zone, properties=properties)


def asked_in(session: FormSession, language: str = "en") -> list[Question]:
    """Every question that a session shows, in order."""
    return [question for section in session.sections(language) for question in _questions(section.items)]


def _questions(items: Iterable[Item]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Block):
            yield from item.questions
        else:
            for instance in item.instances:
                yield from _questions(instance.items)


def value(session: FormSession, ref: str) -> str:
    """What is stored at a ref."""
    return session.state()[ref][0]


def shown(session: FormSession, ref: str) -> bool:
    """Whether a ref is relevant."""
    return session.state()[ref][1]


def wrong(session: FormSession, ref: str) -> str | None:
    """The violation at a ref."""
    return session.state()[ref][2]

"""The decision record on one sheet: what was decided, why, under which conditions, after which questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Language, Sayable, Verbatim, message
from officer_app.memos.blocks import BODY, CELL, SMALL, SUBHEADING, Block, Pen, Style
from officer_app.memos.faces import Faces, shipped_faces
from officer_app.memos.inputs import Applicant, Condition, Standing
from officer_app.memos.palette import COLOURS
from officer_app.memos.quantities import NOTHING, count, day, moment, money
from officer_app.memos.sheet import FIRST_HEIGHT, WIDTH, Headings, typeset
from officer_app.memos.tables import Cell, Column, pairs, table
from officer_app.memos.terms import standing_span
from officer_app.plots.primitives import Role


class Verdict(Enum):
    """What was decided."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    RETURNED = "returned"
    REFUSED = "refused"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked before deciding, of whom, and the answer."""

    asked: str
    answer: str
    asked_of: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo drawn for the decider: the question about it, what was seen, and what came of the comparison."""

    photo: Sayable
    question: Sayable
    answer: str
    compared: Sayable | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """The call to the customer: who called and when, each question with what was heard and what came of it."""

    by: str
    at: datetime
    answers: tuple[tuple[Sayable, str, Sayable], ...]


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """Everything a decision record says; `overrides` are rules that were set aside, each with its reason.

    `clock` is what the deciding laptop's log tells of its clock, with the decider's word.
    """

    institution: str
    branch: str
    case_number: str
    version: int
    applicant: Applicant
    record_id: str
    dossier_digest: str
    verdict: Verdict
    decided_by: str
    role: Sayable
    decided_at: datetime
    reasons: tuple[str, ...]
    key_id: str
    amount: Decimal | None = None
    term_months: int | None = None
    requested: Decimal | None = None
    recommended: Decimal | None = None
    own_limit: Decimal | None = None
    conditions: tuple[Condition, ...] = ()
    questions: tuple[Question, ...] = ()
    samples: tuple[Sample, ...] = ()
    minutes_open: int | None = None
    opened: tuple[Sayable, ...] = ()
    expires: date | None = None
    currency: str = "CNY"
    overrides: tuple[tuple[Sayable, str], ...] = ()
    call: Call | None = None
    supersedes: str = ""
    clock: tuple[Sayable, str] | None = None


_VERDICTS: Final = {
    Verdict.APPROVED: (Standing.PASSED, N_("Approved")),
    Verdict.APPROVED_WITH_CONDITIONS: (Standing.PASSED, N_("Approved with conditions")),
    Verdict.RETURNED: (Standing.LOOK, N_("Returned with questions")),
    Verdict.REFUSED: (Standing.STOP, N_("Refused")),
    Verdict.PASSED_ON: (Standing.LOOK, N_("Passed to the next level with this opinion")),
}
_NOTE: Final = N_(
    "This sheet shows the signed decision record. The record itself, not this sheet, is what the signature covers; "
    "it names the dossier by its digest, so what was seen is what was decided."
)


def decision_sheet(record: DecisionSheet, language: Language, *, translation: bool = False) -> bytes:
    """The sheet as PDF, always one page: long texts are set smaller. Errors: GLYPH_MISSING."""
    return set_decision_sheet(record, language, shipped_faces(), translation=translation)


def set_decision_sheet(
    record: DecisionSheet, language: Language, faces: Faces, *, translation: bool = False
) -> bytes:
    """The sheet set in given fonts."""
    pen = Pen(language, faces)
    case = message(N_("case {case} · version {version:count}"), case=record.case_number, version=record.version)
    headings = Headings(
        message(N_("Decision record")),
        record.institution,
        case,
        "zh-CN" if language == CHINESE else "en",
        translation,
        Verbatim(record.record_id),
    )
    fitted = KeepInFrame(WIDTH, FIRST_HEIGHT - 4, list(_parts(pen, record, case)), mode="shrink")
    return typeset([fitted], headings, pen, _plain)


def _plain(_canvas: Canvas) -> None:
    """Nothing stands under the text."""


def _parts(pen: Pen, record: DecisionSheet, case: Sayable) -> Iterator[Flowable]:
    yield pen.block(message(N_("Decision record")), Style(size=17, leading=1.2, bold=True))
    yield pen.block(Verbatim(f"{record.institution} · {record.branch} · {pen.say(case)}"), replace(SMALL, size=8))
    yield _Rule()
    yield _verdict(pen, record)
    yield pairs(pen, _summary(pen, record), WIDTH)
    yield pen.block(message(N_("Reasons")), SUBHEADING)
    for reason in record.reasons:
        yield pen.block(reason, BODY)
    yield from _overrides(pen, record)
    yield from _clock(pen, record)
    for title, before in ((N_("Conditions before payout"), True), (N_("Conditions after payout"), False)):
        yield from _conditions(pen, title, [item for item in record.conditions if item.before_payout is before])
    yield from _questions(pen, record)
    yield from _samples(pen, record)
    yield from _call(pen, record)
    yield pen.block(message(N_("How the file was read")), SUBHEADING)
    yield pairs(pen, _reading(pen, record), WIDTH)
    yield pen.block(message(_NOTE), replace(SMALL, before=6))


class _Rule(Flowable):
    """The line under the title."""

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return available_width, 10

    def draw(self) -> None:
        self.canv.setStrokeColor(COLOURS[Role.ACCENT])
        self.canv.setLineWidth(1.6)
        self.canv.line(0, 6, self.width, 6)


def _verdict(pen: Pen, record: DecisionSheet) -> Block:
    standing, word = _VERDICTS[record.verdict]
    spans = [replace(standing_span(pen, standing, message(word)), bold=True)]
    if record.amount is not None:
        words = amount_in_words(record.amount, pen.language)
        shown = message(N_("{amount:money} · {words}"), amount=record.amount, words=words)
        spans.append(replace(pen.span(shown), text=f"   {pen.say(shown)}"))
    return pen.spans(spans, Style(size=12.5, leading=1.5, after=4))


def _summary(pen: Pen, record: DecisionSheet) -> list[tuple[Sayable, Cell]]:
    who = record.applicant
    return [
        (message(N_("Applicant")), Verbatim(f"{who.name} {who.masked_id}".strip())),
        (message(N_("Asked for, recommended")), _two_amounts(pen, record)),
        (message(N_("Term in months")), NOTHING if record.term_months is None else count(record.term_months)),
        (
            message(N_("Decided by")),
            message(N_("{name} ({role})"), name=record.decided_by, role=pen.say(record.role)),
        ),
        (message(N_("Own limit")), money(record.own_limit)),
        (message(N_("Decided at, as the laptop claims")), moment(record.decided_at)),
        (message(N_("Valid until")), day(record.expires)),
        (message(N_("Record")), Verbatim(record.record_id)),
        *(((message(N_("In place of record")), Verbatim(record.supersedes)),) if record.supersedes else ()),
        (message(N_("Dossier digest")), pen.block(Verbatim(record.dossier_digest), replace(CELL, size=7.2))),
        (message(N_("Key")), pen.block(Verbatim(record.key_id), replace(CELL, size=7.2))),
    ]


def _two_amounts(pen: Pen, record: DecisionSheet) -> Sayable:
    return Verbatim(f"{pen.say(money(record.requested))} / {pen.say(money(record.recommended))} {record.currency}")


def _conditions(pen: Pen, title: str, some: list[Condition]) -> Iterator[Flowable]:
    if some:
        columns = (Column(message(N_("Condition")), 0.78), Column(message(N_("Due")), 0.22))
        yield pen.block(message(title), SUBHEADING)
        yield table(pen, columns, [(item.words, day(item.due)) for item in some], WIDTH)


def _overrides(pen: Pen, record: DecisionSheet) -> Iterator[Flowable]:
    if record.overrides:
        columns = (Column(message(N_("Rule set aside")), 0.5), Column(message(N_("Reason")), 0.5))
        yield pen.block(message(N_("Rules set aside")), SUBHEADING)
        yield table(pen, columns, list(record.overrides), WIDTH)


def _clock(pen: Pen, record: DecisionSheet) -> Iterator[Flowable]:
    if record.clock is not None:
        columns = (Column(message(N_("What its log tells")), 0.5), Column(message(N_("The decider's word")), 0.5))
        yield pen.block(message(N_("The deciding laptop's clock")), SUBHEADING)
        yield table(pen, columns, [record.clock], WIDTH)


def _questions(pen: Pen, record: DecisionSheet) -> Iterator[Flowable]:
    if record.questions:
        columns = (
            Column(message(N_("Question")), 0.42),
            Column(message(N_("Asked of")), 0.16),
            Column(message(N_("Answer")), 0.42),
        )
        yield pen.block(message(N_("Questions and answers")), SUBHEADING)
        rows = [(item.asked, item.asked_of or NOTHING, item.answer) for item in record.questions]
        yield table(pen, columns, rows, WIDTH)


def _samples(pen: Pen, record: DecisionSheet) -> Iterator[Flowable]:
    if record.samples:
        columns = (
            Column(message(N_("Photo")), 0.14),
            Column(message(N_("Question")), 0.3),
            Column(message(N_("Answer")), 0.28),
            Column(message(N_("Against the file")), 0.28),
        )
        yield pen.block(message(N_("Photos looked at")), SUBHEADING)
        rows = [(item.photo, item.question, item.answer, item.compared or NOTHING) for item in record.samples]
        yield table(pen, columns, rows, WIDTH)


def _call(pen: Pen, record: DecisionSheet) -> Iterator[Flowable]:
    """What the customer said on the phone, typed before the file's answer was shown."""
    if record.call is not None:
        columns = (
            Column(message(N_("Question")), 0.38),
            Column(message(N_("Heard")), 0.28),
            Column(message(N_("Against the file")), 0.34),
        )
        title = message(N_("Call to the customer by {who}, {at:moment}"), who=record.call.by, at=record.call.at)
        yield pen.block(title, SUBHEADING)
        yield table(pen, columns, list(record.call.answers), WIDTH)


def _reading(pen: Pen, record: DecisionSheet) -> list[tuple[Sayable, Cell]]:
    opened = Verbatim(" · ".join(pen.say(part) for part in record.opened) or "—")
    minutes = NOTHING if record.minutes_open is None else count(record.minutes_open)
    return [(message(N_("Minutes open")), minutes), (message(N_("Opened")), opened)]

"""What does not fit and how it was left, the risk index in sentences, conditions, and the officer's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Conclusion
from officer_app.credit.figures import Missing
from officer_app.credit.vocabulary import label_of
from officer_app.memos.blocks import BODY, SMALL, Pen
from officer_app.memos.inputs import Condition, ContradictionEntry, Exit, Investigator, MemoInputs, Standing
from officer_app.memos.quantities import NOTHING, day, moment, waits_for
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, nothing, plotted, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, Column
from officer_app.memos.terms import answer_span, exit_span, standing_span
from officer_app.plots.riskindex import risk_index

_EXITS: Final = N_(
    "Every contradiction has one of three exits: explained, corrected, or it stands unexplained. "
    "One that stands is on page one."
)
_SCORES: Final = N_("Every score is a sentence: the borrower may ask for the reasons and for a decision by a person.")
_STATEMENT: Final = N_(
    "I was on site at the times named in section {visits:count}, saw the things and papers that this memo calls "
    "seen, and wrote down what I was told as told. I have no interest in this loan and took nothing for it. What I "
    "could not find out is named as not known."
)
_LIE: Final = N_("Said knowingly wrong: “{said}”. True is: “{found}”")
_LIES: Final = N_(
    "A proven lie caps the willingness to repay, whatever the other answers are, and requires a second visit."
)
_ORDER: Final = (Exit.STANDS, Exit.OPEN, Exit.EXPLAINED, Exit.CORRECTED)


def contradictions(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Each contradiction with its exit, those that stand first."""
    yield heading(pen, Section.CONTRADICTIONS)
    if not inputs.contradictions:
        yield nothing(pen)
        return
    yield pen.block(message(_EXITS), replace(SMALL, after=5, keep=True))
    columns = (
        Column(message(N_("Contradiction")), 0.42),
        Column(message(N_("Exit")), 0.18),
        Column(message(N_("Explanation, evidence, by whom")), 0.4),
    )
    ordered = sorted(inputs.contradictions, key=lambda entry: (_ORDER.index(entry.exit), not entry.stop))
    rows = [(entry.sentence, exit_span(pen, entry.exit), _closed(pen, entry)) for entry in ordered]
    yield listed(pen, columns, rows)


def _closed(pen: Pen, entry: ContradictionEntry) -> Sayable:
    lie = "" if entry.lie is None else pen.say(message(_LIE, said=entry.lie.said, found=entry.lie.found))
    parts = [entry.explanation, lie, " · ".join(entry.evidence)]
    if entry.closed_by:
        parts.append(f"{entry.closed_by} · {pen.say(moment(entry.closed_at))}")
    return Verbatim("\n".join(part for part in parts if part) or "—")


def _conclusions(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Can they pay, will they pay: the answer, its sentence, every reason."""
    columns = (
        Column(message(N_("Question")), 0.2),
        Column(message(N_("Answer")), 0.16),
        Column(message(N_("Why")), 0.64),
    )
    it = inputs.assessment
    questions = ((N_("Can they pay?"), it.can_pay), (N_("Will they pay?"), it.will_pay))
    rows = [(message(question), answer_span(pen, found), _because(pen, found)) for question, found in questions]
    yield listed(pen, columns, rows)
    yield gap()


def _because(pen: Pen, found: Conclusion) -> Sayable:
    sentences = [pen.say(found.sentence), *(f"· {pen.say(reason)}" for reason in found.reasons)]
    return Verbatim("\n".join(sentences))


def risk(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The two conclusions, the waterfall, a sentence for each part, and the flags raised."""
    yield heading(pen, Section.RISK)
    yield from _conclusions(pen, inputs)
    index = inputs.assessment.risk_index
    yield from plotted(pen, risk_index(inputs.assessment, width=WIDTH, em=8))
    if isinstance(index.index, Missing):
        yield pen.block(waits_for(index.index.paths))
    columns = (Column(message(N_("Part")), 0.22), Column(message(N_("Why")), 0.78))
    yield gap()
    yield listed(pen, columns, [(part.label, part.sentence) for part in index.parts])
    yield gap(2)
    yield pen.block(message(_SCORES), SMALL)
    if index.limited_by:
        grades = {"before": _grade(index.grade_before_limits), "after": _grade(index.grade)}
        yield gap()
        yield pen.block(
            message(N_("The grade was {before} by points and is {after} because of red flags."), **grades), BODY
        )
    yield from _lies(pen, inputs)
    yield subheading(pen, N_("Red flags raised"))
    flags = (Column(message(N_("Effect")), 0.2), Column(message(N_("What")), 0.8))
    yield listed(pen, flags, [_flag(pen, flag.sentence, hard=flag.hard) for flag in inputs.assessment.flags])
    yield from _undecided(pen, inputs)


def _lies(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Each in its own words, not as a part of a number."""
    if not inputs.lies:
        return
    yield subheading(pen, N_("Proven lies"))
    columns = (Column(message(N_("Said")), 0.5), Column(message(N_("True")), 0.5))
    yield listed(pen, columns, [(Verbatim(lie.said), Verbatim(lie.found)) for lie in inputs.lies])
    yield gap(2)
    yield pen.block(message(_LIES), SMALL)


def _grade(grade: str | Missing) -> str:
    return grade if isinstance(grade, str) else "—"


def _flag(pen: Pen, sentence: Sayable, *, hard: bool) -> tuple[Cell, Cell]:
    words = message(N_("refuses")) if hard else message(N_("lowers"))
    standing = Standing.STOP if hard else Standing.LOOK
    return standing_span(pen, standing, words), sentence


def _undecided(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Flags that cannot be judged yet, by the facts they wait for."""
    paths = tuple(dict.fromkeys(path for item in inputs.assessment.undecided for path in item.missing.paths))
    if paths:
        labels = tuple(dict.fromkeys(label_of(path) for path in paths))
        text = N_("{flags:count} red flags cannot be judged yet: {facts}.")
        yield gap()
        yield pen.block(message(text, flags=len(inputs.assessment.undecided), facts=labels), BODY)


def conditions(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What must hold before the money goes out, and after, as the officer proposes it."""
    yield heading(pen, Section.CONDITIONS)
    if not inputs.conditions:
        text = N_("The officer proposes none. The conditions of the decision stand in the signed decision, not here.")
        yield pen.block(message(text), BODY)
        return
    for title, before in ((N_("Before payout"), True), (N_("After payout"), False)):
        some = [item for item in inputs.conditions if item.before_payout is before]
        yield subheading(pen, title)
        yield _conditions(pen, some)


def _conditions(pen: Pen, some: list[Condition]) -> Flowable:
    columns = (Column(message(N_("Condition")), 0.78), Column(message(N_("Due")), 0.22))
    return listed(pen, columns, [(item.words, _due(item)) for item in some])


def _due(item: Condition) -> Sayable:
    return NOTHING if item.due is None else day(item.due)


def _named(pen: Pen, person: Investigator) -> Sayable:
    return message(N_("{name} ({role})"), name=person.name, role=pen.say(person.role))


def statement(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What the officer vouches for, in the officer's own words too."""
    names = [pen.span(_named(pen, person), bold=True) for person in inputs.investigators]
    kept_style = replace(BODY, keep=True)
    yield heading(pen, Section.STATEMENT)
    if inputs.recommendation and inputs.recommendation.words:
        yield pen.block(Verbatim(inputs.recommendation.words), replace(BODY, after=5))
    yield pen.block(message(_STATEMENT, visits=Section.VISITS.number), kept_style)
    for stands in inputs.as_last_time:
        yield pen.block(stands, kept_style)
    for name in names:
        yield pen.spans([name], kept_style)
    yield pen.block(message(N_("Signed on page one.")), SMALL)

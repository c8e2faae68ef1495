"""Every cross-check with its formula and its sentence, and the sales routes drawn against what was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Verbatim, join, message
from officer_app.credit.assessment import CheckResult, Verdict
from officer_app.memos.blocks import BODY, CELL, SMALL, Pen
from officer_app.memos.checkrows import CHECK_COLUMNS, check_row, failed_first
from officer_app.memos.inputs import MemoInputs
from officer_app.memos.lines import Span
from officer_app.memos.quantities import waits_for
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, plotted, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, Column
from officer_app.memos.terms import verdict_span
from officer_app.plots.deviations import sales_deviations

_INTRO = replace(BODY, keep=True)
_COUNTED = N_(
    "{passed:count} of {counted:count} counted checks agree. A check without its inputs never counts as passed."
)


def checks(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The table, the plot, and what each check says."""
    assessment = inputs.assessment
    yield heading(pen, Section.CHECKS)
    yield pen.block(message(_COUNTED, passed=assessment.checks_passed, counted=assessment.checks_counted), _INTRO)
    ordered = failed_first(assessment.checks)
    yield listed(pen, CHECK_COLUMNS, [check_row(pen, check) for check in ordered])
    if inputs.brief:
        yield from _words(pen, [check for check in ordered if check.verdict is not Verdict.PASSED])
    else:
        yield from plotted(pen, sales_deviations(assessment, width=WIDTH, em=8))
        yield from _words(pen, ordered)
    left_out = tuple(check for check in assessment.checks if check.verdict is Verdict.NOT_DONE)
    if left_out:
        yield gap()
        names = join(tuple(check.title for check in left_out), pen.language)
        yield pen.block(message(N_("Not done, since their facts were never asked for: {names}."), names=names), SMALL)
    if assessment.left_out:
        yield gap()
        yield pen.block(message(N_("Left out, because it does not apply here; the reasons are the officer's")), SMALL)
        for one in assessment.left_out:
            words = message(N_("{check}: {reason}"), check=one.title, reason=Verbatim(one.reason))
            yield pen.block(words, SMALL)


def _words(pen: Pen, checks: Sequence[CheckResult]) -> Iterator[Flowable]:
    """How each of some checks is made, and what it says; nothing for none."""
    if not checks:
        return
    yield subheading(pen, N_("How each check is made, and what it says"))
    columns = (
        Column(message(N_("Check")), 0.24),
        Column(message(N_("Formula")), 0.34),
        Column(message(N_("Says")), 0.42),
    )
    yield listed(pen, columns, [_said(pen, check) for check in checks])


def _said(pen: Pen, check: CheckResult) -> tuple[Cell, Cell, Cell]:
    name = pen.spans([pen.span(check.title), Span("\n"), verdict_span(pen, check.verdict)], CELL)
    if check.verdict is not Verdict.MISSING:
        return name, check.formula, check.sentence
    asked = [] if check.ask_next is None else [Span("\n"), pen.span(check.ask_next)]
    return name, check.formula, pen.spans([pen.span(waits_for(check.missing)), *asked], CELL)

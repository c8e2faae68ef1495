"""Page one: everything that a decision needs, red before green, on one sheet whatever the case holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from reportlab.platypus import Flowable, Table

from officer_app.base.clock import local_time
from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Sayable, Verbatim, message, say
from officer_app.credit.assessment import CheckResult, Conclusion, Verdict
from officer_app.credit.figures import Figure, Missing, known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.memos.blocks import CELL, NUMBER, SMALL, Block, Pen, Style
from officer_app.memos.checkrows import CHECK_COLUMNS, check_row, failed_first
from officer_app.memos.facets import can_pay, will_pay
from officer_app.memos.inputs import Exit, MemoInputs, Photo, Standing, Visit
from officer_app.memos.lines import Span
from officer_app.memos.palette import COLOURS, RAIL
from officer_app.memos.pictures import Picture
from officer_app.memos.plotted import Plot
from officer_app.memos.quantities import NOT_KNOWN, metres, moment, money
from officer_app.memos.sections import Section
from officer_app.memos.sheet import FIRST_HEIGHT, WIDTH
from officer_app.memos.signatures import strip_height
from officer_app.memos.tables import Cell, Column, bare, figures, half, side_by_side, table
from officer_app.memos.terms import answer_span, standing_span, term
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.primitives import Drawing, Role

_PHOTO: Final = (160.0, 120.0)
_GAP: Final = 12.0
_TITLE: Final = Style(size=17, leading=1.2, bold=True)
_NAME: Final = Style(size=12.5, leading=1.3, bold=True, most=2)
_QUIET: Final = replace(CELL, role=Role.MUTED, most=2)
_REMARK: Final = replace(CELL, size=7.8, most=3)
_LABEL: Final = Style(size=8, leading=1.3, bold=True, role=Role.MUTED, before=0, after=1.5)
_ALARM: Final = Style(size=8.8, leading=1.42, most=4)
_ALARM_MOST: Final = 150.0  # points: the rest of the sentences stand in their section
_CHECKS_LEAST: Final = 82.0  # points: head, two checks and the line for the others

_ASKED: Final = N_("Asked")
_SUPPORTED: Final = N_("Supported")
_ADVISED: Final = N_("Officer recommends")
_NOT_YET: Final = N_("no recommendation yet")
_PLAN: Final = N_("{months:count} months, {method}")
_BOUND: Final = N_("limited by: {cap}")
_GAP_PAID: Final = N_("{gap:money} less than asked: {who}")
_GAP_SAID: Final = N_("{gap:money} less than asked; for who pays it see section {section:count}")
_GAP_OPEN: Final = N_("{gap:money} less than asked; who pays it is not stated")
_REFUSED: Final = N_("The policy refuses: {flags:count} hard flags, see section {section:count}")
_IN_WORDS: Final = N_("{words}; all-in {rate:percent} a year")
_IN_WORDS_OPEN: Final = N_("{words}; all-in rate not known yet")
_INSTALMENT: Final = N_("{plan}; {instalment:money} a month")
_ON_SITE: Final = N_("Visit {number:count}: {at:moment}, {minutes:count} minutes on site ({who})")
_ON_SITE_OPEN: Final = N_("Visit {number:count}: {at:moment} ({who})")
_LIE: Final = N_("Contradiction unexplained")
_PROVEN: Final = N_("Proven lie")
_SAID: Final = N_("said “{said}”, true is “{found}”; willingness is capped, a second visit is required")
_APPROVAL: Final = N_("Approval")
_HIGHER: Final = N_("{standing:count} contradictions stand unexplained: one approval level higher decides")
_MORE: Final = N_("and {more:count} more, see section {section:count}")
_HARD: Final = N_("Hard flag")
_CALM: Final = N_(
    "No contradiction stands unexplained. {closed:count} explained or corrected, see section {section:count}."
)
_CALM_NONE: Final = N_("No contradiction was found by the checks that could be made.")
_MISSING_FACTS: Final = N_(
    "The assessment is not complete: {open:count} checks lack inputs, see section {section:count}."
)
_REST: Final = N_(
    "The other checks: {failed:count} do not agree, {open:count} open, {passed:count} agree; "
    "see section {section:count}."
)
_REST_AGREE: Final = N_("The other {passed:count} checks agree; see section {section:count}.")
_ALL_SHOWN: Final = N_("{passed:count} of {counted:count} checks agree; formulas in section {section:count}.")
_CAPTION: Final = N_("{shot} · {time:time} · {distance} from the address")
_CAPTION_SHORT: Final = N_("{shot} · {time:time}")


def page_one(pen: Pen, inputs: MemoInputs, *, room: float | None = None) -> list[Flowable]:
    """The first page's flowables, made to fit above the signatures."""
    left = (room or FIRST_HEIGHT) - strip_height(inputs.signers) - 8
    above: list[Flowable] = [_head(pen, inputs), _Space(6), _who_and_what(pen, inputs), _Space(7)]
    below: list[Flowable] = [_Space(7), _two_questions(pen, inputs), _Space(7)]
    if charts := _charts(pen, inputs):
        below += [charts, _Space(6)]
    left -= sum(_height(part) for part in (*above, *below))
    alarm = _alarm(pen, inputs, min(left - _CHECKS_LEAST, _ALARM_MOST))
    return [*above, alarm, *below, _checks(pen, inputs, left - _height(alarm))]


class _Space(Flowable):
    """White of a fixed height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        return available_width, self.height

    def draw(self) -> None:
        """Nothing to draw."""


def _height(part: Flowable, width: float = WIDTH) -> float:
    return float(part.wrap(width, 10_000)[1])


def _head(pen: Pen, inputs: MemoInputs) -> Table:
    parts = [inputs.institution, inputs.branch, *([pen.say(inputs.lane)] if inputs.lane is not None else [])]
    place = Verbatim(" · ".join(parts))
    case = message(N_("case {case} · version {version:count}"), case=inputs.case_number, version=inputs.version)
    quiet = replace(SMALL, size=8)
    when = (
        message(N_("submitted {at}"), at=moment(inputs.submitted_at)) if inputs.submitted_at else message(N_("draft"))
    )
    left = [pen.block(message(N_("Credit memo")), _TITLE), pen.block(place, quiet)]
    right = [pen.block(text, replace(quiet, align=NUMBER.align)) for text in (when, case, _currency(inputs))]
    style = bare(
        pen,
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, -1), 1.6, RAIL),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    )
    return Table([[left, right]], colWidths=[WIDTH * 0.62, WIDTH * 0.38], style=style)


def _currency(inputs: MemoInputs) -> Sayable:
    return message(N_("amounts in {currency}"), currency=inputs.currency)


def _who_and_what(pen: Pen, inputs: MemoInputs) -> Flowable:
    front = inputs.front
    wide = WIDTH if front is None else WIDTH - _PHOTO[0] - _GAP
    left: list[Flowable] = [*_identity(pen, inputs), _Space(3), _amounts(pen, inputs, wide)]
    if front is None:
        return Table([[left]], colWidths=[wide], style=bare(pen))
    return Table([[left, "", _front(pen, front)]], colWidths=[wide, _GAP, _PHOTO[0]], style=bare(pen))


def _identity(pen: Pen, inputs: MemoInputs) -> Iterator[Block]:
    who = f"{inputs.applicant.name} ({inputs.applicant.masked_id})"
    chinese = pen.language == CHINESE
    name = f"{inputs.applicant.name}（{inputs.applicant.masked_id}）" if chinese else who
    yield pen.block(f"{inputs.business.name} · {name}" if inputs.business.name else name, _NAME)
    years = inputs.business.years
    since = say(message(N_("{years} years in business"), years=years), pen.language) if years else ""
    facts = [inputs.applicant.role, inputs.business.trade, since, inputs.business.description]
    if any(facts):
        yield pen.block(" · ".join(fact for fact in facts if fact), _QUIET)
    for visit in inputs.visits[:2]:
        if visit.started is not None:
            told = pen.say(_visit(pen, inputs, visit, visit.started))
            paper = f" · {pen.say(visit.from_paper)}" if visit.from_paper is not None else ""
            yield pen.block(f"{told}{paper}", _QUIET)


def _visit(pen: Pen, inputs: MemoInputs, visit: Visit, started: datetime) -> Sayable:
    names = visit.investigators or tuple(person.name for person in inputs.investigators)
    comma = "、" if pen.language == CHINESE else ", "
    at = local_time(started)
    if visit.minutes is None:
        return message(_ON_SITE_OPEN, number=visit.number, at=at, who=comma.join(names))
    return message(_ON_SITE, number=visit.number, at=at, minutes=visit.minutes, who=comma.join(names))


def _front(pen: Pen, photo: Photo) -> list[Flowable]:
    return [
        Picture(photo.jpeg, *_PHOTO, photo.code, fill=True),
        _Space(2),
        pen.block(caption(pen, photo), replace(SMALL, size=7, most=2)),
    ]


def caption(pen: Pen, photo: Photo) -> Sayable:
    """Which shot, when, how far from the address."""
    shot = pen.say(photo.shot)
    if photo.taken_at is None:
        return Verbatim(shot)
    time = local_time(photo.taken_at)
    if photo.distance_m is None:
        return message(_CAPTION_SHORT, shot=shot, time=time)
    return message(_CAPTION, shot=shot, time=time, distance=pen.say(metres(photo.distance_m)))


def _amount(pen: Pen, figure: Figure | None) -> Cell:
    """Large where it is known."""
    strong = replace(NUMBER, bold=True, size=9.4)
    return pen.block(money(figure), strong) if isinstance(figure, Decimal) else money(figure)


@dataclass(frozen=True, slots=True)
class _Offer:
    """One line of the decision table."""

    name: str
    amount: Figure | None
    plan: Sayable | str
    note: Sayable | str


def _amounts(pen: Pen, inputs: MemoInputs, width: float) -> Flowable:
    offers = (_asked(pen, inputs), _supported(inputs), _advised(pen, inputs))
    columns = (
        Column("", 0.17),
        Column(message(N_("Amount")), 0.18, number=True),
        Column(message(N_("Term and method")), 0.27),
        Column(message(N_("Remarks")), 0.38),
    )
    rows = [
        (message(offer.name), _amount(pen, offer.amount), offer.plan, pen.block(offer.note, _REMARK))
        for offer in offers
    ]
    return table(pen, columns, rows, width, size=7.8)


def _asked(pen: Pen, inputs: MemoInputs) -> _Offer:
    asked = inputs.facts.application
    return _Offer(_ASKED, asked.requested_amount, _plan(pen, inputs, asked.term_months), asked.purpose_declared)


def _plan(pen: Pen, inputs: MemoInputs, months: object) -> Sayable:
    if not isinstance(months, (Decimal, int)):
        return message(NOT_KNOWN)
    method = pen.say(term(inputs.facts.application.repayment_method))
    return message(_PLAN, months=months, method=method)


def _supported(inputs: MemoInputs) -> _Offer:
    sizing = inputs.assessment.sizing
    if sizing.refused_by:
        text = message(_REFUSED, flags=len(sizing.refused_by), section=Section.RISK.number)
        return _Offer(_SUPPORTED, sizing.recommended_max_loan, text, _gap(inputs))
    if isinstance(sizing.binding_cap, Missing):
        return _Offer(_SUPPORTED, sizing.recommended_max_loan, message(NOT_KNOWN), _gap(inputs))
    bound = message(_BOUND, cap=message(CAP_LABELS[sizing.binding_cap]))
    return _Offer(_SUPPORTED, sizing.recommended_max_loan, bound, _gap(inputs))


def _gap(inputs: MemoInputs) -> Sayable | str:
    """Recommended below requested: the memo says who pays the rest."""
    asked = known(inputs.facts.application.requested_amount)
    given = known(inputs.assessment.sizing.recommended_max_loan)
    advice = inputs.recommendation
    if advice is not None:
        given = advice.amount if given is None else min(given, advice.amount)
    if asked is None or given is None or given >= asked:
        return ""
    gap = asked - given
    if advice is None or not (advice.gap or advice.words):
        return message(_GAP_OPEN, gap=gap)
    if advice.gap:
        return message(_GAP_PAID, gap=gap, who=advice.gap)
    return message(_GAP_SAID, gap=gap, section=Section.STATEMENT.number)


def _advised(pen: Pen, inputs: MemoInputs) -> _Offer:
    advice = inputs.recommendation
    capacity = inputs.assessment.capacity
    if advice is None:
        return _Offer(_ADVISED, None, message(_NOT_YET), "")
    words = amount_in_words(advice.amount, pen.language)
    rate = known(capacity.all_in_rate_percent)
    note = message(_IN_WORDS_OPEN, words=words) if rate is None else message(_IN_WORDS, words=words, rate=rate)
    plan = _plan(pen, inputs, advice.term_months)
    instalment = known(capacity.instalment)
    if instalment is not None and known(capacity.tested_loan) == advice.amount:
        plan = message(_INSTALMENT, plan=pen.say(plan), instalment=instalment)
    return _Offer(_ADVISED, advice.amount, plan, note)


def _alarm(pen: Pen, inputs: MemoInputs, room: float) -> Flowable:
    """Proven lies, then what stands unexplained, then hard flags, in a red box; a quiet line where there is none."""
    lies = [(_PROVEN, message(_SAID, said=lie.said, found=lie.found)) for lie in inputs.lies]
    left = [(_LIE, entry.sentence) for entry in inputs.unexplained]
    named = {entry.code for entry in inputs.unexplained}
    hard = [(_HARD, flag.sentence) for flag in inputs.assessment.flags if flag.hard and flag.code not in named]
    higher = [(_APPROVAL, message(_HIGHER, standing=_standing(inputs)))] if inputs.tiers_raised else []
    if lies or left or hard:
        lines = _alarm_lines(pen, [*lies, *higher, *left, *hard], room - 10)
        return _boxed(pen, lines, Role.STOP, Role.STOP_SOFT)
    checks = inputs.assessment.checks
    open_checks = sum(check.verdict is Verdict.MISSING for check in checks)
    if open_checks:
        text = message(_MISSING_FACTS, open=open_checks, section=Section.CHECKS.number)
        return _boxed(
            pen, [pen.spans([standing_span(pen, Standing.UNKNOWN, text)], _ALARM)], Role.UNKNOWN, Role.SURFACE
        )
    closed = len(inputs.contradictions)
    text = message(_CALM, closed=closed, section=Section.CONTRADICTIONS.number) if closed else message(_CALM_NONE)
    return _boxed(
        pen, [pen.spans([standing_span(pen, Standing.PASSED, text)], _ALARM)], Role.PASSED, Role.PASSED_SOFT
    )


def _standing(inputs: MemoInputs) -> int:
    return sum(entry.exit is Exit.STANDS for entry in inputs.contradictions)


def _alarm_lines(pen: Pen, sentences: list[tuple[str, Sayable]], room: float) -> list[Flowable]:
    """As many sentences as there is room for, one at least, and how many more there are."""
    lines: list[Flowable] = []
    step = _ALARM.size * _ALARM.leading
    for number, (head, sentence) in enumerate(sentences):
        spans = [standing_span(pen, Standing.STOP, message(head)), Span("  "), pen.span(sentence)]
        block = pen.spans([replace(spans[0], bold=True), *spans[1:]], _ALARM)
        tall = _height(block, WIDTH - 20)
        last = number == len(sentences) - 1
        if lines and tall + (0 if last else step) > room:
            more = message(_MORE, more=len(sentences) - number, section=Section.CONTRADICTIONS.number)
            return [*lines, pen.block(more, replace(_ALARM, role=Role.STOP))]
        room -= tall
        lines.append(block)
    return lines


def _boxed(pen: Pen, lines: list[Flowable], edge: Role, ground: Role) -> Table:
    style = bare(
        pen,
        ("BACKGROUND", (0, 0), (-1, -1), COLOURS[ground]),
        ("LINEBEFORE", (0, 0), (0, -1), 3, COLOURS[edge]),
        ("LEFTPADDING", (0, 0), (-1, -1), 11),
        ("RIGHTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 4.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5.5),
    )
    return Table([[lines]], colWidths=[WIDTH], style=style)


def _two_questions(pen: Pen, inputs: MemoInputs) -> Table:
    parts = [
        [_question(pen, title, found), figures(pen, rows, half(WIDTH), label=0.66, size=7.8)]
        for title, found, rows in (
            (N_("Can they pay? Capacity"), inputs.assessment.can_pay, can_pay(pen, inputs)),
            (N_("Will they pay? Willingness"), inputs.assessment.will_pay, will_pay(pen, inputs)),
        )
    ]
    return side_by_side(pen, parts, WIDTH)


def _question(pen: Pen, title: str, found: Conclusion) -> Block:
    """The question with its answer; the reasons stand in the section on risk."""
    return pen.spans([pen.span(message(title)), Span("  "), answer_span(pen, found)], _LABEL)


def _charts(pen: Pen, inputs: MemoInputs) -> Flowable | None:
    wide = half(WIDTH)
    drawn_caps = caps(inputs.assessment, width=wide, em=7.6)
    height = drawn_caps.height if drawn_caps else 100.0
    drawn_flow = cash_flow(inputs.assessment, width=wide, em=7.6, height=height)
    parts = [_titled(pen, drawn) for drawn in (drawn_caps, drawn_flow)]
    return side_by_side(pen, parts, WIDTH) if any(parts) else None


def _titled(pen: Pen, drawing: Drawing | None) -> list[Flowable]:
    return [] if drawing is None else [pen.block(drawing.title, _LABEL), Plot(drawing, pen)]


def _checks(pen: Pen, inputs: MemoInputs, room: float) -> Flowable:
    """As many checks as there is room for, those that fail first."""
    ordered = failed_first(inputs.assessment.checks)
    title = pen.block(message(N_("Cross-checks, what does not agree first")), _LABEL)
    room -= _height(title)

    def drawn(shown: int) -> Table:
        return table(pen, CHECK_COLUMNS, _check_rows(pen, ordered, shown), WIDTH, size=7.8)

    # A row more is never less tall: halving finds the most in six tables instead of one for each row left out.
    more = range(2, len(ordered) + 1)
    shown = min(len(ordered), 1 + bisect_left(more, True, key=lambda number: _height(drawn(number)) > room))
    return Table([[[title, drawn(shown)]]], colWidths=[WIDTH], style=bare(pen))


def _check_rows(pen: Pen, ordered: list[CheckResult], shown: int) -> list[list[Cell]]:
    rows = [check_row(pen, check) for check in ordered[:shown]]
    rest = ordered[shown:]
    return [*rows, [_rest(pen, ordered, rest), "", "", "", "", ""]]


def _rest(pen: Pen, ordered: list[CheckResult], rest: list[CheckResult]) -> Flowable:
    passed = sum(check.verdict is Verdict.PASSED for check in rest or ordered)
    failed = sum(check.verdict is Verdict.FAILED for check in rest)
    left = len(rest) - passed - failed
    text = message(_REST, failed=failed, open=left, passed=passed, section=Section.CHECKS.number)
    if rest and not failed and not left:
        text = message(_REST_AGREE, passed=passed, section=Section.CHECKS.number)
    if not rest:
        counted = sum(check.counted for check in ordered)
        text = message(_ALL_SHOWN, passed=passed, counted=counted, section=Section.CHECKS.number)
    return _Overhang(pen.block(text, replace(CELL, role=Role.MUTED, size=7.8)))


class _Overhang(Flowable):
    """A line that may run over the columns to its right."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self._block = block

    def wrap(self, _available_width: float, available_height: float) -> tuple[float, float]:
        _, tall = self._block.wrap(WIDTH - 6, available_height)
        return 1, tall

    def draw(self) -> None:
        self._block.drawOn(self.canv, 0, 0)

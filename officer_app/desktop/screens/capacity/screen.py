"""Capacity and amount of the open case."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual, Message, Sayable, message
from officer_app.credit.assessment import Assessment, CashFlow, Unit
from officer_app.credit.cashflow import LENGTH
from officer_app.credit.figures import Missing, known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.credit.stress import tried
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE, Role
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.capacity import behind, conclusions, limits, statements, stress
from officer_app.desktop.screens.capacity.offer import OfferCard
from officer_app.desktop.widgets.blocks import Block, Headline, Sketch
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.links import FactLinks
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.side_by_side import SideBySide
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column
from officer_app.desktop.widgets.whatif import WhatIfCard
from officer_app.memos.quantities import money, percent, quantity, waits_for
from officer_app.memos.terms import term
from officer_app.plots.balance import balance
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.riskindex import risk_index

_MOST_LINKS = 8
# Which facts a cap hangs on: a click on its bar leads there.
_CAP_FACTS = {
    "requested": "application.requested_amount",
    "repayment_capacity": "household.monthly_expenses",
    "leverage": "assets",
    "security": "collateral",
    "purpose": "application.purpose_items",
}


class CapacityScreen(CaseScreen):
    """Amount and caps first, then everything they are made of. Enter on a row leads to its question."""

    place = Place.CAPACITY

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._panel = self.panel()
        self._next = Button(speech, message(N_("On to the security")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._next.clicked.connect(self.go_on)
        self._asked = Headline(speech, message(N_("Asked for")))
        self._supported = Headline(speech, message(N_("Supported amount")))
        self._instalment = Headline(speech, message(N_("Instalment a month")))
        self._grade = Headline(speech, message(N_("Risk index")))
        self._gap = _Remark(self, State.LOOK)
        self._lacking = _Remark(self, State.CANNOT_TELL)
        self._caps = Sketch(speech, message(N_("Caps: the lowest one decides")))
        self._months_plot = Sketch(speech, message(N_("Cash at the end of each month")))
        self._can = conclusions.ConclusionCard(speech, conclusions.CAN_PAY)
        self._will = conclusions.ConclusionCard(speech, conclusions.WILL_PAY)
        self._offer = OfferCard(speech)
        self._limits = self._block(N_("Ratios at the tested loan"), limits.COLUMNS)
        self._stress = self._block(N_("If something goes worse, and how far sales may fall"), stress.SCENARIOS)
        self._mix = stress.MixFields(speech)
        self._income = self._block(N_("Income statement"), statements.INCOME)
        self._household = self._block(N_("Household and disposable income"), statements.TWO)
        self._balance = self._block(N_("Balance sheet"), statements.BALANCE)
        self._balance_plot = Sketch(speech, message(N_("Owned and owed")))
        self._index_plot = Sketch(speech, message(N_("Risk index: points of each part")))
        self._parts = self._block(N_("What each part says"), behind.PARTS)
        self._flags = self._block(N_("Flags"), behind.FLAGS)
        self._pledges = self._block(N_("Pledges"), behind.PLEDGES)
        self._guarantors = self._block(N_("Guarantors"), behind.GUARANTORS)
        self._payout = self._block(N_("At the payout"), statements.TWO)
        self._months = self._block(N_("Cash flow by month, with the loan"), behind.MONTHS)
        self._what_if = WhatIfCard(work)
        self._it: Assessment | None = None
        self._page = Page()
        self._arrange()
        for sketch in (self._caps, self._months_plot):
            sketch.canvas.source_chosen.connect(self._from_plot)
        self._mix.changed.connect(self._show_stress)
        self.stand(self._page)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self._next,)

    def entered(self, what: object) -> None:
        super().entered(what)
        self._page.verticalScrollBar().setValue(0)
        self._limits.table.setFocus()

    def go_on(self) -> None:
        self.go.emit(Place.SECURITY.value, None)

    def show_case(self, opened: OpenCase) -> None:
        it = opened.findings.assessment
        self._panel.show_findings(opened.findings, opened.before)
        self._show_headlines(it)
        self._show_gap(it)
        self._show_lacking(it)
        self._show_plots(it)
        self._it = it
        self._can.show_conclusion(it.can_pay)
        self._will.show_conclusion(it.will_pay)
        self._offer.show_assessment(opened.case.id, it)
        self._what_if.show_assessment(it, opened.findings.standing + len(opened.findings.open))
        self._limits.show_rows(limits.limit_rows(it))
        self._show_stress()
        self._income.show_rows(statements.income_rows(it))
        self._household.show_rows(statements.household_rows(it))
        self._balance.show_rows(statements.balance_rows(it))
        self._parts.show_rows(behind.part_rows(it))
        self._show_flags(it)
        self._pledges.show_rows(behind.pledge_rows(it), _pledge_note(it))
        none = message(N_("No guarantor in this case."))
        self._guarantors.show_rows(behind.guarantor_rows(it), None if it.guarantors else none)
        self._show_months(it)

    # --- what it shows ---------------------------------------------------------------------------------------------

    def _show_headlines(self, it: Assessment) -> None:
        application = it.facts.application
        plan = message(
            N_("{months} months, {method}"),
            months=quantity(application.term_months, Unit.COUNT),
            method=term(application.repayment_method),
        )
        self._asked.show_figure(
            money(application.requested_amount),
            plan,
            message(N_("{rate} a year"), rate=percent(application.annual_rate_percent)),
        )
        supported = known(it.sizing.recommended_max_loan)
        self._supported.show_figure(
            money(supported),
            _bound(it),
            _in_words(supported),
            tip=_why_supported(it),
            tone=_tone(supported, known(application.requested_amount)),
        )
        self._show_instalment(it)
        index, grade = known(it.risk_index.index), it.risk_index.grade
        shown = message("{index:points}", index=index) if index is not None else message("—")
        words = message(N_("grade {grade}"), grade=grade) if isinstance(grade, str) else message(N_("not known yet"))
        self._grade.show_figure(shown, words, _limited(it))

    def _show_instalment(self, it: Assessment) -> None:
        share = it.capacity.instalment_to_disposable
        taken = share * 100 if isinstance(share, Decimal) else share
        of = message(N_("takes {share} of what is left a month"), share=percent(taken))
        at = message(N_("for the loan at {loan:money}"), loan=known(it.capacity.tested_loan))
        if known(it.capacity.tested_loan) is None:
            self._instalment.show_figure(message("—"), message(N_("not known yet")))
        else:
            self._instalment.show_figure(money(known(it.capacity.instalment)), of, at)

    def _show_gap(self, it: Assessment) -> None:
        """Who pays what is missing: the question that finds the second lender."""
        asked, supported = known(it.facts.application.requested_amount), known(it.sizing.recommended_max_loan)
        if it.sizing.refused_by:
            reasons = tuple(flag.sentence for flag in it.flags if flag.hard)
            self._gap.say(message(N_("The policy refuses: {reasons}"), reasons=reasons), State.STOP)
        elif asked is None or supported is None or supported >= asked:
            self._gap.say(None)
        else:
            self._gap.say(
                message(
                    N_(
                        "{gap:money} less than asked. Ask who pays the rest and write it in your statement: "
                        "a second lender nobody told of is the usual answer."
                    ),
                    gap=asked - supported,
                ),
                State.LOOK,
            )

    def _show_lacking(self, it: Assessment) -> None:
        wanted = it.sizing.recommended_max_loan
        if not isinstance(wanted, Missing) or self.places is None:
            self._lacking.say(None)
            return
        places = self.places.of(wanted.paths)
        words = message(N_("The amount waits for {count:count} answers. Go to the first ones:"), count=len(places))
        self._lacking.say(words, State.CANNOT_TELL, FactLinks(self.work.speech, places[:_MOST_LINKS]))

    def _show_plots(self, it: Assessment) -> None:
        self._caps.show_plot(lambda width, em: caps(it, width=width, em=em), _waits(it.sizing.lowest_cap))
        flow = it.cash_flow
        self._months_plot.show_plot(
            lambda width, em: cash_flow(it, width=width, em=em), _waits(flow) if isinstance(flow, Missing) else None
        )
        self._balance_plot.show_plot(lambda width, em: balance(it, width=width, em=em))
        self._index_plot.show_plot(lambda width, em: risk_index(it, width=width, em=em))

    def _show_flags(self, it: Assessment) -> None:
        rows = behind.flag_rows(it)
        note: Message | None = None
        if it.undecided:
            note = message(
                N_("{count:count} flags cannot be judged yet: their facts are missing."), count=len(it.undecided)
            )
        elif not rows:
            note = message(N_("No flag is up."))
        self._flags.show_rows(rows, note)

    def _show_stress(self) -> None:
        if self._it is not None:
            mix = self._mix.mix()
            self._stress.show_rows(stress.scenario_rows(self._it, tried(self._it, mix) if mix is not None else None))

    def _show_months(self, it: Assessment) -> None:
        flow = it.cash_flow
        if isinstance(flow, CashFlow):
            self._payout.show_rows(behind.payout_rows(it, flow))
            self._months.show_rows(behind.month_rows(flow), _length(it))
            return
        self._payout.show_rows(())
        if isinstance(flow, Missing):
            self._months.show_rows((), _waits(flow))
        else:
            self._months.show_rows((), message(N_("No loan can be recommended, so there is no cash flow with one.")))

    # --- ways ------------------------------------------------------------------------------------------------------

    def _open_row(self, key: str) -> None:
        self.ask_fact(key.rpartition(":")[2])

    def _from_plot(self, source: str) -> None:
        if source.startswith("month:"):
            self._page.show_from(self._months)
            self._months.table.setFocus()
        else:
            self.ask_fact(_CAP_FACTS.get(source, ""))

    # --- building --------------------------------------------------------------------------------------------------

    def _block(self, title: str, columns: tuple[Column, ...]) -> Block:
        return Block(self.work.speech, message(title), columns, self._open_row)

    def _arrange(self) -> None:
        top = Card()
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        for headline in (self._asked, self._supported, self._instalment, self._grade):
            row.addWidget(headline, 1)
        nest(top.body, row)
        for part in (
            top,
            self._gap,
            self._lacking,
            SideBySide(self._can, self._will),
            SideBySide(self._caps, self._months_plot),
            self._offer,
            self._limits,
            self._stress,
            self._mix,
            self._income,
            SideBySide(self._household, _under(self._balance_plot, self._index_plot)),
            self._balance,
            self._pledges,
            self._guarantors,
            self._parts,
            self._flags,
            self._payout,
            self._months,
        ):
            self._page.body.addWidget(part)
        self._page.body.addWidget(self._what_if)
        self._page.body.addStretch(1)


class _Remark(Card):
    """A sentence that must not be overlooked, with links under it; gone when there is nothing to say."""

    def __init__(self, screen: CapacityScreen, tone: State) -> None:
        super().__init__(tone, parent=screen)
        self._screen = screen
        self._words = Text(screen.work.speech, None, wrap=True, parent=self)
        self._links: FactLinks | None = None
        self.body.addWidget(self._words)

    def say(self, words: Sayable | None, tone: State | None = None, links: FactLinks | None = None) -> None:
        """Say this, or nothing."""
        self.setVisible(words is not None)
        self._words.set_text(words)
        self.set_tone(tone)
        if self._links is not None:
            self._links.hide()
            self._links.deleteLater()
        self._links = links
        if links is not None:
            links.wanted.connect(self._screen.ask)
            self.body.addWidget(links)


def _under(*parts: QWidget) -> QWidget:
    """One under the other in one place."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * SPACE)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return place


def _waits(figure: object) -> Sayable | None:
    return waits_for(figure.paths) if isinstance(figure, Missing) else None


def _bound(it: Assessment) -> Sayable:
    cap = it.sizing.binding_cap
    if not isinstance(cap, str):
        return message(N_("not known yet"))
    return message(N_("limited by: {cap}"), cap=message(CAP_LABELS[cap]))


def _why_supported(it: Assessment) -> Sayable:
    wanted = it.sizing.recommended_max_loan
    if isinstance(wanted, Missing):
        return waits_for(wanted.paths)
    return message(N_("The lowest cap, rounded down; nothing where a hard flag is up."))


def _in_words(amount: Decimal | None) -> Sayable | None:
    if not amount:
        return None
    return Bilingual(amount_in_words(amount, ENGLISH), amount_in_words(amount, CHINESE))


def _tone(supported: Decimal | None, asked: Decimal | None) -> Role | None:
    if supported is None or asked is None:
        return None
    if not supported:
        return Role.STOP
    return Role.LOOK if supported < asked else Role.ACCENT


def _limited(it: Assessment) -> Sayable | None:
    """Why the grade is lower than the index alone would give."""
    index = it.risk_index
    if not index.limited_by or index.grade == index.grade_before_limits:
        return None
    return message(N_("{before} by points, held down by a flag"), before=str(index.grade_before_limits))


def _length(it: Assessment) -> Sayable:
    if it.policy.get(LENGTH, "") == "to_last_due_date":
        return message(N_("The last month is that of the last due date."))
    return message(N_("Twelve months, as this policy looks at them."))


def _pledge_note(it: Assessment) -> Sayable:
    if not it.collateral:
        return message(N_("No pledge in this case."))
    return message(N_("A pledge is the second source: it never lifts the cap of repayment capacity."))

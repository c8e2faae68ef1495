"""Security of the open case: pledges, guarantors, the group."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Assessment, CollateralItem, GuarantorMeans, Unit
from officer_app.credit.circles import guarantee_circles
from officer_app.credit.facts.security import Collateral, Guarantor
from officer_app.credit.figures import Missing, known, total
from officer_app.credit.groups import group_rules
from officer_app.credit.pledgedates import end_of_loan
from officer_app.credit.securitycover import SecurityCover, security_cover
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE, Role
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.security import people, pledges
from officer_app.desktop.screens.security.cards import Cards, CardText, Rings, SecurityCard
from officer_app.desktop.widgets.blocks import Block, Headline, Sketch
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.tab_order import stops_of
from officer_app.memos.quantities import money, quantity, waits_for
from officer_app.memos.terms import term
from officer_app.plots.security import cover_plot


class SecurityScreen(CaseScreen):
    """What all of it carries, then each pledge, each guarantor, the group. Enter on a row leads to its question."""

    place = Place.SECURITY

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._panel = self.panel()
        self._next = Button(speech, message(N_("On to the memo")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._next.clicked.connect(self.go_on)
        self._asked = Headline(speech, message(N_("Asked for")))
        self._lendable = Headline(speech, message(N_("Lendable on the pledges")))
        self._forced = Headline(speech, message(N_("In a sale in haste")))
        self._people = Headline(speech, message(N_("Guarantors together")))
        self._cover = Sketch(speech, message(N_("Pledges against the amount asked for")))
        self._circles = Rings(speech, self.ask)
        self._pledges = Cards(speech, message(N_("Pledges")), self._pledge_card)
        self._guarantors = Cards(speech, message(N_("Guarantors")), self._guarantor_card)
        self._rules = Block(speech, message(N_("Joint-liability group")), people.RULES, self._open_row)
        self._members = Block(speech, message(N_("Members of the group")), people.MEMBERS, self._open_row)
        self._page = Page()
        self._empty = EmptyState(speech, self)
        self._empty.acted.connect(lambda: self.ask_fact("collateral"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)
        self._cover.canvas.source_chosen.connect(self.ask_fact)
        self._arrange()
        self.stand(self._stack)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self._next,)

    def entered(self, what: object) -> None:
        super().entered(what)
        self._page.verticalScrollBar().setValue(0)
        shown = self._empty if self._stack.currentWidget() is self._empty else self._page
        stops = [stop for stop in stops_of(shown) if stop.isVisible() and stop.isEnabled()]
        first = next((stop for stop in stops if isinstance(stop, Statement)), stops[0] if stops else None)
        if first is not None:
            first.setFocus()

    def go_on(self) -> None:
        self.go.emit(Place.MEMO.value, None)

    def show_case(self, opened: OpenCase) -> None:
        it = opened.findings.assessment
        self._panel.show_findings(opened.findings, opened.before)
        if not (it.collateral or it.guarantors or it.facts.joint_group):
            self._show_empty()
            return
        self._stack.setCurrentWidget(self._page)
        self._show_headlines(it)
        self._cover.setVisible(bool(it.collateral))
        self._cover.show_plot(lambda width, em: cover_plot(it, width=width, em=em))
        self._circles.show_circles(guarantee_circles(it.facts), self.places)
        self._pledges.show_cards(
            tuple(_pledge(it, item, told) for item, told in zip(it.collateral, it.facts.collateral, strict=True)),
            message(N_("A pledge is the second source: it never lifts the cap of repayment capacity."))
            if it.collateral
            else message(N_("No pledge in this case.")),
        )
        self._guarantors.show_cards(
            tuple(
                _guarantor(it, person, told)
                for person, told in zip(it.guarantor_means, it.facts.guarantors, strict=True)
            ),
            people.together(it) if it.guarantors else message(N_("No guarantor in this case.")),
        )
        self._show_group(it)

    # --- what it shows ---------------------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self._empty)
        self._empty.show_empty(
            Icon.COLLATERAL,
            message(
                N_(
                    "Here stands what the loan falls back on when the business cannot pay: pledges with their "
                    "values, guarantors with their own sums, the group. Nothing of it is in the checklist yet."
                )
            ),
            message(N_("To the question of pledges")),
        )

    def _show_headlines(self, it: Assessment) -> None:
        cover = security_cover(it.collateral, it.facts.application.requested_amount, it.policy)
        end = end_of_loan(it.facts.application)
        until = message(N_("until {end:date}"), end=end) if not isinstance(end, Missing) else None
        self._asked.show_figure(money(cover.loan), until)
        self._lendable.show_figure(
            money(cover.lendable),
            message(
                N_("{percent} of the amount, with the allowance"),
                percent=quantity(cover.cover_percent, Unit.PERCENT),
            ),
            _judged(cover),
            tone=Role.LOOK if cover.enough is False or cover.fair is False else Role.ACCENT,
        )
        forced = known(cover.forced) if cover.forced is not None else None
        waits = waits_for(cover.forced.paths) if isinstance(cover.forced, Missing) else None
        self._forced.show_figure(money(forced), waits or message(N_("after prior liens")))
        worth = known(total(person.net_worth for person in it.guarantor_means))
        shown = quantity(it.group_cover, Unit.RATIO) if it.guarantors else message("—")
        self._people.show_figure(
            shown,
            message(N_("times the instalment")) if it.guarantors else message(N_("none")),
            None if worth is None or not it.guarantors else message(N_("net worth {worth:money}"), worth=worth),
        )

    def _show_group(self, it: Assessment) -> None:
        group = it.facts.joint_group
        for block in (self._rules, self._members):
            block.setVisible(group is not None)
        if group is None:
            return
        loan, instalment = it.facts.application.requested_amount, it.capacity.instalment_at_requested_amount
        rules = group_rules(group, it.facts.borrower, loan, instalment, it.policy)
        self._rules.show_rows(people.rule_rows(rules), Verbatim(group.name) if group.name else None)
        none = message(N_("No member was written down yet."))
        self._members.show_rows(people.member_rows(group.members), None if group.members else none)

    # --- ways ------------------------------------------------------------------------------------------------------

    def _open_row(self, key: str) -> None:
        self.ask_fact(key.partition(":")[2])

    def _pledge_card(self) -> SecurityCard:
        return SecurityCard(self.work.speech, pledges.VALUE, pledges.HINDRANCES, self._open_row)

    def _guarantor_card(self) -> SecurityCard:
        return SecurityCard(self.work.speech, people.SUMS, people.WORDS, self._open_row)

    # --- building --------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        top = Card()
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        for headline in (self._asked, self._lendable, self._forced, self._people):
            row.addWidget(headline, 1)
        nest(top.body, row)
        parts = (top, self._cover, self._circles, self._pledges, self._guarantors, self._rules, self._members)
        for part in parts:
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)


def _pledge(it: Assessment, item: CollateralItem, told: Collateral) -> CardText:
    title = message(N_("{kind} · {mark}"), kind=term(told.type), mark=item.id)
    return CardText(
        title=title,
        sub=Verbatim(told.owner),
        tone=pledges.tone_of(item),
        verdict=None,
        left=pledges.value_rows(item),
        right=pledges.hindrance_rows(item, told, it.facts, it.policy),
        notes=pledges.notes_of(item, told),
    )


def _guarantor(it: Assessment, person: GuarantorMeans, told: Guarantor) -> CardText:
    tone, words = people.verdict_of(person)
    return CardText(
        title=Verbatim(told.name or told.id),
        sub=Verbatim(told.relation),
        tone=tone,
        verdict=(tone, words),
        left=people.sum_rows(person, told),
        right=people.word_rows(person, told, it.policy),
        notes=(person.sentence, *person.doubts),
    )


def _judged(cover: SecurityCover) -> Sayable | None:
    if cover.fair is False:
        return message(N_("more is pledged than is fair"))
    if cover.enough is False:
        return message(N_("too little for the amount asked for"))
    return message(N_("enough for the amount asked for")) if cover.enough is True else None

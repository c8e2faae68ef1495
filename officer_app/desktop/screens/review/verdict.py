"""What the manager does: looks at pictures, decides, signs. What is still needed stands beside the button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.callbacks import drawn, phone_of
from officer_app.casework.clockjumps import ClockJump
from officer_app.casework.decisions import Choice, call_needed
from officer_app.casework.overrides import against
from officer_app.casework.rephotos import asking_for
from officer_app.casework.review import Review
from officer_app.credit.conditions import standard_conditions
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.review.callback import CallBackBox
from officer_app.desktop.screens.review.clockbox import ClockBox
from officer_app.desktop.screens.review.conditions import Conditions
from officer_app.desktop.screens.review.differences import Differences, differences
from officer_app.desktop.screens.review.exceptions import Exceptions
from officer_app.desktop.screens.review.pictures import Pictures
from officer_app.desktop.screens.review.sample import Sample
from officer_app.desktop.screens.review.terms import Terms
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import TextArea
from officer_app.dossier.records import CallBack, Outcome

OUTCOMES: Final = (
    (Outcome.APPROVE, N_("Approve"), N_("Approve the amount below")),
    (Outcome.APPROVE_WITH_CONDITIONS, N_("With conditions"), N_("Approve when the conditions are met")),
    (Outcome.RETURN, N_("Return"), N_("Return with questions")),
    (Outcome.REFUSE, N_("Refuse"), N_("Refuse the loan")),
    (Outcome.ESCALATE, N_("Pass to the next level"), N_("Somebody with a higher limit decides")),
)
_LISTED: Final = {
    Outcome.APPROVE_WITH_CONDITIONS: (N_("Conditions before payout, one a line"), N_("its conditions")),
    Outcome.RETURN: (N_("Questions, one a line"), N_("its questions")),
}
_RULE: Final = "rule:"
_REMARK: Final = "remark:"
_HEARD: Final = "heard:"
Needed = tuple[Message, QWidget | None]


class VerdictPanel(QWidget):
    """`signed(passphrase)` when everything needed is there and the decision shall be signed.

    `number_wanted()` and `heard(by, {path: words})` come from the call to the customer.
    """

    signed = Signal(str)
    number_wanted = Signal()
    heard = Signal(str, object)

    def __init__(self, speech: Speech, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._review: Review | None = None
        self._outcome: Outcome | None = None
        self.sample = Sample(speech, pictures, self)
        self.buttons: dict[Outcome, Button] = {}
        self._taken = ""
        self._group = QButtonGroup(self)
        self.terms = Terms(speech, self)
        self.into_conditions = Button(speech, message(N_("Make it the condition")), parent=self)
        self.listed = Conditions(speech, self)
        self.conditions = self.listed.before
        self.exceptions = Exceptions(speech, self)
        self.call = CallBackBox(speech, self)
        self.differences = Differences(speech, self)
        self.clock = ClockBox(speech, self)
        self._called: CallBack | None = None
        self.reason = TextArea(speech, message(N_("Reason (goes into the signed record)")), rows=2, parent=self)
        self.passphrase = PassphraseBox(speech, message(N_("Your password again")), self)
        self.sign = Button(speech, message(N_("Sign the decision")), Look.PRIMARY, keys="Ctrl+Return", parent=self)
        self._page = Page(self)
        self._note = Text(speech, kind=Kind.SMALL, wrap=True, parent=self)
        self._bound = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self._arrange()
        self._connect()

    # --- data in and out -------------------------------------------------------------------------------------------

    def show_review(
        self, review: Review, limit: Decimal, kept: Mapping[str, str], call: CallBack | None = None
    ) -> None:
        """Begin with a file; `kept` is what was typed on it before, `call` what the customer was heard to say."""
        self._review, self._called = review, call
        self._outcome = None
        self._taken = ""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.sample.show_photos(review.sample, _below(kept, "photo:"))
        self.terms.show_review(review, limit, kept.get("amount", ""), kept.get("term", ""))
        standard = standard_conditions(review.assessment.policy)
        self.listed.begin(standard, kept.get("conditions", ""), kept.get("after", ""))
        self.exceptions.begin(_below(kept, _RULE))
        self.differences.begin(_below(kept, _REMARK))
        self.call.begin(drawn(review), phone_of(review), call, _below(kept, _HEARD))
        self.clock.begin(review.clock, kept.get("clock", ""))
        self.reason.turn_to(kept.get("reason", ""))
        self.passphrase.clear()
        digest = review.record.digest
        self._bound.set_text(
            message(
                N_("The signature is over version {version:count}, {digest}; any change breaks it."),
                version=review.manifest.version,
                digest=f"{digest[:4]}…{digest[-4:]}",
            )
        )
        self._show_fields()
        self._page.verticalScrollBar().setValue(0)

    def show_call(self, call: CallBack) -> None:
        """The call was noted: what it brought stands there now, and differences want a word."""
        if self._review is not None:
            self._called = call
            self.call.begin(drawn(self._review), phone_of(self._review), call, {})
            self._show_rules()
            self._show_needed()
            self.go_to_needed()

    def show_clock(self, jump: ClockJump | None) -> None:
        """The clock was moved while the file was open: a word on this is wanted, not on what was told before."""
        self.clock.begin(jump, "")
        self._show_needed()
        self.go_to_needed()

    def typed(self) -> dict[str, str]:
        """What stands in the fields, to be kept until the file is signed. Never the passphrase."""
        amount, term = self.terms.money(), self.terms.months()
        values = {f"photo:{part}": text for part, text in self.sample.answers().items()}
        return {
            **values,
            "amount": str(amount or ""),
            "term": str(term or ""),
            "conditions": self.conditions.text.toPlainText(),
            "after": self.listed.after.text.toPlainText(),
            **{f"{_RULE}{code}": text for code, text in self.exceptions.typed().items()},
            **{f"{_REMARK}{key}": text for key, text in self.differences.typed().items()},
            **{f"{_HEARD}{path}": text for path, text in self.call.typed().items()},
            "clock": self.clock.word(),
            "reason": self.reason.text.toPlainText(),
        }

    def choice(self) -> Choice:
        """What stands in the fields now; call it only when nothing is needed any more."""
        told = self.listed.conditions() if self._outcome is Outcome.APPROVE_WITH_CONDITIONS else ()
        return Choice(
            outcome=self._outcome or Outcome.REFUSE,
            reason=self.reason.text.toPlainText().strip(),
            amount=self.terms.money(),
            term_months=self.terms.months(),
            conditions=tuple(line for line, _ in told),
            questions=self.listed.lines() if self._outcome is Outcome.RETURN else (),
            photos_viewed=self.sample.viewed(),
            terms=tuple(term for _, term in told),
            overrides=tuple(self.exceptions.reasons().items()),
            remarks=tuple(self.differences.remarks().items()),
            clock=self.clock.word(),
        )

    def needed(self) -> tuple[Needed, ...]:
        """What is still needed before this can be signed, in the order of the panel, and where it is given."""
        found: list[Needed] = []
        outcome = self._outcome
        pictures = self.sample.missing()
        if pictures and (outcome is None or outcome.approves):
            found.append((message(N_("{count:count} pictures to describe"), count=pictures), None))
        if outcome is None:
            found.append((message(N_("a decision")), self.buttons[Outcome.APPROVE]))
        elif outcome.approves and (wrong := self.terms.wrong()) is not None:
            found.append(wrong)
        if outcome is not None and outcome.approves:
            found.extend(self._needed_to_approve())
        if outcome in _LISTED and not self._anything_listed(outcome):
            found.append((message(_LISTED[outcome][1]), self.conditions))
        if (unsaid := self.clock.missing()) is not None:
            found.append((message(N_("a word on this laptop's clock")), unsaid))
        if not self.reason.text.toPlainText().strip():
            found.append((message(N_("its reason")), self.reason))
        if not self.passphrase.passphrase():
            found.append((message(N_("your password")), self.passphrase))
        return tuple(found)

    def _needed_to_approve(self) -> Iterator[Needed]:
        if (otherwise := self.differences.missing()) is not None:
            yield message(N_("a word on what differs")), otherwise
        if self._call_lacks():
            yield message(N_("the call to the customer")), self.call.first_missing()
        if (open_rule := self.exceptions.missing()) is not None:
            yield message(N_("a reason for each rule set aside")), open_rule

    def choose(self, outcome: Outcome) -> None:
        """Decide; the keyboard goes to what that decision needs first."""
        self.buttons[outcome].setChecked(True)
        self._outcome = outcome
        self._show_fields()
        self.go_to_needed()

    def want_again(self, shot: Sayable) -> None:
        """Return the file and ask for a picture once more; more can be written behind it."""
        asked = asking_for(shot, self._speech.language)
        lines = [line for line in self.conditions.text.toPlainText().splitlines() if line.strip()]
        if self._outcome is not Outcome.RETURN:
            self.choose(Outcome.RETURN)
        if asked not in lines:
            self.conditions.turn_to("\n".join([*lines, asked]))
        self.conditions.setFocus()
        self._show_needed()

    def go_to_needed(self) -> bool:
        """Put the keyboard where something is still needed; whether there was anything."""
        needed = self.needed()
        if not needed:
            self.sign.setFocus()
            return False
        _, where = needed[0]
        if where is None:
            # A picture counts as seen only when it was on the screen: it is above its answer, at the top.
            self._page.verticalScrollBar().setValue(0)
            self.sample.go_to_missing()
        else:
            where.setFocus()
        return True

    def try_to_sign(self) -> None:
        """Sign, or go where something is still needed."""
        if self._review is not None and self.isEnabled() and not self.go_to_needed():
            self.signed.emit(self.passphrase.passphrase())

    def refuse_passphrase(self) -> None:
        """It was wrong: type it again."""
        self.passphrase.clear()
        self.passphrase.setFocus()

    def finish(self) -> None:
        """Keep what is being typed."""
        for field in (self.sample.answer, self.listed, self.reason):
            field.finish()
        self.terms.finish()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _show_fields(self) -> None:
        outcome = self._outcome
        self.terms.setVisible(outcome is None or outcome.approves)
        self._show_way_into_conditions()
        label = message(_LISTED[outcome][0]) if outcome in _LISTED else None
        self.listed.show_for(label, conditions=outcome is Outcome.APPROVE_WITH_CONDITIONS)
        self._show_rules()
        self._show_needed()

    def _anything_listed(self, outcome: Outcome) -> bool:
        return bool(self.listed.lines() if outcome is Outcome.RETURN else self.listed.conditions())

    def _show_rules(self) -> None:
        """Which rules an approval of this amount would set aside."""
        review, amount, outcome = self._review, self.terms.money(), self._outcome
        approving = outcome is not None and outcome.approves and amount is not None
        self.exceptions.show_rules(against(review, amount) if approving and review and amount else ())
        seen = self.sample.viewed()
        self.differences.show_differences(differences(review, seen, self._called) if approving and review else ())
        self.call.require(self._call_lacks())

    def _call_lacks(self) -> bool:
        """Whether the customer has to be called for this amount, and was not."""
        review, amount, outcome = self._review, self.terms.money(), self._outcome
        approving = outcome is not None and outcome.approves
        return bool(approving and review and call_needed(review, amount) and not self.call.is_done())

    def _terms_changed(self) -> None:
        self._show_way_into_conditions()
        self._show_rules()
        self._show_needed()

    def _show_needed(self) -> None:
        needed = tuple(words for words, _ in self.needed())
        self.sign.setEnabled(not needed)
        self._note.set_text(message(N_("Still needed: {things}."), things=needed) if needed else None)
        self._bound.setVisible(not needed)

    def _connect(self) -> None:
        for outcome, button in self.buttons.items():
            button.clicked.connect(partial(self._pressed, outcome))
        self.sample.changed.connect(self._looked)
        self.sample.wanted_again.connect(self.want_again)
        self.call.number_wanted.connect(self.number_wanted)
        self.call.heard.connect(self.heard)
        self.call.changed.connect(self._show_needed)
        self.differences.changed.connect(self._show_needed)
        self.sample.over.connect(self._after_pictures)
        self.terms.changed.connect(self._terms_changed)
        self.into_conditions.clicked.connect(self._take_condition)
        for changed in (
            self.listed.changed,
            self.exceptions.changed,
            self.clock.changed,
            self.reason.text.textChanged,
        ):
            changed.connect(self._show_needed)
        self.terms.amount.left.connect(self.terms.term.setFocus)
        self.terms.term.left.connect(self.go_to_needed)
        self.passphrase.edited.connect(self._show_needed)
        self.passphrase.entered.connect(self.try_to_sign)
        self.sign.clicked.connect(self.try_to_sign)

    def _looked(self) -> None:
        self._show_rules()
        self._show_needed()

    def _show_way_into_conditions(self) -> None:
        approves = self._outcome is None or self._outcome.approves
        self.into_conditions.setVisible(approves and self.terms.condition() is not None)

    def _take_condition(self) -> None:
        """What was tried out becomes the condition of an approval, in place of one that was taken before."""
        condition = self.terms.condition()
        if condition is None:
            return
        line = self._speech.say(condition)
        lines = self.conditions.text.toPlainText().splitlines()
        kept = [other for other in lines if other.strip() and other != self._taken]
        self._taken = line
        self.conditions.turn_to("\n".join([line, *kept]))
        self.choose(Outcome.APPROVE_WITH_CONDITIONS)

    def _pressed(self, outcome: Outcome, _checked: bool = False) -> None:
        self.choose(outcome)

    def _after_pictures(self) -> None:
        if self._outcome is None:
            self.buttons[Outcome.APPROVE].setFocus()
        else:
            self.go_to_needed()

    def _arrange(self) -> None:
        page = self._page
        page.body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        page.body.setSpacing(SPACE)
        page.body.addWidget(self.sample)
        page.body.addWidget(Text(self._speech, message(N_("Decision")), Kind.SECTION, parent=self))
        nest(page.body, self._choices())
        answered = (self.call, self.differences, self.exceptions)
        for part in (self.terms, self.into_conditions, *answered, self.listed, self.clock, self.reason):
            page.body.addWidget(part)
        self._speech.name(self.reason.text, message(N_("Reason (goes into the signed record)")))
        page.body.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE + HALF)
        foot.setSpacing(HALF + 2)
        for below in (self.passphrase, self.sign, self._note, self._bound):
            foot.addWidget(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addWidget(rule())
        nest(column, foot)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.stand_on_surface()

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for place, (outcome, word, tip) in enumerate(OUTCOMES):
            button = Button(self._speech, message(word), parent=self)
            button.setCheckable(True)
            self._speech.tip(button, message(tip))
            self._group.addButton(button)
            self.buttons[outcome] = button
            across = 2 if outcome is Outcome.ESCALATE else 1
            grid.addWidget(button, place // 2, place % 2, 1, across)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid


def _below(kept: Mapping[str, str], prefix: str) -> dict[str, str]:
    """What was kept under a prefix, without it."""
    return {key.removeprefix(prefix): text for key, text in kept.items() if key.startswith(prefix)}

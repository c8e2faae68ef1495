"""What the manager does: looks at the sampled pictures, decides, signs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.decisions import Choice
from officer_app.casework.review import Review, ReviewedPhoto
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import LineField, TextArea
from officer_app.dossier.records import Outcome

_PICTURE_HEIGHT = 150
_CHOICES = (
    (Outcome.APPROVE, N_("Approve")),
    (Outcome.APPROVE_WITH_CONDITIONS, N_("Approve with conditions")),
    (Outcome.RETURN, N_("Return with questions")),
    (Outcome.REFUSE, N_("Refuse")),
)
_APPROVING = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS})


class VerdictPanel(QScrollArea):
    """`signed(passphrase)` when the decision shall be signed; `enlarged(part)` when a picture shall be seen large."""

    signed = Signal(str)
    enlarged = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._review: Review | None = None
        self._seen: dict[str, str] = {}
        self._at = 0
        self._outcome: Outcome | None = None
        self._opened: set[str] = set()
        self._build()

    # --- data in -------------------------------------------------------------------------------------------------

    def show_review(self, review: Review) -> None:
        """Begin with a file: nothing seen, nothing decided."""
        self._review = review
        self._seen, self._at, self._opened = {}, 0, set()
        self._outcome = None
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
        supported = review.manifest.recommended_amount
        self.amount.turn_to(str(supported) if supported else "")
        self.term.turn_to(str(review.manifest.term_months or ""))
        for field in (self.conditions, self.reason):
            field.turn_to("")
        self.passphrase.clear()
        self._show_sample()
        self._show_needed()

    def choice(self, review: Review) -> Choice:
        """What stands in the fields now."""
        self._keep_seen()
        conditions = tuple(line.strip() for line in self.conditions.value().splitlines() if line.strip())
        returning = self._outcome is Outcome.RETURN
        return Choice(
            outcome=self._outcome or Outcome.REFUSE,
            reason=self.reason.value(),
            amount=_decimal(self.amount.value()),
            term_months=int(self.term.value()) if self.term.value().isdigit() else None,
            conditions=() if returning else conditions,
            questions=conditions if returning else (),
            photos_viewed=tuple((photo.part, self._seen.get(photo.part, "")) for photo in review.sample),
        )

    def finish(self) -> None:
        """Keep what is being typed."""
        for field in (self.what, self.amount, self.term, self.conditions, self.reason):
            field.finish()
        self._keep_seen()

    # --- the sample ----------------------------------------------------------------------------------------------

    def _sample(self) -> tuple[ReviewedPhoto, ...]:
        return self._review.sample if self._review is not None else ()

    def _show_sample(self) -> None:
        sample = self._sample()
        for part in (self._picture, self.what, self._shot, self.next_picture, self._question):
            part.setVisible(bool(sample))
        if not sample:
            self._heading.set_text(message(N_("This file has no pictures")))
            return
        photo = sample[self._at]
        self._opened.add(photo.part)
        self._heading.set_text(
            message(N_("Sampled pictures {at:count} of {all:count}"), at=self._at + 1, all=len(sample))
        )
        image = QImage.fromData(photo.data)
        scaled = image.scaledToHeight(_PICTURE_HEIGHT, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(QPixmap.fromImage(scaled))
        self._shot.set_text(Verbatim(photo.shot))
        self.what.turn_to(self._seen.get(photo.part, ""))

    def _step(self) -> None:
        self._keep_seen()
        sample = self._sample()
        if sample:
            self._at = (self._at + 1) % len(sample)
            self._show_sample()
            self.what.setFocus()
        self._show_needed()

    def _keep_seen(self) -> None:
        sample = self._sample()
        if sample:
            self.what.finish()
            self._seen[sample[self._at].part] = self.what.line.text().strip()

    # --- the decision --------------------------------------------------------------------------------------------

    def _choose(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._show_needed()

    def _show_needed(self) -> None:
        approving = self._outcome in _APPROVING
        for field in (self.amount, self.term, self._amount_label, self._term_label):
            field.setVisible(approving)
        self.conditions.setVisible(self._outcome in (Outcome.APPROVE_WITH_CONDITIONS, Outcome.RETURN))
        self._conditions_label.setVisible(self.conditions.isVisibleTo(self))
        asking = self._outcome is Outcome.RETURN
        self._conditions_label.set_text(
            message(N_("Questions, one a line")) if asking else message(N_("Conditions, one a line"))
        )
        self.sign.setEnabled(self._outcome is not None)
        lacking = self._lacking()
        self._note.set_text(lacking if lacking is not None else self._bound())

    def _lacking(self) -> Message | None:
        if self._outcome is None:
            return message(N_("Choose a decision."))
        missing = [photo for photo in self._sample() if not self._seen.get(photo.part)]
        if missing and self._outcome in _APPROVING:
            return message(N_("{count:count} sampled pictures still to be described."), count=len(missing))
        return None

    def _bound(self) -> Message | None:
        if self._review is None:
            return None
        digest = self._review.record.digest
        return message(
            N_("The signature is over version {version:count}, {digest}; any change breaks it."),
            version=self._review.manifest.version,
            digest=f"{digest[:4]}…{digest[-4:]}",
        )

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        speech = self._speech
        self._heading = Text(speech, kind=Kind.SECTION)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shot = Text(speech, kind=Kind.HINT)
        self._question = Text(speech, message(N_("What do you see? On a door plate: which number?")), wrap=True)
        self.what = LineField(speech)
        self.next_picture = Button(speech, message(N_("Next picture")), keys="Ctrl+J")
        self._group = QButtonGroup(self)
        choices = QGridLayout()
        choices.setSpacing(SPACE)
        for place, (outcome, word) in enumerate(_CHOICES):
            button = Button(speech, message(word))
            button.setCheckable(True)
            button.setObjectName(f"outcome_{outcome.value}")
            button.clicked.connect(lambda _checked=False, chosen=outcome: self._choose(chosen))
            self._group.addButton(button)
            choices.addWidget(button, place // 2, place % 2)
        self._amount_label = Text(speech, message(N_("Amount (yuan)")), Kind.HINT)
        self.amount = NumberField(speech, NumberKind.MONEY)
        self._term_label = Text(speech, message(N_("Term (months)")), Kind.HINT)
        self.term = NumberField(speech, NumberKind.INTEGER)
        self._conditions_label = Text(speech, kind=Kind.HINT)
        self.conditions = TextArea(speech, rows=2)
        self.reason = TextArea(speech, message(N_("Reason (goes into the signed record)")), rows=2)
        self.passphrase = PassphraseBox(speech, message(N_("Your passphrase, once more")))
        self.sign = Button(speech, message(N_("Sign the decision")), Look.PRIMARY, keys="Ctrl+Return")
        self._note = Text(speech, kind=Kind.HINT, wrap=True)
        self._arrange(choices)
        self.next_picture.clicked.connect(self._step)
        self.what.left.connect(self._step)
        self.sign.clicked.connect(self._sign)
        self.passphrase.entered.connect(self._sign)

    def _sign(self) -> None:
        if self.sign.isEnabled():
            self.finish()
            self.signed.emit(self.passphrase.passphrase())

    def _arrange(self, choices: QGridLayout) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        looked: tuple[QWidget, ...] = (
            self._heading,
            self._picture,
            self._shot,
            self._question,
            self.what,
            self.next_picture,
        )
        for part in looked:
            column.addWidget(part)
        column.addSpacing(SPACE)
        column.addWidget(Text(self._speech, message(N_("Decision")), Kind.SECTION))
        column.addLayout(choices)
        decided: tuple[QWidget, ...] = (
            self._amount_label,
            self.amount,
            self._term_label,
            self.term,
            self._conditions_label,
            self.conditions,
            self.reason,
            self.passphrase,
            self.sign,
            self._note,
        )
        for part in decided:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None

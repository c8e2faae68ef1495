"""Lane and level of a file: who may decide it and why, and what the policy asks for besides."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.overrides import age_in_words, path_of, report_today
from officer_app.casework.review import Review
from officer_app.credit.approval import ApprovalPath
from officer_app.credit.figures import known
from officer_app.credit.lanes import LANE_LABELS
from officer_app.credit.tiers import TIER_LABELS
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

_BESIDES: Final = (
    (N_("Second officer"), "second_officer"),
    (N_("Second visit"), "second_visit"),
    (N_("Refused by the policy"), "refusals"),
)


class PathCard(Card):
    """One line with the level and the own limit beside it, its reasons below; then what is asked for besides.

    `limit` is None for who decides nothing.
    """

    def __init__(
        self, speech: Speech, review: Review, limit: Decimal | None = None, parent: QWidget | None = None
    ) -> None:
        path = path_of(review)
        super().__init__(State.STOP if path.refusals else None, parent=parent)
        self.body.setSpacing(HALF)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(Text(speech, message(N_("Level of approval")), Kind.SECTION, parent=self))
        head.addWidget(Pill(speech, State.INFO, level_words(path), self))
        lane = review.manifest.lane
        if lane:
            name = message(LANE_LABELS[lane]) if lane in LANE_LABELS else Verbatim(lane)
            shown = Text(speech, message(N_("Lane: {lane}"), lane=name), Kind.HINT, wrap=True, parent=self)
            head.addWidget(shown, 1)
        else:
            head.addStretch(1)
        if limit is not None:
            own = message(N_("Your limit {limit:money}"), limit=limit)
            head.addWidget(Text(speech, own, Kind.HINT, parent=self))
        nest(self.body, head)
        for words in _lines(path):
            self.body.addWidget(Text(speech, words, Kind.SMALL, wrap=True, parent=self))
        for told, tone in of_the_visits(review):
            line = Text(speech, told, Kind.SMALL, wrap=True, parent=self)
            line.set_tone(tone)
            self.body.addWidget(line)
        report = report_today(review)
        if report is not None:
            age = Text(speech, age_in_words(report), Kind.SMALL, wrap=True, parent=self)
            if report.too_old:
                age.set_tone(Role.STOP)
            self.body.addWidget(age)


def level_words(path: ApprovalPath) -> Message:
    """What the level is called."""
    if path.tier is None:
        return message(N_("by the own limit"))
    return message(TIER_LABELS[path.tier.name])


def _lines(path: ApprovalPath) -> Iterator[Sayable]:
    if path.reasons:
        yield _joined(path.reasons)
    for title, field in _BESIDES:
        if some := getattr(path, field):
            yield message(N_("{what}: {name}"), what=message(title), name=_joined(some))


def of_the_visits(review: Review) -> Iterator[tuple[Sayable, Role | None]]:
    """Whose second signature was proven, and how much was typed later from paper."""
    if review.manifest.second is not None:
        name = Verbatim(review.manifest.second.name)
        yield message(N_("Signed by the second officer, too: {name}"), name=name), Role.PASSED
    pace = review.facts.visit_pace
    paper = known(pace.from_paper) if pace is not None else None
    if paper:
        yield message(N_("{count:count} answers were entered later, from paper"), count=paper), Role.LOOK


def _joined(some: tuple[Sayable, ...]) -> Sayable:
    return some[0] if len(some) == 1 else message("{things}", things=some)

"""The open file under another policy: what would be recommended, by whom decided, which red flags come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.whatif import installed
from officer_app.credit.assessment import Assessment
from officer_app.credit.flagkinds import flag_kinds
from officer_app.credit.lanes import LANE_LABELS
from officer_app.credit.policy import Policy
from officer_app.credit.tiers import TIER_LABELS
from officer_app.credit.whatif import Answer, Change, compared
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.progress import ProgressStrip


class WhatIfCard(Card):
    """Hidden where no other version of the policy is on this laptop. The case itself is not touched."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(margin=SPACE + HALF, parent=parent)
        self._work = work
        self._it: Assessment | None = None
        self._standing = 0
        self._policies: dict[str, Policy] = {}
        self._job: Job | None = None
        speech = work.speech
        self.body.setSpacing(SPACE)
        self.body.addWidget(Text(speech, message(N_("Under another policy")), Kind.SECTION, parent=self))
        self.choice = ChoiceList(speech, parent=self)
        self.progress = ProgressStrip(speech, parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(HALF)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.progress)
        nest(self.body, self._lines)
        self.choice.committed.connect(self._compare)
        self.progress.cancelled.connect(self._stop)
        self.hide()

    def show_assessment(self, it: Assessment, standing: int) -> None:
        """Another assessment is open; `standing` counts its contradictions that stand unexplained."""
        if it is self._it and standing == self._standing:
            return
        self._it, self._standing = it, standing
        self._stop()
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: installed(desk), self._offer, owner=self)

    def _offer(self, policies: tuple[Policy, ...]) -> None:
        it = self._it
        others = [] if it is None else [policy for policy in policies if policy.version != it.policy.version]
        self._policies = {policy.version: policy for policy in others}
        self.choice.show_options(tuple(Option(version, _named(one)) for version, one in self._policies.items()))
        self.setVisible(bool(others))
        chosen = self.choice.value() if self.choice.value() in self._policies else ""
        self.choice.turn_to(chosen)
        self._compare(chosen)

    def _compare(self, version: str) -> None:
        self._stop()
        clear(self._lines)
        it, standing, policy = self._it, self._standing, self._policies.get(version)
        if it is None or policy is None:
            return
        self.progress.start(message(N_("Assessing under version {version}"), version=version))

        def told(change: Change) -> None:
            self.progress.finish()
            if it is self._it:
                self._show(change)

        self._job = self._work.run(
            lambda _progress, _cancelled: compared(it, policy, standing),
            told,
            failed=self._failed,
            progress=self.progress.tick,
            owner=self,
            lane=Lane.FREE,
        )

    def _failed(self, fault: Fault) -> None:
        self.progress.finish()
        self._work.faulted.emit(fault)

    def _show(self, change: Change) -> None:
        clear(self._lines)
        for words in _lines(change):
            self._lines.addWidget(Text(self._work.speech, words, wrap=True, parent=self))

    def _stop(self) -> None:
        if self._job is not None and self._job.is_running:
            self._job.cancel()
        self._job = None
        self.progress.finish()


def _named(policy: Policy) -> Sayable:
    if policy.effective_from is None:
        return Verbatim(policy.version)
    return message(N_("{version}, from {first:date}"), version=policy.version, first=policy.effective_from)


def _lines(change: Change) -> Iterator[Sayable]:
    if not change.differs:
        yield message(N_("Nothing comes out otherwise: same amount, grade, level, lane and red flags."))
        return
    old, new = change.old, change.new
    for title, before, after in (
        (N_("Recommended amount"), _amount(old), _amount(new)),
        (N_("Grade"), Verbatim(old.grade or "—"), Verbatim(new.grade or "—")),
        (N_("Level of approval"), _labelled(TIER_LABELS, old.tier), _labelled(TIER_LABELS, new.tier)),
        (N_("Lane"), _labelled(LANE_LABELS, old.lane), _labelled(LANE_LABELS, new.lane)),
    ):
        moved = before if before == after else message(N_("{old} → {new}"), old=before, new=after)
        yield message(N_("{what}: {name}"), what=message(title), name=moved)
    yield from _flags(change)
    if old.refused != new.refused:
        yield message(N_("Refused by the policy")) if new.refused else message(N_("No longer refused by the policy"))


def _flags(change: Change) -> Iterator[Sayable]:
    whys = {kind.code: kind.why for kind in flag_kinds()}
    for code in change.gained:
        yield message(N_("new: {flag}"), flag=message(whys[code]))
    for code in change.lost:
        yield message(N_("gone: {flag}"), flag=message(whys[code]))


def _amount(one: Answer) -> Sayable:
    return message("{x:money}", x=one.recommended) if one.recommended is not None else Verbatim("—")


def _labelled(labels: Mapping[str, str], key: str) -> Sayable:
    return message(labels[key]) if key in labels else Verbatim("—")

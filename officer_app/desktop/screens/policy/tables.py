"""Versions, differences and changed cases, each as a table."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit.flagkinds import flag_kinds
from officer_app.credit.policydiff import Difference
from officer_app.credit.policylabels import CHOICES, label_of_key
from officer_app.credit.tiers import TIER_LABELS
from officer_app.credit.whatif import Answer, Change, Summary
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.headoffice.policies import PolicyVersion, Standing

_STANDINGS: Final = {
    Standing.IN_FORCE: (State.PASSED, N_("in force")),
    Standing.COMING: (State.INFO, N_("to come")),
    Standing.PAST: (State.NEUTRAL, N_("past")),
}
VERSIONS: Final = (
    Column("version", message(N_("Version")), width=110),
    Column("name", message(N_("Name of the policy")), stretch=True),
    Column("first", message(N_("In force from")), width=150),
    Column("made", message(N_("Published on")), width=150),
    Column("state", message(N_("State")), width=110),
)
DIFFERENCES: Final = (
    Column("key", message(N_("Rule")), stretch=True),
    Column("old", message(N_("Before")), width=250),
    Column("new", message(N_("After")), width=250),
)
CHANGES: Final = (
    Column("case", message(N_("Case")), width=130),
    Column("who", message(N_("Applicant")), width=110),
    Column("amount", message(N_("Can be supported")), width=190),
    Column("grade", message(N_("Grade")), width=80),
    Column("tier", message(N_("Level of approval")), width=180),
    Column("flags", message(N_("Red flags")), stretch=True),
)


class Listing(QWidget):
    """A table, or what to say where there are no rows."""

    def __init__(
        self, speech: Speech, name: Message, columns: tuple[Column, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = DataTable(speech)
        self.table.set_columns(columns)
        speech.name(self.table, name)
        self._empty = EmptyState(speech)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def show_rows(self, rows: tuple[Row, ...], nothing: Message) -> None:
        """These rows, or the sentence."""
        self.table.show_rows(rows)
        self._empty.show_empty(Icon.DOCUMENT, nothing)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)


def version_row(one: PolicyVersion) -> Row:
    """One published version."""
    state, word = _STANDINGS[one.standing]
    first = one.policy.effective_from
    return Row(
        str(one.number),
        (
            Cell(Verbatim(one.policy.version), strong=True),
            Cell(Verbatim(one.policy.name)),
            Cell(message("{on:date}", on=first) if first is not None else Verbatim("—")),
            Cell(message("{on:date}", on=local_date(one.made_at))),
            Cell(message(word), state=state),
        ),
    )


def difference_row(one: Difference) -> Row:
    """One key that differs."""
    return Row(
        one.path,
        (
            Cell(label_of_key(one.path), below=Verbatim(one.path), strong=True),
            Cell(_value(one.old), muted=True, tip=_value(one.old)),
            Cell(_value(one.new), tip=_value(one.new)),
        ),
    )


def _value(text: str | None) -> Sayable:
    if text is None:
        return message(N_("not there"))
    if text in CHOICES:
        return message(CHOICES[text])
    whys = {kind.code: kind.why for kind in flag_kinds()}
    parts = text.split(", ")
    if parts and all(part in whys for part in parts):
        return message("{things}", things=tuple(message(whys[part]) for part in parts))
    return Verbatim(text or "—")


def change_row(one: Change) -> Row:
    """One case that another policy judges otherwise."""
    return Row(
        one.case,
        (
            Cell(Verbatim(one.number), strong=True),
            Cell(Verbatim(one.applicant)),
            Cell(_pair(_amount(one.old), _amount(one.new))),
            Cell(_pair(Verbatim(one.old.grade or "—"), Verbatim(one.new.grade or "—"))),
            Cell(_pair(_tier(one.old), _tier(one.new))),
            Cell(_flags(one)),
        ),
    )


def _pair(old: Sayable, new: Sayable) -> Sayable:
    return new if old == new else message(N_("{old} → {new}"), old=old, new=new)


def _amount(one: Answer) -> Sayable:
    return message("{x:money}", x=one.recommended) if one.recommended is not None else Verbatim("—")


def _tier(one: Answer) -> Sayable:
    return message(TIER_LABELS[one.tier]) if one.tier else Verbatim("—")


def _flags(one: Change) -> Sayable:
    whys = {kind.code: kind.why for kind in flag_kinds()}
    told = [message(N_("new: {flag}"), flag=message(whys[code])) for code in one.gained]
    told += [message(N_("gone: {flag}"), flag=message(whys[code])) for code in one.lost]
    return message("{things}", things=tuple(told)) if told else Verbatim("—")


def summary_words(found: Summary) -> Message:
    """Many cases in one sentence."""
    if not found.cases:
        return message(N_("There is no case here whose facts and policy are known."))
    return message(
        N_(
            "{changed:count} of {cases:count} cases come out otherwise. Supported in all {old:money} → {new:money}; "
            "refused {before:count} → {after:count}."
        ),
        changed=found.changed,
        cases=found.cases,
        old=found.recommended_old,
        new=found.recommended_new,
        before=found.refused_old,
        after=found.refused_new,
    )

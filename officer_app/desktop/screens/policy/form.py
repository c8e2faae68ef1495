"""One group of the policy as fields: each with its name, unit, what the file says of it, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Verbatim, message
from officer_app.credit.flagkinds import flag_kinds
from officer_app.credit.policyhelp import help_of
from officer_app.credit.policylabels import CHOICES, label_of_key, unit_words
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.policy.draft import Draft, Item, listed, quoted, unquoted
from officer_app.desktop.widgets.choice import ChoiceList, MultiChoice
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.number_field import Kind, NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.text_field import LineField, TextArea

_LONGEST: Final = 12
_READ_ONLY: Final = frozenset({"schema_version"})
Literal = Callable[[str], str]


class GroupForm(Page):
    """`changed()` when a value of the draft is another one."""

    changed = Signal()

    def __init__(self, speech: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._today = today
        self._draft: Draft | None = None
        self._holder: QWidget | None = None
        self.rows: dict[str, FieldRow] = {}

    def show_group(self, draft: Draft, group: str) -> None:
        """The fields of a group; the draft takes what is typed."""
        self.finish()
        for row in self.rows.values():
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._draft, self.rows = draft, {}
        for item in draft.items(group):
            self._add(item)
        if self._holder is None:
            self.body.addStretch(1)
            self._holder = self.widget()
        self._tell()
        self.verticalScrollBar().setValue(0)

    def finish(self) -> None:
        """Keep what is being typed."""
        for row in self.rows.values():
            row.field.finish()

    def go_to(self, path: str) -> bool:
        """Put the keyboard on a value; whether this group has it."""
        row = self.rows.get(path) or next((row for key, row in self.rows.items() if path.startswith(key)), None)
        if row is not None:
            row.setFocus()
            self.show_from(row)
        return row is not None

    def _add(self, item: Item) -> None:
        field, literal, stored = self._field(item)
        row = FieldRow(self._speech, field, self)
        row.show_words(label_of_key(item.path), help_of(item.comment), required=item.required)
        if isinstance(field, MultiChoice | TextArea):
            row.stack()
        field.turn_to(stored)
        field.set_read_only(item.path in _READ_ONLY)
        field.committed.connect(lambda text, path=item.path: self._take(path, literal(text)))
        row.left.connect(self.focusNextChild)
        self.rows[item.path] = row
        self.body.insertWidget(len(self.rows) - 1, row)
        row.show()

    def _take(self, path: str, literal: str) -> None:
        draft = self._draft
        if draft is None:
            return
        try:
            draft.put(path, literal)
        except Fault:
            self.rows[path].show_error(message(N_("This is no TOML value: look at quotes, brackets and commas.")))
            return
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        draft = self._draft
        if draft is not None:
            for path, row in self.rows.items():
                row.show_error(draft.problem(path))

    # --- which field a value has ------------------------------------------------------------------------------------

    def _field(self, item: Item) -> tuple[Field, Literal, str]:
        """The field, how its text becomes TOML, and what stands in it at first."""
        key, value = item.key, unquoted(item.literal) if item.literal else ""
        kind = key.type if key is not None and key.path == item.path else ""
        if item.is_number:
            return self._number(item), _plain, item.literal
        if kind == "choice" and key is not None:
            return self._choice(key.unit), _texted, str(value)
        if kind == "list of codes":
            chosen = value if isinstance(value, list) else []
            return self._codes(), _coded, " ".join(str(code) for code in chosen)
        if kind == "date":
            return DateField(self._speech, self._today), _plain, str(value)
        if kind == "text" or (not kind and isinstance(value, str)):
            return LineField(self._speech), _texted, str(value)
        return self._raw(item.literal), _plain, item.literal

    def _number(self, item: Item) -> NumberField:
        unit = item.key.unit if item.key is not None else ""
        whole = item.key is not None and item.key.type == "whole"
        money = unit.startswith("money")
        shape = Kind.MONEY if money else Kind.INTEGER if whole else Kind.DECIMAL
        return NumberField(self._speech, shape, unit=unit_words(unit))

    def _choice(self, names: str) -> ChoiceList:
        field = ChoiceList(self._speech, stacked=True)
        field.show_options([Option(name, message(CHOICES.get(name, name))) for name in names.split("|")])
        return field

    def _codes(self) -> MultiChoice:
        field = MultiChoice(self._speech, stacked=True)
        field.show_options([Option(kind.code, message(kind.why)) for kind in flag_kinds()])
        for kind, button in zip(flag_kinds(), field.buttons(), strict=True):
            self._speech.tip(button, Verbatim(kind.code))
        return field

    def _raw(self, literal: str) -> TextArea:
        return TextArea(self._speech, rows=min(_LONGEST, literal.count("\n") + 2))


def _plain(text: str) -> str:
    return text.strip()


def _texted(text: str) -> str:
    return quoted(text.strip()) if text.strip() else ""


def _coded(text: str) -> str:
    return listed(tuple(text.split()))

"""The items of a section or of a repeat's instance, one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.checklists.view import Block, Item, RepeatBlock
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.questions.reports import RepeatView, Reports, shown_whole
from officer_app.desktop.questions.sheets import Sheet, SheetPlan

Part = SheetPlan | RepeatBlock


class ItemsView(QWidget):
    """Sheets and repeats; what is there is kept and told what has changed."""

    def __init__(self, reports: Reports, *, framed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._framed = framed
        self._parts: list[tuple[str, Sheet | RepeatView]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * SPACE if framed else SPACE + 4)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        plans = plan(items)
        for place, part in enumerate(plans):
            self._show_at(place, part)
        while len(self._parts) > len(plans):
            self._drop(self._parts.pop()[1])

    def stops(self) -> list[QWidget]:
        """Where Enter can lead to, in order."""
        return [stop for _kind, view in self._parts for stop in view.stops()]

    def open_at(self, ref: str) -> bool:
        """Open the entry of a list that holds a question; True when the keyboard is in its cell already."""
        return any(view.open_at(ref) for _kind, view in self._parts if isinstance(view, RepeatView))

    def _show_at(self, place: int, part: Part) -> None:
        kind = _kind(part)
        view = self._parts[place][1] if place < len(self._parts) and self._parts[place][0] == kind else None
        if view is None:
            view = self._make(part)
            if place < len(self._parts):
                self._drop(self._parts[place][1])
                self._parts[place] = (kind, view)
            else:
                self._parts.append((kind, view))
            self._column.insertWidget(place, view)
        if isinstance(part, SheetPlan) and isinstance(view, Sheet):
            view.show_plan(part)
        elif isinstance(part, RepeatBlock) and isinstance(view, RepeatView):
            view.show_block(part)

    def _make(self, part: Part) -> Sheet | RepeatView:
        if isinstance(part, SheetPlan):
            return Sheet(self._reports, framed=self._framed and not part.only_tells, parent=self)
        return self._reports.make_repeat(self._reports, part, self)

    def _drop(self, view: QWidget) -> None:
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()


def plan(items: Sequence[Item]) -> tuple[Part, ...]:
    """Sheets and repeats in order; questions without a heading of their own share one sheet."""
    parts: list[Part] = []
    for item in items:
        if not isinstance(item, Block):
            parts.append(item)
            continue
        last = parts[-1] if parts else None
        if not item.label and isinstance(last, SheetPlan) and not last.label:
            parts[-1] = SheetPlan("", last.relevant or item.relevant, (*last.questions, *item.questions))
        else:
            parts.append(SheetPlan(item.label, item.relevant, item.questions))
    return tuple(parts)


def _kind(part: Part) -> str:
    """Parts of one kind can be shown by one widget, one after the other."""
    if isinstance(part, SheetPlan):
        return "remark" if part.only_tells else "sheet"
    return "whole" if shown_whole(part) else "table"

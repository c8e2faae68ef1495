"""The statements of the open case: the officer writes them down once, and sees at once what they add up to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.figures import Missing
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.statements import grids, results
from officer_app.desktop.screens.statements.grids import SPARE, Grid, Questions
from officer_app.desktop.screens.statements.plan import PLAN, TITLES, Lines, Listing, Part, Statement
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.sheet import SheetGrid
from officer_app.memos.quantities import waits_for

_FLOW_LEAST = 1280


class StatementsScreen(CaseScreen):
    """Sheets of cells; every edit is an answer of the open visit. Alt+Left and Alt+Right change the sheet."""

    place = Place.STATEMENTS

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        self._shown = Statement.BALANCE
        self._questions: Questions | None = None
        self._panel = self.panel()
        speech = work.speech
        self._choice = QButtonGroup(self)
        self._choice.setExclusive(True)
        self._page = Page()
        self._blocks = {statement: _Sheet(self, PLAN[statement]) for statement in Statement}
        self._legend = Text(speech, message(_LEGEND), Kind.HINT, wrap=True, parent=self)
        self._complaint = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self._complaint.hide()
        self._next = Button(speech, message(N_("On to the pictures")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._undo = Button(speech, message(N_("Undo")), keys="Ctrl+Z", parent=self)
        self._redo = Button(speech, message(N_("Redo")), keys="Ctrl+Y", parent=self)
        self._arrange()
        self._connect()
        self.stand(self._page)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self._undo, self._redo, self._next)

    def entered(self, what: object) -> None:
        super().entered(what)
        self._show_sheet(self._shown)

    def go_on(self) -> None:
        self.go.emit(Place.PHOTOS.value, None)

    def left_case(self) -> None:
        self._questions = None

    def show_case(self, opened: OpenCase) -> None:
        self._questions = Questions(opened.session, self.work.speech.language)
        self._panel.show_findings(opened.findings, opened.before)
        self._undo.setEnabled(self.is_editable and opened.session.can_undo)
        self._redo.setEnabled(self.is_editable and opened.session.can_redo)
        self._blocks[self._shown].show_case(opened, self._questions, editable=self.is_editable)

    @property
    def shown(self) -> Statement:
        """The sheet that is in front."""
        return self._shown

    @property
    def complaint(self) -> str:
        """What could not be taken, as it stands above the sheet; nothing when all was."""
        return self._complaint.text()

    # --- what the sheets report ------------------------------------------------------------------------------------

    def type_line(self, key: str, column: str, text: str) -> None:
        """A single fact or its source was typed."""
        line = next(
            (
                line
                for part in PLAN[self._shown]
                if isinstance(part, Lines)
                for line in part.lines
                if line.fact == key
            ),
            None,
        )
        if line is not None:
            self._answer(line.source if column == grids.SOURCE else line.fact, text)

    def type_row(self, part: Listing, key: str, column: str, text: str) -> None:
        """A cell of a list was typed; the spare row becomes one first."""
        opened = self.opened
        if opened is None or self._questions is None:
            return
        if key == SPARE:
            opened.add_repeat(self._questions.lists[part.fact].ref)
            self._questions = Questions(opened.session, self.work.speech.language)
            key = self._questions.lists[part.fact].instances[-1].ref
        instance = grids.refs(part.fact, self._questions).get(key)
        question = self._questions.member(instance, f"{part.fact}.{column}") if instance is not None else None
        if question is not None and question.relevant:
            opened.answer(question.ref, text)
        self.refresh()

    def remove_row(self, part: Listing, key: str) -> None:
        """A row of a list goes; Ctrl+Z brings it back."""
        opened = self.opened
        if opened is None or self._questions is None:
            return
        block = self._questions.lists[part.fact]
        index = next((instance.index for instance in block.instances if instance.ref == key), 0)
        if index:
            opened.remove_repeat(block.ref, index)
            self.refresh()

    def complain(self, what: Sayable | None) -> None:
        """Say what could not be taken, above the sheet."""
        self._complaint.set_text(what)

    def _answer(self, fact: str, text: str) -> None:
        opened = self.opened
        question = self._questions.single.get(fact) if self._questions is not None else None
        if opened is not None and question is not None and question.relevant:
            self.complain(None)
            opened.answer(question.ref, text)
            self.refresh()

    def _take_back(self) -> None:
        opened = self.opened
        if opened is not None and self.is_editable and opened.session.can_undo:
            opened.undo()
            self.refresh()

    def _make_again(self) -> None:
        opened = self.opened
        if opened is not None and self.is_editable and opened.session.can_redo:
            opened.redo()
            self.refresh()

    # --- sheets ----------------------------------------------------------------------------------------------------

    def _show_sheet(self, statement: Statement) -> None:
        self._shown = statement
        self.complain(None)
        for other, block in self._blocks.items():
            block.setVisible(other is statement)
        self._choice.button(list(Statement).index(statement)).setChecked(True)
        self._page.verticalScrollBar().setValue(0)
        self.refresh()
        QTimer.singleShot(0, self._blocks[statement], self._blocks[statement].focus_first)

    def _turn(self, by: int) -> None:
        sheets = list(Statement)
        self._show_sheet(sheets[(sheets.index(self._shown) + by) % len(sheets)])

    def _connect(self) -> None:
        self._next.clicked.connect(self.go_on)
        self._undo.clicked.connect(self._take_back)
        self._redo.clicked.connect(self._make_again)
        for keys, act in (
            ("Ctrl+Z", self._take_back),
            ("Ctrl+Y", self._make_again),
            ("Alt+Left", partial(self._turn, -1)),
            ("Alt+Right", partial(self._turn, 1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._choice.idClicked.connect(lambda place: self._show_sheet(list(Statement)[place]))
        self.work.speech.changed.connect(self._retold)

    def _retold(self) -> None:
        if self.isVisible():
            self.refresh()

    def _arrange(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(HALF)
        for place, statement in enumerate(Statement):
            button = Button(self.work.speech, TITLES[statement], Look.QUIET, parent=self)
            button.setCheckable(True)
            self._choice.addButton(button, place)
            choices.addWidget(button)
        choices.addStretch(1)
        nest(self._page.body, choices)
        self._page.body.addWidget(self._legend)
        self._page.body.addWidget(self._complaint)
        for block in self._blocks.values():
            self._page.body.addWidget(block)
        self._page.body.addStretch(1)


_LEGEND = N_(
    "Type to write, Enter down, Tab right, F2 to edit; sums like 12*30+500 are reckoned. Ctrl+C and Ctrl+V work "
    "with Excel, Ctrl+- removes a row. The bar before a figure: green seen, teal on paper, amber told."
)


class _Sheet(QWidget):
    """The grids of one statement under each other, and what follows from them."""

    def __init__(self, screen: StatementsScreen, parts: tuple[Part, ...]) -> None:
        super().__init__(screen)
        speech = screen.work.speech
        self._screen = screen
        self._statement = next(statement for statement in Statement if PLAN[statement] is parts)
        self._grids: list[tuple[Part, SheetGrid, Text]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in parts:
            column.addWidget(Text(speech, part.title, Kind.SECTION, wrap=True, parent=self))
            waits = Text(speech, None, Kind.HINT, wrap=True, parent=self)
            grid = self._grid(part)
            self._grids.append((part, grid, waits))
            column.addWidget(waits)
            column.addWidget(grid)
        column.addWidget(Text(speech, message(N_("What follows")), Kind.SECTION, wrap=True, parent=self))
        self._remark = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        column.addWidget(self._remark)
        self._results = SheetGrid(speech, self)
        speech.name(self._results, message(N_("What follows")))
        column.addWidget(self._results_in_reach())

    def show_case(self, opened: OpenCase, questions: Questions, *, editable: bool) -> None:
        """Show the case as it stands."""
        for part, grid, waits in self._grids:
            found = self._found(part, questions, editable=editable)
            grid.setVisible(bool(found.rows))
            waits.set_text(_gate(opened, found) if found.waits else None)
            grid.show_sheet(found.columns, found.rows, editable=editable)
        it = opened.findings.assessment
        if self._statement is Statement.CASH:
            flow = it.cash_flow
            missing = flow is None or isinstance(flow, Missing)
            months = () if flow is None or isinstance(flow, Missing) else flow.months
            self._remark.set_text(_no_flow(it.cash_flow) if missing else None)
            self._results.setVisible(not missing)
            self._results.show_sheet(results.flow_columns(months), results.flow_rows(it), editable=False)
            return
        rows = results.rows_of(self._statement, it)
        self._results.show_sheet(results.columns_of(self._statement), rows, editable=False)

    def focus_first(self) -> None:
        """The keyboard in the first grid there is."""
        grids_ = [grid for _, grid, _ in self._grids if not grid.isHidden()] or [self._results]
        grids_[0].setFocus()

    def _found(self, part: Part, questions: Questions, *, editable: bool) -> Grid:
        if isinstance(part, Lines):
            return grids.lines_grid(part, questions)
        return grids.list_grid(part, questions, editable=editable)

    def _grid(self, part: Part) -> SheetGrid:
        grid = SheetGrid(self._screen.work.speech, self)
        self._screen.work.speech.name(grid, part.title)
        if isinstance(part, Lines):
            grid.edited.connect(self._screen.type_line)
        else:
            grid.edited.connect(partial(self._screen.type_row, part))
            grid.removed.connect(partial(self._screen.remove_row, part))
        grid.complained.connect(self._screen.complain)
        grid.left.connect(partial(self._beyond, grid))
        return grid

    def _beyond(self, grid: SheetGrid, forward: bool) -> None:
        """Over the last row of a grid the cursor goes on to the next one."""
        shown = [other for _, other, _ in self._grids if not other.isHidden()]
        place = shown.index(grid) + (1 if forward else -1)
        if 0 <= place < len(shown):
            shown[place].setFocus()

    def _results_in_reach(self) -> QWidget:
        """Many months are wider than the page: they scroll sideways."""
        if self._statement is not Statement.CASH:
            return self._results
        self._results.setMinimumWidth(_FLOW_LEAST)
        around = QScrollArea(self)
        around.setWidgetResizable(True)
        around.setWidget(self._results)
        around.setMinimumHeight(440)
        return around


def _gate(opened: OpenCase, found: Grid) -> Sayable:
    from officer_app.casework.fact_places import FactPlaces

    places = FactPlaces(opened.session).of((found.waits,))
    label = places[0].label if places else message(N_("the list"))
    return message(N_("The checklist does not ask for {what} yet: answer the question before it."), what=label)


def _no_flow(flow: object) -> Sayable:
    if isinstance(flow, Missing):
        return waits_for(flow.paths)
    return message(N_("No loan can be supported: there is no cash flow with one."))

"""What the steps of one case have in common: tabs, head, the panel, and the way to a question."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.casework.cases import OPEN_STATES
from officer_app.casework.fact_places import FactPlaces
from officer_app.credit.lanes import LANE_LABELS
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.widgets.case_panel import CasePanel
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.links import PHOTOS
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from officer_app.vault.records import Origin


class CaseScreen(Screen):
    """A step of the open case. Subclasses say which place they are, what their page is and how it is filled."""

    place: Place

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self.work = work
        self.tabs = CaseTabs(work.speech)
        self.tabs.chosen.connect(lambda key: self.go.emit(key, None))
        work.case_opened.connect(self._attach)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)
        self._places: FactPlaces | None = None
        self._panels: list[CasePanel] = []

    # --- what subclasses do ----------------------------------------------------------------------------------------

    def show_case(self, opened: OpenCase) -> None:
        """Show the case as it stands now; called on entering and after every change of its findings."""
        raise NotImplementedError

    def left_case(self) -> None:
        """Another case is open, or none: forget what belonged to the former."""

    def go_on(self) -> None:
        """What Ctrl+Enter does: the one next action here."""
        raise NotImplementedError

    def own_actions(self) -> tuple[QWidget, ...]:
        """The screen's own buttons in the line above."""
        return ()

    # --- for subclasses --------------------------------------------------------------------------------------------

    @property
    def opened(self) -> OpenCase | None:
        """The open case."""
        return self.work.open_case

    @property
    def places(self) -> FactPlaces | None:
        """Where the facts of the open case are asked, as the checklist stands now."""
        if self._places is None and self.opened is not None:
            self._places = FactPlaces(self.opened.session)
        return self._places

    @property
    def is_editable(self) -> bool:
        """Whether the case may still change."""
        return self.opened is not None and may_change(self.opened)

    def stand(self, page: QWidget) -> None:
        """Tabs above, the page below."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(page, 1)
        self._attach()

    def ask(self, ref: str) -> None:
        """Go to a question, to the pictures, or to one of them (`photos/its id`)."""
        if ref.startswith(PHOTOS):
            self.go.emit(Place.PHOTOS.value, ref.partition("/")[2] or None)
        elif ref:
            self.go.emit(Place.VISIT.value, ref)

    def ask_fact(self, path: str) -> None:
        """Go to the question of a fact."""
        if path and self.places is not None:
            self.ask(self.places.ref(path))

    def panel(self) -> CasePanel:
        """The findings panel with its ways to questions and contradictions."""
        panel = CasePanel(self.work.speech)
        panel.question_wanted.connect(self.ask_fact)
        panel.contradiction_opened.connect(lambda key: self.go.emit(Place.CHECKS.value, (key, "")))
        panel.exit_chosen.connect(lambda key, way: self.go.emit(Place.CHECKS.value, (key, way)))
        self._panels.append(panel)
        return panel

    # --- Screen ----------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        opened = self.opened
        if opened is None:
            return Head(dict(case_words.CASE_TABS)[self.place])
        return Head(
            title=case_words.title_of(opened.case),
            sub=_subtitle(opened),
            chips=(Chip(State.NEUTRAL, message(case_words.STATES[opened.case.state])),),
            actions=self.own_actions(),
        )

    def entered(self, what: object) -> None:  # noqa: ARG002  subclasses take what they are handed
        self.tabs.show_tabs(case_words.CASE_TABS, self.place)
        self.refresh()

    def refresh(self) -> None:
        """Show everything again."""
        self._places = None
        if self.opened is not None:
            self.show_case(self.opened)
            self._show_questions()
            self.head_changed.emit()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _attach(self) -> None:
        self._places = None
        self.left_case()
        opened = self.opened
        if opened is not None:
            opened.findings_changed.connect(self._moved)
            opened.case_changed.connect(self._moved)
            opened.questions_changed.connect(self._show_questions)
        self._show_questions()

    def _show_questions(self) -> None:
        """What to ask next stays until it has been weighed anew."""
        for panel in self._panels:
            panel.show_questions(self.opened.questions if self.opened is not None else ())

    def _moved(self) -> None:
        if self.isVisible():
            self.refresh()


def _subtitle(opened: OpenCase) -> Sayable | None:
    """What the case is about, and the lane it goes today."""
    told, lane = case_words.subtitle_of(opened.case), opened.findings.lane
    if lane is None:
        return told
    words = message(N_("Lane: {lane}"), lane=message(LANE_LABELS[lane.name]))
    return words if told is None else message("{case} · {lane}", case=told, lane=words)


def may_change(opened: OpenCase) -> bool:
    """A draft or a returned case of one's own."""
    return opened.case.state in OPEN_STATES and opened.case.origin is Origin.OWN

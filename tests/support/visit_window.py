"""The real window with the checklist of one case in it, over a real desk."""

from __future__ import annotations

from officer_app.base.ids import CaseId
from officer_app.base.words import Verbatim
from officer_app.casework.desk import Desk
from officer_app.desktop.app.shell import Place as Made
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ImmediateRunner, Runner
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.visit.screen import VisitScreen


class VisitWindow(Shell):
    """A window on the visit of one case; faults become banners as in the application."""

    def __init__(self, desk: Desk, speech: Speech, runner: Runner | None = None) -> None:
        super().__init__(speech, Verbatim("眼见"))
        self.work = Workplace(desk, speech, runner or ImmediateRunner(self.tell_fault))
        self.work.faulted.connect(self.tell_fault)
        self.register((Made(Place.VISIT.value, lambda: VisitScreen(self.work)),))

    def show_visit(self, case: CaseId) -> None:
        """Open a case on its checklist, once it is read."""
        self.work.open(case, self._visit)

    def _visit(self) -> None:
        self.open(Place.VISIT.value)

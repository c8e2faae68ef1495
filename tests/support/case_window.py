"""The real window with the screens of one case, over a real desk, everything on the spot."""

from __future__ import annotations

from collections.abc import Callable

from officer_app.base.ids import CaseId
from officer_app.base.words import Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.desktop.app.shell import Place as Made
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ImmediateRunner, Runner
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.capacity.screen import CapacityScreen
from officer_app.desktop.screens.checks.screen import ChecksScreen
from officer_app.desktop.screens.links.screen import LinksScreen
from officer_app.desktop.screens.memo.screen import MemoScreen
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.screens.schedule.screen import ScheduleScreen
from officer_app.desktop.screens.security.screen import SecurityScreen
from officer_app.desktop.screens.statements.screen import StatementsScreen
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.widgets.rail import RailItem
from officer_app.desktop.widgets.screen import Head, Screen

_SCREENS: dict[Place, Callable[[Workplace], Screen]] = {
    Place.VISIT: VisitScreen,
    Place.STATEMENTS: StatementsScreen,
    Place.PHOTOS: PhotosScreen,
    Place.CHECKS: ChecksScreen,
    Place.CAPACITY: CapacityScreen,
    Place.SECURITY: SecurityScreen,
    Place.SCHEDULE: ScheduleScreen,
    Place.LINKS: LinksScreen,
    Place.MEMO: MemoScreen,
    Place.EXCHANGE: lambda _work: Elsewhere(),
    Place.SETTINGS: lambda _work: Elsewhere(),
}


class Elsewhere(Screen):
    """A place that the case leads to and that is not about it."""

    def head(self) -> Head:
        """Nothing to say."""
        return Head(Verbatim(""))


class CaseWindow(Shell):
    """A window with one case open; faults become banners as in the application."""

    def __init__(self, desk: Desk, speech: Speech, case: CaseId, runner: Runner | None = None) -> None:
        super().__init__(speech, Verbatim("眼见"))
        self.work = Workplace(desk, speech, runner or ImmediateRunner(self.tell_fault))
        self.work.faulted.connect(self.tell_fault)
        self.register(tuple(Made(place.value, lambda make=make: make(self.work)) for place, make in _SCREENS.items()))
        self.rail.show_items(
            (
                RailItem("today", Icon.TODAY, message("Today"), "Alt+1"),
                RailItem("cases", Icon.CASES, message("Cases"), "Alt+3"),
                RailItem("exchange", Icon.EXCHANGE, message("Exchange"), "Alt+4"),
            ),
            (RailItem("settings", Icon.SETTINGS, message("Settings")), RailItem("lock", Icon.LOCK, message("Lock"))),
        )
        self.rail.set_current("cases")
        self.work.open(case, lambda: None)

"""The real window with what managers and head office see, over a real desk."""

from __future__ import annotations

from officer_app.base.words import Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.desktop.app.shell import Place as Made
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import ImmediateRunner, Runner
from officer_app.desktop.kit.workplace import OfficeAccess, Place, Workplace
from officer_app.desktop.screens.audit.screen import AuditScreen
from officer_app.desktop.screens.decide.screen import DecideScreen
from officer_app.desktop.screens.exchange.screen import ExchangeScreen
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.policy.screen import PolicyScreen
from officer_app.desktop.screens.review.screen import ReviewScreen
from officer_app.desktop.widgets.rail import RailItem
from officer_app.training.institution import PASSPHRASE, Demo


class ManagerWindow(Shell):
    """Faults become banners as in the application."""

    def __init__(
        self,
        desk: Desk,
        speech: Speech,
        *,
        store: str = "",
        office: OfficeAccess | None = None,
        runner: Runner | None = None,
    ) -> None:
        super().__init__(speech, Verbatim("眼见"))
        self.work = Workplace(desk, speech, runner or ImmediateRunner(self.tell_fault), store)
        self.work.office = office
        self.work.faulted.connect(self.tell_fault)
        work = self.work
        self.register(
            (
                Made(
                    Place.DECIDE.value,
                    lambda: DecideScreen(work),
                    RailItem(Place.DECIDE.value, Icon.DECIDE, message("Decide"), "Alt+2"),
                ),
                Made(
                    Place.EXCHANGE.value,
                    lambda: ExchangeScreen(work),
                    RailItem(Place.EXCHANGE.value, Icon.EXCHANGE, message("Exchange"), "Alt+4"),
                ),
                Made(
                    Place.INTAKE.value,
                    lambda: IntakeScreen(work),
                    RailItem(Place.INTAKE.value, Icon.RECEIVE, message("Intake"), "Alt+5"),
                ),
                Made(
                    Place.POLICY.value,
                    lambda: PolicyScreen(work),
                    RailItem(Place.POLICY.value, Icon.EDIT, message("Policy"), "Alt+6"),
                ),
                Made(
                    Place.AUDIT.value,
                    lambda: AuditScreen(work),
                    RailItem(Place.AUDIT.value, Icon.SHIELD, message("Auditing"), "Alt+7"),
                ),
                Made(Place.REVIEW.value, lambda: ReviewScreen(work)),
            ),
            (RailItem("settings", Icon.SETTINGS, message("Settings")), RailItem("lock", Icon.LOCK, message("Lock"))),
        )

    def review(self) -> ReviewScreen:
        """The screen of one file."""
        screen = self.open(Place.REVIEW.value)
        assert isinstance(screen, ReviewScreen)
        return screen


def office_of(demo: Demo) -> OfficeAccess:
    """Head office of the demo."""
    return OfficeAccess(demo.head_office, demo.warehouse, PASSPHRASE)

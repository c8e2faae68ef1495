"""The window on a throw-away institution: it signs in by itself, and changes places with a press."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from officer_app.base.paths import default_data_folder
from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.app.demo import STEPS, Guide
from officer_app.desktop.app.strip import RoleSwitch, TryStrip
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.signin.busy import Busy
from officer_app.trust.certificates import Role

if TYPE_CHECKING:
    from officer_app.desktop.app.application import Application
    from officer_app.desktop.screens.signin.entrance import Entrance
    from officer_app.training.institution import Demo

# Where the five steps may take room; on the screens of a case they would take it from the customer.
_SHOWN_AT = frozenset(
    place.value for place in (Place.TODAY, Place.CASES, Place.DECIDE, Place.EXCHANGE, Place.INTAKE, Place.CHECKS)
)


def demo_folder() -> Path:
    """Where the demo lies when nobody says where."""
    data = default_data_folder()
    return data.with_name(f"{data.name}-demo")


class DemoMode(QObject):
    """Founds the demo if need be, signs in as the officer, shows the five steps and the three people."""

    def __init__(self, application: Application, folder: Path) -> None:
        super().__init__()
        self._application = application
        self._folder = folder
        self._then: Place | None = None
        self.demo: Demo | None = None
        self.guide: Guide | None = None
        self.strip: TryStrip | None = None
        self.switch: RoleSwitch | None = None

    def begin(self) -> None:
        """Found it, or open it where it was left."""
        application, folder, clock = self._application, self._folder, self._application.clock
        sheet = Busy(application.appearance, message(N_("Founding the demo institution")))
        sheet.show_step(message(N_("Keys, people, policy, checklist and two customers: a few seconds.")))
        application.cover(sheet)

        def found(_progress: object, _cancelled: object) -> Demo:
            from officer_app.training.demo import open_demo

            return open_demo(folder, clock)

        application.runner.run(Lane.FREE, found, self._founded, failed=sheet.show_fault, owner=sheet)

    def be(self, role: Role) -> None:
        """Change to another person's laptop: their folder, their passphrase, their window."""
        demo, application = self.demo, self._application
        if demo is None:
            return
        clock = application.clock
        sheet = Busy(application.appearance, message(N_("Changing desks")))
        sheet.show_step(Verbatim(demo.person(role).name))
        application.cover(sheet)
        application.enter(lambda: demo.sign_in(role, clock), sheet.show_fault, demo.store)

    def show_person(self, work: Workplace) -> None:
        """Say whose desk this is now."""
        role = next(role for role in Role if role in work.desk.roles)
        if self.switch is not None:
            self.switch.show_role(role)

    def go_on(self, work: Workplace) -> None:
        """Go where the step that was pressed leads."""
        then, self._then = self._then, None
        if then is not None:
            self._go(work, then)

    def look(self, work: Workplace) -> None:
        """See what was done since."""
        if self.guide is not None:
            self.guide.look(work)

    def covered(self, sheet: Entrance) -> None:
        """The lock of the demo tells its own passphrase: it guards nothing of anybody."""
        from officer_app.training.institution import PASSPHRASE

        sheet.show_sub(message(N_("This is the demo: its password is {password}"), password=Verbatim(PASSPHRASE)))

    def _founded(self, demo: Demo) -> None:
        self.demo = demo
        self.guide = Guide(demo)
        self._dress()
        self.be(Role.OFFICER)

    def _dress(self) -> None:
        shell, speech = self._application.shell, self._application.appearance.speech
        self.switch = RoleSwitch(speech)
        self.switch.chosen.connect(lambda value: self.be(Role(value)))
        shell.top.set_corner(self.switch)
        self.strip = TryStrip(speech)
        self.strip.chosen.connect(self._step_chosen)
        shell.under_top.addWidget(self.strip)
        shell.opened.connect(self._opened)
        if self.guide is not None:
            self.guide.changed.connect(self._tick)
        self._tick()

    def _opened(self, key: str) -> None:
        if self.strip is not None:
            self.strip.setVisible(key in _SHOWN_AT)
        if self._application.work is not None:
            self.look(self._application.work)

    def _tick(self) -> None:
        if self.strip is not None and self.guide is not None:
            self.strip.show_done(self.guide.done(), self.guide.upcoming())

    def _step_chosen(self, key: str) -> None:
        step = next(step for step in STEPS if step.key == key)
        work = self._application.work
        if work is None:
            return
        if step.role in work.desk.roles:
            self._go(work, step.place)
        else:
            self._then = step.place
            self.be(step.role)

    def _go(self, work: Workplace, place: Place) -> None:
        shell = self._application.shell
        case = self.guide.case if self.guide is not None else None
        if place not in (Place.CHECKS, Place.MEMO):
            shell.open(place.value)
        elif case is not None:
            work.open(case, partial(shell.go, place.value))

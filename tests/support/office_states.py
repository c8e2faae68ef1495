"""First run, head office and auditing in some of their states, of made-up people: always drawn the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from officer_app.base.words import LANGUAGES
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.audit.cases import Cases
from officer_app.desktop.screens.audit.filters import Known
from officer_app.desktop.screens.intake.people import People
from officer_app.desktop.screens.signin.beginning import Beginning
from officer_app.desktop.screens.signin.stepping import Stepping
from officer_app.headoffice.overview import Enrolled, Standing
from officer_app.trust.certificates import Person, Role
from tests.support.visit_states import SIZES

NOW: Final = datetime(2026, 10, 8, 1, 40, tzinfo=UTC)
_CODE: Final = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"
_KEPT: Final = {"role": "manager", "name": "李慧", "login": "lihui"}


@dataclass(frozen=True)
class OfficeState:
    """How a widget comes into a state."""

    name: str
    make: Callable[[Appearance], QWidget]


def _beginning(step: str) -> Callable[[Appearance], QWidget]:
    def make(appearance: Appearance) -> QWidget:
        sheet = Beginning(appearance, _CODE, _KEPT)
        sheet.first.line.setText("an honest day")
        sheet.turn_to(step)
        return sheet

    return make


def _work(appearance: Appearance) -> Workplace:
    """Enough of a workplace for what is only looked at."""
    clock = SimpleNamespace(now=lambda: NOW)
    return cast(
        "Workplace", SimpleNamespace(speech=appearance.speech, desk=SimpleNamespace(clock=clock, worker=None))
    )


def _people(appearance: Appearance) -> People:
    page = People(_work(appearance))
    page.show_people(
        (
            _enrolled("陈国栋", Role.MANAGER, Standing.HOLDS, 200_000),
            _enrolled("李慧", Role.OFFICER, Standing.ENDS_SOON),
            _enrolled("孙丽娜", Role.OFFICER, Standing.LEAVING, since=NOW + timedelta(days=84)),
            _enrolled("周雯", Role.HEAD_OFFICE, Standing.HOLDS),
            _enrolled("赵前", Role.REVIEWER, Standing.REVOKED, since=NOW - timedelta(days=30)),
        )
    )
    return page


def _withdrawing(appearance: Appearance) -> QWidget:
    page = _people(appearance)
    page.ask_withdraw()
    return page


def _changing(appearance: Appearance) -> QWidget:
    page = _people(appearance)
    page.ask_change()
    return page


def _enrolled(name: str, role: Role, standing: Standing, limit: int = 0, since: datetime | None = None) -> Enrolled:
    key = f"{sum(map(ord, name)):08x}" * 8
    until = NOW + timedelta(days=40 if standing is Standing.ENDS_SOON else 900)
    person = Person(key, name, role, "安信", "城关网点", Decimal(limit), "age1", key, NOW, until)
    return Enrolled(person, standing, since)


def _cases(appearance: Appearance) -> QWidget:
    page = Cases(appearance.speech, date(2026, 10, 8))
    page.filters.show_known(Known(("城关网点",), ("李慧",), ("经营贷",)))
    rows = (("2026-0001", "180000", None, "submitted"), ("2026-0002", "40000", "36000", "approved_with_conditions"))
    page.show_cases(
        tuple(
            SimpleNamespace(
                case_id=number,
                number=number,
                branch="城关网点",
                officer="李慧",
                product="经营贷",
                requested=Decimal(asked),
                approved=Decimal(given) if given else None,
                received_at=NOW,
                state=state,
            )
            for number, asked, given, state in rows
        )
    )
    return page


STATES: Final = (
    OfficeState("begin_role", _beginning("role")),
    OfficeState("begin_password", _beginning("password")),
    OfficeState("begin_code", _beginning("code")),
    OfficeState("people", _people),
    OfficeState("withdraw", _withdrawing),
    OfficeState("change", _changing),
    OfficeState("auditing", _cases),
)


@dataclass(frozen=True)
class OfficeWanted:
    """One picture: which state, in which language, how large, light or dark."""

    state: OfficeState
    language: str
    size: str
    mode: Mode

    @property
    def name(self) -> str:
        """Its file's name, without the ending."""
        return f"{self.state.name}_{self.language}_{self.size}_{self.mode.value}"


# Each language small and light, large and dark: what differs between those is the theme's, and held elsewhere.
OFFICE: Final = tuple(
    OfficeWanted(state, language, size, mode)
    for size, mode in (("1093", Mode.LIGHT), ("1366", Mode.DARK))
    for language in LANGUAGES
    for state in STATES
)


def draw_office(app: QApplication, wanted: OfficeWanted, scratch: Path) -> QImage:
    """The picture that is wanted; the look is light again afterwards."""
    app.setCursorFlashTime(0)
    preferences = Preferences(scratch / f"{wanted.name}.json")
    preferences.put("language", wanted.language)
    preferences.put("look", wanted.mode.value)
    appearance = Appearance(app, preferences, bundled_fonts=True)
    widget = wanted.state.make(appearance)
    try:
        widget.setProperty("ground", "ground")
        widget.resize(SIZES[wanted.size])
        widget.show()
        for _ in range(3):
            QApplication.processEvents()
        if isinstance(widget, Stepping):
            widget.turn_to(widget.step)
        for _ in range(3):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    finally:
        widget.close()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        appearance.speech.deleteLater()
        theme.apply(app, Mode.LIGHT, bundled_fonts=True)

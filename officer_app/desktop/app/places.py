"""Which screens there are, who sees them, and how each is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from officer_app.base.words import N_, Bilingual, message
from officer_app.desktop.app.shell import Place as Made
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.shortcuts import Shortcuts
from officer_app.desktop.kit.workplace import OfficeAccess, Place, Workplace
from officer_app.desktop.widgets.rail import RailItem
from officer_app.desktop.widgets.screen import Screen
from officer_app.trust.certificates import Role

if TYPE_CHECKING:
    from officer_app.training.institution import Demo

HELP: Final = "help"
LANGUAGE: Final = "language"
LOCK: Final = "lock"
EVERYONE: Final = frozenset(Role)
_OFFICER: Final = frozenset({Role.OFFICER})
_MANAGER: Final = frozenset({Role.MANAGER})
_READS: Final = frozenset({Role.MANAGER, Role.REVIEWER})
_OFFICE: Final = frozenset({Role.HEAD_OFFICE})
_AUDITOR: Final = frozenset({Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Around:
    """What a screen may be made from."""

    work: Workplace
    appearance: Appearance
    shortcuts: Shortcuts
    demo: Demo | None


Maker = Callable[[Around], Screen]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: `item` is None for what is opened from elsewhere."""

    place: Place
    roles: frozenset[Role]
    make: Maker
    item: RailItem | None = None


def places_of(roles: frozenset[Role], around: Around) -> tuple[Made, ...]:
    """The places of somebody with these roles, in the order of the rail."""
    return tuple(
        Made(entry.place.value, partial(entry.make, around), entry.item) for entry in TABLE if entry.roles & roles
    )


def first_place(roles: frozenset[Role]) -> Place:
    """Where the day begins."""
    return next(entry.place for entry in TABLE if entry.roles & roles and entry.item is not None)


def foot() -> tuple[RailItem, ...]:
    """The window's own matters, below."""
    return (
        RailItem(Place.SETTINGS.value, Icon.SETTINGS, message(N_("Settings")), "Ctrl+,", stays=True),
        RailItem(HELP, Icon.HELP, message(N_("Help")), "F1"),
        RailItem(LANGUAGE, Icon.LANGUAGE, OTHER),
        RailItem(LOCK, Icon.LOCK, message(N_("Lock")), "Ctrl+L"),
    )


# In each language the name of the other one, in itself.
OTHER: Final = Bilingual("中文", "English")


def _today(around: Around) -> Screen:
    from officer_app.desktop.screens.today.screen import TodayScreen

    return TodayScreen(around.work)


def _cases(around: Around) -> Screen:
    from officer_app.desktop.screens.cases.screen import CasesScreen

    return CasesScreen(around.work, around.appearance.preferences)


def _new_case(around: Around) -> Screen:
    from officer_app.desktop.screens.new_case.screen import NewCaseScreen

    return NewCaseScreen(around.work)


def _settings(around: Around) -> Screen:
    from officer_app.desktop.screens.settings.screen import SettingsScreen

    return SettingsScreen(around.work, around.appearance, around.shortcuts)


def _retention(around: Around) -> Screen:
    from officer_app.desktop.screens.retention.screen import RetentionScreen

    return RetentionScreen(around.work)


def _visit(around: Around) -> Screen:
    from officer_app.desktop.screens.visit.screen import VisitScreen

    return VisitScreen(around.work)


def _statements(around: Around) -> Screen:
    from officer_app.desktop.screens.statements.screen import StatementsScreen

    return StatementsScreen(around.work)


def _photos(around: Around) -> Screen:
    from officer_app.desktop.screens.photos.screen import PhotosScreen

    return PhotosScreen(around.work)


def _checks(around: Around) -> Screen:
    from officer_app.desktop.screens.checks.screen import ChecksScreen

    return ChecksScreen(around.work)


def _capacity(around: Around) -> Screen:
    from officer_app.desktop.screens.capacity.screen import CapacityScreen

    return CapacityScreen(around.work)


def _security(around: Around) -> Screen:
    from officer_app.desktop.screens.security.screen import SecurityScreen

    return SecurityScreen(around.work)


def _schedule(around: Around) -> Screen:
    from officer_app.desktop.screens.schedule.screen import ScheduleScreen

    return ScheduleScreen(around.work)


def _links(around: Around) -> Screen:
    from officer_app.desktop.screens.links.screen import LinksScreen

    return LinksScreen(around.work)


def _memo(around: Around) -> Screen:
    from officer_app.desktop.screens.memo.screen import MemoScreen

    return MemoScreen(around.work)


def _decide(around: Around) -> Screen:
    from officer_app.desktop.screens.decide.screen import DecideScreen

    return DecideScreen(around.work)


def _review(around: Around) -> Screen:
    from officer_app.desktop.screens.review.screen import ReviewScreen

    return ReviewScreen(around.work)


def _exchange(around: Around) -> Screen:
    from officer_app.desktop.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(around.work)


def _intake(around: Around) -> Screen:
    from officer_app.desktop.screens.intake.screen import IntakeScreen

    _open_office_of_demo(around)
    return IntakeScreen(around.work)


def _policy(around: Around) -> Screen:
    from officer_app.desktop.screens.policy.screen import PolicyScreen

    _open_office_of_demo(around)
    return PolicyScreen(around.work)


def _audit(around: Around) -> Screen:
    from officer_app.desktop.screens.audit.screen import AuditScreen

    return AuditScreen(around.work)


def _open_office_of_demo(around: Around) -> None:
    demo = around.demo
    if demo is not None and around.work.office is None:
        from officer_app.training.institution import PASSPHRASE

        around.work.office = OfficeAccess(demo.head_office, demo.warehouse, PASSPHRASE)


TABLE: Final = (
    Entry(Place.TODAY, _OFFICER, _today, RailItem("today", Icon.TODAY, message(N_("Today")), "Alt+1")),
    Entry(Place.DECIDE, _READS, _decide, RailItem("decide", Icon.DECIDE, message(N_("Decide")), "Alt+2")),
    Entry(Place.INTAKE, _OFFICE, _intake, RailItem("intake", Icon.RECEIVE, message(N_("Intake")), "Alt+5")),
    Entry(Place.POLICY, _OFFICE, _policy, RailItem("policy", Icon.EDIT, message(N_("Policy")), "Alt+6")),
    Entry(Place.AUDIT, _AUDITOR, _audit, RailItem("audit", Icon.SHIELD, message(N_("Auditing")), "Alt+7")),
    Entry(Place.CASES, _OFFICER | _MANAGER, _cases, RailItem("cases", Icon.CASES, message(N_("Cases")), "Alt+3")),
    Entry(Place.EXCHANGE, EVERYONE, _exchange, RailItem("exchange", Icon.EXCHANGE, message(N_("Exchange")), "Alt+4")),
    Entry(Place.NEW_CASE, _OFFICER, _new_case),
    Entry(Place.VISIT, _OFFICER, _visit),
    Entry(Place.STATEMENTS, _OFFICER, _statements),
    Entry(Place.PHOTOS, _OFFICER, _photos),
    Entry(Place.CHECKS, _OFFICER, _checks),
    Entry(Place.CAPACITY, _OFFICER, _capacity),
    Entry(Place.SECURITY, _OFFICER, _security),
    Entry(Place.SCHEDULE, _OFFICER, _schedule),
    Entry(Place.LINKS, _OFFICER, _links),
    Entry(Place.MEMO, _OFFICER, _memo),
    Entry(Place.REVIEW, _READS, _review),
    Entry(Place.SETTINGS, EVERYONE, _settings),
    Entry(Place.RETENTION, _OFFICER | _READS, _retention),
)

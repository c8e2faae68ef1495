"""What every screen works with: the desk, the runner, the language, and the case that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Fault
from officer_app.base.ids import CaseId
from officer_app.base.progress import Progress
from officer_app.casework import revisits
from officer_app.casework.cases import OPEN_STATES, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings, findings_of
from officer_app.casework.revisits import Wish
from officer_app.casework.upgrades import move_back, move_up
from officer_app.casework.visitlog import sit_down
from officer_app.casework.visits import Visit, begin_visit, resume_visit, visits_of
from officer_app.desktop.kit.memory import settle
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import Job, Lane, Runner, Work
from officer_app.vault.records import CaseRecord, Origin

T = TypeVar("T")


class Place(StrEnum):
    """The screens, by the key that navigation uses."""

    TODAY = "today"
    CASES = "cases"
    NEW_CASE = "new_case"
    VISIT = "visit"
    STATEMENTS = "statements"
    PHOTOS = "photos"
    CHECKS = "checks"
    CAPACITY = "capacity"
    SECURITY = "security"
    SCHEDULE = "schedule"
    LINKS = "links"
    MEMO = "memo"
    DECIDE = "decide"
    REVIEW = "review"
    EXCHANGE = "exchange"
    INTAKE = "intake"
    POLICY = "policy"
    AUDIT = "audit"
    SETTINGS = "settings"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class OfficeAccess:
    """Where head office's own folder and its database are, and what opens the folder."""

    folder: Path
    warehouse: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToRead:
    """Handed to the photos: this picture is to be read at once."""

    photo: str


class Workplace(QObject):
    """One signed-in window. Screens ask it for everything that is not theirs, and never ask each other.

    `changed` says that cases or deliveries on this laptop are no longer what they were; `case_opened` that
    `open_case` is another (or none); `capture_wanted` that somebody asks for the line of quick captures; `faulted`
    that something failed which nobody else told.
    """

    changed = Signal()
    case_opened = Signal()
    capture_wanted = Signal()
    faulted = Signal(object)

    def __init__(self, desk: Desk, speech: Speech, runner: Runner, store: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.speech = speech
        self.runner = runner
        self.store = store
        self.open_case: OpenCase | None = None
        # Head office's folder, when it is open here: given by the demo, else typed on the intake screen.
        self.office: OfficeAccess | None = None

    def run(
        self,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Fault], None] | None = None,
        progress: Progress | None = None,
        owner: QObject | None = None,
        lane: Lane = Lane.VAULT,
    ) -> Job:
        """Hand work to the background; a fault nobody takes becomes a banner."""
        return self.runner.run(
            lane, work, done, failed=failed or self.faulted.emit, progress=progress, owner=owner or self
        )

    def open(self, case: CaseId, then: Callable[[], None]) -> None:
        """Open a case with its latest visit, or its first, and go on with `then`.

        A case that is open already is not read again: what was typed and not yet saved keeps its place.
        """
        if self.open_case is not None and self.open_case.case_id == case:
            then()
            return
        desk = self.desk

        def read(_progress: object, _cancelled: object) -> tuple[CaseRecord, Visit, Findings]:
            past = visits_of(desk, case)
            visit = resume_visit(desk, past[-1].id) if past else begin_visit(desk, case)
            record = read_case(desk, case)
            if record.origin is Origin.OWN and record.state in OPEN_STATES:
                sit_down(desk, visit, fresh=not past)
            return record, visit, findings_of(desk, case, visit)

        def show(opened: tuple[CaseRecord, Visit, Findings]) -> None:
            self._take(OpenCase(self.desk, self.runner, *opened))
            then()
            # While one waits for the case anyway, so that no answer has to wait for the collector later.
            settle()

        self.run(read, show)

    def visit_again(self, wish: Wish, then: Callable[[], None]) -> None:
        """Begin a further visit of the open case, work in it from now on, and go on with `then`."""
        opened = self.open_case
        if opened is None:
            return
        if not opened.is_saved and not self.runner.is_busy:
            opened.save_again()
        desk, case, findings = self.desk, opened.case_id, opened.findings

        self._take_visit(lambda: revisits.begin(desk, case, findings, wish), then, fresh=True)

    def move_form(self, then: Callable[[], None], *, back: bool = False) -> None:
        """Move the open visit to the newest version of its checklist, or take that back, and go on with `then`."""
        opened = self.open_case
        if opened is None:
            return
        if not opened.is_saved and not self.runner.is_busy:
            opened.save_again()
        desk, visit, moved = self.desk, opened.visit.record.id, opened.visit.moved

        def move() -> Visit:
            return move_back(desk, visit, moved) if back and moved is not None else move_up(desk, visit)

        self._take_visit(move, then, fresh=False)

    def _take_visit(self, get: Callable[[], Visit], then: Callable[[], None], *, fresh: bool) -> None:
        """Get a visit in the vault's lane, sit down at it, and work in it from now on."""
        desk = self.desk

        def read(_progress: object, _cancelled: object) -> tuple[CaseRecord, Visit, Findings]:
            visit = get()
            sit_down(desk, visit, fresh=fresh)
            return read_case(desk, visit.case), visit, findings_of(desk, visit.case, visit)

        def show(found: tuple[CaseRecord, Visit, Findings]) -> None:
            self._take(OpenCase(self.desk, self.runner, *found))
            then()

        self.run(read, show)

    def close_case(self) -> None:
        """Leave the open case; everything is on the disk or on its way there."""
        if self.open_case is not None:
            self._take(None)

    def _take(self, opened: OpenCase | None) -> None:
        if self.open_case is not None:
            self.open_case.end_sitting()
            self.open_case.deleteLater()
        self.open_case = opened
        if opened is not None:
            opened.setParent(self)
            opened.faulted.connect(self.faulted)
            opened.case_changed.connect(self.changed)
        self.case_opened.emit()

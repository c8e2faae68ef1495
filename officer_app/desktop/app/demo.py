"""The five steps of "try this" in the demo, which follow what was really done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Message, message
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.trust.certificates import Role

if TYPE_CHECKING:
    from officer_app.training.institution import Demo

_NOTE: Final = "guide.json"
_CASE: Final = "case"
_DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try: who does it and where."""

    key: str
    words: Message
    role: Role
    place: Place


STEPS: Final = (
    Step("see", message(N_("See the contradiction")), Role.OFFICER, Place.CHECKS),
    Step("settle", message(N_("Explain it, or let it stand")), Role.OFFICER, Place.CHECKS),
    Step("hand_over", message(N_("Hand the case over")), Role.OFFICER, Place.MEMO),
    Step("decide", message(N_("Manager: decide")), Role.MANAGER, Place.DECIDE),
    Step("arrive", message(N_("Head office: see it arrive")), Role.HEAD_OFFICE, Place.INTAKE),
)


class Guide(QObject):
    """Which of the five steps are done. Kept beside the demo, for each is seen from another person's desk."""

    changed = Signal()

    def __init__(self, demo: Demo) -> None:
        super().__init__()
        self._demo = demo
        self._note = Preferences(demo.folder / _NOTE)

    @property
    def case(self) -> CaseId | None:
        """The case that the steps are about: the one that was waiting when the demo opened."""
        kept = self._note.text(_CASE)
        return CaseId(kept) if kept else None

    def done(self) -> frozenset[str]:
        """The keys of what was done."""
        kept = self._note.get(_DONE)
        return frozenset(str(key) for key in kept) if isinstance(kept, list) else frozenset()

    def upcoming(self) -> str:
        """The first step not done yet, or nothing."""
        done = self.done()
        return next((step.key for step in STEPS if step.key not in done), "")

    def look(self, work: Workplace) -> None:
        """See from this desk what has been done; in the vault's lane, as rows alone."""
        warehouse, case = self._demo.warehouse, self.case

        def read(_progress: object, _cancelled: object) -> tuple[CaseId | None, frozenset[str]]:
            about = case or _waiting_case(work)
            return about, (_seen_from(work, about, warehouse) if about is not None else frozenset())

        def note(found: tuple[CaseId | None, frozenset[str]]) -> None:
            about, seen = found
            self._note.put(_CASE, about)
            before = self.done()
            after = before | seen
            if after != before:
                self._note.put(_DONE, [step.key for step in STEPS if step.key in after])
                self.changed.emit()

        work.run(read, note, owner=self, lane=Lane.VAULT)


def _waiting_case(work: Workplace) -> CaseId | None:
    from officer_app.casework.cases import CaseQuery, CaseState, find_cases

    found = find_cases(work.desk, CaseQuery(states=frozenset({CaseState.DRAFT}), limit=1)).items
    return found[0].id if found else None


def _seen_from(work: Workplace, case: CaseId, warehouse: str) -> frozenset[str]:
    from officer_app.casework.today import trail_of
    from officer_app.vault.records import CaseState

    seen = set()
    if Role.HEAD_OFFICE in work.desk.roles:
        return frozenset({"arrive"}) if _has_arrived(case, warehouse) else frozenset()
    try:
        trail = trail_of(work.desk, case)
    except Fault as fault:
        if fault.code is not Code.RECORD_MISSING:
            raise
        return frozenset()
    if Role.OFFICER in work.desk.roles:
        seen |= {"see"} if trail.contradictions else set()
        seen |= {"settle"} if any(one.exit is not None for one in trail.contradictions) else set()
        seen |= {"hand_over"} if trail.state is not CaseState.DRAFT else set()
    seen |= {"decide"} if trail.decided else set()
    return frozenset(seen)


def _has_arrived(case: CaseId, warehouse: str) -> bool:
    from officer_app.headoffice.warehouse import Warehouse

    with Warehouse(warehouse) as open_one, open_one.transaction() as connection:
        found = connection.exec_driver_sql("SELECT 1 FROM case_file WHERE case_id = ?", (case,))
        return found.first() is not None

"""The case that is open in the window: its visit, its findings, and every change to them.

A change is made in memory at once, so the screen never waits; the row goes to the disk in the vault's lane, and only
when that came back does `saved` say so. Facts are taken out of memory before they cross to the lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from officer_app.base.canonical import Json
from officer_app.base.errors import Fault
from officer_app.base.ids import CaseId, PhotoId
from officer_app.base.progress import Cancelled, Progress
from officer_app.casework import (
    captures,
    explanations,
    facts,
    notes,
    photos,
    readings,
    visitlog,
    visits,
)
from officer_app.casework.cases import read_case, set_note
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, Findings, reassess
from officer_app.casework.gate import Gap, gaps
from officer_app.casework.kept_readings import OnPaper
from officer_app.casework.leaving import Leaving, before_leaving
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.rows import Followers
from officer_app.casework.visits import Pending, Visit
from officer_app.checklists.capturing.proposing import Proposal
from officer_app.checklists.capturing.several import together
from officer_app.checklists.changes import Changes
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import QuestionType
from officer_app.checklists.visitlog import Event
from officer_app.credit.asknext import Question, ask_next
from officer_app.desktop.kit.photo_search import PhotoSearch
from officer_app.desktop.kit.tasks import Job, Lane, Runner
from officer_app.evidence.intake import PhotoReading
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.sources import Source
from officer_app.vault.records import CaptureRecord, CaptureState, CaseRecord, LieTold, NoteRecord, PhotoRecord

_CALM: Final = 300  # milliseconds without a new finding


@dataclass(frozen=True, slots=True)
class Filing:
    """A captured line, where it goes, and how it was read."""

    line: CaptureRecord
    proposal: Proposal
    read_as: Json


class OpenCase(QObject):
    """One case at work.

    `answered` gives the Changes of a change just made (in memory); `saved_changed` follows when the disk has it or
    refused it; `findings_changed` when the analysis has caught up, and `questions_changed` a moment after it, when
    what to ask next has been weighed; `photos_changed` when a picture came or went; `captures_changed` when a line
    came into the tray or left it; `notes_changed` when a note was written at a question.
    """

    answered = Signal(object)
    saved_changed = Signal()
    findings_changed = Signal()
    questions_changed = Signal()
    photos_changed = Signal()
    case_changed = Signal()
    captures_changed = Signal()
    notes_changed = Signal()
    faulted = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, case: CaseRecord, visit: Visit, findings: Findings) -> None:
        super().__init__()
        self._desk = desk
        self._runner = runner
        self._waiting = 0
        self._assessing = False
        self._again = False
        self.visit = visit
        self.findings = findings
        self.before: Findings | None = None
        self.saved_at: datetime | None = None
        self.case = case
        self.questions: tuple[Question, ...] = ()
        self._rows = Followers()
        self._asking: Job | None = None
        self._search = PhotoSearch(desk, runner, lambda: self.findings.photos, self)
        self._search.done.connect(self._photos_moved)
        self._search.faulted.connect(self.faulted)
        self._layered: dict[PhotoId, PhotoRecord] = {}
        self._refiled: dict[PhotoId, str] = {}  # pictures that went with their row of a list
        # Weighing questions assesses the case many times: once for a burst of answers, when it has ended.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._soon.start(0)

    @property
    def case_id(self) -> CaseId:
        """Which case it is."""
        return self.visit.case

    @property
    def session(self) -> FormSession:
        """The checklist in memory."""
        return self.visit.session

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is on the disk."""
        return self.visit.saved

    def answer(self, ref: str, text: str) -> Changes:
        """Answer a question. Errors: FORM_READ_ONLY, FORM_NO_SUCH_QUESTION."""
        old = self.session.value(ref)
        changes = self.session.set(ref, text)
        self._log_answer(ref, old)
        return self._changed(changes)

    def answer_all(self, answers: Mapping[str, str]) -> Changes:
        """Answer several questions at once, taken back at once. Errors: as `answer`."""
        old = {ref: self.session.value(ref) for ref in answers}
        changes = self.session.set_all(answers)
        for ref, text in old.items():
            self._log_answer(ref, text)
        return self._changed(changes)

    def add_repeat(self, ref: str, count: int = 1) -> Changes:
        """Add rows to a list."""
        self._log(Event.ADD_REPEAT, ref)
        return self._changed(self.session.add_repeat(ref, count))

    def enter_rows(self, ref: str, count: int, answers: Mapping[str, str]) -> Changes:
        """Lengthen a list and answer its questions, as from another table: one change, taken back as one."""
        for _ in range(count):
            self._log(Event.ADD_REPEAT, ref)
        old = {one: self.session.peek(one) or "" for one in answers}
        changes = self.session.enter([ref] * count, answers)
        for one, text in old.items():
            self._log_answer(one, text)
        return self._changed(changes)

    def remove_repeat(self, ref: str, index: int) -> Changes:
        """Remove a row of a list."""
        self._log(Event.DELETE_REPEAT, f"{ref}[{index}]")
        return self._changed_with_lines(lambda: self.session.remove_repeat(ref, index))

    def undo(self) -> Changes:
        """Take the last change back. A line whose filing is taken back waits in the tray again."""
        return self._changed_with_lines(self.session.undo)

    def redo(self) -> Changes:
        """Make it again."""
        return self._changed_with_lines(self.session.redo)

    def file(self, filings: Sequence[Filing]) -> Changes:
        """Put captured lines where they were proposed: one change, taken back as one. Errors: as `answer`."""
        changes = self._changed(self.session.enter(*together([one.proposal for one in filings])))
        for one in filings:
            proposal = one.proposal
            self.put_line(one.line, CaptureState.FILED, ref=proposal.ref, value=proposal.value, read_as=one.read_as)
        return changes

    def take_over(self, adds: Sequence[str], answers: Mapping[str, str], lines: Sequence[CaptureRecord]) -> Changes:
        """Answer as an earlier file has it, each with its source: taken back as one. Errors: as `answer`."""
        changes = self.session.enter(adds, answers)
        for ref in adds:
            self._log(Event.ADD_REPEAT, ref)
        for ref in answers:
            self._log_answer(ref, "")
        self._keep(*lines)
        return self._changed(changes)

    def capture(self, words: str) -> CaptureRecord:
        """A line as it was said; it waits in the tray."""
        line = captures.captured(self.visit, words, self._desk.user.id, self._desk.clock.now())
        self._keep(line)
        return line

    def put_line(
        self, line: CaptureRecord, state: CaptureState, *, ref: str = "", value: str = "", read_as: Json = None
    ) -> None:
        """File a line, keep it as a note, drop it, or put it back into the tray."""
        settled = None if state is CaptureState.WAITING else self._desk.clock.now()
        self._keep(replace(line, state=state, ref=ref, value=value, read_as=read_as, settled=settled))

    def said(self, ref: str, words: str, value: str, read_as: Json) -> None:
        """Keep what was said for an answer beside it."""
        line = captures.captured(self.visit, words, self._desk.user.id, self._desk.clock.now())
        self.put_line(line, CaptureState.FILED, ref=ref, value=value, read_as=read_as)

    def note(self, ref: str, words: str, *, not_seen: bool) -> None:
        """Write a note at a question; without words it goes."""
        now = self._desk.clock.now()
        self._keep_notes((notes.written(self.visit, ref, words, self._desk.user.id, now, not_seen=not_seen),))
        self.notes_changed.emit()

    def stand_on(self, ref: str, language: str) -> None:
        """The keyboard is in a question now; "" when it is in none."""
        log = self.visit.log
        if log is None:
            return
        if ref:
            question = self.session.question(ref, language)
            log.entered(ref, question.value, len(question.label))
        else:
            log.left()

    def from_paper(self, *, begins: bool) -> None:
        """What is typed from here on was written on paper at the visit; or that is over."""
        self._log(Event.PAPER if begins else Event.PAPER_END, "")

    def jump_to(self, ref: str) -> None:
        """A question was opened from a list, past those before it."""
        self._log(Event.JUMP, ref)

    def end_sitting(self) -> None:
        """Keep what the log still holds; the case is being left."""
        desk, visit = self._desk, self.visit
        if visit.log is not None:
            self._run(lambda: visitlog.finish(desk, visit, Event.EXIT), lambda _nothing: None)

    def save_again(self) -> None:
        """Try to save what the disk refused."""
        self._save(Pending(self.visit.record.id, self.case_id, dict(self.visit.unsaved), {}))

    def gaps(self) -> tuple[Gap, ...]:
        """What is still missing before submission."""
        return gaps(self._desk, self.visit, self.findings)

    def before_leaving(self) -> tuple[Leaving, ...]:
        """What cannot be had by phone later, by place."""
        return before_leaving(self.visit, self.gaps())

    def attach(
        self,
        name: str,
        data: bytes,
        ref: str,
        shot: str,
        *,
        source: Source = Source.UNKNOWN,
        done: Callable[[PhotoRecord], None] | None = None,
        failed: Callable[[Fault], None] | None = None,
    ) -> Job:
        """Take a picture in: read beside the window, kept in the vault's lane, put to its question."""
        desk, record = self._desk, self.visit.record

        def read(_progress: Progress, cancelled: Cancelled) -> PhotoReading:
            return photos.read_picture(desk, data, name, cancelled)

        def keep(reading: PhotoReading) -> None:
            self._runner.run(
                Lane.VAULT,
                lambda _progress, _cancelled: photos.attach_photo(
                    desk, record, data, reading, name=name, ref=ref, shot=shot, source=source
                ),
                lambda kept: self._attached(kept, ref, done),
                failed=failed or self.faulted.emit,
                owner=self,
            )

        return self._runner.run(Lane.FREE, read, keep, failed=failed or self.faulted.emit, owner=self)

    def put_photo(self, photo: PhotoRecord, ref: str, shot: str) -> None:
        """Put a picture of this visit to a question, to a frame of its own, or back into the tray (both empty).

        A question that has no picture yet is answered with it; one whose answer went away takes the next it has.
        """
        desk, old = self._desk, photo.ref

        def put(_record: PhotoRecord) -> None:
            self._refiled.pop(photo.id, None)
            if ref and not self.session.peek(ref):
                self.answer(ref, photo.id)
            if old and old != ref and self.session.peek(old) == photo.id:
                others = (one.record.id for one in self.findings.photos if one.record.ref == old)
                self.answer(old, next((one for one in others if one != photo.id), ""))
            self._photos_moved()

        self._runner.run(
            Lane.VAULT,
            lambda _progress, _cancelled: photos.file_photo(desk, photo.id, ref=ref, shot=shot),
            put,
            failed=self.faulted.emit,
            owner=self,
        )

    def search_pictures(self) -> None:
        """Look for the visit code in every picture that was not searched yet, and for the place of earlier visits."""
        self._search.begin()

    def relayered(self, changed: PhotoRecord) -> None:
        """A picture is shown in another way from now on: turned, cut, blurred, or as it came again."""
        self._layered[changed.id] = changed
        self.findings = self._caught_up(self.findings)
        self._photos_moved()

    def keep_paper(self, photo: PhotoId, told: OnPaper) -> None:
        """The officer says that the paper in a picture says so; an answer that differs is a contradiction then."""
        desk = self._desk
        self._run(lambda: readings.keep_paper(desk, photo, told), lambda _nothing: self._photos_moved())

    def keep_watermark(self, photo: PhotoId, told: Watermark) -> None:
        """The officer says that the watermark of a picture says so; it is judged from then on."""
        desk = self._desk
        self._run(lambda: readings.keep_watermark(desk, photo, told), lambda _nothing: self._photos_moved())

    def let_go_reading(self, photo: PhotoId, fact: str = "") -> None:
        """Take back what was confirmed of a fact; without one, the watermark."""
        desk = self._desk
        self._run(lambda: readings.let_go(desk, photo, fact), lambda _nothing: self._photos_moved())

    def withdraw(self, photo: PhotoId, reason: str) -> None:
        """Take a picture out of the case, with a reason."""
        desk = self._desk
        ref = next((one.record.ref for one in self.findings.photos if one.record.id == photo), "")

        def gone(_nothing: None) -> None:
            if ref and self.session.question(ref, "en").value == photo:
                self.answer(ref, "")
            self._photos_moved()

        self._run(lambda: photos.withdraw_photo(desk, photo, reason), gone)

    def explain(self, found: Contradiction, words: str, pictures: tuple[PhotoId, ...] = (), proof: str = "") -> None:
        """Exit one: both are true, and this is why; pictures prove it, or a paper seen, or who else says so."""
        self._close(lambda: explanations.explain(self._desk, self.case_id, found, words, pictures, proof))

    def correct(self, found: Contradiction, reason: str, lie: LieTold | None = None) -> None:
        """Exit two: one side is wrong and is being put right; `lie` when it was said knowingly wrong."""
        self._close(lambda: explanations.correct(self._desk, self.case_id, found, reason, lie))

    def let_stand(self, found: Contradiction, reason: str, lie: LieTold | None = None) -> None:
        """Exit three: it stands unexplained; `lie` as for `correct`."""
        self._close(lambda: explanations.let_stand(self._desk, self.case_id, found, reason, lie))

    def reopen(self, found: Contradiction) -> None:
        """Take an exit back."""
        self._close(lambda: explanations.reopen(self._desk, self.case_id, found))

    def put_on_file(self) -> None:
        """Record every contradiction found now; called when the officer looks at the list."""
        findings = self.findings
        if any(one.record is None for one in findings.contradictions):
            self._close(lambda: explanations.record(self._desk, self.case_id, findings))

    def set_note(self, words: str) -> None:
        """Keep the officer's statement for the memo."""
        desk, case = self._desk, self.case_id
        self._read_line(lambda: set_note(desk, case, words))

    def reread(self) -> None:
        """Read the case's own line again: it was handed over, or a decision came."""
        desk, case = self._desk, self.case_id
        self._read_line(lambda: read_case(desk, case))

    def refresh(self) -> None:
        """Read the case's own line again, and assess from the start."""
        self.reread()
        self._photos_moved()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _keep(self, *lines: CaptureRecord) -> None:
        desk, case = self._desk, self.case_id
        self.visit.captures.update({line.id: line for line in lines})
        self._run(lambda: captures.keep(desk, case, *lines), lambda _nothing: None)
        self.captures_changed.emit()

    def _keep_notes(self, some: Sequence[NoteRecord]) -> None:
        desk, case = self._desk, self.case_id
        if some:
            self._run(lambda: notes.keep(desk, case, some), lambda _nothing: None)

    def _changed_with_lines(self, step: Callable[[], Changes]) -> Changes:
        """A change that may take answers away or bring them back: the lines they were made of go with them."""
        before = {identity: self._stands(line) for identity, line in self.visit.captures.items()}
        changes = step()
        self._changed(changes)
        moved = [
            self._moved(line, stood)
            for identity, stood in before.items()
            if stood != self._stands(line := self.visit.captures[identity])
        ]
        if moved:
            self._keep(*moved)
        return changes

    def _moved(self, line: CaptureRecord, stood: bool) -> CaptureRecord:
        """A line whose answer was taken back or made again; what stood as last time waits nowhere then."""
        away = CaptureState.WAITING if captures.source_of(line) is None else CaptureState.DROPPED
        if stood and line.state is CaptureState.FILED:
            return replace(line, state=away, settled=None)
        if not stood and line.state is away:
            return replace(line, state=CaptureState.FILED, settled=self._desk.clock.now())
        return line

    def _stands(self, line: CaptureRecord) -> bool:
        return bool(line.ref) and self.session.peek(line.ref) == line.value

    def _changed(self, changes: Changes) -> Changes:
        followed = self._rows.follow(self.visit, changes, (one.record for one in self.findings.photos))
        self._keep_notes(followed.notes)
        self._move_photos(followed.photos)
        if followed.lines:
            self._keep(*followed.lines)
        if changes.stored:
            self._save(visits.pending(self.visit, changes))
            self._assess()
        self.answered.emit(changes)
        return changes

    def _move_photos(self, moved: Sequence[PhotoRecord]) -> None:
        desk = self._desk
        if moved:
            self._refiled |= {photo.id: photo.ref for photo in moved}
            self.findings = self._caught_up(self.findings)
            self._run(lambda: photos.follow_rows(desk, moved), lambda _nothing: self._photos_moved())

    def _log(self, event: Event, ref: str) -> None:
        if self.visit.log is not None:
            self.visit.log.happened(event, ref)

    def _log_answer(self, ref: str, old: str) -> None:
        log, new = self.visit.log, self.session.value(ref)
        if log is None or old == new:
            return
        log.answered(ref, old, new)
        if self.session.is_refused(ref):
            log.happened(Event.CONSTRAINT_ERROR, ref)

    def _save(self, pending: Pending) -> None:
        desk = self._desk
        self._waiting += 1

        def kept(case: CaseRecord) -> None:
            self._waiting -= 1
            self.case = case
            visits.settle(self.visit, pending)
            self.saved_at = desk.clock.now()
            self.saved_changed.emit()

        def refused(fault: Fault) -> None:
            self._waiting -= 1
            if self.visit.log is not None:
                self.visit.log.put_back(pending.happened)
            self.saved_changed.emit()
            self.faulted.emit(fault)

        self._runner.run(
            Lane.VAULT, lambda _progress, _cancelled: visits.save(desk, pending), kept, failed=refused, owner=self
        )

    def _assess(self, *, afresh: bool = False) -> None:
        """Catch up with the answers; while one assessment runs, later answers share the next."""
        if self._assessing and not afresh:
            self._again = True
            return
        self._assessing = True
        desk, case, known = self._desk, self.case_id, facts.live(self.visit)
        before = None if afresh else self.findings

        def caught_up(findings: Findings) -> None:
            self._assessing = False
            self.before, self.findings = self.findings, self._caught_up(findings)
            self.findings_changed.emit()
            self.search_pictures()
            self._soon.start(_CALM)
            if self._again:
                self._again = False
                self._assess()

        def failed(fault: Fault) -> None:
            self._assessing = False
            self.faulted.emit(fault)

        self._runner.run(
            Lane.VAULT,
            lambda _progress, _cancelled: reassess(desk, case, known, before),
            caught_up,
            failed=failed,
            owner=self,
        )

    def _caught_up(self, findings: Findings) -> Findings:
        """An assessment that began before a picture was laid over, or went with its row, would show what is gone."""
        return replace(findings, photos=tuple(self._with_layer(self._in_place(one)) for one in findings.photos))

    def _in_place(self, one: JudgedPhoto) -> JudgedPhoto:
        ref = self._refiled.get(one.record.id, one.record.ref)
        return one if ref == one.record.ref else replace(one, record=replace(one.record, ref=ref))

    def _with_layer(self, one: JudgedPhoto) -> JudgedPhoto:
        kept = self._layered.get(one.record.id)
        if kept is None or kept.view == one.record.view:
            return one
        return replace(one, record=replace(one.record, layers=kept.layers, view=kept.view, thumb=kept.thumb))

    def _ask(self) -> None:
        """Weigh what to ask next, beside the window; an answer that came meanwhile has its own turn.

        The moment may have come after the window was closed: then nobody asks any more.
        """
        if self._runner.is_over:
            return
        if self._asking is not None:
            self._asking.cancel()
        assessment = self.findings.assessment

        def weighed(questions: tuple[Question, ...]) -> None:
            if self.findings.assessment is assessment:
                self.questions = questions
                self.questions_changed.emit()

        self._asking = self._runner.run(
            Lane.FREE,
            lambda _progress, _cancelled: ask_next(assessment.facts, assessment.policy, assessment),
            weighed,
            failed=self.faulted.emit,
            owner=self,
        )

    def _attached(self, kept: PhotoRecord, ref: str, done: Callable[[PhotoRecord], None] | None) -> None:
        # At any other question a picture stands beside the answer, never in its place.
        self._refiled.pop(kept.id, None)
        if ref and self.session.question(ref, "en").type is QuestionType.IMAGE:
            self.answer(ref, kept.id)
        self._photos_moved()
        if done is not None:
            done(kept)

    def _photos_moved(self) -> None:
        self._assess(afresh=True)
        self.photos_changed.emit()

    def _read_line(self, read: Callable[[], CaseRecord]) -> None:
        def show(case: CaseRecord) -> None:
            if case != self.case:
                self.case = case
                self.case_changed.emit()

        self._runner.run(Lane.VAULT, lambda _progress, _cancelled: read(), show, failed=self.faulted.emit, owner=self)

    def _close(self, step: Callable[[], None]) -> None:
        self._run(step, lambda _nothing: self._assess(afresh=True))

    def _run(self, step: Callable[[], None], then: Callable[[None], None]) -> None:
        self._runner.run(Lane.VAULT, lambda _progress, _cancelled: step(), then, failed=self.faulted.emit, owner=self)

"""The checklist of the open case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Bilingual, Sayable, message
from officer_app.casework.fact_places import FactPlaces
from officer_app.casework.gate import COSIGN
from officer_app.casework.photos import thumbnail
from officer_app.casework.revisits import ANOTHER_VISIT, Plan, Wish, asked_by, plan
from officer_app.casework.shots import OWN
from officer_app.casework.upgrades import Newer
from officer_app.checklists.changes import Changes
from officer_app.checklists.view import Section
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.noting import Noted
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.beside import Beside
from officer_app.desktop.screens.visit.drafts import WITHOUT_PLACE, ChangesPanel, DraftLines, WithoutPlace
from officer_app.desktop.screens.visit.drawn import DrawnLine, DrawnPanel
from officer_app.desktop.screens.visit.elapsed import Elapsed
from officer_app.desktop.screens.visit.lacking import LackingPart
from officer_app.desktop.screens.visit.lasttime import KEYS as LAST_TIME_KEYS
from officer_app.desktop.screens.visit.lasttime import LastTimePart
from officer_app.desktop.screens.visit.normed import NormPart
from officer_app.desktop.screens.visit.norms import KEYS as NORM_KEYS
from officer_app.desktop.screens.visit.said import flow_of, noted_at, said_for
from officer_app.desktop.screens.visit.standing import is_money, saved, section_row
from officer_app.desktop.screens.visit.tray import tray_chip
from officer_app.desktop.screens.visit.visits import KEYS as VISIT_KEYS
from officer_app.desktop.screens.visit.visits import BeginPanel, VisitStrip
from officer_app.desktop.screens.visit.writing import PageWriter
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_panel import CasePanel
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.labels import rule
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.sections import SectionList
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip

_SECTIONS_WIDTH = 228


class VisitScreen(Screen):
    """Fill the checklist. Handed a question's ref it opens there; handed `None` it goes on where one was."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        speech = work.speech
        self._section = ""
        self._labels: dict[str, Sayable] = {}
        today = local_date(work.desk.clock.now())
        around = Surroundings(today, is_money, flow_of, partial(said_for, work), self._noted)
        self._tabs = CaseTabs(speech)
        self._sections = SectionList(speech)
        self._sections.setFixedWidth(_SECTIONS_WIDTH)
        self._page = SectionView(speech, around)
        self._panel = CasePanel(speech)
        self._elapsed = Elapsed(work, self)
        self._writer = PageWriter(speech, self._page, self._open_visit)
        self._norms = NormPart(work, self._page, self._open_visit)
        self._last = LastTimePart(work)
        self._visits = VisitStrip(speech)
        self._gaps = LackingPart(work, self._page, self._visits, self)
        self._begin_panel = BeginPanel(speech)
        self._draft = DraftLines(work)
        self._changes_panel = ChangesPanel(speech)
        self._without_place = WithoutPlace(speech)
        self._again = Button(speech, message(N_("Another visit")), Look.QUIET, icon=Icon.ADD, keys=VISIT_KEYS)
        self._beside = Beside(work, self._page, self._visits, around, self, self._open_visit)
        self._drawn_line = DrawnLine(speech)
        self._drawn_panel = DrawnPanel(speech)
        self._next = Button(speech, message(N_("Next part")), Look.PRIMARY, keys="Ctrl+PgDown")
        self._previous = Button(speech, message(N_("Part before")), keys="Ctrl+PgUp")
        self._undo = Button(speech, message(N_("Undo")), keys="Ctrl+Z")
        self._lacking = Button(speech, message(N_("What is missing")), Look.PRIMARY, keys="Ctrl+M")
        self._arrange()
        self._connect()

    # --- Screen ---------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        opened = self._work.open_case
        if opened is None:
            return Head(message(N_("Site visit")))
        return Head(
            title=case_words.title_of(opened.case),
            sub=case_words.subtitle_of(opened.case),
            chips=(
                Chip(State.NEUTRAL, message(case_words.STATES[opened.case.state])),
                *self._last.chips(),
                *tray_chip(opened.visit),
                *self._beside.chips(),
                *self._elapsed.chips(),
            ),
            saved=saved(opened),
            actions=(self._beside.turn, self._lacking),
        )

    def side(self) -> QWidget:
        return self._panel

    def entered(self, what: object) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        self._tabs.show_tabs(case_words.CASE_TABS, Place.VISIT)
        self._show_sections()
        self._show_findings()
        self._norms.read()
        self._again.setVisible(may_change(opened))
        ref = str(what) if isinstance(what, str) else ""
        if ref == ANOTHER_VISIT:
            self._offer_visit()
        elif ref == COSIGN:
            self._beside.ask_signature()
        elif ref.startswith("/"):
            self._open_question(ref)
        else:
            self._open_section(self._section or self._first_open())

    def finish(self) -> None:
        self._page.finish()

    # --- the case -------------------------------------------------------------------------------------------------

    def _attached_to_case(self) -> None:
        """Another case is open: listen to it, and begin where it was left."""
        opened = self._work.open_case
        self._section = ""
        self._labels = {}
        self._norms.show_section(None)
        self._bring(self._page)
        self._visits.show_case(opened)
        self._elapsed.follow(opened)
        self._draft.show_case(opened)
        self._last.show_case(opened)
        if opened is None:
            return
        opened.answered.connect(self._answered)
        opened.saved_changed.connect(self.head_changed)
        opened.findings_changed.connect(self._show_findings)
        opened.questions_changed.connect(self._show_questions)
        opened.photos_changed.connect(self._show_pictures)
        opened.captures_changed.connect(self._show_findings)
        opened.captures_changed.connect(self.head_changed)
        opened.notes_changed.connect(self._show_page)

    def _answered(self, changes: Changes) -> None:
        if changes.stored and self.isVisible():
            self._show_sections()
            self._show_page()
            self._beside.refresh()
        self.head_changed.emit()

    def _show_findings(self) -> None:
        opened = self._work.open_case
        if opened is not None:
            self._panel.show_findings(opened.findings, opened.before)
            self._show_questions()
            self._gaps.refresh()

    def _show_questions(self) -> None:
        opened = self._work.open_case
        self._panel.show_questions(opened.questions if opened is not None else ())

    # --- sections -------------------------------------------------------------------------------------------------

    def _show_sections(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        if not self._labels:
            self._read_labels(opened)
        counts = self._visits.session(opened).counts()
        rows = tuple(section_row(ref, label, counts[ref]) for ref, label in self._labels.items() if ref in counts)
        self._sections.show_sections(rows if self._visits.past is not None else (*rows, *self._draft.row()))

    def _read_labels(self, opened: OpenCase) -> None:
        session = self._visits.session(opened)
        chinese = session.titles("zh_CN")
        self._labels = {
            section.ref: Bilingual(section.label, chinese[section.ref])
            for section in session.sections("en")
            if section.relevant
        }

    def _first_open(self) -> str:
        opened = self._work.open_case
        refs = list(self._labels)
        if opened is None or not refs:
            return ""
        counts = self._visits.session(opened).counts()
        return next((ref for ref in refs if counts[ref].missing or not counts[ref].answered), refs[0])

    def _open_section(self, ref: str, focus: Callable[[], object] | None = None) -> None:
        """Show a section with the keyboard in it, by `focus` or on the first question that has no answer."""
        if not ref:
            return
        self._page.finish()
        if ref == WITHOUT_PLACE:
            self._sections.set_current(ref)
            self._without_place.show_homeless(self._draft.homeless)
            self._bring(self._without_place)
            return
        self._section = ref
        self._bring(self._page)
        self._sections.set_current(ref)
        self._show_page()
        # At once: the row that had the keyboard is gone with its section, and the next key would press some button.
        # Once more when the page has been laid out, for what was not to be seen yet.
        (focus or self._page.focus_first)()
        QTimer.singleShot(0, self._page, partial(self._page.stay, focus or self._page.focus_first))

    def _open_question(self, ref: str) -> None:
        """The keyboard on a question; on the one that opens it while it stands in a closed part."""
        self._visits.show_newest()
        opened = self._work.open_case
        if opened is not None and (checklist := asked_by(opened.visit, ref)):
            self._offer_checklist(checklist)
            return
        if opened is not None:
            ref = FactPlaces(opened.session).shown(ref) or ref
            opened.jump_to(ref)
        section = next((known for known in self._labels if ref == known or ref.startswith(known + "/")), "")
        self._open_section(section, partial(self._page.focus_question, ref))

    def _show_page(self) -> None:
        opened = self._work.open_case
        if opened is None or not self._section:
            return
        section = self._section_view(opened)
        self._page.show_section(section)
        self._gaps.show_section(self._section)
        self._norms.show_section(section)
        self._show_drawn()
        self._show_last_time()
        self._undo.setEnabled(opened.session.can_undo and self._visits.past is None)
        self._show_pictures()

    def _section_view(self, opened: OpenCase) -> Section:
        return self._visits.section(opened, self._section, self._work.speech.language)

    def _step(self, by: int) -> None:
        if self._beside.step(by):
            return
        refs = list(self._labels)
        if self._section in refs:
            self._open_section(refs[min(len(refs) - 1, max(0, refs.index(self._section) + by))])

    def _to_missing(self) -> None:
        """The next section in which an answer is missing, round to this one; the list of gaps when none is."""
        opened = self._work.open_case
        if opened is None:
            return
        refs, counts = list(self._labels), self._visits.session(opened).counts()
        at = refs.index(self._section) + 1 if self._section in refs else 0
        following = next((ref for ref in (*refs[at:], *refs[:at]) if counts[ref].missing), "")
        if not following:
            self._gaps.toggle()
            return
        self._open_section(following, self._page.focus_required)

    # --- what the page reports ------------------------------------------------------------------------------------

    def _stand(self, ref: str) -> None:
        opened = self._work.open_case
        if opened is not None:
            opened.stand_on(ref, self._work.speech.language)

    def _noted(self, ref: str) -> Noted | None:
        opened = self._work.open_case
        return noted_at(self._visits.past or opened.visit, ref) if opened is not None else None

    def _open_visit(self) -> OpenCase | None:
        """The case with the visit that is worked on; None while an earlier one is being read."""
        return self._work.open_case if self._visits.past is None else None

    def _take_back(self) -> None:
        opened = self._open_visit()
        if opened is not None and opened.session.can_undo:
            self._page.finish()
            opened.undo()

    def _show_pictures(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        shown = {row.question.ref for row in self._page.rows()}
        visit = (self._visits.past or opened.visit).record.id
        for photo in opened.findings.photos:
            if photo.record.ref in shown and photo.record.visit == visit:
                data = thumbnail(self._work.desk, photo.record)
                self._page.show_picture(photo.record.ref, QImage.fromData(data))

    def _wanted(self, path: str) -> None:
        opened = self._work.open_case
        ref = FactPlaces(opened.session).asked(path)[0] if opened is not None and path else ""
        if ref:
            self._open_question(ref)

    def _gap_chosen(self, kind: str, ref: str) -> None:
        if kind == "contradiction":
            self.go.emit(Place.CHECKS.value, (ref, ""))
        elif ref == ANOTHER_VISIT:
            self._offer_visit()
        elif ref == COSIGN:
            self._beside.ask_signature()
        elif kind == "capture":
            self._work.capture_wanted.emit()
        elif ref.startswith(OWN):
            self.go.emit(Place.PHOTOS, ref)
        elif ref:
            self._open_question(ref)

    def _bring(self, part: QWidget) -> None:
        """What stands in the middle: the page, or a list in its place."""
        for each in (*self._in_its_place(), self._page):
            each.setVisible(each is part)
        self._norms.show_strip()
        self._show_drawn()
        self._show_last_time()

    def _in_its_place(self) -> tuple[QWidget, ...]:
        panels = *self._gaps.panels(), self._norms.panel, self._begin_panel, self._changes_panel
        return (*panels, self._without_place, self._drawn_panel, self._last.panel, *self._beside.panels())

    # --- questions drawn for the visit ------------------------------------------------------------------------------

    def _show_drawn(self) -> None:
        opened = self._open_visit()
        if opened is None or not self._section or self._page.isHidden():
            self._drawn_line.hide()
        else:
            self._drawn_line.show_section(opened, self._section)

    def _put_drawn(self) -> None:
        opened = self._open_visit()
        if opened is not None and may_change(opened):
            self._page.finish()
            self._drawn_panel.show_drawn(opened)
            self._bring(self._drawn_panel)
            self._drawn_panel.setFocus()

    # --- the checklist's newer version ------------------------------------------------------------------------------

    def _show_changes(self, newer: object) -> None:
        if isinstance(newer, Newer) and self._work.open_case is not None:
            self._page.finish()
            self._visits.show_newest()
            self._changes_panel.show_newer(newer)
            self._bring(self._changes_panel)
            self._changes_panel.setFocus()

    def _move_form(self, *, back: bool = False) -> None:
        """The draft in another version, the same section of it where it has it."""
        self._page.finish()
        section = self._section

        def there() -> None:
            self._read_labels_again(section)
            self.go.emit(Place.VISIT.value, None)

        self._work.move_form(there, back=back)

    def _read_labels_again(self, section: str) -> None:
        self._show_sections()
        self._section = section if section in self._labels else ""

    # --- visits ---------------------------------------------------------------------------------------------------

    def _offer_visit(self) -> None:
        self._offer_checklist("")

    def _offer_checklist(self, checklist: str) -> None:
        opened = self._work.open_case
        if opened is None or not may_change(opened):
            return
        self._page.finish()
        self._visits.show_newest()
        desk, case, findings = self._work.desk, opened.case_id, opened.findings

        def show(planned: Plan) -> None:
            self._begin_panel.show_plan(planned, checklist)
            self._bring(self._begin_panel)
            self._begin_panel.setFocus()

        self._work.run(lambda _progress, _cancelled: plan(desk, case, findings), show, owner=self)

    def _begin_visit(self, wish: object) -> None:
        if isinstance(wish, Wish):
            self._bring(self._page)
            self._work.visit_again(wish, lambda: self.go.emit(Place.VISIT.value, None))

    def _leave_visits(self) -> None:
        self._bring(self._page)
        self._page.focus_first()

    def _leave_beside(self) -> None:
        self._beside.evening.finish()
        self._leave_visits()
        self._show_page()

    def _turn_visit(self) -> None:
        """Another visit is shown: its own sections, the same one of them where it has it."""
        opened = self._work.open_case
        if opened is None:
            return
        self._labels = {}
        self._bring(self._page)
        self._show_sections()
        if self._section not in self._labels:
            self._section = next(iter(self._labels), "")
        self._open_section(self._section)

    # --- as last time ---------------------------------------------------------------------------------------------

    def _show_last_time(self) -> None:
        self._last.show_section(self._section, on_page=not self._page.isHidden() and self._visits.past is None)

    def _look_at_last_time(self) -> None:
        self._page.finish()
        self._bring(self._last.panel)
        self._last.panel.setFocus()

    def _leave_last_time(self) -> None:
        self._page.finish()
        self._leave_visits()

    # --- norms ----------------------------------------------------------------------------------------------------

    def _show_norms(self) -> None:
        self._bring(self._norms.panel)
        self._norms.panel.setFocus()

    # --- building -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._writer.to_read.connect(partial(self.go.emit, Place.PHOTOS.value))
        self._work.case_opened.connect(self._attached_to_case)
        self._work.speech.changed.connect(self._show_page)
        self._elapsed.changed.connect(self.head_changed)
        self._tabs.chosen.connect(lambda key: self.go.emit(key, None))
        self._sections.chosen.connect(self._open_section)
        self._page.done.connect(partial(self._step, 1))
        self._page.required_wanted.connect(self._to_missing)
        self._page.turned.connect(self._norms.show_strip)
        self._page.stood_on.connect(self._stand)
        self._norms.panel_wanted.connect(self._show_norms)
        self._norms.page_wanted.connect(partial(self._bring, self._page))
        self._visits.turning.connect(self._page.finish)
        self._visits.turned.connect(self._turn_visit)
        self._drawn_line.pressed.connect(self._put_drawn)
        self._drawn_panel.closed.connect(self._leave_visits)
        self._beside.told.connect(self.told)
        self._beside.changed.connect(self.head_changed)
        self._beside.panel_wanted.connect(self._bring)
        self._beside.page_wanted.connect(self._leave_beside)
        self._begin_panel.begun.connect(self._begin_visit)
        self._begin_panel.closed.connect(self._leave_visits)
        self._draft.changes_wanted.connect(self._show_changes)
        self._draft.back_wanted.connect(partial(self._move_form, back=True))
        self._draft.place_wanted.connect(self._open_question)
        self._draft.read.connect(self._show_sections)
        self._changes_panel.wanted.connect(self._move_form)
        self._changes_panel.closed.connect(self._leave_visits)
        self._last.counted.connect(self.head_changed)
        self._last.panel_wanted.connect(self._look_at_last_time)
        self._last.page_wanted.connect(self._leave_last_time)
        self._last.fact_wanted.connect(self._wanted)
        QShortcut(QKeySequence(LAST_TIME_KEYS), self).activated.connect(self._last.take)
        QShortcut(QKeySequence(NORM_KEYS), self).activated.connect(self._norms.toggle)
        self._panel.question_wanted.connect(self._wanted)
        self._panel.contradiction_opened.connect(lambda key: self.go.emit(Place.CHECKS.value, (key, "")))
        self._panel.exit_chosen.connect(lambda key, way: self.go.emit(Place.CHECKS.value, (key, way)))
        self._gaps.gap_chosen.connect(self._gap_chosen)
        self._gaps.question_chosen.connect(self._open_question)
        self._gaps.panel_wanted.connect(self._bring)
        self._gaps.page_wanted.connect(self._leave_visits)
        for button, keys, action in (
            (self._next, "Ctrl+PgDown", partial(self._step, 1)),
            (self._previous, "Ctrl+PgUp", partial(self._step, -1)),
            (self._undo, "Ctrl+Z", self._take_back),
            (self._lacking, "Ctrl+M", self._gaps.toggle),
            (self._again, VISIT_KEYS, self._offer_visit),
        ):
            button.clicked.connect(action)
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self._attached_to_case()

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        foot.setSpacing(SPACE)
        for button in (self._next, self._previous):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._undo)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._last.strip)
        for part in (*self._in_its_place(), self._page):
            middle.addWidget(part, 1)
        middle.addWidget(rule())
        middle.addWidget(self._drawn_line)
        middle.addWidget(self._norms.strip)
        nest(middle, foot)
        for part in (*self._in_its_place(), self._norms.strip, self._last.strip):
            part.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, SPACE)
        left.setSpacing(SPACE)
        left.addWidget(self._sections, 1)
        under = QHBoxLayout()
        under.addWidget(self._again)
        under.addStretch(1)
        under.addWidget(self._beside.more)
        nest(left, under)
        nest(row, left)
        row.addWidget(rule(column=True))
        nest(row, middle, 1)
        # The steps of the case stand over everything, as on its other pages: beside the sections they have no room.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._tabs)
        whole.addWidget(rule())
        whole.addWidget(self._visits)
        whole.addWidget(self._draft)
        nest(whole, row, 1)

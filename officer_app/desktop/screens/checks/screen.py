"""Cross-checks and contradictions of the open case."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.fact_places import FactPlace
from officer_app.casework.findings import Contradiction, Findings, Standing
from officer_app.casework.papers import shots_of
from officer_app.casework.photos import thumbnail
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.checks.dispute import Matter
from officer_app.desktop.screens.checks.disputes import DisputeList
from officer_app.desktop.screens.checks.editor import CORRECTED, EXPLAINED, Proofs
from officer_app.desktop.screens.checks.rows import CheckDetails, places_wanted
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.check_rows import COLUMNS, ordered, row_of
from officer_app.desktop.widgets.folding_table import FoldingTable
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.left_out import LeftOutCard
from officer_app.desktop.widgets.links import PHOTOS
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.plots.deviations import sales_deviations
from officer_app.vault.records import BlobId, LieTold


class ChecksScreen(CaseScreen):
    """Handed (key of a contradiction, exit word) it opens that exit's editor; with "" it shows the contradiction."""

    place = Place.CHECKS

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._names: dict[PhotoId, Sayable] = {}
        self._thumbs: dict[BlobId, QImage] = {}
        self._panel = self.panel()
        self._next = Button(speech, message(N_("Settle the next one")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._page = Page()
        self._plot = PlotCanvas(speech)
        self._plot_title = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self._count = Text(speech, kind=Kind.SECTION, parent=self)
        self._calm = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.disputes = DisputeList(speech, self._thumb)
        self._tally = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self.left_out = LeftOutCard(speech)
        self.table = FoldingTable(speech, COLUMNS, self._details, spare="tolerance")
        self._arrange()
        self._connect()
        self.stand(self._page)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self._next,)

    def entered(self, what: object) -> None:
        super().entered(what)
        if self.opened is not None and self.is_editable:
            self.opened.put_on_file()
        key, way = what if isinstance(what, tuple) else ("", "")
        if self.disputes.card(str(key)) is not None:
            self.show_contradiction(str(key), str(way))
        else:
            QTimer.singleShot(0, self, self._begin)

    def left_case(self) -> None:
        self.disputes.forget()
        self._names.clear()
        self._thumbs.clear()

    def show_case(self, opened: OpenCase) -> None:
        findings = opened.findings
        labels = shots_of(opened.visit)
        self._names = {
            photo.record.id: labels.get(photo.record.ref) or Verbatim(photo.record.file_name)
            for photo in findings.photos
        }
        self._panel.show_findings(findings, opened.before)
        # They stand in the page here, with all that belongs to them; once is enough.
        self._panel.show_contradictions(())
        self._show_plot(findings.assessment)
        self._show_contradictions(findings)
        self._show_checks(findings.assessment)
        waiting = bool(findings.open) and self.is_editable
        self._next.set_text(message(N_("Settle the next one") if waiting else N_("On to capacity and amount")))

    def go_on(self) -> None:
        editor, waiting = self.disputes.editor(), self.disputes.waiting()
        if editor is not None:
            editor.keep()
        elif waiting is None or not self.is_editable:
            self.go.emit(Place.CAPACITY.value, None)
        else:
            self._page.show_from(waiting)
            waiting.first_stop().setFocus()

    # --- contradictions --------------------------------------------------------------------------------------------

    def show_contradiction(self, key: str, way: str) -> None:
        """Bring a contradiction up; with an exit's word, open its editor."""
        card = self.disputes.card(key)
        if card is None:
            return
        if way in card.exits:
            self.disputes.close_editor()
            self.disputes.edit(key, way)
        else:
            card.first_stop().setFocus()
        self._page.show_from(card)

    def _show_contradictions(self, findings: Findings) -> None:
        ordered_ones = sorted(findings.contradictions, key=_urgency)
        matters = tuple(self._matter(one) for one in ordered_ones)
        self.disputes.show_matters(matters, tuple(self._names.items()))
        self._count.set_text(
            message(
                N_("Contradictions: {open:count} of {all:count} to settle"),
                open=len(findings.open),
                all=len(findings.contradictions),
            )
        )
        self._calm.set_text(None if matters else _calm(findings.assessment))

    def _matter(self, one: Contradiction) -> Matter:
        places = self.places.of(one.paths) if self.places is not None else ()
        seen = tuple(
            FactPlace(PHOTOS, self._names[photo], f"{PHOTOS}/{photo}") for photo in one.photos if photo in self._names
        )
        record = one.record
        proofs = record.photos if record is not None and record.exit is not None else ()
        names: tuple[Sayable, ...] = tuple(self._names[PhotoId(photo)] for photo in proofs if photo in self._names)
        if record is not None and record.exit is not None and record.proof:
            names = (*names, Verbatim(record.proof))
        return Matter(one, (*places, *seen), names, self.is_editable)

    def _keep(self, key: str, way: str, words: str, proofs: Proofs, lie: LieTold | None) -> None:
        card, opened = self.disputes.card(key), self.opened
        if card is None or opened is None:
            return
        one = card.matter.one
        if way == EXPLAINED:
            opened.explain(one, words, proofs.photos, proofs.words)
        elif way == CORRECTED:
            opened.correct(one, words, lie)
        else:
            opened.let_stand(one, words, lie)

    def _make_room(self, key: str) -> None:
        """An editor has opened or closed: its card comes up whole, and Ctrl+Enter is its key."""
        card = self.disputes.card(key)
        self._next.set_keys("" if card is not None else "Ctrl+Enter")
        self._next.setEnabled(card is None)
        if card is not None:
            self._page.show_from(card)

    def _reopen(self, key: str) -> None:
        card = self.disputes.card(key)
        if card is not None and self.opened is not None:
            self.opened.reopen(card.matter.one)

    def _thumb(self, photo: PhotoId) -> QImage:
        records = self.opened.findings.photos if self.opened is not None else ()
        record = next((one.record for one in records if one.record.id == photo), None)
        if record is None:
            return QImage()
        shown = record.thumb or record.original  # another one once something was laid over the picture
        if shown not in self._thumbs:
            self._thumbs[shown] = QImage.fromData(thumbnail(self.work.desk, record))
        return self._thumbs[shown]

    # --- checks ----------------------------------------------------------------------------------------------------

    def show_check(self, check: str) -> None:
        """Open a check's row."""
        if check in self._checks():
            self.table.unfold(check)
            self.table.setFocus()
            self._page.show_from(self.table)

    def _show_checks(self, assessment: Assessment) -> None:
        checks = ordered(assessment.checks)
        self.table.show_rows(tuple(row_of(check) for check in checks))
        self.left_out.show_left_out(assessment.left_out)
        self._tally.set_text(
            message(
                N_(
                    "Checks: {passed:count} of {counted:count} agree, {failed:count} do not, {open:count} lack inputs"
                ),
                passed=assessment.checks_passed,
                counted=assessment.checks_counted,
                failed=sum(check.verdict is Verdict.FAILED for check in checks),
                open=sum(check.verdict is Verdict.MISSING for check in checks),
            )
        )

    def _show_plot(self, assessment: Assessment) -> None:
        self._plot.show_plot(lambda width, em: sales_deviations(assessment, width=width, em=em))
        drawing = sales_deviations(assessment, width=100, em=1)
        self._plot_title.set_text(
            drawing.title if drawing is not None else message(N_("Sales a month by each route"))
        )

    def _checks(self) -> dict[str, CheckResult]:
        checks = self.opened.findings.assessment.checks if self.opened is not None else ()
        return {check.id: check for check in checks}

    def _details(self, key: str) -> QWidget:
        check = self._checks()[key]
        places = self.places.of(places_wanted(check)) if self.places is not None else ()
        details = CheckDetails(self.work.speech, check, places)
        details.wanted.connect(self.ask)
        return details

    # --- building --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The keyboard begins at what waits; the page at its top."""
        if not self.isVisible():
            return
        waiting = self.disputes.waiting()
        (waiting.first_stop() if waiting is not None else self.table).setFocus()
        self._page.verticalScrollBar().setValue(0)

    def _connect(self) -> None:
        self._next.clicked.connect(self.go_on)
        self._plot.source_chosen.connect(self.show_check)
        self.disputes.kept.connect(self._keep)
        self.disputes.reopened.connect(self._reopen)
        self.disputes.editing.connect(self._make_room)
        self.disputes.question_wanted.connect(self.ask)

    def _arrange(self) -> None:
        card = Card()
        card.body.addWidget(self._plot_title)
        card.body.addWidget(self._plot)
        for part in (card, self._count, self._calm, self.disputes, self._tally, self.left_out, self.table):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)


def _urgency(one: Contradiction) -> tuple[bool, bool]:
    return one.standing is not Standing.OPEN, not one.severe


def _calm(assessment: Assessment) -> Sayable:
    lacking = sum(check.verdict is Verdict.MISSING for check in assessment.checks)
    if lacking:
        return message(N_("Nothing contradicts so far; {open:count} checks still lack their inputs."), open=lacking)
    return message(N_("Nothing contradicts: what was told and what was seen agree."))

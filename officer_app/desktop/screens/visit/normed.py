"""The norms of the trade beside the way to prove sales that stands on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from officer_app.casework.norms import NormedRoute, NormsInForce, choosing, normed_routes, norms_in_force
from officer_app.checklists.view import Section
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.norms import NormPanel, NormStrip


class NormPart(QObject):
    """A strip below the page and a panel in its place. `panel_wanted()`, `page_wanted()`: which of the two.

    `writable()` gives the open case while its newest visit is on the page, else None.
    """

    panel_wanted = Signal()
    page_wanted = Signal()

    def __init__(self, work: Workplace, page: SectionView, writable: Callable[[], OpenCase | None]) -> None:
        super().__init__(page)
        self._work = work
        self._page = page
        self._writable = writable
        self._norms: NormsInForce | None = None
        self._routes: tuple[NormedRoute, ...] = ()
        self.panel = NormPanel(work.speech)
        self.strip = NormStrip(work.speech)
        self.strip.wanted.connect(self.toggle)
        self.panel.chosen.connect(self._take)
        self.panel.closed.connect(self.leave)

    def read(self) -> None:
        """The norms in force here, once the lane has them."""
        desk = self._work.desk

        def show(norms: NormsInForce) -> None:
            self._norms = norms
            self.show_strip()

        self._work.run(lambda _progress, _cancelled: norms_in_force(desk), show, owner=self)

    def show_section(self, section: Section | None) -> None:
        """Another section stands on the page, or none."""
        self._routes = tuple(normed_routes(section)) if section is not None else ()
        self.show_strip()

    def show_strip(self) -> None:
        """The strip, while a route stands on the page that can take a norm."""
        route = self._open_route()
        if route is None or self._norms is None or self._page.isHidden() or self._writable() is None:
            self.strip.hide()
            return
        self.strip.show_route(route, self._norms)
        self.strip.show()

    def toggle(self) -> None:
        """The panel, or back to the figure."""
        if self.panel.isVisible():
            self.leave()
            return
        self._page.finish()
        opened, route = self._writable(), self._open_route()
        if opened is None or route is None or self._norms is None or self._page.isHidden():
            return
        business = opened.findings.assessment.facts.business
        self.panel.show_norms(self._norms, route, business.trade if business is not None else "")
        self.panel_wanted.emit()

    def leave(self) -> None:
        """Back to the figure that the norm bounds."""
        self.page_wanted.emit()
        route = self._open_route()
        figure = route.asked.get(route.normed) if route is not None else None
        if figure is not None and figure.relevant:
            QTimer.singleShot(0, self._page, partial(self._page.focus_question, figure.ref))

    def _open_route(self) -> NormedRoute | None:
        """The route whose questions stand on the page, when it can take a norm."""
        refs = tuple(row.question.ref for row in self._page.rows()) if self._routes else ()
        return next((route for route in self._routes if any(ref.startswith(route.ref + "/") for ref in refs)), None)

    def _take(self, identity: str) -> None:
        opened, route = self._writable(), self._open_route()
        # The page first: rows that open while it is hidden are laid out too late to be brought into sight.
        self.leave()
        if opened is not None and route is not None and self._norms is not None:
            norm = self._norms.norms.by_id[identity]
            opened.answer_all(choosing(route, norm, self._work.speech.language))

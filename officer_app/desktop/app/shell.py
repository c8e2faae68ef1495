"""The window: rail, line above, banners, one screen and its panel. It knows no screen; they are registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import Sayable
from officer_app.desktop.kit.shortcuts import Shortcuts
from officer_app.desktop.kit.speech import Speech

if TYPE_CHECKING:
    from officer_app.desktop.app.workpage import WorkPage
    from officer_app.desktop.widgets.banner import BannerArea
    from officer_app.desktop.widgets.progress import ProgressStrip
    from officer_app.desktop.widgets.rail import Rail, RailItem
    from officer_app.desktop.widgets.screen import News, Screen
    from officer_app.desktop.widgets.topbar import Chip, TopBar

SMALLEST: Final = QSize(1093, 614)


@dataclass(frozen=True, slots=True)
class Place:
    """A screen to be made when it is first opened. `item` is None for places that are not on the rail."""

    key: str
    make: Callable[[], Screen]
    item: RailItem | None = None


class Shell(QMainWindow):
    """`foot_chosen(key)` for the rail's foot (language, lock); `opened(key)`; `closing()` before the window goes."""

    foot_chosen = Signal(str)
    opened = Signal(str)
    closing = Signal()

    def __init__(self, speech: Speech, name: Sayable) -> None:
        super().__init__()
        self._speech = speech
        self._places: dict[str, Place] = {}
        self._screens: dict[str, Screen] = {}
        self._current = ""
        self._asker: dict[str, str] = {}
        self._sides: dict[str, QWidget] = {}
        self._covers: list[QWidget] = []
        self._over: QWidget | None = None
        self._under: QWidget | None = None
        self._page: WorkPage | None = None
        self.shortcuts = Shortcuts(self)
        self._root = QStackedWidget()
        self.setCentralWidget(self._root)
        self.setMinimumSize(960, 560)
        self.resize(SMALLEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        speech.put(self, name, "setWindowTitle")
        speech.changed.connect(self._read_head)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_keyboard)

    # --- what one works on ------------------------------------------------------------------------------------------

    @property
    def page(self) -> WorkPage:
        """Made when somebody is in, under whatever lies over it: signing in must not wait for it."""
        if self._page is None:
            from officer_app.desktop.app.workpage import WorkPage

            self._page = WorkPage(self._speech)
            self._page.rail.chosen.connect(self._chosen)
            self._page.banners.acted.connect(self._acted)
            self._root.insertWidget(0, self._page)
        return self._page

    @property
    def rail(self) -> Rail:
        """The places, on the left."""
        return self.page.rail

    @property
    def top(self) -> TopBar:
        """The line above."""
        return self.page.top

    @property
    def under_top(self) -> QVBoxLayout:
        """Room below the line above, for what concerns every screen."""
        return self.page.under_top

    @property
    def banners(self) -> BannerArea:
        """What has to be said to whoever is in."""
        return self.page.banners

    @property
    def progress(self) -> ProgressStrip:
        """How far a work is that belongs to no screen."""
        return self.page.progress

    # --- what the application does ---------------------------------------------------------------------------------

    def register(self, places: tuple[Place, ...], foot: tuple[RailItem, ...] = ()) -> None:
        """Who works here sees these places; replaces what was registered before."""
        self._forget()
        self._places = {place.key: place for place in places}
        self.rail.show_items(tuple(place.item for place in places if place.item is not None), foot)
        for place in places:
            if place.item is not None and place.item.keys:
                self.shortcuts.add(place.item.keys, place.item.word, partial(self.open, place.key))

    def open(self, key: str, what: object = None) -> Screen:
        """Go to a place, handing something over. The screen that is left keeps what is being typed."""
        leaving = self.current()
        if leaving is not None:
            leaving.finish()
        screen = self._screens.get(key) or self._made(key)
        self._current = key
        self.page.screens.setCurrentWidget(screen)
        self.rail.set_current(key)
        screen.entered(what)
        self._read_head()
        self._show_side(key)
        self.opened.emit(key)
        return screen

    def go(self, key: str) -> None:
        """The same as a wish."""
        self.open(key)

    def current(self) -> Screen | None:
        """The screen that is up."""
        return self._screens.get(self._current)

    def finish(self) -> None:
        """The screen that is up keeps what is being typed."""
        screen = self.current()
        if screen is not None:
            screen.finish()

    def current_key(self) -> str:
        """Where we are."""
        return self._current

    def cover(self, widget: QWidget) -> None:
        """Put sign-in or the lock over everything; work stays as it is underneath."""
        screen = self.current()
        if screen is not None:
            screen.finish()
        if widget not in self._covers:
            self._covers.append(widget)
            self._root.addWidget(widget)
        self._root.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Back to work."""
        for widget in self._covers:
            _let_go(self._root, widget)
        self._covers.clear()
        if self._page is not None:
            self._root.setCurrentWidget(self._page)

    def _keep_keyboard(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What a screen below asks for when it has been read must not take the keyboard from what covers it."""
        cover = self._root.currentWidget()
        if new is None or cover is None or not self.is_covered() or not self._root.isAncestorOf(new):
            return
        if not cover.isAncestorOf(new) and new is not cover:
            last: QWidget | None = cover.focusWidget()
            (cover if last is None else last).setFocus()

    def is_covered(self) -> bool:
        """Whether sign-in or the lock is up, or something lies over the work."""
        return self._page is None or self._root.currentWidget() is not self._page

    def covering(self) -> QWidget | None:
        """What lies over the work, or None."""
        return self._root.currentWidget() if self.is_covered() else None

    def lay_over(self, widget: QWidget) -> None:
        """Put something to read over everything, a cover too; the keys rest until `lift` gives back what was up."""
        self._under, self._over = self._root.currentWidget() or self.page, widget
        self._root.addWidget(widget)
        self._root.setCurrentWidget(widget)
        self.shortcuts.set_enabled(False)

    def lift(self) -> None:
        """Take away what was laid over, if anything was."""
        over, under = self._over, self._under
        self._over = self._under = None
        if over is None or under is None:
            return
        self._root.setCurrentWidget(under)
        _let_go(self._root, over)
        self.shortcuts.set_enabled(not self.is_covered())

    def set_status(self, chips: tuple[Chip, ...]) -> None:
        """How the laptop stands: offline, waiting to be sent."""
        self.top.set_status(chips)

    def tell(self, news: News) -> None:
        """A banner."""
        self.banners.tell(
            news.key, news.state, news.words, detail=news.detail, action=news.action, closable=news.closable
        )

    def tell_fault(self, fault: Fault) -> None:
        """What went wrong and what to do, in a banner; the same code is told once."""
        self.banners.tell_fault(f"fault:{fault.code.name}", fault)

    # --- Qt --------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        screen = self.current()
        if screen is not None:
            screen.finish()
        self.closing.emit()
        super().closeEvent(event)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _made(self, key: str) -> Screen:
        screen = self._places[key].make()
        self._screens[key] = screen
        self.page.screens.addWidget(screen)
        screen.go.connect(self.open)
        screen.told.connect(lambda news: self._tell_for(key, news))
        screen.taken_back.connect(self.banners.take_back)
        screen.faulted.connect(self.tell_fault)
        screen.head_changed.connect(lambda: self._read_head() if self._current == key else None)
        side = screen.side()
        if side is not None:
            self.page.side.addWidget(side)
            self._sides[key] = side
        return screen

    def _tell_for(self, screen: str, news: News) -> None:
        self._asker[news.key] = screen
        self.tell(news)

    def _acted(self, key: str) -> None:
        screen = self._screens.get(self._asker.get(key, ""))
        if screen is not None:
            screen.acted(key)

    def _chosen(self, key: str) -> None:
        if key in self._places:
            self.open(key)
        else:
            self.foot_chosen.emit(key)

    def _read_head(self) -> None:
        screen = self.current()
        if screen is None:
            return
        head = screen.head()
        self.top.set_title(head.title, head.sub)
        self.top.set_chips(head.chips)
        self.top.set_saved(head.saved)
        self.top.set_actions(head.actions)

    def _show_side(self, key: str) -> None:
        self.page.show_side(self._sides.get(key))

    def _forget(self) -> None:
        self.top.set_actions(())
        for screen in self._screens.values():
            _let_go(self.page.screens, screen)
        for side in self._sides.values():
            _let_go(self.page.side, side)
        self._screens.clear()
        self._sides.clear()
        self._current = ""
        self.shortcuts.clear()


def _let_go(stack: QStackedWidget, widget: QWidget) -> None:
    stack.removeWidget(widget)
    widget.hide()
    widget.deleteLater()

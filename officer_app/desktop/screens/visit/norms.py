"""The norms of the trades, to choose one for a sales route: a list in place of the page, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual, Message, Sayable, Verbatim, message, say
from officer_app.casework.norms import NormedRoute, NormsInForce
from officer_app.credit.norms import CONVENTION_LABEL, Norm, Override, Words
from officer_app.credit.normsearch import norms_like, trades_like
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import ElidedText, Kind, Text
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.table import Column, DataTable, Row

KEYS: Final = "F6"

_FIELDS: Final[Mapping[str, Message]] = {
    "value": message(N_("usual value")),
    "low": message(N_("lowest")),
    "high": message(N_("highest")),
    "source": message(N_("source of the norm")),
}
_OTHER_FIELD: Final = message(N_("what it counts"))


class NormPanel(QWidget):
    """The norms that bound one input: those of the case's trade, and by search those of all trades.

    `chosen(id)`: the norm to take; `closed()` when none is wanted.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_force: NormsInForce | None = None
        self._bounding: tuple[Norm, ...] = ()
        self._own: tuple[Norm, ...] = ()
        self._shown: tuple[Norm, ...] = ()
        self._title = Text(speech, message(N_("Norms of the trades")), Kind.HEAD, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._search = SearchBox(speech, message(N_("Search all trades: words, pinyin")), self)
        self._which = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self._table = DataTable(speech, self)
        self._table.set_columns(
            (
                Column("what", message(N_("Norm")), stretch=True),
                Column("usual", message(N_("Usual")), width=210),
            )
        )
        self._nothing = EmptyState(speech)
        self._nothing.show_empty(Icon.SEARCH, message(N_("No norm of this kind has these words.")))
        self._told = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self._take = Button(speech, message(N_("Use this norm")), Look.PRIMARY, keys="Return", parent=self)
        self._arrange()
        self._search.sought.connect(self._seek)
        for asked in (self._search.entered, self._search.to_results):
            asked.connect(self._go_to_table)
        self._table.chosen.connect(self._tell)
        self._table.opened.connect(self.chosen)
        self._take.clicked.connect(self._take_current)
        self._close.clicked.connect(self.closed)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        self.setFocusProxy(self._search)

    def show_norms(self, in_force: NormsInForce, route: NormedRoute, trade: str) -> None:
        """Offer what bounds the route's input; `trade` is the customer's own word for the trade."""
        self._in_force = in_force
        self._bounding = in_force.norms.bounding(route.normed)
        own = trades_like(in_force.norms, trade)
        self._own = tuple(norm for norm in self._bounding if norm.trade in own)
        self._search.clear()
        self._seek("")
        self._select(route.chosen)

    def _seek(self, sought: str) -> None:
        """Without words the norms of the trade, all of them where the trade has none."""
        self._shown = norms_like(self._bounding, sought) if sought else self._own or self._bounding
        own = bool(self._own) and not sought
        told = N_("Norms of this trade that fit the route") if own else N_("Norms of all trades that fit the route")
        self._which.set_text(message(told))
        self._table.show_rows(tuple(_row(norm, self._changes(norm)) for norm in self._shown))
        self._table.setVisible(bool(self._shown))
        self._nothing.setVisible(not self._shown)
        self._take.setEnabled(bool(self._shown))
        self._select(self._table.current_key() or "")

    def _select(self, wanted: str) -> None:
        """Mark a norm, or the first."""
        keys = [norm.id for norm in self._shown]
        if not keys:
            self._told.set_text(None)
            return
        place = keys.index(wanted) if wanted in keys else 0
        self._table.setCurrentIndex(self._table.model().index(place, 0))
        self._tell(keys[place])

    def _changes(self, norm: Norm) -> tuple[Override, ...]:
        overridden = self._in_force.norms.overridden if self._in_force is not None else ()
        return tuple(one for one in overridden if one.id == norm.id)

    def _tell(self, key: str) -> None:
        norm = next((one for one in self._shown if one.id == key), None)
        if norm is not None and self._in_force is not None:
            self._told.set_text(_details(norm, self._changes(norm), self._in_force.version))

    def _take_current(self) -> None:
        key = self._table.current_key()
        if key is not None:
            self.chosen.emit(key)

    def _go_to_table(self) -> None:
        if self._shown:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._close)
        foot = QHBoxLayout()
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._take, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        nest(column, head)
        column.addWidget(self._search)
        column.addWidget(self._which)
        column.addWidget(self._table, 1)
        column.addWidget(self._nothing, 1)
        nest(column, foot)


class NormStrip(QWidget):
    """Under the page while a route is open that can take a norm: the norm it has, and the key that shows the list."""

    wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedText(speech, kind=Kind.MUTED, parent=self)
        self._button = Button(speech, message(N_("Norms")), keys=KEYS, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self._button.clicked.connect(self.wanted)

    def show_route(self, route: NormedRoute, norms: NormsInForce) -> None:
        """What is frozen among the route's answers, with the norm's name while the library knows it."""
        if not route.chosen:
            self._words.set_text(message(N_("No norm of the trade is chosen for this route.")))
            return
        norm = norms.norms.by_id.get(route.chosen)
        name = Verbatim(route.chosen) if norm is None else _made(norm)
        low, high, source = (_answer(route, key) for key in ("norm_low", "norm_high", "norm_source"))
        told = message(N_("{norm}: usual {low} to {high} ({source})"), norm=name, low=low, high=high, source=source)
        self._words.set_text(told)


def _answer(route: NormedRoute, key: str) -> str:
    return (route.asked[key].value if key in route.asked else "") or "—"


def _row(norm: Norm, changes: tuple[Override, ...]) -> Row:
    source = _source(norm)
    below = message(N_("{trade} · changed by head office"), trade=_said(norm.trade_label)) if changes else None
    return Row(
        norm.id,
        (
            Cell(_made(norm), below=below or _said(norm.trade_label), tip=_name(norm)),
            Cell(
                _measured(norm),
                below=message(N_("{low} to {high} · {source}"), low=norm.low, high=norm.high, source=source),
                tip=source,
            ),
        ),
    )


def _details(norm: Norm, changes: tuple[Override, ...], version: int) -> Sayable:
    """The source in full, and what head office set otherwise."""
    if not changes:
        return message(N_("Source: {source}"), source=_source(norm))
    added = all(one.was == "" for one in changes)
    if added:
        told = N_("Source: {source}. Head office's own norm (version {version}).")
        return message(told, source=_source(norm), version=version)
    return message(
        N_("Source: {source}. Head office (version {version}): {changes}."),
        source=_source(norm),
        version=version,
        changes=_in_both("; ", "；", [_changed(one) for one in changes]),
    )


def _in_both(english: str, chinese: str, parts: list[Message]) -> Bilingual:
    """Sentences joined as each language does."""
    return Bilingual(
        english.join(say(one, ENGLISH) for one in parts), chinese.join(say(one, CHINESE) for one in parts)
    )


def _changed(one: Override) -> Message:
    field = _FIELDS.get(one.field, _OTHER_FIELD)
    return message(N_("{field} {was} → {now}"), field=field, was=one.was, now=one.now)


def _name(norm: Norm) -> Sayable:
    return message(N_("{trade}, {made}"), trade=_said(norm.trade_label), made=_made(norm))


def _made(norm: Norm) -> Sayable:
    used, made = norm.consumed, norm.output
    return Bilingual(f"{used.en} → {made.en}", f"{used.zh} → {made.zh}")


def _measured(norm: Norm) -> Sayable:
    return Bilingual(say(norm.measured(ENGLISH), ENGLISH), say(norm.measured(CHINESE), CHINESE))


def _source(norm: Norm) -> Sayable:
    return message(CONVENTION_LABEL) if norm.source is None else _said(norm.source)


def _said(words: Words) -> Bilingual:
    return Bilingual(words.en, words.zh)

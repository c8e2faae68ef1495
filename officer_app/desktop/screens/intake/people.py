"""Who is enrolled and how each certificate stands; enrolling, renewing, changing and withdrawing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.intake.grant import Change, Grant
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.confirm import Confirm
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.screen_codes import CodeReader, CodeSeries
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.headoffice.enrolling import APPROVERS
from officer_app.headoffice.overview import Enrolled, Standing
from officer_app.trust.enrolment import Request

_STANDINGS: Final = {
    Standing.HOLDS: (State.PASSED, N_("valid")),
    Standing.ENDS_SOON: (State.LOOK, N_("ends soon")),
    Standing.EXPIRED: (State.LOOK, N_("expired")),
    Standing.REVOKED: (State.STOP, N_("withdrawn")),
    Standing.LEAVING: (State.LOOK, N_("withdrawn soon")),
}
COLUMNS: Final = (
    Column("name", message(N_("Name")), stretch=True),
    Column("role", message(N_("Role")), width=150),
    Column("branch", message(N_("Branch")), width=116),
    Column("limit", message(N_("May approve up to")), ColumnKind.MONEY, 130),
    Column("until", message(N_("Valid until")), width=136),
    Column("state", message(N_("Certificate")), width=168),
)


class People(QWidget):
    """The list, and one form at a time in its place.

    `wanted()` asks for a request file, `came(bytes)` is a request off a screen; `renewed(key)`, "" for all that end
    soon; `withdrawn(key, why, day)`; the forms' own signals say the rest.
    """

    wanted = Signal()
    came = Signal(bytes)
    renewed = Signal(str)
    withdrawn = Signal(str, str, object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = self._speech = work.speech
        self._people: tuple[Enrolled, ...] = ()
        self._key = ""
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("People")))
        self.search = SearchBox(speech, message(N_("Name, branch or key")))
        self.enrol = Button(speech, message(N_("Enrol from a request file")), icon=Icon.PERSON)
        self.scan = Button(speech, message(N_("From a screen")), icon=Icon.CAMERA)
        self.renew = Button(speech, message(N_("Renew")), icon=Icon.SYNC)
        self.change = Button(speech, message(N_("Change")), icon=Icon.EDIT, keys="F2")
        self.withdraw = Button(speech, message(N_("Withdraw the key")), Look.DANGER, icon=Icon.REMOVE, keys="Del")
        self.renew_all = Button(speech, message(N_("Renew all that end soon")), Look.QUIET)
        self.form, self.changing = Grant(speech), Change(speech)
        knows = message(N_("I know that this cannot be taken back: nobody believes this key from then on"))
        today = local_date(work.desk.clock.now())
        self.going = Confirm(speech, today, knows=knows, does=message(N_("Withdraw the key")), dated=True)
        self.reader, self.answer = CodeReader(work), Answer(work)
        self._reading = _Reading(speech, self.reader)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_people(self, people: tuple[Enrolled, ...]) -> None:
        """Everybody who was ever enrolled."""
        self._people = people
        soon = sum(one.standing is Standing.ENDS_SOON for one in people)
        self.renew_all.setEnabled(bool(soon))
        self._search()

    def show_request(self, request: Request | None, store: str = "") -> None:
        """Somebody's wish, to be decided, and the store to begin with; None when it was."""
        if request is None:
            self.show_list()
            return
        held = tuple(one for one in self._people if one.standing is not Standing.REVOKED)
        self.form.show_request(request, held, store)
        self._show(self.form)
        self.form.branch.setFocus()

    def show_answer(self, data: bytes, mark: Sayable) -> None:
        """The answer as codes, and the fingerprint to be compared by voice. Errors: SCREEN_TOO_MUCH."""
        self.answer.show_file(data, mark)
        self._show(self.answer)

    def show_list(self) -> None:
        """Back to everybody."""
        self.reader.end()
        self.answer.end()
        self._show(self._list)
        self.table.setFocus()

    def chosen(self) -> Enrolled | None:
        """Who stands under the keyboard."""
        key = self.table.current_key()
        return next((one for one in self._people if one.person.key_id == key), None)

    # --- what is asked ----------------------------------------------------------------------------------------------

    def ask_change(self) -> None:
        """Another role, branch or limit for who is chosen."""
        one = self.chosen()
        if one is not None and self.change.isEnabled():
            self.changing.show_person(one.person)
            self._show(self.changing)
            self.changing.branch.setFocus()

    def ask_withdraw(self) -> None:
        """Withdraw the key of who is chosen."""
        one = self.chosen()
        if one is None or not self.withdraw.isEnabled():
            return
        self._key = one.person.key_id
        head = message(N_("Withdraw the key of {name}, {branch}"), name=one.person.name, branch=one.person.branch)
        detail = N_(
            "What came in before stays as it is. From then on nothing signed with this key is believed, whatever day "
            "it claims. For a new laptop enrol the person anew, in place of this key."
        )
        self._show(self.going)
        self.going.ask(head, message(detail))

    def _withdraw(self, why: str, day: object) -> None:
        self.withdrawn.emit(self._key, why, day)

    def _renew(self) -> None:
        one = self.chosen()
        if one is not None:
            self.renewed.emit(one.person.key_id)

    def _scan(self) -> None:
        self._show(self._reading)
        self.reader.camera.setFocus()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _search(self, _text: str = "") -> None:
        wanted = self.search.text().strip().lower()
        shown = [one for one in self._people if wanted in _searched(one)]
        self.table.show_rows(tuple(_row(one) for one in shown))
        if self.table.current_key() is None and shown:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self._fit()

    def _fit(self, _key: str = "") -> None:
        """Nothing can be done for a key that is gone."""
        one = self.chosen()
        holds = one is not None and one.standing is not Standing.REVOKED
        for button in (self.renew, self.change, self.withdraw):
            button.setEnabled(holds)

    def _show(self, page: QWidget) -> None:
        for place in range(self._stack.count()):
            inside = self._stack.widget(place)
            if inside is page or (inside is not None and inside.isAncestorOf(page)):
                self._stack.setCurrentIndex(place)

    def _connect(self) -> None:
        self.enrol.clicked.connect(self.wanted)
        self.scan.clicked.connect(self._scan)
        self.reader.whole.connect(self.came)
        self.renew.clicked.connect(self._renew)
        self.renew_all.clicked.connect(lambda: self.renewed.emit(""))
        self.change.clicked.connect(self.ask_change)
        self.withdraw.clicked.connect(self.ask_withdraw)
        self.going.confirmed.connect(self._withdraw)
        for form in (self.form, self.changing, self.going, self.answer, self._reading):
            form.left.connect(self.show_list)
        self.table.chosen.connect(self._fit)
        self.table.opened.connect(lambda _key: self.ask_change())
        self.search.sought.connect(self._search)
        self.search.to_results.connect(self.table.setFocus)
        for keys, action in (("F2", self.ask_change), ("Del", self.ask_withdraw)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

    def _arrange(self) -> None:
        speech = self._speech
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.search, 1)
        for part in (self.enrol, self.scan):
            top.addWidget(part)
        for part in (self.renew, self.change, self.withdraw):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.renew_all)
        hint = message(N_("Somebody new makes a request on the own laptop: a file, or codes on its screen."))
        nest(column, top)
        column.addWidget(self.table, 1)
        nest(column, foot)
        column.addWidget(Text(speech, hint, Kind.HINT, wrap=True))
        self._stack.addWidget(self._list)
        for form in (self.form, self.changing, self.going, self._reading, self.answer):
            self._stack.addWidget(_scrolled(form))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)


class Answer(Card):
    """The answer as codes beside the fingerprint; `left()` when the other laptop has read them."""

    left = Signal()

    def __init__(self, work: Workplace) -> None:
        super().__init__(State.INFO)
        speech = work.speech
        self.codes = CodeSeries(work, self)
        self._mark = Text(speech, kind=Kind.BODY, wrap=True, parent=self)
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, parent=self)
        self.back.clicked.connect(self.left)
        words = message(N_("The person reads these codes with the new laptop's camera, each at least once."))
        row, beside = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self.codes)
        beside.addWidget(Text(speech, words, Kind.STRONG, wrap=True, parent=self))
        beside.addWidget(self._mark)
        beside.addStretch(1)
        beside.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        nest(row, beside, 1)
        nest(self.body, row)

    def show_file(self, data: bytes, mark: Sayable) -> None:
        """Show an answer. Errors: SCREEN_TOO_MUCH."""
        self._mark.set_text(mark)
        self.codes.show_file(data)
        self.codes.setFocus()

    def end(self) -> None:
        """Show nothing more."""
        self.codes.end()


class _Reading(Card):
    """Where a request is read off the other laptop's screen."""

    left = Signal()

    def __init__(self, speech: Speech, reader: CodeReader) -> None:
        super().__init__(State.INFO)
        words = message(N_("The other laptop shows its request as codes. Read each of them at least once."))
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, parent=self)
        self.back.clicked.connect(self.left)
        self.body.addWidget(Text(speech, words, Kind.STRONG, wrap=True, parent=self))
        self.body.addWidget(reader)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        nest(self.body, row)


def _scrolled(form: QWidget) -> Page:
    page = Page()
    page.body.setContentsMargins(0, 0, 0, 0)
    page.body.setSpacing(SPACE + HALF)
    page.body.addWidget(form)
    page.body.addStretch(1)
    return page


def _searched(one: Enrolled) -> str:
    person = one.person
    return f"{person.name} {person.branch} {person.key_id}".lower()


def _row(one: Enrolled) -> Row:
    person = one.person
    state, word = _STANDINGS[one.standing]
    approves = person.role in APPROVERS
    since = message(N_("from {on:date}"), on=local_date(one.since)) if one.since is not None else None
    return Row(
        person.key_id,
        (
            Cell(Verbatim(person.name), below=Verbatim(person.key_id[:16]), strong=True),
            Cell(message(ROLES[person.role])),
            Cell(Verbatim(person.branch), tip=Verbatim(person.branch)),
            Cell(number=person.approval_limit if approves and person.approval_limit else None),
            Cell(message("{on:date}", on=local_date(person.valid_to)), below=since),
            Cell(message(word), state=state),
        ),
    )

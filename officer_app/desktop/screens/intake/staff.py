"""Enrolling, renewing, changing and withdrawing: what the people's page asks for, done at head office's desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from officer_app.base.clock import begin_of_day, local_date, local_time
from officer_app.base.errors import Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.desktop.kit.dialogs import open_file, save_file
from officer_app.desktop.kit.workplace import OfficeAccess
from officer_app.desktop.screens.intake.grant import Granted
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.screens.intake.people import People
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.store_setup import kind_of
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice import enrolling
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.trust.certificates import Person, fingerprint
from officer_app.trust.enrolment import Request, read_request

_LARGEST_REQUEST = 1_000_000


class Staff(QObject):
    """`told(News)`. The root key is unlocked for each of these alone, and locked again after it."""

    told = Signal(object)

    def __init__(self, errands: Office, page: People, where: LineField) -> None:
        """`where` is the store that head office exchanges through: a server goes along in answers, unless changed."""
        super().__init__(page)
        self._errands = errands
        self._where = where
        self._page = page
        self._asked = b""
        page.wanted.connect(self._ask_which)
        page.came.connect(self.take_request)
        page.form.granted.connect(self._ask_answer)
        page.form.shown.connect(self.show_answer)
        page.renewed.connect(self.renew)
        page.changing.changed.connect(self.change)
        page.withdrawn.connect(self.withdraw)

    # --- requests -------------------------------------------------------------------------------------------------

    def load_request(self, file: Path) -> None:
        """Show what somebody asks for, out of a file."""

        def read(_progress: Progress, _cancelled: Cancelled) -> tuple[bytes, Request]:
            data = read_limited(file, _LARGEST_REQUEST)
            return data, read_request(data)

        self._errands.run(None, read, self._asking)

    def take_request(self, data: bytes) -> None:
        """Show what somebody asks for, off a screen."""
        self._errands.run(None, lambda _progress, _cancelled: (data, read_request(data)), self._asking)

    def grant(self, told: Granted, file: Path) -> None:
        """Issue the certificate and write the answer."""

        def work(desk: Desk) -> None:
            write_whole(file, self._answer(desk, told))

        words = N_("The answer is in {file}. Publish, so that the others know of it.")
        self._issue(N_("Enrolling"), work, lambda _: self._granted(message(words, file=Verbatim(file.name))))

    def show_answer(self, told: Granted) -> None:
        """Issue the certificate and show the answer as codes, with the few certificates that are needed at first."""
        clock = self._errands.work.desk.clock

        def work(desk: Desk) -> bytes:
            return enrolling.for_screen(desk, self._answer(desk, told), clock)

        self._issue(N_("Enrolling"), work, self._show_codes)

    def _answer(self, desk: Desk, told: Granted) -> bytes:
        return enrolling.enrol(
            desk,
            self._asked,
            role=told.role,
            branch=told.branch,
            approval_limit=told.limit,
            clock=self._errands.work.desk.clock,
            replaces=told.replaces,
            store=told.store,
            said=self._errands.person(),
        )

    def _asking(self, asked: tuple[bytes, Request]) -> None:
        self._asked, request = asked
        store = self._where.line.text().strip()
        # A folder or stick has another path on each laptop; a laptop nearby lends for minutes.
        self._page.show_request(request, store if kind_of(store) is not None else "")

    def _granted(self, words: Message) -> None:
        self._page.show_request(None)
        self._done(words)
        detail = message(N_("Compare this fingerprint by voice, once: {mark}"), mark=self._mark())
        self.told.emit(News("intake:enrolled", State.INFO, message(N_("Somebody is enrolled.")), detail))

    def _show_codes(self, data: bytes) -> None:
        self._done(message(N_("The answer is on the screen. Publish afterwards, so that the others know of it.")))
        words = message(N_("Compare this fingerprint by voice, once: {mark}"), mark=self._mark())
        try:
            self._page.show_answer(data, words)
        except Fault as fault:
            self._page.show_list()
            self._errands.faulted.emit(fault)

    def _mark(self) -> Verbatim:
        desk = self._errands.desk
        mark = fingerprint(desk.root_pem) if desk is not None else ""
        return Verbatim(" ".join(mark[at : at + 4] for at in range(0, len(mark), 4)))

    # --- those who are enrolled -----------------------------------------------------------------------------------

    def renew(self, key: str) -> None:
        """Another certificate with the same words; an empty key means everybody whose own ends soon."""
        clock, said = self._errands.work.desk.clock, self._errands.person()

        def done(renewed: tuple[Person, ...]) -> None:
            if len(renewed) == 1:
                until = local_date(renewed[0].valid_to)
                words = message(N_("{name} is renewed until {on:date}."), name=Verbatim(renewed[0].name), on=until)
            else:
                words = message(N_("{count:count} certificates are renewed."), count=len(renewed))
            self._done(_published(words))

        self._issue(N_("Renewing"), lambda desk: enrolling.renew(desk, clock=clock, key_id=key, said=said), done)

    def change(self, key: str, told: Granted, why: str) -> None:
        """Another role, branch or limit."""
        clock, said = self._errands.work.desk.clock, self._errands.person(why)

        def work(desk: Desk) -> Person:
            return enrolling.change(
                desk,
                key,
                clock=clock,
                role=told.role,
                branch=told.branch,
                approval_limit=told.limit,
                said=said,
            )

        def done(person: Person) -> None:
            self._page.show_list()
            self._done(_published(message(N_("{name} is changed."), name=Verbatim(person.name))))

        self._issue(N_("Changing"), work, done)

    def withdraw(self, key: str, why: str, day: date | None) -> None:
        """Withdraw a key, now or from a day on."""
        clock, said = self._errands.work.desk.clock, self._errands.person(why)
        since = begin_of_day(day) if day is not None else None

        def done(from_when: object) -> None:
            self._page.show_list()
            words = N_("The key is withdrawn from {at:moment} on.")
            self._done(_published(message(words, at=local_time(from_when))))  # type: ignore[arg-type]  # a datetime

        self._issue(
            N_("Withdrawing"), lambda desk: enrolling.revoke(desk, key, clock=clock, since=since, said=said), done
        )

    # --- inside ---------------------------------------------------------------------------------------------------

    def _issue(self, what: str, work: Callable[[Desk], object], done: Callable[..., None]) -> None:
        opened = self._errands.open()
        if opened is None:
            return
        access = opened[1]

        def act(_progress: Progress, _cancelled: Cancelled) -> tuple[Desk, object]:
            result = work(open_desk(access.folder, access.passphrase))
            return _locked(access), result

        def over(found: tuple[Desk, object]) -> None:
            self._errands.desk = found[0]
            done(found[1])

        self._errands.run(message(what), act, over)

    def _done(self, words: Sayable) -> None:
        self._errands.said.emit(State.PASSED, words)
        self._errands.read.emit()

    def _ask_which(self) -> None:
        file = open_file(self._page, self._errands.work.speech, message(N_("Enrol from a request file")))
        if file is not None:
            self.load_request(file)

    def _ask_answer(self, told: Granted) -> None:
        speech = self._errands.work.speech
        file = save_file(self._page, speech, message(N_("Save the answer file")), "answer.json")
        if file is not None:
            self.grant(told, file)


def _locked(access: OfficeAccess) -> Desk:
    return open_desk(access.folder, access.passphrase, issuing=False)


def _published(words: Message) -> Message:
    return message(N_("{what} Publish, so that the laptops know of it."), what=words)

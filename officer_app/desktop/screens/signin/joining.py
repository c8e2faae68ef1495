"""The further steps, in the own vault: request, answer, fingerprint, store, the first exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework import delivery, enrolment, firstrun, stores
from officer_app.casework.firstrun import Stage
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.dialogs import choose_folder, open_file, save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import OfficeAccess, Workplace
from officer_app.desktop.screens.signin.founding import Founding, Institution, found_here
from officer_app.desktop.screens.signin.stepping import Step, Stepping
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.options import CheckRow
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen_codes import CodeReader, CodeSeries
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Credentials, read_address
from officer_app.trust.certificates import Role, fingerprint

T = TypeVar("T")
_LARGEST: Final = 64_000_000
_CODE: Final = 232  # pixels: a code and the way on fit under each other in a small window
_NEXT: Final[Mapping[Role, str]] = {
    Role.OFFICER: N_("Policy and checklists are here after one exchange. Then begin a case with Ctrl+N."),
    Role.SECOND_OFFICER: N_("You sign on the laptop of the officer you go along with; here you see your own keys."),
    Role.MANAGER: N_("After one exchange, files that officers hand over wait under Decide."),
    Role.REVIEWER: N_("After one exchange, files wait under Decide; your opinion goes to whoever decides."),
    Role.HEAD_OFFICE: N_("Under Intake you enrol people, publish, and take in what the branches send."),
    Role.AUDITOR: N_("Under Auditing you open head office's folder with your own key. What you look at is logged."),
}


class Joining(Stepping):
    """`finished()` when all is done; `later()` to go on another day. Each step is kept in the vault as it is done."""

    finished = Signal()
    later = Signal()

    def __init__(
        self,
        appearance: Appearance,
        work: Workplace,
        kept: tuple[Stage, Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._work = work
        self._role = next(iter(sorted(work.desk.roles)), Role.OFFICER)
        self._given = dict(kept[1])
        self._busy = self._asked = self._exchanged = False
        speech = self.speech
        self.progress = ProgressStrip(speech, parent=self)
        self.founding = Founding(work)
        self.branch = LineField(speech, message(N_("As head office calls it")))
        self.save = Button(speech, message(N_("Save the request file")), icon=Icon.SEND)
        self.show_codes = Button(speech, message(N_("Show it as codes")), icon=Icon.SHOW)
        self.codes, self.reader = CodeSeries(work, side=_CODE), CodeReader(work)
        self.load = Button(speech, message(N_("Load the answer file")), icon=Icon.RECEIVE)
        self._mark = Text(speech, kind=Kind.STRONG, wrap=True)
        self.same = CheckRow(speech, message(N_("Head office has the same fingerprint")))
        self.store = LineField(speech, message(N_("Folder, or s3://, davs://, sftp://")))
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self._summary, self._next = Text(speech, wrap=True), Text(speech, kind=Kind.MUTED, wrap=True)
        self.exchange = Button(speech, message(N_("Exchange once now")), icon=Icon.EXCHANGE)
        self.wait = Button(speech, message(N_("Go on later")), Look.QUIET, parent=self)
        self._arrange()
        self._connect()
        self.branch.show_value(self._given.get("branch", ""))
        self.store.show_value(self._given.get("store", ""))
        self.turn_to(kept[0].value)

    # --- Stepping --------------------------------------------------------------------------------------------------

    def path(self) -> tuple[str, ...]:
        if self._role is not Role.HEAD_OFFICE:
            return tuple(stage for stage in _ORDER if stage is not Stage.INSTITUTION)
        if self.founding.founds:
            return (Stage.INSTITUTION, Stage.STORE, Stage.READY)
        return tuple(_ORDER)

    def lacking(self, step: str) -> Sayable | None:
        for field in (self.branch, self.store):
            field.finish()
        enrolled = self._work.desk.identity is not None
        match step:
            case Stage.INSTITUTION:
                return None if enrolled or not self.founding.founds else self.founding.lacking()
            case Stage.REQUEST:
                return None if self.branch.value().strip() else message(N_("Say which branch you work for."))
            case Stage.ANSWER:
                return None if enrolled else message(N_("Take the answer first: by file, or off the screen."))
            case Stage.FINGERPRINT:
                told = N_("Compare the fingerprint by voice first. If it differs, stop and tell head office.")
                return None if self.same.isChecked() else message(told)
            case Stage.STORE:
                return None if self.store.value().strip() else message(N_("Choose a folder, or go on later."))
        return None

    def forward(self) -> None:
        if self._busy:
            return
        if self.lacking(self.step) is not None:
            super().forward()
        elif self.step == Stage.INSTITUTION and self.founding.founds and self._work.desk.identity is None:
            self.found(self.founding.institution())
        elif self.step == Stage.STORE:
            self.try_store(self.store.value().strip())
        else:
            super().forward()

    def shown(self, step: str) -> None:
        self._given |= {"branch": self.branch.value().strip(), "store": self.store.value().strip()}
        given, stage, desk = dict(self._given), Stage(step), self._work.desk
        self._work.run(lambda _p, _c: firstrun.reach(desk, stage, given), lambda _n: None, owner=self)
        self.codes.end()
        self.codes.hide()
        self.reader.end()
        self.go_on.set_text(message(N_("Begin")) if step == Stage.READY else message(N_("Go on")))
        self._lead(self._leads(stage))
        self.wait.setVisible(step != Stage.READY)
        if step == Stage.FINGERPRINT:
            self._say_mark()
        elif step == Stage.READY:
            self._sum_up()

    def _leads(self, stage: Stage) -> Button:
        """The one button that comes first on a step: its own act, until that is done."""
        if stage is Stage.REQUEST and not self._asked:
            return self.save
        if stage is Stage.ANSWER and self._work.desk.identity is None:
            return self.load
        if stage is Stage.READY and not self._exchanged:
            return self.exchange
        return self.go_on

    def _lead(self, first: Button) -> None:
        for button in (self.save, self.load, self.exchange, self.go_on):
            button.set_look(Look.PRIMARY if button is first else Look.PLAIN)

    def over(self) -> None:
        desk = self._work.desk
        self._run(lambda: firstrun.reach(desk, Stage.DONE, {}), lambda _nothing: self.finished.emit())

    # --- what is done ----------------------------------------------------------------------------------------------

    def found(self, wish: Institution) -> None:
        """Found an institution here, and enrol oneself in it as head office."""
        desk = self._work.desk
        self.progress.start(message(N_("Founding the institution")))

        def done(access: OfficeAccess) -> None:
            self._work.office = access
            self._given["office"] = str(access.folder)
            self.turn_to(Stage.STORE.value)

        self._run(lambda: found_here(desk, wish), done)

    def save_request(self, file: Path) -> None:
        """Make the request and put it there: on a stick, or wherever it goes from."""
        request = self._request()
        if request is not None:
            words = message(N_("The request is in {file}. Bring it to head office; then go on."), file=file.name)
            self._run(lambda: write_whole(file, request()), lambda _nothing: self._request_out(words))

    def show_request(self) -> None:
        """Make the request and show it as codes."""
        request = self._request()
        if request is not None:
            self._run(request, self._show_codes)

    def load_answer(self, file: Path) -> None:
        """Take head office's answer from a file."""
        self._run(lambda: read_limited(file, _LARGEST), self.take_answer)

    def take_answer(self, data: bytes) -> None:
        """Take head office's answer."""
        desk = self._work.desk
        self._run(lambda: enrolment.accept(desk, data), lambda _mark: self.turn_to(Stage.FINGERPRINT.value))

    def try_store(self, address: str) -> None:
        """Look, put and read back; only what works is kept."""
        desk = self._work.desk

        def work() -> str:
            tried = stores.try_store(desk, address)
            stores.keep_store(desk, tried.address, stores.credentials(desk, read_address(address)) or Credentials())
            return tried.address

        def done(kept: str) -> None:
            self._work.store = kept
            self.store.turn_to(kept)
            self.turn_to(Stage.READY.value)

        self.progress.start(message(N_("Trying the store")))
        self._run(work, done)

    def sync(self) -> None:
        """The first round: what head office has published comes."""
        desk, store = self._work.desk, self.store.value().strip()
        self.progress.start(message(N_("Exchanging")))

        def done(got: delivery.Round) -> None:
            words = N_("The first exchange is over: {count:count} deliveries came.")
            self._exchanged = True
            self._lead(self.go_on)
            self._told(message(words, count=got.packs + got.dossiers + got.decisions + got.notices))

        self._run(lambda: delivery.sync(desk, store), done)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _request(self) -> Callable[[], bytes] | None:
        why = self.lacking(Stage.REQUEST)
        if why is not None:
            self.fault.say(why)
            self.branch.setFocus()
            return None
        desk, branch, role = self._work.desk, self.branch.value().strip(), self._role
        return lambda: enrolment.request(desk, branch=branch, role=role)

    def _request_out(self, words: Message) -> None:
        self._asked = True
        self._lead(self.go_on)
        self._told(words)

    def _show_codes(self, request: bytes) -> None:
        try:
            self.codes.show_file(request)
        except Fault as fault:
            self.fault.show_fault(fault)
            return
        self._asked = True
        self._lead(self.go_on)
        self.codes.show()
        self.refit()
        self.codes.setFocus()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """One thing at a time, in the vault's lane; what goes wrong stands below the step, and nothing is lost."""
        if self._busy:
            return
        self._busy = True
        self.fault.hide()
        self.go_on.setEnabled(False)

        def over(result: T) -> None:
            self._idle()
            done(result)

        def wrong(fault: Fault) -> None:
            self._idle()
            self.fault.show_fault(fault)

        self._work.run(lambda _progress, _cancelled: work(), over, failed=wrong, owner=self)

    def _idle(self) -> None:
        self._busy = False
        self.progress.finish()
        self.go_on.setEnabled(True)

    def _told(self, words: Message) -> None:
        self.fault.set_tone(State.PASSED)
        self.fault.say(words)

    def _say_mark(self) -> None:
        identity = self._work.desk.identity
        mark = fingerprint(identity.root) if identity is not None else ""
        self._mark.set_text(Verbatim(" ".join(mark[at : at + 4] for at in range(0, len(mark), 4))))

    def _sum_up(self) -> None:
        identity, institution = self._work.desk.identity, self._work.desk.institution
        if identity is not None and institution is not None:
            words = N_("{name}, {role}, {branch}, {institution}")
            person = identity.person
            self._summary.set_text(
                message(
                    words,
                    name=Verbatim(person.name),
                    role=message(ROLES[person.role]),
                    branch=Verbatim(person.branch),
                    institution=Verbatim(institution.name),
                )
            )
        self._next.set_text(message(_NEXT[self._role]))

    def _ask_save(self) -> None:
        file = save_file(self, self.speech, message(N_("Save the request file")), "request.pem")
        if file is not None:
            self.save_request(file)

    def _ask_load(self) -> None:
        file = open_file(self, self.speech, message(N_("Load the answer file")))
        if file is not None:
            self.load_answer(file)

    def _choose(self) -> None:
        folder = choose_folder(self, self.speech, message(N_("Folder or stick for the exchange")))
        if folder is not None:
            self.store.turn_to(str(folder))

    def _connect(self) -> None:
        self.save.clicked.connect(self._ask_save)
        self.show_codes.clicked.connect(self.show_request)
        self.load.clicked.connect(self._ask_load)
        self.reader.whole.connect(self.take_answer)
        self.browse.clicked.connect(self._choose)
        self.exchange.clicked.connect(self.sync)
        self.wait.clicked.connect(self.later)
        self.store.left.connect(self.forward)
        self.founding.changed.connect(lambda: self.turn_to(self.step))

    def _arrange(self) -> None:
        self.go_back.hide()
        self.foot.insertWidget(1, self.wait)
        self.go_back.show()
        for stage, make in (
            (Stage.INSTITUTION, self._institution_step),
            (Stage.REQUEST, self._request_step),
            (Stage.ANSWER, self._answer_step),
            (Stage.FINGERPRINT, self._fingerprint_step),
            (Stage.STORE, self._store_step),
            (Stage.READY, self._ready_step),
        ):
            self.add_step(stage.value, make())
        self.body.insertWidget(self.body.count() - 3, self.progress)

    def _institution_step(self) -> Step:
        step = Step(message(N_("Your institution")))
        step.body.addWidget(self.founding)
        step.first = self.founding
        return step

    def _request_step(self) -> Step:
        step = Step(message(N_("Ask to be enrolled")))
        words = N_(
            "Your keys are made here and never leave this laptop. Head office gets a request, by file or by codes."
        )
        step.body.addWidget(Text(self.speech, message(words), Kind.MUTED, wrap=True))
        nest(step.body, labelled(self.speech, message(N_("Branch")), self.branch, step))
        self.speech.name(self.branch.line, message(N_("Branch")))
        nest(step.body, _row(self.save, self.show_codes))
        step.body.addWidget(self.codes)
        self.codes.hide()
        step.first = self.branch
        return step

    def _answer_step(self) -> Step:
        step = Step(message(N_("Take the answer")))
        words = N_(
            "Head office answers with a file, or with codes on its screen. You may close the program until then."
        )
        step.body.addWidget(Text(self.speech, message(words), Kind.MUTED, wrap=True))
        nest(step.body, _row(self.load))
        step.body.addWidget(self.reader)
        step.first = self.load
        return step

    def _fingerprint_step(self) -> Step:
        step = Step(message(N_("Compare by voice")))
        words = N_("Read this to head office on the phone, once. It proves that the answer came from there.")
        step.body.addWidget(Text(self.speech, message(words), Kind.MUTED, wrap=True))
        step.body.addWidget(self._mark)
        step.body.addWidget(self.same)
        step.first = self.same
        return step

    def _store_step(self) -> Step:
        step = Step(message(N_("Where to exchange")))
        words = N_("A shared folder or a stick is enough. A server with a password is set up later, under Exchange.")
        step.body.addWidget(Text(self.speech, message(words), Kind.MUTED, wrap=True))
        step.body.addWidget(self.store)
        self.speech.name(self.store.line, message(N_("Where to exchange")))
        nest(step.body, _row(self.browse))
        step.first = self.store
        return step

    def _ready_step(self) -> Step:
        step = Step(message(N_("Ready")))
        for part in (self._summary, self._next):
            step.body.addWidget(part)
        nest(step.body, _row(self.exchange))
        step.first = self.exchange
        return step


_ORDER: Final = (
    Stage.INSTITUTION,
    Stage.REQUEST,
    Stage.ANSWER,
    Stage.FINGERPRINT,
    Stage.STORE,
    Stage.READY,
)


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row

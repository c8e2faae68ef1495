"""The further steps, in the own vault: request, answer, fingerprint, store, the first exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework import delivery, enrolment, firstrun, stores
from officer_app.casework.firstrun import Stage
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.dialogs import open_file, save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane, Work
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import OfficeAccess, Workplace
from officer_app.desktop.screens.signin.founding import Founding, Institution, found_here, let_office_in
from officer_app.desktop.screens.signin.placing import Placing
from officer_app.desktop.screens.signin.stepping import Step, Stepping
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.options import CheckRow
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen_codes import CodeReader, CodeSeries
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Address, Credentials, read_address
from officer_app.trust.certificates import Role, fingerprint

T = TypeVar("T")
_GO_ON: Final[Mapping[str, str]] = {Stage.STORE: N_("Test and go on"), Stage.READY: N_("Begin")}
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
        self._job: Job | None = None
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
        self.placing = Placing(work)
        self._summary, self._next = Text(speech, wrap=True), Text(speech, kind=Kind.MUTED, wrap=True)
        self.exchange = Button(speech, message(N_("Exchange once now")), icon=Icon.EXCHANGE)
        self.wait = Button(speech, message(N_("Go on later")), Look.QUIET, parent=self)
        self._arrange()
        self._connect()
        self.branch.show_value(self._given.get("branch", ""))
        self.placing.begin(self._given)
        self.founding.begin(self._given.get("way", ""))
        self.turn_to(kept[0].value)

    # --- Stepping --------------------------------------------------------------------------------------------------

    def path(self) -> tuple[str, ...]:
        if self._role is not Role.HEAD_OFFICE:
            return tuple(stage for stage in _ORDER if stage is not Stage.INSTITUTION)
        if self.founding.founds:
            return (Stage.INSTITUTION, Stage.STORE, Stage.READY)
        return tuple(_ORDER)

    def lacking(self, step: str) -> Sayable | None:
        self.branch.finish()
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
                return self.placing.lacking()
        return None

    def forward(self) -> None:
        if self._busy:
            return
        if self.lacking(self.step) is not None:
            super().forward()
        elif self.step == Stage.INSTITUTION and self.founding.founds and self._work.desk.identity is None:
            self.found(self.founding.institution())
        elif self.step == Stage.STORE:
            self.try_store()
        else:
            super().forward()

    def shown(self, step: str) -> None:
        self._keep(Stage(step))
        self.codes.end()
        self.codes.hide()
        self.reader.end()
        self.go_on.set_text(message(_GO_ON.get(step, N_("Go on"))))
        self._lead(self._leads(Stage(step)))
        self.wait.setVisible(step != Stage.READY)
        self.set_help("stores" if step == Stage.STORE else "first_run")
        if step == Stage.FINGERPRINT:
            self._say_mark()
        elif step == Stage.STORE:
            self._offer_store()
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
        self._run(lambda _p, _c: firstrun.reach(desk, Stage.DONE, {}), lambda _nothing: self.finished.emit())

    # --- what is done ----------------------------------------------------------------------------------------------

    def found(self, wish: Institution) -> None:
        """Found an institution here, and enrol oneself in it as head office."""
        desk = self._work.desk
        self.progress.start(message(N_("Founding the institution")))

        def done(access: OfficeAccess) -> None:
            self._work.office = access
            self._given["office"] = str(access.folder)
            self.turn_to(Stage.STORE.value)

        self._run(lambda _progress, _cancelled: found_here(desk, wish), done)

    def save_request(self, file: Path) -> None:
        """Make the request and put it there: on a stick, or wherever it goes from."""
        request = self._request()
        if request is not None:
            words = message(N_("The request is in {file}. Bring it to head office; then go on."), file=file.name)
            self._run(lambda _p, _c: write_whole(file, request()), lambda _nothing: self._request_out(words))

    def show_request(self) -> None:
        """Make the request and show it as codes."""
        request = self._request()
        if request is not None:
            self._run(lambda _progress, _cancelled: request(), self._show_codes)

    def load_answer(self, file: Path) -> None:
        """Take head office's answer from a file."""
        self._run(lambda _progress, _cancelled: read_limited(file, _LARGEST), self.take_answer)

    def take_answer(self, data: bytes) -> None:
        """Take head office's answer."""
        desk = self._work.desk
        self._run(lambda _p, _c: enrolment.accept(desk, data), lambda _mark: self.turn_to(Stage.FINGERPRINT.value))

    def try_store(self) -> None:
        """Look, put and read back; only what works is kept, and what lets one in under the own key alone."""
        address, desk = self.placing.address(), self._work.desk
        try:
            place = read_address(address)
        except Fault as fault:
            self.fault.show_fault(fault)
            return
        typed = self.placing.given(place)
        self._keep(Stage.STORE)
        self.progress.start(message(N_("Trying the store")))
        if typed is not None:
            self._attempt(place, typed)
            return
        self._run(
            lambda _progress, _cancelled: stores.credentials(desk, place) or self.placing.way.given(place),
            lambda known: self._attempt(place, known),
        )

    def _attempt(self, place: Address, given: Credentials) -> None:
        desk = self._work.desk
        self.progress.start(message(N_("Trying the store")))
        self._run(
            lambda _progress, cancelled: stores.try_store(desk, place.text, given, cancelled),
            lambda tried: self._keep_store(tried.address, given),
            failed=self.placing.failed,
            lane=Lane.FREE,
        )

    def _keep_store(self, address: str, given: Credentials) -> None:
        desk, access = self._work.desk, self._work.office

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            stores.keep_store(desk, address, given)
            delivery.exchange_through(desk, address)
            if access is not None and read_address(address).is_remote:
                let_office_in(access, desk, address, given)

        def done(_nothing: None) -> None:
            self._work.store = address
            self.placing.store.turn_to(address)
            self.placing.way.clear()
            self.turn_to(Stage.READY.value)

        self._run(work, done)

    def sync(self) -> None:
        """The first round: what head office has published comes."""
        desk, store = self._work.desk, self.placing.address()
        self.progress.start(message(N_("Exchanging")))

        def done(got: delivery.Round) -> None:
            words = N_("The first exchange is over: {count:count} deliveries came.")
            self._exchanged = True
            self._lead(self.go_on)
            self._told(message(words, count=got.packs + got.dossiers + got.decisions + got.notices))
            self.go_on.setFocus()

        self._run(lambda progress, cancelled: delivery.sync(desk, store, progress, cancelled), done)

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
        self.codes.end()
        self.codes.hide()
        self._told(words)
        self.go_on.setFocus()

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

    def _run(
        self,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Fault], None] | None = None,
        lane: Lane = Lane.VAULT,
    ) -> None:
        """One thing at a time; what goes wrong stands below the step, and nothing is lost."""
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
            if failed is not None:
                failed(fault)

        self._job = self._work.run(work, over, failed=wrong, progress=self.progress.tick, owner=self, lane=lane)

    def _idle(self) -> None:
        self._busy = False
        self._job = None
        self.progress.finish()
        self.go_on.setEnabled(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _keep(self, stage: Stage) -> None:
        """How far one is, and the words given on the way; no secret is among them."""
        self._given |= {"way": self.founding.way.value(), "branch": self.branch.value().strip()}
        self._given |= self.placing.words()
        given, desk = dict(self._given), self._work.desk
        self._work.run(lambda _p, _c: firstrun.reach(desk, stage, given), lambda _n: None, owner=self)

    def _offer_store(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: enrolment.offered_store(desk), self._offered, owner=self)

    def _offered(self, address: str) -> None:
        if self.step == Stage.STORE:
            self.placing.offer(address)
            self.placing.first().setFocus()

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
        # Whoever has just founded the institution is the first there: nobody has put anything yet.
        alone = self._role is Role.HEAD_OFFICE and self.founding.founds
        self.exchange.setVisible(not alone)
        self._ready.first = self.go_on if alone else self.exchange

    def _ask_save(self) -> None:
        file = save_file(self, self.speech, message(N_("Save the request file")), "request.pem")
        if file is not None:
            self.save_request(file)

    def _ask_load(self) -> None:
        file = open_file(self, self.speech, message(N_("Load the answer file")))
        if file is not None:
            self.load_answer(file)

    def _connect(self) -> None:
        self.save.clicked.connect(self._ask_save)
        self.show_codes.clicked.connect(self.show_request)
        self.load.clicked.connect(self._ask_load)
        self.reader.whole.connect(self.take_answer)
        self.exchange.clicked.connect(self.sync)
        self.wait.clicked.connect(self.later)
        self.progress.cancelled.connect(self._stop)
        self.placing.ready.connect(self.forward)
        self.placing.took.connect(self._told)
        self.placing.refused.connect(self.fault.show_fault)
        self.placing.changed.connect(self._refit_store)
        self.founding.changed.connect(lambda: self.turn_to(self.step))
        self.founding.ready.connect(self.forward)

    def _refit_store(self) -> None:
        if self.step == Stage.STORE:
            self.refit()

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
        step.first = self.founding.way
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
        words = N_("Your branch and head office meet here. Everything is sealed before it leaves this laptop.")
        step.body.addWidget(Text(self.speech, message(words), Kind.MUTED, wrap=True))
        step.body.addWidget(self.placing)
        step.first = self.placing.kind
        return step

    def _ready_step(self) -> Step:
        step = self._ready = Step(message(N_("Ready")))
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

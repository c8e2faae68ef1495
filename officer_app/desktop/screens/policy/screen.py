"""The policy: what is in force, writing the next version, how it differs, what it would change, publishing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit.policylabels import GROUPS
from officer_app.credit.policytext import replaced
from officer_app.credit.whatif import Change, summary
from officer_app.desktop.kit.dialogs import open_file, save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import OfficeAccess, Place, Workplace
from officer_app.desktop.screens.policy.draft import Draft, quoted
from officer_app.desktop.screens.policy.form import GroupForm
from officer_app.desktop.screens.policy.tables import (
    CHANGES,
    DIFFERENCES,
    VERSIONS,
    Listing,
    change_row,
    difference_row,
    summary_words,
    version_row,
)
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.sections import SectionList, SectionRow
from officer_app.desktop.widgets.states import State
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.policies import PolicyVersion, following, publish_policy, versions
from officer_app.headoffice.reassessing import reassess_all

T = TypeVar("T")
_LARGEST: Final = 1_000_000
_GROUPS_WIDE: Final = 256
_SHOWN: Final = 1_000
_TABS: Final = (
    ("values", message(N_("Values"))),
    ("differences", message(N_("Differences"))),
    ("changes", message(N_("What would change"))),
    ("versions", message(N_("Versions"))),
)
Opened = tuple[Desk, tuple[PolicyVersion, ...]]


class PolicyScreen(Screen):
    """Over head office's folder, opened under Intake. A published version is never edited: a draft follows it."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._desk: Desk | None = None
        self._versions: tuple[PolicyVersion, ...] = ()
        self.draft: Draft | None = None
        self._job: Job | None = None
        speech = work.speech
        self.imported = Button(speech, message(N_("Import")), icon=Icon.FOLDER)
        self.exported = Button(speech, message(N_("Export")), icon=Icon.DOCUMENT)
        self.publish = Button(speech, message(N_("Publish this version")), Look.PRIMARY, icon=Icon.SEND)
        self.tabs = CaseTabs(speech)
        self.groups = SectionList(speech)
        self.form = GroupForm(speech, local_date(work.desk.clock.now()))
        self.differences = Listing(speech, message(N_("Differences")), DIFFERENCES)
        self.changes = Listing(speech, message(N_("What would change")), CHANGES)
        self.versions = Listing(speech, message(N_("Versions")), VERSIONS)
        self.reassess = Button(speech, message(N_("Assess all cases under this draft")), icon=Icon.CHART)
        self.follow = Button(speech, message(N_("Write the next version from this one")), icon=Icon.EDIT)
        self.progress = ProgressStrip(speech)
        self._found = Text(speech, kind=Kind.STRONG, wrap=True)
        self._state = Text(speech, kind=Kind.SMALL, wrap=True)
        self._closed = EmptyState(speech)
        self._pages = QStackedWidget()
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        if self._desk is None:
            return Head(message(N_("Policy")))
        base = self.draft.base if self.draft is not None else ""
        begun = next((one.policy.version for one in self._versions if one.text == base), None)
        sub = message(N_("draft after version {version}"), version=begun) if begun is not None else None
        return Head(message(N_("Policy")), sub, actions=(self.imported, self.exported, self.publish))

    def entered(self, what: object) -> None:
        del what
        access = self._work.office
        if access is None:
            self._stack.setCurrentWidget(self._closed)
        elif self._desk is None:
            self._open(access)
        else:
            self.groups.setFocus()

    def finish(self) -> None:
        self.form.finish()

    # --- opening ---------------------------------------------------------------------------------------------------

    def _open(self, access: OfficeAccess) -> None:
        today = local_date(self._work.desk.clock.now())

        def read(_progress: Progress, _cancelled: Cancelled) -> Opened:
            desk = open_desk(access.folder, access.passphrase, issuing=False)
            return desk, versions(desk, today)

        self._run(None, read, self._opened)

    def _opened(self, opened: Opened) -> None:
        self._desk, self._versions = opened
        self._stack.setCurrentIndex(1)
        self.versions.show_rows(
            tuple(version_row(one) for one in self._versions), message(N_("No policy has been published yet."))
        )
        if self.draft is None and self._versions:
            self.begin(self._versions[0])
        self.groups.setFocus()

    def begin(self, version: PolicyVersion) -> None:
        """A draft that follows a version: its number is the next after the newest one's."""
        text = replaced(version.text, "version", quoted(following(self._versions[0].policy.version)))
        self.draft = Draft(version.text, text)
        self.show_tab("values")
        self.show_group(GROUPS[0].key)
        self.head_changed.emit()

    # --- the draft -------------------------------------------------------------------------------------------------

    def show_group(self, group: str) -> None:
        """The values of one group."""
        if self.draft is not None:
            self.form.show_group(self.draft, group)
            self._tell()
            self.groups.set_current(group)

    def _tell(self) -> None:
        """How each group stands, whether the draft may be published, and what differs."""
        draft = self.draft
        if draft is None:
            return
        differing = draft.differences()
        paths = tuple(one.path for one in differing)
        self.groups.show_sections(tuple(_section(draft, group.key, group.title, paths) for group in GROUPS))
        fault = draft.fault()
        self.publish.setEnabled(fault is None and not draft.lacking)
        self._state.set_text(
            message(N_("{changes:count} values differ from the version it follows."), changes=len(differing))
            if fault is None
            else message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
        )
        self.differences.show_rows(
            tuple(difference_row(one) for one in differing), message(N_("The draft says what the version says."))
        )
        self.changes.show_rows((), message(N_("Try the draft on every case that came in, before it is published.")))
        self._found.set_text(None)

    def show_tab(self, key: str) -> None:
        """Values, differences, what would change, or versions."""
        self.form.finish()
        self.tabs.show_tabs(_TABS, key)
        self._pages.setCurrentIndex([name for name, _ in _TABS].index(key))

    # --- trying it -------------------------------------------------------------------------------------------------

    def try_it(self) -> None:
        """Every case in head office's database under the draft."""
        draft, desk, access = self.draft, self._desk, self._work.office
        if draft is None or desk is None or access is None:
            return
        try:
            policy = draft.policy()
        except Fault as fault:
            self.faulted.emit(fault)
            return
        today = local_date(self._work.desk.clock.now())
        self._run(
            message(N_("Assessing the cases again")),
            lambda progress, cancelled: tuple(
                reassess_all(desk, access.warehouse, policy, today, progress, cancelled)
            ),
            self._tried,
        )

    def _tried(self, found: tuple[Change, ...]) -> None:
        changed = [one for one in found if one.differs]
        self._found.set_text(summary_words(summary(found)))
        self.changes.show_rows(
            tuple(change_row(one) for one in changed[:_SHOWN]), message(N_("Every case comes out as before."))
        )

    # --- publishing ------------------------------------------------------------------------------------------------

    def put_out(self) -> None:
        """Sign the draft as the next version; it goes out when head office publishes under Intake."""
        self.form.finish()
        draft, desk, clock = self.draft, self._desk, self._work.desk.clock
        if draft is None or desk is None or not self.publish.isEnabled():
            return
        text, today = draft.text, local_date(clock.now())

        def work(_progress: Progress, _cancelled: Cancelled) -> Opened:
            publish_policy(desk, text, clock)
            return desk, versions(desk, today)

        self._run(None, work, self._published)

    def _published(self, opened: Opened) -> None:
        self.draft = None
        self._opened(opened)
        words = message(N_("Version {version} is signed."), version=self._versions[0].policy.version)
        detail = message(N_("It goes out to everybody with the next publishing under Intake."))
        self.told.emit(News("policy:published", State.PASSED, words, detail, message(N_("Go to the intake"))))
        self.show_tab("versions")

    def acted(self, key: str) -> None:
        if key == "policy:published":
            self.go.emit(Place.INTAKE.value, None)

    # --- files -----------------------------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        file = open_file(self, self._work.speech, message(N_("Import a policy file")))
        if file is not None:
            self.load(file)

    def load(self, file: Path) -> None:
        """Take a file as the draft; one that is no policy is refused with its place."""

        def read(_progress: Progress, _cancelled: Cancelled) -> str:
            text = _decoded(read_limited(file, _LARGEST))
            Draft(text).policy()
            return text

        self._run(None, read, self._loaded)

    def _loaded(self, text: str) -> None:
        if self._versions:
            self.draft = Draft(self._versions[0].text, text)
            self.show_group(self.groups.current_key() or GROUPS[0].key)
            self.show_tab("differences")

    def _ask_export(self) -> None:
        file = save_file(self, self._work.speech, message(N_("Export the policy file")), "policy.toml")
        if file is not None:
            self.write(file)

    def write(self, file: Path) -> None:
        """The draft as it stands, comments and all."""
        self.form.finish()
        if self.draft is not None:
            text = self.draft.text
            done = message(N_("The policy is in {file}."), file=Verbatim(file.name))
            self._run(None, lambda _progress, _cancelled: write_whole(file, text.encode()), lambda _: self._say(done))

    def _say(self, words: Sayable) -> None:
        self.told.emit(News("policy:file", State.PASSED, words))

    # --- running ---------------------------------------------------------------------------------------------------

    def _run(self, what: Message | None, work: Callable[[Progress, Cancelled], T], done: Callable[[T], None]) -> None:
        """One work at a time, beside the window; `what` is told while it lasts."""
        if self._job is not None:
            return
        if what is not None:
            self.progress.start(what)

        def over(result: T) -> None:
            self._over()
            done(result)

        def wrong(fault: Fault) -> None:
            self._over()
            if fault.code is not Code.CANCELLED:
                self.faulted.emit(fault)

        job = self._work.run(work, over, failed=wrong, progress=self.progress.tick, owner=self, lane=Lane.FREE)
        self._job = job if job.is_running else None

    def _over(self) -> None:
        self._job = None
        self.progress.finish()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.groups.chosen.connect(self.show_group)
        self.form.changed.connect(self._tell)
        self.tabs.chosen.connect(self.show_tab)
        self.reassess.clicked.connect(self.try_it)
        self.progress.cancelled.connect(self._stop)
        self.publish.clicked.connect(self.put_out)
        self.imported.clicked.connect(self._ask_import)
        self.exported.clicked.connect(self._ask_export)
        self.follow.clicked.connect(self._follow)
        self._closed.acted.connect(lambda: self.go.emit(Place.INTAKE.value, None))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.put_out)

    def _follow(self) -> None:
        key = self.versions.table.current_key()
        chosen = next((one for one in self._versions if str(one.number) == key), None)
        if chosen is not None or self._versions:
            self.begin(chosen or self._versions[0])

    def _arrange(self) -> None:
        self._closed.show_empty(
            Icon.KEY,
            message(N_("The policies lie in head office's folder. Open it under Intake first.")),
            message(N_("Go to the intake")),
        )
        for page in (self._values(), self.differences, self._trial(), self._all_versions()):
            self._pages.addWidget(page)
        self.tabs.show_tabs(_TABS, "values")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self._state)
        self._stack.addWidget(self._closed)
        self._stack.addWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _values(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self.groups.setFixedWidth(_GROUPS_WIDE)
        self._work.speech.name(self.groups, message(N_("Parts of the policy")))
        row.addWidget(self.groups)
        row.addWidget(self.form, 1)
        return page

    def _trial(self) -> QWidget:
        return _below(self.changes, self.reassess, self.progress, self._found)

    def _all_versions(self) -> QWidget:
        return _below(self.versions, self.follow)


def _below(table: Listing, button: Button, *more: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE)
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    nest(column, row)
    for part in more:
        column.addWidget(part)
    column.addWidget(table, 1)
    return page


def _section(draft: Draft, key: str, title: str, differing: tuple[str, ...]) -> SectionRow:
    wrong = draft.problems(key)
    items = draft.items(key)
    changed = sum(any(f"{path}.".startswith(f"{item.path}.") for path in differing) for item in items)
    state = State.STOP if wrong else State.LOOK if changed else State.NEUTRAL
    return SectionRow(key, message(title), state, changed, len(items) if changed else 0)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Fault(Code.POLICY_NOT_TOML, where="UTF-8", detail="UTF-8") from error

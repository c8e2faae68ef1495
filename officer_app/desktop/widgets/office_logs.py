"""Head office's three logs as tables: what left the warehouse, who did what at the desk, the laptops' own logs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.dossier.records import PackKind
from officer_app.headoffice.devicelogs import Doubt, LogState
from officer_app.headoffice.exports import Exported, ExportKind
from officer_app.headoffice.journal import Act, Noted
from officer_app.trust.certificates import Role

LOG_COLUMNS: Final = (
    Column("laptop", message(N_("Whose laptop")), width=190),
    Column("length", message(N_("Entries")), ColumnKind.COUNT, 90),
    Column("missing", message(N_("Not come yet")), ColumnKind.COUNT, 120),
    Column("doubt", message(N_("What does not fit")), stretch=True),
)
EXPORT_COLUMNS: Final = (
    Column("when", message(N_("When")), width=170),
    Column("who", message(N_("Who")), width=96),
    Column("what", message(N_("What was taken out")), width=150),
    Column("why", message(N_("Why")), width=170),
    Column("file", message(N_("File")), stretch=True),
)
JOURNAL_COLUMNS: Final = (
    Column("when", message(N_("When")), width=170),
    Column("who", message(N_("Who")), width=96),
    Column("what", message(N_("What was done")), width=160),
    Column("about", message(N_("About whom or what")), stretch=True),
    Column("why", message(N_("Why")), width=220),
)
_DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.NOT_CHAINED: N_("Entry {number} was changed: the log does not lead to the head that was signed."),
    Doubt.FORKED: N_("Another entry {number} was here before: the data folder was put back to an earlier day."),
    Doubt.SHORTENED: N_("Everything after entry {number} was cut off."),
    Doubt.REPLACED: N_("Another log was begun on this laptop; it is {number} entries long."),
    Doubt.MISSING: N_("Entry {number} has not come."),
}
_NOT_ASKED: Final = frozenset({"why", "language"})
_ASKED: Final[Mapping[str, str]] = {
    "seed": N_("seed {value}"),
    "count": N_("number {value}"),
    "case": N_("case {value}"),
}
_PACKS: Final[Mapping[str, str]] = {
    PackKind.POLICY: N_("Policy"),
    PackKind.FORM: N_("Checklist"),
    PackKind.ROSTER: N_("Roster of people and withdrawn keys"),
    PackKind.FINGERPRINTS: N_("Fingerprints of photos"),
    PackKind.PEOPLE: N_("Black list and watch list"),
    PackKind.NORMS: N_("Norms"),
}
_BECAME: Final = " → "
_GRANTED: Final = 3
_KINDS: Final[Mapping[str, str]] = {
    ExportKind.WORKBOOK: N_("Workbook"),
    ExportKind.CSV: N_("CSV twins"),
    ExportKind.PORTFOLIO: N_("Portfolio"),
    ExportKind.LIFT: N_("Checks against arrears"),
    ExportKind.REGULATOR: N_("Supervisor's report"),
    ExportKind.SAMPLE: N_("Audit sample"),
    ExportKind.LIST: N_("List of cases"),
    ExportKind.LOOK: N_("Evidence opened"),
}
_ACTS: Final[Mapping[str, str]] = {
    Act.ENROLLED: N_("Enrolled"),
    Act.RENEWED: N_("Certificate renewed"),
    Act.CHANGED: N_("Role, branch or limit changed"),
    Act.REVOKED: N_("Key withdrawn"),
    Act.PUBLISHED: N_("Pack signed"),
    Act.STORE_KEPT: N_("Store set up"),
    Act.STORE_FORGOTTEN: N_("Store removed"),
    Act.ASKED_AGAIN: N_("Delivery asked for again"),
    Act.GIVEN_UP: N_("Delivery given up"),
    Act.PURGED: N_("Case deleted for good"),
    Act.HELD: N_("Hold set"),
    Act.HOLD_LIFTED: N_("Hold lifted"),
}


def kind_label(kind: str) -> Message:
    """What an export is called."""
    return message(_KINDS[kind])


class _Log(QWidget):
    """A remark, a table, and what stands there while it is empty."""

    def __init__(self, speech: Speech, name: Message, columns: tuple[Column, ...], empty: Message) -> None:
        super().__init__()
        self._said = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.table = DataTable(speech)
        self.table.set_columns(columns)
        speech.name(self.table, name)
        self._empty = EmptyState(speech)
        self._empty.show_empty(Icon.SHIELD, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        column.addWidget(self._said)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        self._show((), None)

    def _show(self, rows: tuple[Row, ...], said: Sayable | None) -> None:
        self._said.set_text(said)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)


class LaptopLogs(_Log):
    """The logs of the laptops, those with a doubt first."""

    def __init__(self, speech: Speech) -> None:
        empty = N_("No laptop's log has come yet. Each case file brings a piece of it; take in to see them.")
        super().__init__(speech, message(N_("Logs of the laptops")), LOG_COLUMNS, message(empty))

    def show_logs(self, logs: tuple[LogState, ...]) -> None:
        """These logs."""
        self._show(tuple(_log_row(log) for log in logs), _said(logs))


class ExportLog(_Log):
    """Everything that was ever taken out, the newest first."""

    def __init__(self, speech: Speech) -> None:
        empty = N_("Nothing was taken out yet. Whatever is exported stands here: who, when, what.")
        super().__init__(speech, message(N_("Log of exports")), EXPORT_COLUMNS, message(empty))

    def show_exports(self, made: tuple[Exported, ...]) -> None:
        """These exports."""
        self._show(tuple(_export_row(one) for one in made), None)


class Journal(_Log):
    """Who did what at head office's desk, and why."""

    def __init__(self, speech: Speech) -> None:
        empty = N_("Nothing was done at the desk yet. Whatever is done stands here: who, when, what and why.")
        super().__init__(speech, message(N_("Journal of the desk")), JOURNAL_COLUMNS, message(empty))

    def show_journal(self, lines: tuple[Noted, ...]) -> None:
        """These lines, the newest first."""
        words = N_("{count:count} entries; each holds the digest of the one before.")
        said = message(words, count=len(lines)) if lines else None
        self._show(tuple(_noted_row(one) for one in lines), said)


def _said(logs: tuple[LogState, ...]) -> Sayable | None:
    if not logs:
        return None
    doubts = sum(len(log.doubts) for log in logs)
    if doubts:
        return message(
            N_("Laptops whose logs came: {logs:count}. Places that do not fit: {doubts:count}."),
            doubts=doubts,
            logs=len(logs),
        )
    return message(N_("Laptops whose logs came: {logs:count}. All link up as far as they came."), logs=len(logs))


def _log_row(log: LogState) -> Row:
    doubts = [message(_DOUBTS[kind], number=number) for kind, number, _ in log.doubts]
    fits = message(N_("Everything links up"))
    more = message(N_("and {count:count} more"), count=len(doubts) - 1) if len(doubts) > 1 else None
    return Row(
        f"{log.log}:{log.device}",
        (
            Cell(Verbatim(log.officer), below=Verbatim(log.branch), strong=True),
            Cell(number=Decimal(log.length)),
            Cell(number=Decimal(log.missing)),
            Cell(doubts[0] if doubts else fits, below=more, muted=not doubts),
        ),
    )


def _export_row(one: Exported) -> Row:
    asked = tuple(_asked(name, value) for name, value in one.asked.items() if name not in _NOT_ASKED)
    listed = message("{things}", things=asked) if asked else Verbatim("")
    return Row(
        one.id,
        (
            Cell(message("{at:moment}", at=local_time(one.at))),
            Cell(Verbatim(one.person)),
            Cell(kind_label(one.kind), below=message(N_("Rows: {rows:count}"), rows=one.rows), strong=True),
            Cell(Verbatim(one.asked.get("why", "—")), below=listed, tip=listed),
            Cell(Verbatim(one.file), below=Verbatim(one.sha256[:32]), tip=Verbatim(one.sha256)),
        ),
    )


def _noted_row(one: Noted) -> Row:
    return Row(
        str(one.number),
        (
            Cell(message("{at:moment}", at=local_time(one.at))),
            Cell(Verbatim(one.by or "—")),
            Cell(message(_ACTS[one.act]) if one.act in _ACTS else Verbatim(one.act), strong=True),
            Cell(_about(one), below=_detail(one), tip=_detail(one)),
            Cell(Verbatim(one.why or "—"), tip=Verbatim(one.why), muted=not one.why),
        ),
    )


def _asked(name: str, value: str) -> Sayable:
    return message(_ASKED[name], value=Verbatim(value)) if name in _ASKED else Verbatim(f"{name} {value}")


def _about(one: Noted) -> Sayable:
    """Whom or what a line is about: a pack by its kind, all else by its name."""
    kind, _, name = one.about.partition("/")
    if one.act == Act.PUBLISHED and kind in _PACKS:
        return message(N_("{kind}: {name}"), kind=message(_PACKS[kind]), name=Verbatim(name))
    return Verbatim(one.about)


def _detail(one: Noted) -> Sayable:
    """What was granted or published, in words; a line of an earlier form stands as it is."""
    if one.act in (Act.ENROLLED, Act.CHANGED):
        return _joined(tuple(_granted(words) for words in one.detail.split(_BECAME)))
    version, _, begins = one.detail.partition(" ")
    if one.act == Act.PUBLISHED and begins:
        words = N_("version {version}, holds from {begins}")
        return message(words, version=Verbatim(version), begins=Verbatim(begins))
    if one.act == Act.PUBLISHED:
        return message(N_("version {version}"), version=Verbatim(version))
    return Verbatim(one.detail)


def _joined(parts: tuple[Sayable, ...]) -> Sayable:
    return parts[0] if len(parts) == 1 else message("{was} → {now}", was=parts[0], now=parts[-1])


def _granted(words: str) -> Sayable:
    """`role, branch, limit` as head office's desk writes it down."""
    parts = words.split(", ")
    if len(parts) < _GRANTED or parts[0] not in set(Role) or not parts[-1].isdigit():
        return Verbatim(words)
    role, branch, limit = Role(parts[0]), Verbatim(", ".join(parts[1:-1])), Decimal(parts[-1])
    if not limit:
        return message(N_("{role}, {branch}"), role=message(ROLES[role]), branch=branch)
    told = N_("{role}, {branch}, may approve up to {limit:money}")
    return message(told, role=message(ROLES[role]), branch=branch, limit=limit)

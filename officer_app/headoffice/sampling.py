"""An audit sample with full evidence: which cases, by a rule that anybody can follow, and their whole files.

The rule: of the cases that the filters leave, each gets the SHA-256 of "SEED:" and its dossier's digest, as text;
they are put in the order of these sums, and the first ones are taken. The seed is written down before the draw and
stands beside the list; the same seed over the same cases gives the same sample, and nobody can steer it without
finding digests.
The evidence is fetched from the store again and verified again before it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.base.words import N_
from officer_app.exchange.bundle import check_notices, write_bundle
from officer_app.exchange.contents import verify_notice
from officer_app.exchange.inbox import Arrived, DecisionContent, DossierContent, NoticeContent, fetch_one
from officer_app.exchange.parcels import notice_parcel
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Opens
from officer_app.headoffice.exceptions import STANDING, dossiers_with_exceptions
from officer_app.headoffice.intake import ACCEPTED
from officer_app.headoffice.stores import opened
from officer_app.headoffice.tables import CASES, CONTRADICTIONS, DECISIONS, DOSSIERS, FLAGS, NOTICES
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.columns import Column, Kind
from officer_app.workbooks.tables import Table, table_csv

LIST: Final = "sample.csv"
_RULE: Final = "rule.json"
COLUMNS: Final = (
    Column("place", N_("Number"), Kind.COUNT, 8),
    Column("sum", N_("Sum that drew it"), Kind.ID, 34),
    Column("case_number", N_("Case number"), Kind.ID, 16),
    Column("branch", N_("Branch"), Kind.TEXT, 14),
    Column("officer", N_("Loan officer"), Kind.TEXT, 14),
    Column("product", N_("Product"), Kind.CODE, 16),
    Column("state", N_("State"), Kind.CODE, 14),
    Column("requested", N_("Requested amount"), Kind.MONEY, 14),
    Column("approved", N_("Approved amount"), Kind.MONEY, 14),
    Column("received_on", N_("Received at"), Kind.DATE, 12),
    Column("dossier_digest", N_("Dossier digest"), Kind.ID, 34),
)


class Found(StrEnum):
    """How grave what was found in a case is, the lightest first."""

    CONTRADICTION = "contradiction"
    UNEXPLAINED = "unexplained"
    REFUSING = "refusing"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases may be drawn; what is empty lets everything through. Days are China's.

    `found` is what a case must have at least: a contradiction, one that stands unexplained, or a refusing flag.
    `exceptions` keeps the cases whose approval passed over a rule, a flag or a contradiction.
    """

    branch: str = ""
    officer: str = ""
    product: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    hard_flag: bool = False
    found: Found | None = None
    exceptions: bool = False

    def told(self) -> Mapping[str, str]:
        """For the list and the log of exports."""
        named = {name: str(getattr(self, name)) for name in self.__slots__ if getattr(self, name)}
        return dict(sorted(named.items()))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case of the sample, with the sum that drew it."""

    sum: str
    case: Any

    def cells(self, place: int) -> tuple[str | int | Decimal | date | None, ...]:
        """A row of the list."""
        row = self.case
        told = (row.number, row.branch, row.officer, row.product, row.state, row.requested, row.approved)
        return (place, self.sum, *told, local_date(row.received_at), row.dossier)


def draw(warehouse: Warehouse, seed: str, count: int, which: Filter) -> tuple[tuple[Drawn, ...], int]:
    """The sample, and of how many cases it was drawn. Errors: SAMPLE_SEED."""
    if not seed.strip():
        raise Fault(Code.SAMPLE_SEED)
    with warehouse.transaction() as connection:
        cases = _left(connection, which)
    drawn = sorted((Drawn(digest(f"{seed}:{row.dossier}".encode()), row) for row in cases), key=lambda one: one.sum)
    return tuple(drawn[:count]), len(cases)


def sample_table(drawn: tuple[Drawn, ...]) -> Table:
    """The list of the sample."""
    rows = [one.cells(place) for place, one in enumerate(drawn, start=1)]
    return Table("sample", N_("Audit sample"), COLUMNS, rows)


def cases_table(warehouse: Warehouse, which: Filter) -> Table:
    """The list of all cases that the filters leave, with no sum: nothing was drawn."""
    rows = [Drawn("", row).cells(place) for place, row in enumerate(cases_of(warehouse, which), start=1)]
    return Table("cases", N_("Cases"), COLUMNS, rows)


def write_sample(
    desk: Opens,
    store: str,
    warehouse: Warehouse,
    out: Path,
    *,
    seed: str,
    count: int,
    which: Filter,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> tuple[Drawn, ...]:
    """The list, the rule, and a folder of evidence for each case, into an empty folder.

    Errors: SAMPLE_SEED, BUNDLE_FOLDER_NOT_EMPTY, SAMPLE_AWAY (the store no longer has a case's delivery whole),
    STORE_UNKNOWN, STORE_GONE, CANCELLED.
    """
    if out.exists() and any(out.iterdir()):
        raise Fault(Code.BUNDLE_FOLDER_NOT_EMPTY, folder=str(out))
    drawn, of = draw(warehouse, seed, count, which)
    out.mkdir(parents=True, exist_ok=True)
    with closing(opened(desk, store, cancelled)) as there:
        for place, one in enumerate(drawn, start=1):
            check(cancelled)
            progress(place - 1, len(drawn))
            _write_evidence(desk, there, warehouse, one.case, out / f"{place:03d} {one.case.number}")
    rule = {"seed": seed, "taken": len(drawn), "of": of, "filters": which.told(), "rule": __doc__ or ""}
    write_whole(out / _RULE, json.dumps(rule, ensure_ascii=False, indent=1).encode())
    # The list comes last: a folder with a list holds the whole sample.
    with (out / f"{LIST}.part").open("wb") as target:
        table_csv(sample_table(drawn), target)
    (out / f"{LIST}.part").replace(out / LIST)
    progress(len(drawn), len(drawn))
    return drawn


@dataclass(frozen=True, slots=True)
class Evidence:
    """A case's newest dossier, the decisions that stand on it and what was told about it, verified once more."""

    dossier: DossierContent
    decisions: tuple[DecisionContent, ...]
    notices: tuple[NoticeContent, ...]


def evidence_of(
    desk: Opens, store: str, warehouse: Warehouse, case_id: str, cancelled: Cancelled = never
) -> Evidence:
    """The whole evidence of a case, out of the store again. Errors: SAMPLE_AWAY, STORE_UNKNOWN, STORE_GONE."""
    with warehouse.transaction() as connection:
        case = connection.execute(select(CASES).where(CASES.c.case_id == case_id)).one()
    with closing(opened(desk, store, cancelled)) as there:
        return _evidence(desk, there, warehouse, case)


def _write_evidence(desk: Opens, store: Store, warehouse: Warehouse, case: Any, folder: Path) -> None:
    found = _evidence(desk, store, warehouse, case)
    decisions, notices = list(found.decisions), list(found.notices)
    write_bundle(folder, found.dossier, decisions, [], notices, root_pem=desk.root_pem)


def _evidence(desk: Opens, store: Store, warehouse: Warehouse, case: Any) -> Evidence:
    with warehouse.transaction() as connection:
        dossier = connection.execute(select(DOSSIERS).where(DOSSIERS.c.digest == case.dossier)).one()
        accepted = DECISIONS.c.dossier == case.dossier, DECISIONS.c.standing == ACCEPTED
        decided = connection.execute(select(DECISIONS).where(*accepted).order_by(DECISIONS.c.decided_at)).all()
    content = _again(desk, store, dossier, case.number)
    decisions = [_again(desk, store, row, case.number) for row in decided]
    if not isinstance(content, DossierContent):
        raise Fault(Code.SAMPLE_AWAY, case=case.number)
    stand = tuple(one for one in decisions if isinstance(one, DecisionContent))
    return Evidence(content, stand, tuple(_said(warehouse, content, desk.root_pem)))


def _said(warehouse: Warehouse, content: DossierContent, root_pem: bytes) -> list[NoticeContent]:
    """What people told each other about it, as far as it was theirs to say; the warehouse keeps the rest too."""
    with warehouse.transaction() as connection:
        of_it = select(NOTICES).where(NOTICES.c.dossier == content.digest)
        kept = connection.execute(of_it.order_by(NOTICES.c.at, NOTICES.c.record_id)).all()
    parcels = (notice_parcel(bytes(row.record), bytes(row.signature)) for row in kept)
    said = [verify_notice(parcel, root_pem) for parcel in parcels]
    handed = [one for one in said if one.notice.to is not None]
    return [one for one in said if _stands(one, handed, content)]


def _stands(one: NoticeContent, handed: list[NoticeContent], content: DossierContent) -> bool:
    try:
        check_notices([one, *(other for other in handed if other is not one)], content)
    except Fault:
        return False
    return True


def _again(desk: Opens, store: Store, row: Any, number: str) -> object:
    """A record's delivery, opened and verified once more. Errors: SAMPLE_AWAY."""
    arrival = fetch_one(store, desk.reader_secret, desk.root_pem, (row.device, row.counter))
    if not isinstance(arrival, Arrived) or getattr(arrival.content, "digest", "") != row.digest:
        raise Fault(Code.SAMPLE_AWAY, case=number)
    return arrival.content


def _asked(which: Filter) -> Select[Any]:
    asked = select(CASES)
    named = {"branch": CASES.c.branch, "officer": CASES.c.officer, "product": CASES.c.product, "state": CASES.c.state}
    for name, column in named.items():
        wanted = getattr(which, name)
        asked = asked.where(column == wanted) if wanted else asked
    if which.hard_flag or which.found is Found.REFUSING:
        asked = asked.where(CASES.c.dossier.in_(select(FLAGS.c.dossier).where(FLAGS.c.hard.is_(True))))
    elif which.found is not None:
        told = select(CONTRADICTIONS.c.dossier)
        if which.found is Found.UNEXPLAINED:
            told = told.where(CONTRADICTIONS.c.standing.in_(STANDING))
        asked = asked.where(CASES.c.dossier.in_(told))
    return asked.order_by(CASES.c.case_id)


def _left(connection: Connection, which: Filter) -> list[Any]:
    """The cases that the filters leave."""
    rows = [row for row in connection.execute(_asked(which)).all() if _within(row, which)]
    if which.exceptions:
        passed_over = dossiers_with_exceptions(connection)
        rows = [row for row in rows if row.dossier in passed_over]
    return rows


def _within(row: Any, which: Filter) -> bool:
    """Days and amounts: exact text in the warehouse, so they are compared here."""
    day = local_date(row.received_at)
    return (
        (which.since is None or day >= which.since)
        and (which.until is None or day <= which.until)
        and (which.least is None or row.requested >= which.least)
    )


def cases_of(warehouse: Warehouse, which: Filter) -> Iterator[Any]:
    """Every case that the filters leave, in the order of their numbers: for an auditor's eyes."""
    with warehouse.transaction() as connection:
        rows = _left(connection, which)
    return iter(sorted(rows, key=lambda row: row.number))

"""The laptops' logs at head office: a cut tail, a fork, a rolled-back folder and a log begun anew are all seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import Json, encode
from officer_app.dossier import auditlog
from officer_app.exchange import outbox
from officer_app.exchange.folders import FolderStore
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.devicelogs import Doubt, logs
from officer_app.headoffice.founding import found
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.sweeping import Swept, sweep
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust import chain
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Enrolment
from tests.headoffice.test_head_office import join
from tests.support.institution import AT, BANK, FixedClock, a_decision, a_dossier
from tests.support.warehouses import everything


class Laptop:
    """A log that grows, and dossiers that bring pieces of it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.folder = folder
        self.store = FolderStore(self._made(folder / "exchange"))
        self.desk: Desk = found(
            folder / "office", BANK, "correct horse battery", clock=self.clock, policy=b"", forms={}
        )
        self.officer: Enrolment = join(self.desk, self.clock, "李明", Role.OFFICER, 0)
        self.manager: Enrolment = join(self.desk, self.clock, "王芳", Role.MANAGER, 300_000)
        self.entries: list[dict[str, Json]] = []
        self.counter = 0
        self.grow(3)

    @staticmethod
    def _made(folder: Path) -> Path:
        folder.mkdir()
        return folder

    def grow(self, by: int, kind: str = "answered") -> None:
        for _ in range(by):
            number = len(self.entries) + 1
            at = "2026-10-08T02:40:00.000Z"
            entry: dict[str, Json] = {"number": number, "at": at, "elapsed": number, "user": "a" * 32}
            self.entries.append(entry | {"kind": kind, "subject": "c" * 32, "detail": None})

    def heads(self) -> list[str]:
        found = [chain.GENESIS]
        for entry in self.entries:
            found.append(chain.link(found[-1], entry))
        return found

    def submit(self, first: int, counter: int | None = None, **changes: Any) -> Any:
        """A dossier with the log from entry `first` on, delivered under the next counter or another."""
        heads = self.heads()
        piece = auditlog.LogPiece(heads[1], first, heads[first - 1], tuple(self.entries[first - 1 :]))
        self.counter += 1
        mark = f"{self.counter:032x}"
        told = {"dossier_id": mark, "case_id": mark, "case_number": f"2026-{self.counter}", "audit_head": heads[-1]}
        dossier = a_dossier(self.officer.identity, {auditlog.AUDIT: auditlog.to_bytes(piece)}, **(told | changes))
        self.send(dossier, self.officer, counter or self.counter)
        return dossier

    def send(self, parcel: Any, who: Enrolment, counter: int) -> None:
        readers = [self.desk.identity.person.reader]
        outbox.send(self.store, outbox.prepare(parcel, who.identity, readers=readers, counter=counter, at=AT))

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'w.db'}"

    def ingest(self) -> Any:
        return ingest(self.desk, str(self.folder / "exchange"), self.url, clock=self.clock)

    def doubts(self) -> set[tuple[Doubt, int]]:
        with Warehouse(self.url) as warehouse:
            return {(kind, number) for log in logs(warehouse) for kind, number, _ in log.doubts}

    def missing(self) -> int:
        with Warehouse(self.url) as warehouse:
            return sum(log.missing for log in logs(warehouse))


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    return Laptop(tmp_path)  # type: ignore[return-value]


def test_pieces_of_one_log_link_up(laptop: Laptop) -> None:
    laptop.submit(1)
    laptop.grow(4)
    laptop.submit(4)
    laptop.ingest()
    assert (laptop.doubts(), laptop.missing()) == (set(), 0)
    with Warehouse(laptop.url) as warehouse:
        (log,) = logs(warehouse)
        assert (log.length, log.officer, log.log) == (7, "李明", laptop.heads()[1])


def test_a_piece_that_has_not_come_yet_is_counted_and_may_come_later(laptop: Laptop) -> None:
    laptop.submit(1)
    laptop.grow(4)
    late = [dict(entry) for entry in laptop.entries]
    laptop.grow(2)
    laptop.submit(8, counter=3)
    laptop.ingest()
    assert (laptop.doubts(), laptop.missing()) == (set(), 4)
    laptop.entries, grown = late, laptop.entries
    laptop.submit(4, counter=2)
    laptop.entries = grown
    laptop.ingest()
    assert (laptop.doubts(), laptop.missing()) == (set(), 0)


def test_a_rolled_back_folder_shows_as_a_fork_at_its_first_new_entry(laptop: Laptop) -> None:
    laptop.submit(1)
    laptop.grow(4)
    laptop.submit(4)
    del laptop.entries[5:]
    laptop.grow(6, kind="decided otherwise")
    laptop.submit(4)
    laptop.ingest()
    assert laptop.doubts() == {(Doubt.FORKED, 6)}


def test_a_cut_tail_shows(laptop: Laptop) -> None:
    laptop.grow(5)
    laptop.submit(1)
    del laptop.entries[6:]
    laptop.submit(1)
    laptop.ingest()
    assert laptop.doubts() == {(Doubt.SHORTENED, 6)}


def test_a_changed_entry_does_not_lead_to_the_signed_head(laptop: Laptop) -> None:
    head = laptop.heads()[-1]
    laptop.entries[1] = laptop.entries[1] | {"subject": "d" * 32}
    laptop.submit(1, audit_head=head)
    laptop.ingest()
    assert laptop.doubts() == {(Doubt.NOT_CHAINED, 1)}


def test_a_log_begun_anew_is_another_log(laptop: Laptop) -> None:
    laptop.submit(1)
    laptop.entries.clear()
    laptop.grow(9, kind="begun anew")
    laptop.submit(1)
    laptop.ingest()
    assert laptop.doubts() == {(Doubt.REPLACED, 9)}


def test_a_piece_that_lies_about_its_numbers_is_refused(laptop: Laptop) -> None:
    body = auditlog.LogPiece("a" * 64, 5, "b" * 64, tuple(laptop.entries))
    with pytest.raises(Exception, match="DOSSIER_UNREADABLE"):
        auditlog.parse(auditlog.to_bytes(body))


# --- the sweep -----------------------------------------------------------------------------------------------------


def test_the_sweep_undoes_a_decision_whose_memo_is_signed_by_nobody_of_ours(laptop: Laptop) -> None:
    """The record is signed and names the memo's digest, so it comes in; the paper bears no signature of theirs."""
    from dataclasses import replace

    from officer_app.base.canonical import digest
    from officer_app.dossier.records import decision_to_bytes, parse_decision
    from officer_app.exchange.parcels import decision_parcel
    from officer_app.trust.signing import sign

    dossier = laptop.submit(1)
    honest = a_decision(laptop.manager.identity, dossier, case_id=f"{1:032x}", case_number="2026-1")
    memo = dossier.files["parts/memo.pdf"]
    record = replace(parse_decision(honest.files["decision.json"]), memo_sha256=digest(memo))
    data = decision_to_bytes(record)
    laptop.send(
        decision_parcel(data, sign(data, laptop.manager.identity, record.decided_at), memo), laptop.manager, 1
    )
    taken = laptop.ingest()
    assert (taken.dossiers, taken.decisions) == (1, 1)
    (case,) = everything(laptop.url)["case_file"]
    assert "approved" in case
    store = str(laptop.folder / "exchange")
    assert sweep(laptop.desk, store, laptop.url, clock=laptop.clock) == Swept(held=1, failed=1)
    (case,) = everything(laptop.url)["case_file"]
    assert "submitted" in case
    told = everything(laptop.url)
    assert [row[4] for row in told["quarantine"]] == [""]
    assert {row[3] for row in told["quarantine"]} == {"MEMO_NOT_SIGNED_BY"}
    assert sweep(laptop.desk, store, laptop.url, clock=laptop.clock) == Swept()


def test_the_sweep_waits_for_what_the_store_does_not_show(laptop: Laptop) -> None:
    laptop.submit(1)
    laptop.ingest()
    index = laptop.folder / "exchange" / "i" / laptop.officer.identity.person.device
    index.rename(laptop.folder / "away")
    store = str(laptop.folder / "exchange")
    assert sweep(laptop.desk, store, laptop.url, clock=laptop.clock) == Swept(away=1)
    (laptop.folder / "away").rename(index)
    assert sweep(laptop.desk, store, laptop.url, clock=laptop.clock, most=5) == Swept(held=1)


def test_the_sweep_sees_a_delivery_put_in_anothers_place(laptop: Laptop) -> None:
    """A folder was rolled back, and its next dossier went out under a number that was used before."""
    laptop.submit(1)
    laptop.ingest()
    index = laptop.folder / "exchange" / "i" / laptop.officer.identity.person.device / "000000000001"
    index.unlink()
    laptop.submit(1, counter=1)
    swept = sweep(laptop.desk, str(laptop.folder / "exchange"), laptop.url, clock=laptop.clock)
    assert swept == Swept(failed=1)
    assert {row[3] for row in everything(laptop.url)["quarantine"]} == {"DELIVERY_REPLACED"}


def test_encode_is_what_the_detail_is_kept_as(laptop: Laptop) -> None:
    laptop.entries[0] = laptop.entries[0] | {"detail": {"why": "复查", "n": 1}}
    laptop.submit(1)
    laptop.ingest()
    kept = {row[1]: row[-1] for row in everything(laptop.url)["device_log"]}
    assert kept[1] == encode({"why": "复查", "n": 1}).decode()

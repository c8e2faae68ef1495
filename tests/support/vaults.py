"""Throw-away vaults: a clock that stands still until it is moved, and records with names that never existed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from officer_app.base.ids import CaseId, PhotoId, UserId, VisitId, new_id
from officer_app.trust.passphrases import FLOOR
from officer_app.vault.records import BlobId, CaseRecord, PhotoRecord, VisitRecord
from officer_app.vault.store import NewUser, Vault
from tests.support.once import made_once

LOGIN = "zhang"
PASSPHRASE = "an honest day's work"
RECOVERY = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
START = datetime(2026, 10, 8, 2, 40, tzinfo=UTC)


@dataclass
class StillClock:
    """Stands at one moment; `pass_time` moves it and the elapsed count, `set_back` only what it claims."""

    moment: datetime = START
    gone: float = field(default=0.0)
    started: str = ""

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.gone

    def boot(self) -> str:
        return self.started

    def pass_time(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.gone += seconds

    def set_back(self, seconds: float) -> None:
        self.moment -= timedelta(seconds=seconds)


def vault_folder(parent: Path) -> Path:
    """A closed vault of one officer, a copy of the run's one: its password costs time on purpose."""
    made_once("vault", parent / "data", _create)
    return parent / "data"


def _create(folder: Path) -> None:
    first = NewUser(LOGIN, "Zhang Wei", frozenset({"officer"}))
    Vault.create(folder, first, PASSPHRASE, StillClock(), recovery_code=RECOVERY, settings=FLOOR).close()


def opened(folder: Path, clock: StillClock | None = None) -> Vault:
    """That vault, open."""
    return Vault.open(folder, LOGIN, PASSPHRASE, clock or StillClock())


def a_case(officer: str, number: str = "2026-0001", **changes: object) -> CaseRecord:
    """A loan file; every field can be said."""
    fields: dict[str, object] = {
        "id": CaseId(new_id()),
        "number": number,
        "applicant": "张桂芬",
        "officer": UserId(officer),
        "created": START,
        "updated": START,
        "resident_id": "11010119900307123X",
        "phone": "13800138000",
        "business": "桂芬早餐店",
        "requested_amount": Decimal("55350.50"),
        "term_months": 12,
    }
    return CaseRecord(**(fields | changes))  # type: ignore[arg-type]  # the caller's fields are the record's


def a_visit(case: CaseRecord, **changes: object) -> VisitRecord:
    """A visit to it."""
    fields: dict[str, object] = {
        "id": VisitId(new_id()),
        "case": case.id,
        "form": "business_visit",
        "form_version": "1",
        "officer": case.officer,
        "started": START,
    }
    return VisitRecord(**(fields | changes))  # type: ignore[arg-type]  # as above


def a_photo(case: CaseRecord, original: BlobId, **changes: object) -> PhotoRecord:
    """A photo of it."""
    fields: dict[str, object] = {
        "id": PhotoId(new_id()),
        "case": case.id,
        "officer": case.officer,
        "file_name": "IMG_0417.jpg",
        "sha256": "0" * 64,
        "size": 3,
        "received": START,
        "original": original,
    }
    return PhotoRecord(**(fields | changes))  # type: ignore[arg-type]  # as above

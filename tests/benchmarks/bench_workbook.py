"""The head-office workbook against openpyxl write-only with the same cells, and its memory as cases grow.

    python tests/benchmarks/bench_workbook.py [--smoke]

Bare: one WriteOnlyWorksheet per sheet, the same values appended as plain rows, saved. Bar: ≤ 1.3 × bare for 10,000
cases (with a person, three figures, six checks, four photos and a decision each), ≤ 60 s, and a peak of memory that
grows by less than 10 MB from a twentieth of the cases to a quarter. Ends with 1 when a bar is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Generic, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from openpyxl import Workbook

from officer_app.base.words import CHINESE
from officer_app.workbooks.columns import COLUMNS, Sheet, rows_of
from officer_app.workbooks.rows import AppTotals, WorkbookData
from officer_app.workbooks.values import value_of
from officer_app.workbooks.workbook import write_workbook
from tests.support.workbook_rows import CHECK, DECISION, EXCEPTION, FIGURES, LOAN, PERSON, PHOTO, workbook_data

CASES, RATIO, SECONDS, MEGABYTES = 10_000, 1.3, 60.0, 10.0
T = TypeVar("T")


@dataclass(frozen=True)
class Made(Generic[T]):
    """Rows made while they are asked for, as often as they are."""

    cases: int
    each: Callable[[str], Iterable[T]]

    def __iter__(self) -> Iterator[T]:
        for number in range(self.cases):
            yield from self.each(f"2026-{number:06d}")


def export_of(cases: int) -> WorkbookData:
    """An export of so many cases."""
    return workbook_data(
        loans=Made(cases, lambda case: (replace(LOAN, case_number=case),)),
        persons=Made(cases, lambda case: (replace(PERSON, case_number=case),)),
        figures=Made(cases, lambda case: (replace(row, case_number=case) for row in FIGURES)),
        checks=Made(cases, lambda case: (replace(CHECK, case_number=case, check_id=f"C{n}") for n in range(6))),
        photos=Made(cases, lambda case: (replace(PHOTO, case_number=case, photo_code=f"P{n}") for n in range(4))),
        decisions=Made(cases, lambda case: (replace(DECISION, case_number=case),)),
        exceptions=Made(cases, lambda case: (replace(EXCEPTION, case_number=case),)),
        audit=(),
        app_totals=AppTotals(
            cases, LOAN.requested * cases, LOAN.recommended * cases, LOAN.approved * cases, 6 * cases, 6 * cases,
            4 * cases, cases, cases,
        ),
    )  # fmt: skip


def bare(data: WorkbookData) -> None:
    """The same cells without anything of ours but the values."""
    book = Workbook(write_only=True)
    for sheet in Sheet:
        page = book.create_sheet(sheet.value)
        columns = COLUMNS[sheet]
        for row in rows_of(data, sheet):
            page.append([value_of(row, column, CHINESE, shown=False, worded=True) for column in columns])
    book.save(BytesIO())


def ours(data: WorkbookData) -> None:
    """The whole workbook; its totals must agree."""
    with TemporaryFile() as target:
        totals = write_workbook(data, CHINESE, target)
    assert all(total.agrees for total in totals)


def seconds(work: Callable[[WorkbookData], None], data: WorkbookData) -> float:
    """Seconds of the processor, which other programs do not stretch."""
    start = time.process_time()
    work(data)
    return time.process_time() - start


def peak_mb(data: WorkbookData) -> float:
    """The most memory that Python held at once while writing."""
    tracemalloc.start()
    ours(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> int:
    """Measure and compare."""
    smoke = "--smoke" in sys.argv
    cases = 200 if smoke else CASES
    data = export_of(cases)
    runs = 1 if smoke else 3
    mine, plain = [], []
    for _ in range(runs):
        mine.append(seconds(ours, data))
        plain.append(seconds(bare, data))
    whole, floor = statistics.median(mine), statistics.median(plain)
    print(f"{cases} cases: {whole:.2f} s; bare {floor:.2f} s; ratio {whole / floor:.2f}")
    if smoke:
        return 0
    small, large = peak_mb(export_of(cases // 20)), peak_mb(export_of(cases // 4))
    print(f"peak memory {small:.1f} MB for {cases // 20} cases, {large:.1f} MB for {cases // 4}")
    return 0 if whole <= RATIO * floor and whole <= SECONDS and large - small < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())

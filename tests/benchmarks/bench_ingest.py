"""Ingesting dossiers of twelve photos against the bare reading, opening and hashing of the same files.

    python tests/benchmarks/bench_ingest.py [--smoke]

A dossier is the demo's own case, signed again under other numbers: its checks, figures, facts, answers, log, twelve
pictures of 100 kB and two papers of 300 kB (2.8 MB); then once with the demo's own papers, which hold its pictures
again (6.5 MB). Bare: each object read, its SHA-256, opened by age, its SHA-256 again. Seconds of the processor.
Bar: ≥ 50 dossiers a second and core taken into the warehouse, and a peak of memory that grows by less than 20 MB from
a quarter of the dossiers to all of them. Receipts are counted apart. Ends with 1 when a bar is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from officer_app.base.canonical import digest
from officer_app.exchange.layout import open_frame
from officer_app.headoffice.ingesting import send_owed, take_in
from officer_app.trust.sealing import unseal
from tests.support.many_dossiers import Sample, join, sample, send_many

DOSSIERS, LARGE, RATE, MEGABYTES = 300, 60, 50.0, 20.0


def warehouse(folder: Path) -> str:
    """A fresh SQLite database."""
    return f"sqlite:///{folder / f'{time.monotonic_ns()}.db'}"


def taken(made: Sample, store: Path, into: str, expected: int) -> float:
    """Seconds to take everything into the warehouse."""
    start = time.process_time()
    done = take_in(made.desk, str(store), into, clock=made.clock)
    spent = time.process_time() - start
    assert done.dossiers == expected, done
    return spent


def bare(made: Sample, store: Path) -> float:
    """Seconds to read, hash, open and hash again."""
    secret = made.desk.identity.reader_secret
    start = time.process_time()
    for path in sorted(store.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            name = path.relative_to(store).as_posix()
            sealed = open_frame(data, name) if name.startswith("i/") else data
            digest(data)
            digest(unseal(sealed, secret))
    return time.process_time() - start


def peak_mb(made: Sample, store: Path, folder: Path, count: int) -> float:
    """The most memory that Python held at once."""
    tracemalloc.start()
    taken(made, store, warehouse(folder), count)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measured(made: Sample, folder: Path, name: str, count: int, paper: int | None, runs: int) -> float:
    """Dossiers a second, the middle of the runs; prints it beside the bare."""
    store = folder / name
    store.mkdir()
    size = send_many(made, store, join(made, name), count, picture=100_000, paper=paper)
    mine, plain = [], []
    for _ in range(runs):
        into = warehouse(folder)
        mine.append(taken(made, store, into, count))
        plain.append(bare(made, store))
    spent, floor = statistics.median(mine), statistics.median(plain)
    rates = f"{count / spent:.0f} a second; bare {count / floor:.0f} a second; ratio {spent / floor:.2f}"
    print(f"{count} dossiers of {size / 1e6:.1f} MB: {rates}")
    start = time.process_time()
    receipts, _ = send_owed(made.desk, str(store), into, clock=made.clock)
    print(f"  {receipts} receipts: {receipts / (time.process_time() - start):.0f} a second")
    return count / spent


def main() -> int:
    """Measure and compare."""
    smoke = "--smoke" in sys.argv
    count, large, runs = (8, 4, 1) if smoke else (DOSSIERS, LARGE, 3)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = sample(folder)
        measured(made, folder, "warming", 4, 300_000, 1)  # imports and caches are not the work
        rate = measured(made, folder, "small", count, 300_000, runs)
        measured(made, folder, "large", large, None, runs)
        if smoke:
            return 0
        (folder / "few").mkdir()
        send_many(made, folder / "few", join(made, "few"), count // 4, picture=100_000, paper=300_000)
        few = peak_mb(made, folder / "few", folder, count // 4)
        all_of_them = peak_mb(made, folder / "small", folder, count)
    print(f"peak memory {few:.1f} MB for {count // 4} dossiers, {all_of_them:.1f} MB for {count}")
    return 0 if rate >= RATE and all_of_them - few < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())

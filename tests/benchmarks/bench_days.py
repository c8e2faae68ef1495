"""A day of 300 pictures in 30 cases: from the vault to the drawing, beside reading the same rows and nothing else.

Run: python tests/benchmarks/bench_days.py. One core. Median of five rounds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from officer_app.base.clock import begin_of_day, local_date  # noqa: E402  the path comes first
from officer_app.base.ids import PhotoId, VisitId, new_id  # noqa: E402
from officer_app.casework.days import day_of_officer  # noqa: E402
from officer_app.casework.desk import Desk  # noqa: E402
from officer_app.evidence.tag_records import tags_to_json  # noqa: E402
from officer_app.evidence.tags import Tags  # noqa: E402
from officer_app.plots.sketch import sketch  # noqa: E402
from officer_app.trust.certificates import Role  # noqa: E402
from officer_app.vault import answers, blobs, cases, photos  # noqa: E402
from officer_app.vault.records import PhotoRecord, VisitRecord  # noqa: E402
from tests.support.demo import HandClock, desk_of, founded  # noqa: E402
from tests.support.vaults import START, a_case  # noqa: E402

CASES, PICTURES, ROUNDS = 30, 10, 5
BAR_SECONDS = 1.0


def fill(desk: Desk) -> None:
    day = begin_of_day(local_date(START)) + timedelta(hours=8)
    with desk.vault.writing() as tx:
        for number in range(CASES):
            case = a_case(desk.user.id, f"2026-{number:06d}")
            cases.add(tx, case)
            begun = day + timedelta(minutes=20 * number)
            visit = VisitRecord(
                VisitId(new_id()),
                case.id,
                "business_visit",
                "1",
                desk.user.id,
                begun,
                ended=begun + timedelta(minutes=15),
            )
            answers.add_visit(tx, visit)
            for place in range(PICTURES):
                lat = Decimal("28.3784") + Decimal(number) / 200 + Decimal(place) / 20_000
                taken = begun + timedelta(minutes=place)
                tags = Tags(
                    satellite_at=taken, lat=lat, lon=Decimal("121.3842"), accuracy_m=Decimal(6), make="T", model="1"
                )
                photos.add(
                    tx,
                    PhotoRecord(
                        PhotoId(new_id()), case.id, desk.user.id, f"{place}.jpg", f"{number:032d}{place:032d}", 1,
                        taken,
                        blobs.add(tx, f"{number}/{place}".encode()), visit.id, shot="inside", taken=taken, lat=lat,
                        lon=Decimal("121.3842"), tags=tags_to_json(tags),
                    ),
                )  # fmt: skip


def seconds(run: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        rounds.append(time.perf_counter() - start)
    return statistics.median(rounds)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock(START)
        with desk_of(founded(Path(folder), clock), Role.OFFICER, clock) as desk:
            fill(desk)
            on = local_date(START)
            start, end = begin_of_day(on), begin_of_day(on + timedelta(days=1))

            def bare() -> None:
                with desk.vault.reading() as tx:
                    photos.of_officer_on(tx, desk.user.id, start, end)

            def whole() -> None:
                sketch(day_of_officer(desk, on).ground, width=760, em=12, height=560)

            shown = len(day_of_officer(desk, on).entries)
            rows, drawn = seconds(bare), seconds(whole)
    print(f"{shown} pictures of {CASES} cases: {drawn * 1000:.0f} ms to the drawing; rows alone {rows * 1000:.0f} ms")
    print(f"{drawn / rows:.1f} x bare; bar {BAR_SECONDS:.0f} s")
    return 0 if drawn <= BAR_SECONDS and shown == CASES * PICTURES else 1


if __name__ == "__main__":
    sys.exit(main())

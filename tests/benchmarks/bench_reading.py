"""How much of drawn papers is read, by quality of the photo; how long it takes and what memory the child needs.

Run: python tests/benchmarks/bench_reading.py [--smoke]. With --smoke two qualities stand for all. Without the extra
it says so and has nothing to measure. Drawn papers are printed in our own font: real ones will be read worse.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from officer_app.base.workers import Worker  # noqa: E402
from officer_app.evidence.reading.papers import Field, papers_in  # noqa: E402
from officer_app.evidence.reading.reader import MEMORY_MB, is_installed, read_page  # noqa: E402
from tests.support import drawn_papers as drawn  # noqa: E402
from tests.support.drawn_papers import Card, Licence, Paper  # noqa: E402

BAR = 0.9  # of all fields, over all qualities
CARD, SHOP = Card(), Licence()
FIRM = Licence(kind="有限责任公司（自然人独资）", company=True, until="2039年03月07日")
OF_LICENCE = {
    Field.CODE: SHOP.code,
    Field.FIRM: SHOP.name,
    Field.HOLDER: SHOP.holder,
    Field.SINCE: "2019-03-08",
    Field.PLACE: SHOP.address,
}
PAPERS: dict[str, tuple[Paper, dict[Field, str]]] = {
    "card, portrait": (
        drawn.card_front(CARD),
        {
            Field.NAME: CARD.name,
            Field.SEX: "female",
            Field.BORN: "1986-04-17",
            Field.ADDRESS: "".join(CARD.address),
            Field.NUMBER: CARD.number,
        },
    ),
    "card, emblem": (
        drawn.card_back(CARD),
        {Field.OFFICE: CARD.office, Field.VALID_FROM: "2016-05-20", Field.VALID_UNTIL: "2036-05-20"},
    ),
    "licence": (drawn.licence(SHOP), OF_LICENCE | {Field.FORM: "individual_business"}),
    "licence of a firm": (drawn.licence(FIRM), OF_LICENCE | {Field.FORM: "company", Field.UNTIL: "2039-03-07"}),
}


def measured(qualities: list[str]) -> tuple[Counter[str], Counter[str], list[float], int]:
    """Fields right and fields there by quality, seconds of each reading, and the child's largest memory in MB."""
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    seconds = []
    with Worker(memory_mb=MEMORY_MB) as worker:
        for quality in qualities:
            for paper, says in PAPERS.values():
                picture = drawn.as_jpeg(drawn.QUALITIES[quality](paper))
                begun = time.perf_counter()
                page = read_page(picture, worker)
                seconds.append(time.perf_counter() - begun)
                told = {entry.field: entry.value for found in papers_in(page) for entry in found.entries}
                right[quality] += sum(told.get(field) == value for field, value in says.items())
                there[quality] += len(says)
        peak = _peak(worker.pid)
    return right, there, seconds, peak


def _peak(pid: int | None) -> int:
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true")
    smoke = parser.parse_args().smoke
    if not is_installed():
        print("the extra “reading” is not installed: packaging/setup reading")
        return 0
    qualities = ["tilted", "low light"] if smoke else list(drawn.QUALITIES)
    right, there, seconds, peak = measured(qualities)
    for quality in qualities:
        print(f"{quality:12} {right[quality]} of {there[quality]} fields")
    share = right.total() / there.total()
    print(f"together     {right.total()} of {there.total()} fields ({share:.3f}, bar {BAR})")
    print(f"a picture    {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s; child {peak} MB at most")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())

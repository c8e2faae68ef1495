"""What one answer costs the analysis: facts read, assessed and told again, beside the bare reading of its numbers.

Run: python tests/benchmarks/bench_assess.py. --smoke takes fewer turns. The case is the largest
that could be: 50 debts, 30 routes, 30 products, 60 months. Median of three rounds.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from officer_app.base.words import CHINESE, say  # noqa: E402  the path comes first
from officer_app.credit.approval import approval_path  # noqa: E402
from officer_app.credit.assess import assess  # noqa: E402
from officer_app.credit.contradictions import contradictions  # noqa: E402
from officer_app.credit.lanes import lane_of  # noqa: E402
from tests.support.worked import OWN_CASES, facts_of, leaves, load, shipped_policy  # noqa: E402

BAR_MS = 20.0
ROUNDS = 3
TURNS = 3 if "--smoke" in sys.argv else 20


# How long each list of the largest case is: no shop that is lent to has more of it.
LARGEST = {
    "products": 30,
    "operating_costs": 30,
    "liabilities": 50,
    "unexplained_regular_outflows": 20,
    "guarantees_given": 20,
    "collateral": 20,
    "guarantors": 10,
    "soft_information": 60,
    "utilities": 20,
    "straw_indicators": 20,
}
ROUTES, PHOTOS, MONTHS = 30, 60, 60


def filled(rows: list[Any], size: int) -> list[Any]:
    """The rows over and over, so many in all."""
    return [copy.deepcopy(rows[place % len(rows)]) for place in range(size)] if rows else rows


def large_case() -> dict[str, Any]:
    """The pig farm with 50 debts, 30 routes, 30 products, 60 months and every other list as long as it may get."""
    case = load(OWN_CASES / "hill_pigs.yaml")
    facts, application = case["facts"], case["application"]
    for name, size in LARGEST.items():
        facts[name] = filled(facts.get(name) or [], size)
    share = 0
    for product in facts["products"]:
        product["share_percent"] = "3"
        share += 3
    facts["products"][0]["share_percent"] = str(100 - share + 3)
    facts["sales"]["routes"] = filled(facts["sales"]["routes"], ROUTES)
    facts["photos"]["items"] = filled(facts["photos"]["items"], PHOTOS)
    application["purpose_items"] = filled(application["purpose_items"], 30)
    application["term_months"] = str(MONTHS)
    if application.get("principal_share_by_month"):
        application["principal_share_by_month"] = ["0"] * (MONTHS - 1) + ["1"]
    return case


def median_ms(run: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(TURNS):
            run()
        rounds.append((time.perf_counter() - start) * 1000 / TURNS)
    return statistics.median(rounds)


def main() -> int:
    case = large_case()
    facts, policy = facts_of(case), shipped_policy()
    texts = [text for _, text in leaves(case["facts"]) if text.replace(".", "", 1).isdigit()]
    assessment = assess(facts, policy)
    bare = median_ms(lambda: [Decimal(text) for text in texts])
    read = median_ms(lambda: facts_of(case))
    whole = median_ms(lambda: assess(facts, policy))
    path = median_ms(lambda: (approval_path(assessment, policy, 1), lane_of(facts, assessment, policy)))
    told = median_ms(lambda: [say(item.sentence, CHINESE) for item in contradictions(assessment)])
    print(f"bare numbers {bare:.3f} ms; read facts {read:.3f} ms; assess {whole:.3f} ms; tell {told:.3f} ms")
    print(f"approval path and lane {path:.3f} ms")
    print(f"read and assess: {(read + whole) / bare:.0f} x bare; bar {BAR_MS} ms")
    return 0 if read + whole <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())

"""What one answer costs the analysis: facts read, assessed and told again, beside the bare reading of its numbers.

Run: python tests/benchmarks/bench_assess.py. The case is far larger than any real one. Median of three rounds.
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
from officer_app.credit.assess import assess  # noqa: E402
from officer_app.credit.contradictions import contradictions  # noqa: E402
from tests.support.worked import OWN_CASES, facts_of, leaves, load, policy_of  # noqa: E402

BAR_MS = 20.0
ROUNDS, TURNS = 3, 20


def large_case() -> dict[str, Any]:
    """The pig farm with every list eight times as long."""
    case = load(OWN_CASES / "hill_pigs.yaml")
    facts = case["facts"]
    for name in ("operating_costs", "liabilities", "unexplained_regular_outflows", "collateral", "soft_information"):
        facts[name] = copy.deepcopy(facts[name]) * 8
    facts["sales"]["routes"] = copy.deepcopy(facts["sales"]["routes"]) * 8
    facts["photos"]["items"] = copy.deepcopy(facts["photos"]["items"]) * 12
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
    facts, policy = facts_of(case), policy_of(case)
    texts = [text for _, text in leaves(case["facts"]) if text.replace(".", "", 1).isdigit()]
    assessment = assess(facts, policy)
    bare = median_ms(lambda: [Decimal(text) for text in texts])
    read = median_ms(lambda: facts_of(case))
    whole = median_ms(lambda: assess(facts, policy))
    told = median_ms(lambda: [say(item.sentence, CHINESE) for item in contradictions(assessment)])
    print(f"bare numbers {bare:.3f} ms; read facts {read:.3f} ms; assess {whole:.3f} ms; tell {told:.3f} ms")
    print(f"read and assess: {(read + whole) / bare:.0f} x bare; bar {BAR_MS} ms")
    return 0 if read + whole <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())

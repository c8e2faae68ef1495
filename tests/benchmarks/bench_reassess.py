"""What another policy would change in 10,000 cases: the vault gone through, beside `assess` alone on facts in memory.

Run: python tests/benchmarks/bench_reassess.py; --smoke takes 200 cases. One core. Median of three rounds.
"""

from __future__ import annotations

import copy
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from officer_app.base.canonical import encode  # noqa: E402  the path comes first
from officer_app.base.ids import new_id  # noqa: E402
from officer_app.casework import dossiers, whatif  # noqa: E402
from officer_app.casework.desk import Desk, seat  # noqa: E402
from officer_app.casework.submission import keep_dossier  # noqa: E402
from officer_app.credit.policy import read_policy  # noqa: E402
from officer_app.credit.reading import read_facts  # noqa: E402
from officer_app.credit.whatif import answer, summary  # noqa: E402
from officer_app.dossier import manifest as manifests  # noqa: E402
from officer_app.dossier.manifest import Manifest, PackRef, PartyRef  # noqa: E402
from officer_app.vault import cases  # noqa: E402
from officer_app.vault.records import CaseState, Origin  # noqa: E402
from tests.support.vaults import START, StillClock, a_case, opened, vault_folder  # noqa: E402
from tests.support.worked import OWN_CASES, SHIPPED_POLICY, leaves, load  # noqa: E402

BAR = 100
CASES, SMOKE, ROUNDS, BATCH = 10_000, 200, 3, 200
STRICTER = ("instalment_to_disposable_max_percent = 70", "instalment_to_disposable_max_percent = 50")


def varied(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A worked case with every amount above 100 a fifth more or less."""
    new = copy.deepcopy(case)
    for block in ("application", "facts"):
        for path, text in leaves(new[block]):
            if text.replace(".", "", 1).isdigit() and Decimal(text) > 100 and "." in text:
                node: Any = new[block]
                for part in path[:-1]:
                    node = node[part]
                node[path[-1]] = str((Decimal(text) * chance.randrange(80, 121) / 100).quantize(Decimal("0.01")))
    return {"application": new["application"], "borrower": new["borrower"], **new["facts"]}


def trees(size: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(11)  # noqa: S311  numbers that never were
    worked = [load(path) for path in sorted(OWN_CASES.glob("*.yaml"))]
    for number in range(size):
        yield varied(worked[number % len(worked)], chance)


def fill(desk: Desk, size: int) -> None:
    policy = SHIPPED_POLICY.read_bytes()
    every = list(trees(size))
    for start in range(0, size, BATCH):
        with desk.vault.writing() as tx:
            for number, tree in enumerate(every[start : start + BATCH], start=start):
                case = a_case(desk.user.id, f"2026-{number:06d}", state=CaseState.SUBMITTED)
                cases.add(tx, case)
                parts = {
                    dossiers.FACTS: encode(tree),
                    dossiers.CONTRADICTIONS: encode([{"standing": "stands"}]),
                    dossiers.POLICY: policy,
                    manifests.SUMMARY: b"{}",
                    manifests.MEMO: b"%PDF",
                }
                frozen = manifest(str(case.id), case.number, parts, desk.user.id)
                keep_dossier(tx, frozen, manifests.to_bytes(frozen), b"", parts, Origin.OWN)


def manifest(case: str, number: str, parts: dict[str, bytes], officer: str) -> Manifest:
    made = [manifests.part_of(name, dossiers.media_type(name), data) for name, data in sorted(parts.items())]
    policy = next(part for part in made if part.name == dossiers.POLICY)
    return Manifest(
        dossier_id=new_id(), case_id=case, case_number=number, version=1, previous=None, institution="一家小贷",
        branch="城东", officer=PartyRef(officer, "张伟"), second=None, applicant="张桂芬", product="",
        lane="standard",
        requested_amount=Decimal(50_000), recommended_amount=None, term_months=12, grade="C",
        policy=PackRef("default", "1", policy.sha256), forms=(), program="0", audit_head="0" * 64, frozen_at=START,
        parts=tuple(made),
    )  # fmt: skip


def per_second(size: int, run: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        rounds.append(size / (time.process_time() - start))
    return statistics.median(rounds)


def main() -> int:
    size = SMOKE if "--smoke" in sys.argv else CASES
    text = SHIPPED_POLICY.read_text(encoding="utf-8")
    own, other = read_policy(text), read_policy(text.replace(*STRICTER))
    facts = [read_facts(tree) for tree in trees(min(size, SMOKE))]
    with tempfile.TemporaryDirectory() as folder:
        desk = seat(opened(vault_folder(Path(folder)), StillClock()), StillClock())
        try:
            fill(desk, size)
            bare = per_second(len(facts), lambda: [(answer(one, own, 1), answer(one, other, 1)) for one in facts])
            found = summary(whatif.reassess_all(desk, other))
            whole = per_second(size, lambda: summary(whatif.reassess_all(desk, other)))
        finally:
            desk.close()
    print(f"{size} cases: {found.changed} change, {found.recommended_old} -> {found.recommended_new}")
    print(f"through the vault {whole:.0f} cases/s per core; two assessments of parsed facts alone {bare:.0f} cases/s")
    print(f"{bare / whole:.2f} x bare; bar {BAR} cases/s per core")
    return 0 if whole >= BAR and found.cases == size and found.changed else 1


if __name__ == "__main__":
    sys.exit(main())

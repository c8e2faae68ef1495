"""The case list: 100,000 files with --full, else a smoke. First page in 50 ms, a search in twice the bare query."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest

from officer_app.vault import cases, search
from officer_app.vault.records import CaseOrder, CaseQuery, CaseState
from officer_app.vault.store import Vault
from tests.support.vaults import START, a_case, opened, vault_folder

SURNAMES, GIVEN = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗", "桂芬伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚"
PAGE_MS, TIMES_BARE, FLOOR_MS = 50, 2, 25
SEARCHES = ("张桂芬", "桂芬", "zgf", "guifen", "zhang", "8000", "2026-0004", "小吃", "x")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Vault]:
    folder = vault_folder(tmp_path_factory.mktemp("list"))
    with opened(folder) as vault:
        _fill(vault, 100_000 if full else 2_000)
    with opened(folder) as vault:  # as after a start: nothing is in the cache
        yield vault


def _fill(vault: Vault, size: int) -> None:
    chance, states = random.Random(7), list(CaseState)  # noqa: S311  names that never existed
    with vault.writing() as tx:
        for number in range(size):
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
            case = a_case(
                vault.user.id,
                f"2026-{number:06d}",
                applicant=name,
                business=f"{name}小吃店",
                phone=f"13{chance.randrange(10**9):09d}",
                resident_id=f"110101{chance.randrange(10**11):011d}X",
                state=chance.choice(states),
                updated=START + timedelta(seconds=chance.randrange(10**7)),
            )
            cases.add(tx, case)


def _milliseconds(work: Callable[[], object]) -> float:
    def once() -> float:
        start = perf_counter()
        work()
        return (perf_counter() - start) * 1000

    return median(once() for _ in range(3))


def _page(vault: Vault, query: CaseQuery) -> None:
    with vault.reading() as tx:
        cases.find(tx, query)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("order", CaseOrder)
@pytest.mark.parametrize("state", [None, CaseState.DRAFT])
def test_first_page(filled: Vault, order: CaseOrder, state: CaseState | None) -> None:
    query = CaseQuery(order=order, states=frozenset({state} if state else ()))
    start = perf_counter()
    _page(filled, query)
    cold = (perf_counter() - start) * 1000
    warm = _milliseconds(lambda: _page(filled, query))
    print(f"first page by {order} of {state or 'all'}: first time {cold:.1f} ms, then {warm:.1f} ms")
    assert warm <= PAGE_MS


@pytest.mark.timeout(900)
@pytest.mark.parametrize("typed", SEARCHES)
def test_search(filled: Vault, typed: str) -> None:
    """Against the same rows fetched by the index alone, without count, record or mask."""
    asked = search.expression(typed)
    assert asked is not None
    bare = (
        "SELECT f.* FROM case_file f WHERE f.seq IN (SELECT rowid FROM case_search WHERE case_search MATCH ?)"
        " ORDER BY f.updated DESC LIMIT 50"
    )
    lower = _milliseconds(lambda: filled.database.run(bare, asked))
    ours = _milliseconds(lambda: _page(filled, CaseQuery(text=typed)))
    print(f"search {typed}: {ours:.1f} ms, bare {lower:.1f} ms, ratio {ours / lower:.2f}")
    assert ours <= max(TIMES_BARE * lower, FLOOR_MS)

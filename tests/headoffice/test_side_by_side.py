"""Two transactions that stand in each other's way on a real server: one is begun again, and nothing is lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from officer_app.headoffice.tables import LOOKED
from officer_app.headoffice.warehouse import Warehouse, lock
from tests.support.institution import AT

if TYPE_CHECKING:
    from tests.support.postgres import Postgres


def test_a_deadlock_is_begun_again(postgres: Postgres) -> None:
    url = postgres.new()
    Warehouse(url).close()
    both_hold_one = threading.Barrier(2)
    tries = {"a": 0, "b": 0}

    def work(own: str, other: str) -> None:
        def apply(connection: Connection) -> None:
            tries[own] += 1
            lock(connection, own)
            if tries[own] == 1:
                both_hold_one.wait(20)
            lock(connection, other)
            connection.execute(insert(LOOKED).values(what=own, at=AT))

        with Warehouse(url) as warehouse:
            warehouse.settle(apply)

    second = threading.Thread(target=work, args=("b", "a"))  # noqa: TID251  the other hand
    second.start()
    work("a", "b")
    second.join(20)
    assert sum(tries.values()) == 3
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        assert sorted(connection.execute(select(LOOKED.c.what)).scalars()) == ["a", "b"]

"""The warehouse on a real PostgreSQL: the same tables as in SQLite, row for row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from officer_app.base.errors import Code, Fault
from officer_app.headoffice.tables import METADATA
from officer_app.headoffice.warehouse import Warehouse
from tests.support.warehouses import config_of

if TYPE_CHECKING:
    from tests.support.postgres import Postgres


def test_the_steps_give_what_the_program_expects(postgres: Postgres) -> None:
    with Warehouse(postgres.new()) as warehouse, warehouse.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_down_again_leaves_no_trace(postgres: Postgres) -> None:
    with Warehouse(postgres.new()) as warehouse, warehouse.transaction() as connection:
        command.downgrade(config_of(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert inspect(connection).get_view_names() == []
        command.upgrade(config_of(connection), "head")


def test_a_newer_warehouse_is_left_alone(postgres: Postgres) -> None:
    url = postgres.new()
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Fault) as caught:
        Warehouse(url)
    assert caught.value.code is Code.WAREHOUSE_NEWER


@pytest.mark.parametrize("wrong", ["/nowhere_at_all", "password", "port"])
def test_a_server_that_does_not_let_us_in_is_the_surroundings(postgres: Postgres, wrong: str) -> None:
    url = postgres.new()
    head, _, tail = url.rpartition("@")
    address = {
        "/nowhere_at_all": url.rpartition("/")[0] + "/nowhere_at_all",
        "password": head[:-1] + "x@" + tail,
        "port": head + "@127.0.0.1:1/" + tail.rpartition("/")[2],
    }[wrong]
    with pytest.raises(Fault) as caught:
        Warehouse(address)
    assert caught.value.code is Code.WAREHOUSE_GONE

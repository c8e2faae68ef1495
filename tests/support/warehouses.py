"""Warehouses under test: their migrations by hand, and everything in them as values to compare."""

from __future__ import annotations

import re
from typing import Any

from alembic.config import Config
from sqlalchemy import Connection, Select, Table, select

from officer_app.base.paths import migrations_folder
from officer_app.headoffice.tables import METADATA
from officer_app.headoffice.warehouse import Warehouse


def config_of(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder() / "warehouse"))
    config.attributes["connection"] = connection
    return config


def _asked(table: Table, apart: frozenset[str]) -> Select[Any]:
    return select(*(column for column in table.columns if column.name not in apart))


def _unsalted(cell: Any) -> Any:
    return re.sub(rb"\b[0-9a-f]{12}\b", b"mark", cell) if isinstance(cell, bytes) else cell


def everything(url: str, apart: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every table's rows, in the order of their text; columns of the names in `apart` are left out.

    The marks that stand for names in the facts are salted, and the salt is thrown away: only their places count.
    """
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        return {
            table.name: sorted(
                (tuple(_unsalted(cell) for cell in row) for row in connection.execute(_asked(table, apart))), key=repr
            )
            for table in METADATA.sorted_tables
        }

"""The steps of the warehouse give what the program expects, leave nothing behind, and stop whole when they fail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import migrations_folder
from officer_app.headoffice.tables import METADATA
from officer_app.headoffice.warehouse import Warehouse


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder() / "warehouse"))
    config.attributes["connection"] = connection
    return config


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'w.db'}"


def test_the_steps_give_what_the_program_expects(url: str) -> None:
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_down_again_leaves_no_trace(url: str) -> None:
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        command.downgrade(_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(_config(connection), "head")


def test_opening_again_changes_nothing(url: str, tmp_path: Path) -> None:
    Warehouse(url).close()
    before = (tmp_path / "w.db").read_bytes()
    Warehouse(url).close()
    assert (tmp_path / "w.db").read_bytes() == before


def test_a_step_that_fails_half_way_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = command.upgrade

    def fails(config: Config, revision: str) -> None:
        real(config, revision)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", fails)
    with pytest.raises(KeyboardInterrupt):
        Warehouse(url)
    monkeypatch.undo()
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    Warehouse(url).close()


def test_a_newer_warehouse_is_left_alone(url: str) -> None:
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Fault) as caught:
        Warehouse(url)
    assert caught.value.code is Code.WAREHOUSE_NEWER


def test_the_steps_import_nothing_of_the_program() -> None:
    for step in (migrations_folder() / "warehouse").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) officer_app", step.read_text(encoding="utf-8"), re.MULTILINE), step


def test_what_came_before_is_known_by_its_deliveries(url: str) -> None:
    """Else a case that was taken in by an earlier program would leave its pieces in the stores when it is deleted."""
    with Warehouse(url) as warehouse, warehouse.transaction() as connection:
        command.downgrade(_config(connection), "0005")
        told = {column.name: "" for column in METADATA.tables["decision"].columns}
        numbers = {
            "minutes_open": 1,
            "conditions": "[]",
            "questions": "[]",
            "record": b"",
            "signature": b"",
            "memo": b"",
        }
        for name, counter in (("a", 1), ("b", 2)):
            row = told | numbers | {"digest": name, "case_id": "c", "device": "d", "counter": counter}
            names = ", ".join(row)
            connection.execute(
                text(f"INSERT INTO decision ({names}) VALUES ({', '.join(':' + one for one in row)})"),  # noqa: S608  ours
                row,
            )
        command.upgrade(_config(connection), "head")
        kept = connection.execute(text("SELECT device, counter, case_id, certificate FROM delivery ORDER BY counter"))
        assert [tuple(row) for row in kept] == [("d", 1, "c", None), ("d", 2, "c", None)]

"""The help page on the warehouse names every view with its columns, and every column of the files that come in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect

from officer_app.base.paths import resource_folder
from officer_app.headoffice.book import COLUMNS
from officer_app.headoffice.devicelogs import Doubt
from officer_app.headoffice.warehouse import Warehouse


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_keeps_up_with_the_warehouse(tmp_path: Path, language: str) -> None:
    page = (resource_folder() / "help" / language / "warehouse.md").read_text(encoding="utf-8")
    told = {
        name: re.findall(r"`(\w+)`", columns)
        for name, columns in re.findall(r"^\| `(v_\w+)` \|[^|]*\|(.*)\|$", page, re.MULTILINE)
    }
    with Warehouse(f"sqlite:///{tmp_path / 'w.db'}") as warehouse, warehouse.transaction() as connection:
        looked = inspect(connection)
        views = {name: [column["name"] for column in looked.get_columns(name)] for name in looked.get_view_names()}
    assert told == views
    for columns in COLUMNS.values():
        for column in columns:
            assert f"`{column.key}`" in page
            assert all(head in page for head in column.heads), column.key
    assert all(f"`{doubt}`" in page for doubt in Doubt if doubt is not Doubt.MISSING)

"""A sheet as its author sees it: cells by row and header, with the row numbers that Excel shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# The sheets that the compiler knows; every other sheet is the author's own.
SHEET_NAMES: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about a sheet that Excel shows and a checklist does not read: what, and where."""

    kind: str
    row: int | None = None
    column: str = ""
    detail: str = ""


@dataclass(slots=True)
class Grid:
    """One sheet: its headers in order, its rows as header -> text (blank cells left out), rows[0] being row 2.

    `letters` are Excel's for the headers, where the file is Excel's.
    """

    name: str
    headers: tuple[str, ...] = ()
    rows: list[Mapping[str, str]] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """The sheets of one file by their lower-case name, and the names as they are written."""

    titles: tuple[str, ...]
    grids: dict[str, Grid]
    oddities: list[Oddity] = field(default_factory=list)

    def definition(self, file_name: str) -> dict[str, object]:
        """The same in the compiler's own terms."""
        found: dict[str, object] = {"sheet_names": list(self.titles)}
        for name in SHEET_NAMES:
            grid = self.grids.get(name)
            found[name] = None if grid is None else [dict(row) for row in grid.rows]
            headers = grid.headers if grid is not None else ()
            found[f"{name}_header"] = [dict.fromkeys(headers)] if headers else None
        found["fallback_form_name"] = file_name.rpartition("/")[2].rpartition(".")[0]
        return found

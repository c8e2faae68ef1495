"""A checklist's source as tables: what an author sees, before any compiler."""

from __future__ import annotations

import re
from pathlib import Path

_CELLS = re.compile(r"(?<!\\)\|")


def sheets(path: Path) -> dict[str, list[dict[str, str]]]:
    """The sheets of a pyxform markdown file: name -> rows, each a mapping of its filled cells by column."""
    found: dict[str, list[dict[str, str]]] = {}
    heads: list[str] = []
    rows: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in _CELLS.split(line)[1:-1]]
        if not cells:
            continue
        if cells[0]:
            rows, heads = found.setdefault(cells[0], []), []
        elif not heads:
            heads = cells[1:]
        else:
            # A row may leave out the cells behind its last one, as pyxform allows; it never has more than its heads.
            assert len(cells) - 1 <= len(heads), cells
            rows.append({head: cell for head, cell in zip(heads, cells[1:], strict=False) if cell})
    return found

"""Selected choices: a list of names between spaces."""

from __future__ import annotations

from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.functions.registry import eager
from officer_app.checklists.xpath.values import Value, to_number, to_text


@eager("selected", 2)
def _selected(_context: Context, value: Value, name: Value) -> bool:
    return to_text(name).strip() in to_text(value).split() or to_text(name) == to_text(value)


@eager("selected-at", 2)
def _selected_at(context: Context, value: Value, index: Value) -> str:
    names, place = to_text(value).split(), to_number(index, context.zone)
    return names[int(place)] if 0 <= place < len(names) else ""


@eager("count-selected", 1)
def _count_selected(_context: Context, value: Value) -> float:
    return float(len(to_text(value).split()))

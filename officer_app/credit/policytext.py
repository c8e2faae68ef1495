"""A policy file as text: where each key stands with its comment, and one value changed with all else left as it is.

The file is what head office reads and keeps: comments and order survive an edit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml

_HEADER: Final = re.compile(r"\s*\[([A-Za-z0-9_.\-]+)\]\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*)\s*=\s*")
_RULE: Final = re.compile(r"#\s*-{3,}")
_OPENING: Final = frozenset("[{")
_CLOSING: Final = frozenset("]}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One key: its full path, where its value begins and ends in the text, and what the comments beside it say."""

    path: str
    start: int
    end: int
    comment: str


@lru_cache(maxsize=4)
def entries(text: str) -> tuple[Entry, ...]:
    """Every key of a TOML text, in its order. The text must be TOML."""
    return tuple(_entries(text))


def _entries(text: str) -> Iterator[Entry]:
    place, prefix = 0, ""
    above: list[str] = []
    while place < len(text):
        stop = _line_end(text, place)
        line = text[place:stop]
        header, key = _HEADER.match(line), _KEY.match(line)
        if key is not None:
            start = place + key.end()
            end = _value_end(text, start)
            stop = _line_end(text, end)
            beside = text[end:stop].strip().lstrip("#").strip()
            yield Entry(prefix + key.group(1), start, end, " ".join([*above, beside] if beside else above))
            above = []
        elif header is not None:
            prefix = f"{header.group(1)}."
            above = []
        elif line.lstrip().startswith("#") and not _RULE.match(line.lstrip()):
            above.append(line.strip().lstrip("#").strip())
        else:
            above = []
        place = stop + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _value_end(text: str, place: int) -> int:
    """Where a value ends: at the line's end or its comment, outside of brackets and quotes."""
    depth = 0
    last = place
    while place < len(text):
        sign = text[place]
        if sign in "\"'":
            place = _after_quotes(text, place)
            last = place
            continue
        if sign == "#":
            if not depth:
                return last
            place = _line_end(text, place)
            continue
        if sign == "\n" and not depth:
            return last
        depth += (sign in _OPENING) - (sign in _CLOSING)
        place += 1
        if not sign.isspace():
            last = place
    return last


def _after_quotes(text: str, place: int) -> int:
    quote = text[place]
    mark = quote * 3 if text.startswith(quote * 3, place) else quote
    at = place + len(mark)
    while at < len(text) and not text.startswith(mark, at):
        at += 2 if text[at] == "\\" and quote == '"' else 1
    return at + len(mark)


def replaced(text: str, path: str, literal: str) -> str:
    """The text with another value at a key; a key that is not there yet is added where its table stands.

    `literal` is TOML: 10, "a text", ["A", "B"]. Errors: POLICY_NOT_TOML when it is no value.
    """
    _must_be_value(literal, path)
    entry = next((one for one in entries(text) if one.path == path), None)
    if entry is not None:
        return text[: entry.start] + literal + text[entry.end :]
    table, _, name = path.rpartition(".")
    header = re.search(rf"^\s*\[{re.escape(table)}\]\s*(?:#.*)?$", text, re.MULTILINE) if table else None
    if header is not None:
        return f"{text[: header.end()]}\n{name} = {literal}{text[header.end() :]}"
    first = re.search(r"^\[", text, re.MULTILINE)
    place = first.start() if first is not None else len(text)
    before = text[:place]
    gap = "" if not before or before.endswith("\n") else "\n"
    return f"{before}{gap}{path} = {literal}\n\n{text[place:]}"


def removed(text: str, path: str) -> str:
    """The text without a key; its line goes, comments above it stay."""
    entry = next((one for one in entries(text) if one.path == path), None)
    if entry is None:
        return text
    start = text.rfind("\n", 0, entry.start) + 1
    return text[:start] + text[_line_end(text, entry.end) + 1 :]


def literal_of(text: str, path: str) -> str:
    """The value of a key as it stands in the text, or nothing."""
    return next((text[one.start : one.end] for one in entries(text) if one.path == path), "")


def _must_be_value(literal: str, path: str) -> None:
    try:
        found = read_toml(f"value = {literal}")
    except tomllib.TOMLDecodeError as error:
        raise Fault(Code.POLICY_NOT_TOML, where=path, detail=str(error)) from error
    if set(found) != {"value"}:
        raise Fault(Code.POLICY_NOT_TOML, where=path, detail=path)

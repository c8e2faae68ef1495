"""Texts: search, cut, join, match."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from math import floor, inf, isnan
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import eager, on_node
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.patterns import matches
from officer_app.checklists.xpath.values import Value, to_number, to_text

_SPACE: Final = " \t\r\n"


@on_node("string", 0, 1)
def _string(_context: Context, node: Node, value: Value | None = None) -> str:
    return node.text() if value is None else to_text(value)


@eager("concat", 0, inf)
def _concat(_context: Context, *values: Value) -> str:
    return "".join(_texts(values))


@eager("join", 1, inf)
def _join(_context: Context, between: Value, *values: Value) -> str:
    return to_text(between).join(_texts(values))


def _texts(values: tuple[Value, ...]) -> list[str]:
    """The text of each value, a node-set giving one for each of its nodes."""
    texts: list[str] = []
    for value in values:
        texts.extend([node.text() for node in value] if isinstance(value, list) else [to_text(value)])
    return texts


@eager("starts-with", 2)
def _starts_with(_context: Context, text: Value, start: Value) -> bool:
    return to_text(text).startswith(to_text(start))


@eager("ends-with", 2)
def _ends_with(_context: Context, text: Value, end: Value) -> bool:
    return to_text(text).endswith(to_text(end))


@eager("contains", 2)
def _contains(_context: Context, text: Value, part: Value) -> bool:
    return to_text(part) in to_text(text)


@eager("substring-before", 2)
def _substring_before(_context: Context, text: Value, mark: Value) -> str:
    before, found, _ = _cut(to_text(text), to_text(mark))
    return before if found else ""


@eager("substring-after", 2)
def _substring_after(_context: Context, text: Value, mark: Value) -> str:
    return _cut(to_text(text), to_text(mark))[2]


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    return text.partition(mark) if mark else ("", "", text)


@eager("substring", 2, 3)
def _substring(context: Context, text: Value, start: Value, length: Value = inf) -> str:
    """Counts from 1; the places are rounded as XPath 1.0 says, NaN and infinity included."""
    first, count = _half_up(to_number(start, context.zone)), _half_up(to_number(length, context.zone))
    end = first + count
    return "".join(sign for place, sign in enumerate(to_text(text), start=1) if first <= place < end)


def _half_up(number: float) -> float:
    return number if isnan(number) or abs(number) == inf else float(floor(number + 0.5))


@eager("substr", 2, 3)
def _substr(context: Context, text: Value, start: Value, end: Value | None = None) -> str:
    """Counts from 0, `end` not included; a negative place counts from the end."""
    whole = to_text(text)
    first = _place(to_number(start, context.zone), len(whole))
    last = len(whole) if end is None else _place(to_number(end, context.zone), len(whole))
    return whole[first:last] if first < last else ""


def _place(number: float, length: int) -> int:
    if isnan(number):
        return 0
    bounded = int(max(-length, min(length, number)))
    return bounded + length if bounded < 0 else bounded


@on_node("string-length", 0, 1)
def _string_length(_context: Context, node: Node, value: Value | None = None) -> float:
    return float(len(node.text() if value is None else to_text(value)))


@on_node("normalize-space", 0, 1)
def _normalize_space(_context: Context, node: Node, value: Value | None = None) -> str:
    text = node.text() if value is None else to_text(value)
    for space in _SPACE[1:]:
        text = text.replace(space, " ")
    return " ".join(word for word in text.split(" ") if word)


@eager("translate", 3)
def _translate(_context: Context, text: Value, old: Value, new: Value) -> str:
    table: dict[int, str | None] = {}
    targets = to_text(new)
    for place, sign in enumerate(to_text(old)):
        table.setdefault(ord(sign), targets[place] if place < len(targets) else None)
    return to_text(text).translate(table)


@eager("regex", 2)
def _regex(_context: Context, text: Value, pattern: Value) -> bool:
    return matches(to_text(text), to_text(pattern))


@eager("base64-decode", 1)
def _base64_decode(_context: Context, text: Value) -> str:
    try:
        return base64.b64decode(to_text(text).strip(), validate=True).decode("utf-8", "replace")
    except (ValueError, binascii.Error):
        return ""


_DIGESTS: Final = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


@eager("digest", 2, 3)
def _digest(_context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name, form = _DIGESTS.get(to_text(algorithm)), to_text(encoding)
    if name is None or form not in ("base64", "hex"):
        raise XPathError(message(N_("There is no digest {name}."), name=f"{to_text(algorithm)} {form}"))
    # A form's author asks for the algorithm by name; nothing of ours is protected by it.
    raw = hashlib.new(name, to_text(text).encode(), usedforsecurity=False)
    return raw.hexdigest() if form == "hex" else base64.b64encode(raw.digest()).decode()


@eager("uuid", 0, 1)
def _uuid(context: Context, length: Value | None = None) -> str:
    """A random UUID (version 4), or so many random letters and digits."""
    bits = context.around.random.getrandbits
    if length is None:
        digits = f"{bits(128):032x}"
        variant = "89ab"[bits(2)]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
    count = to_number(length, context.zone)
    pick: Callable[[str], str] = context.around.random.choice
    return "".join(pick(_LETTERS) for _ in range(int(count) if 0 < count <= 1000 else 0))


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

"""TOML from a stranger (policies, norms, lists of pictures): read within limits, or refused as no TOML.

The library recurses with the depth of lists and tables, and takes memory with the square of the parts of a dotted
key: a text of two hundred kilobytes could end the program.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any, Final

LARGEST: Final = 2_000_000
_MOST_DOTS: Final = 500  # on one line; an honest one has four


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a text, decimals exact. Errors: tomllib.TOMLDecodeError, also for a text too large or deep."""
    if len(text) > LARGEST:
        raise tomllib.TOMLDecodeError(f"more than {LARGEST} characters")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > _MOST_DOTS:
            raise tomllib.TOMLDecodeError(f"too many dots (at line {number})")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("lists or tables within each other without end") from error

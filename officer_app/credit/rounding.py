"""How amounts are rounded: only the instalment, and what is printed. Source: cases/README, sections 6 and 9."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.keys import Key, Wrong, read_table, read_whole

# Wide enough to quantise any figure that facts within their bounds can give.
_WIDE: Final = Context(prec=120)
_PLACES_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Rounding:
    """Half up to so many decimals: amounts, percents, ratios."""

    amounts: int
    percents: int
    ratios: int


def printed(value: Decimal, places: int) -> str:
    """A value half up to so many decimals, in plain digits; no minus before a zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)
    return f"{abs(rounded) if rounded.is_zero() else rounded:f}"


def _read(value: object) -> Rounding:
    table = read_table(value, ("mode", "amounts", "percents", "ratios"))
    if table["mode"] != "half_up":
        raise Wrong(Message(N_("one of: {choices}"), {"choices": "half_up"}), ".mode")
    places = [read_whole(table[name]) for name in ("amounts", "percents", "ratios")]
    if max(places) > _PLACES_MOST:
        raise Wrong(Message(N_("a number of decimals up to {most}"), {"most": _PLACES_MOST}))
    return Rounding(*(int(number) for number in places))


ROUNDING: Final[Key[Rounding]] = Key("rounding", "rounding", "decimals", _read)

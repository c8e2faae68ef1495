"""Whether what somebody saw or heard is what the file says: numbers within a tolerance, names by their signs.

Total: what cannot be read does not agree, and what the file does not tell cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from officer_app.base.spoken.converting import into, target_of
from officer_app.base.spoken.reading import amounts
from officer_app.dossier.manifest import plain_name
from officer_app.dossier.records import Agreement

_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[\W_]+")
# So much of a name must come back in the same order; a sign is read with a letter wrong now and then.
_ALIKE = Decimal("0.6")
_PERCENT = Decimal(100)


def of_number(answer: str, told: Decimal, unit: str, tolerance_percent: Decimal) -> Agreement:
    """A number as it was said (4万8, 一天一千六, 一年) against the file's in its unit, within a share of it."""
    said = amounts(answer)
    heard = into(said[0], target_of(unit)) if said else None
    if heard is None:
        return Agreement.DIFFERS
    room = abs(told) * tolerance_percent / _PERCENT
    return _agrees(heard.low - room <= told <= heard.high + room)


def of_name(answer: str, told: Iterable[str]) -> Agreement:
    """A name against those that the file has: one holds the other, or most of its signs come in the same order."""
    known = [name for name in map(_signs, told) if len(name) > 1]
    if not known:
        return Agreement.UNTOLD
    given = _signs(answer)
    return _agrees(any(_alike(given, name) for name in known))


def of_plate(answer: str, told: Iterable[str]) -> Agreement:
    """The number on a door plate against addresses: every number on the plate stands in one of them."""
    addresses = [(set(_DIGITS.findall(plain_name(one))), one) for one in told if one.strip()]
    numbered = [numbers for numbers, _ in addresses if numbers]
    if not numbered:
        return Agreement.UNTOLD
    seen = set(_DIGITS.findall(plain_name(answer)))
    return _agrees(bool(seen) and any(seen <= numbers for numbers in numbered))


def _alike(given: str, name: str) -> bool:
    if len(given) > 1 and (given in name or name in given):
        return True
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    found = sum(pair in given for pair in pairs)
    return Decimal(found) >= _ALIKE * len(pairs)


def _signs(text: str) -> str:
    return _MARKS.sub("", plain_name(text))


def _agrees(holds: bool) -> Agreement:
    return Agreement.AGREES if holds else Agreement.DIFFERS

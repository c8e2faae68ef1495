"""QR codes as modules, dark or light: whoever draws them picks size and colour; and files shown as a series of codes.

A series carries a small file from one screen to another's camera. Each of its codes says which series it is of, which
one of how many, and a part of the packed bytes, in the letters that QR codes hold most densely (RFC 9285). The digest
of the whole file stands in every code, so codes of two files never mix and a file is either whole or not there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault

QUIET = 4  # light modules around it, as the standard asks
SERIES: Final = "FHS"
# What a laptop's camera still reads off another laptop's screen: symbols of 61 modules a side.
_LETTERS: Final = 309
_MOST: Final = 60
_LARGEST: Final = 64_000  # bytes of a file once it is unpacked
_MARK: Final = 12
_LETTER: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PLACE: Final = {letter: place for place, letter in enumerate(_LETTER)}
LONGEST: Final = _LETTERS + 40  # letters of one code of a series, its head included


@dataclass(frozen=True, slots=True)
class QrCode:
    """Rows of modules from the top, True is dark; the quiet border is not among them."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Modules along one side."""
        return len(self.rows)


def qr_code(text: str) -> QrCode:
    """The smallest code of middle error correction (15 % may be lost) for a text of at most `LONGEST` letters."""
    import segno

    made = segno.make_qr(text, error="m", boost_error=True)
    return QrCode(tuple(tuple(bool(module) for module in row) for row in made.matrix))


def series_of(data: bytes) -> tuple[str, ...]:
    """The texts of the codes that carry a file. Errors: SCREEN_TOO_MUCH when it is too large to be shown."""
    letters = "".join(_written(zlib.compress(data, 9)))
    parts = [letters[at : at + _LETTERS] for at in range(0, len(letters), _LETTERS)]
    if len(parts) > _MOST or len(data) > _LARGEST:
        raise Fault(Code.SCREEN_TOO_MUCH, codes=len(parts), most=_MOST)
    return tuple(f"{SERIES}:{_mark(data)}:{place}:{len(parts)}:{part}" for place, part in enumerate(parts, start=1))


@dataclass(slots=True)
class Gathered:
    """The codes of a series as they are read, in any order and as often as one likes."""

    mark: str = ""
    of: int = 0
    parts: dict[int, str] = field(default_factory=dict)

    def take(self, text: str) -> bool:
        """Take a code; whether it brought anything new. Others' codes are passed over; another series begins anew."""
        told = text.split(":", 4)
        if len(told) != 5 or told[0] != SERIES or len(text) > LONGEST:
            return False
        mark, place, of, part = told[1], _number(told[2]), _number(told[3]), told[4]
        if not (len(mark) == _MARK and 1 <= place <= of <= _MOST and part and set(part) <= set(_LETTER)):
            return False
        if (mark, of) != (self.mark, self.of):
            self.mark, self.of, self.parts = mark, of, {}
        if place in self.parts:
            return False
        self.parts[place] = part
        return True

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the codes that have not been read yet."""
        return tuple(place for place in range(1, self.of + 1) if place not in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether every code of a series is here."""
        return bool(self.of) and not self.missing

    def whole(self) -> bytes:
        """The file, once every code is here. Errors: SCREEN_UNREADABLE when they do not make the file they name."""
        try:
            unpacking = zlib.decompressobj()
            packed = _read("".join(self.parts[place] for place in range(1, self.of + 1)))
            data = unpacking.decompress(packed, _LARGEST)
        except (KeyError, ValueError, zlib.error) as error:
            raise Fault(Code.SCREEN_UNREADABLE) from error
        if not unpacking.eof or unpacking.unused_data or _mark(data) != self.mark:
            raise Fault(Code.SCREEN_UNREADABLE)
        return data


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0


def _mark(data: bytes) -> str:
    return digest(data)[:_MARK].upper()


def _written(data: bytes) -> Iterator[str]:
    """Two bytes as three letters, a last single one as two (RFC 9285)."""
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, place = divmod(number, len(_LETTER))
            yield _LETTER[place]


def _read(letters: str) -> bytes:
    """Errors: ValueError when these letters were not written so."""
    read = bytearray()
    for at in range(0, len(letters), 3):
        group = letters[at : at + 3]
        number = sum(_PLACE[letter] * len(_LETTER) ** power for power, letter in enumerate(group))
        if len(group) == 1 or number >> (8 * (len(group) - 1)):
            raise ValueError(group)
        read += number.to_bytes(len(group) - 1)
    return bytes(read)

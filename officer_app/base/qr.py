"""QR codes as modules, dark or light: whoever draws them picks size and colour."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4  # light modules around it, as the standard asks


@dataclass(frozen=True, slots=True)
class QrCode:
    """Rows of modules from the top, True is dark; the quiet border is not among them."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Modules along one side."""
        return len(self.rows)


def qr_code(text: str) -> QrCode:
    """The smallest code of middle error correction (15 % may be lost) that holds `text`, at most 300 characters."""
    import segno

    made = segno.make_qr(text, error="m", boost_error=True)
    return QrCode(tuple(tuple(bool(module) for module in row) for row in made.matrix))

"""A laptop's screen with a code on it, as another laptop's camera sees it: askew, blurred, on a dark ground."""

from __future__ import annotations

import io

from PIL import Image, ImageFilter

from officer_app.base.qr import QUIET, qr_code

_EACH = 8  # pixels of a module: the code fills most of a picture of 720 lines
_SIZE = (1280, 720)


def screened(text: str, *, turned: float = 3.0) -> bytes:
    """The picture, JPEG."""
    code = qr_code(text)
    side = code.side + 2 * QUIET
    shown = Image.new("L", (side, side), 255)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if dark:
                shown.putpixel((x + QUIET, y + QUIET), 0)
    large = shown.resize((side * _EACH, side * _EACH), Image.Resampling.NEAREST)
    scene = Image.new("L", _SIZE, 70)
    held = large.rotate(turned, expand=True, fillcolor=70)
    scene.paste(held, ((_SIZE[0] - held.width) // 2, (_SIZE[1] - held.height) // 2))
    out = io.BytesIO()
    scene.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=80)
    return out.getvalue()

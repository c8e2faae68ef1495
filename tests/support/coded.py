"""A picture into which somebody holds the card with a visit's code."""

from __future__ import annotations

import io

from PIL import Image, ImageFilter

from officer_app.base.qr import QUIET, qr_code


def holding(picture: bytes, text: str, *, share: float = 0.2, turned: float = 4.0) -> bytes:
    """The picture as JPEG with a QR card of `share` of its width, held a little askew, then blurred a little."""
    code = qr_code(text)
    side = code.side + 2 * QUIET
    card = Image.new("L", (side, side), 255)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if dark:
                card.putpixel((x + QUIET, y + QUIET), 0)
    with Image.open(io.BytesIO(picture)) as opened:
        scene = opened.convert("RGB")
    width = round(scene.width * share)
    held = card.resize((width, width), Image.Resampling.NEAREST).rotate(turned, expand=True, fillcolor=255)
    scene.paste(held.convert("RGB"), (scene.width // 3, scene.height // 3))
    out = io.BytesIO()
    scene.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=80)
    return out.getvalue()

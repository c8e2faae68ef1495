"""The visible stamp of a signature: our lines, in our own font. Loads pyHanko: imported when a paper is signed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder

_FONT: Final = "NotoSansSC-Regular.ttf"
_FONT_SIZE: Final = 9
_LEADING: Final = 13


class _StampFont(FontEngineFactory):
    """Our font for the signs of one stamp; pyHanko's own factory leaves the font's file open."""

    def __init__(self, signs: str) -> None:
        self._signs = signs

    def create_font_engine(self, writer: Any, obj_stream: Any = None) -> GlyphAccumulator:
        """Read the font. Errors: STAMP_SIGN_MISSING: a sign without a picture would be an empty box."""
        data = (resource_folder() / "fonts" / _FONT).read_bytes()
        streams = writer.prepare_object_stream() if obj_stream is None and writer.stream_xrefs else obj_stream
        engine = GlyphAccumulator(writer, io.BytesIO(data), _FONT_SIZE, obj_stream=streams)
        known = engine.tt.getBestCmap()
        for sign in self._signs:
            if ord(sign) not in known:
                raise Fault(Code.STAMP_SIGN_MISSING, sign=sign)
        return engine


def stamp(lines: Sequence[str]) -> TextStampStyle:
    """The stamp with these lines, shrunk to its field where they are long."""
    rule = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(4, 4, 4, 4),
        inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
    )
    return TextStampStyle(
        text_box_style=TextBoxStyle(font=_StampFont("".join(lines)), font_size=_FONT_SIZE, leading=_LEADING),
        inner_content_layout=rule,
        # The text is ours to the letter; a percent sign in it is no parameter.
        stamp_text="\n".join(lines).replace("%", "%%"),
        background=None,
    )

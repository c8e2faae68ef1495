"""Text in a picture, read in a child process of its own; the library is an extra and may be absent.

WORKAROUND: rapidocr looks for a newer model on the network where one of its own is missing; the wheel holds them all,
and the settings below name none that it lacks.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.kinds import MAX_PIXELS, recognise
from officer_app.evidence.outlines import outline
from officer_app.evidence.reading.lines import Line, Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READ_SECONDS: Final = 60.0  # a second here; an old laptop with a cold disk needs tens for the first
MEMORY_MB: Final = 3072  # address space; the process itself takes some 350 MB
MEGABYTES_TO_FETCH: Final = 55
MEGABYTES_INSTALLED: Final = 120
_LIBRARIES: Final = ("rapidocr", "onnxruntime")
_LONGEST_SIDE: Final = 2048
_MOST_LINES: Final = 400  # a page of print has fewer; more is a pattern taken for text
_LONGEST_TEXT: Final = 300
_LEAST_SURE: Final = 0.5


def is_installed() -> bool:
    """Whether the extra is here; loads nothing."""
    return all(find_spec(name) is not None for name in _LIBRARIES)


def must_be_installed() -> None:
    """Errors: READING_MISSING with how to install it and its size."""
    if not is_installed():
        raise _missing()


def read_page(picture: bytes, worker: Worker, name: str = "", cancelled: Cancelled = never) -> Page:
    """Every line of text in a picture (JPEG, PNG): upright, at most 2048 pixels, as views are.

    A second or two, in `worker`, which should be one with MEMORY_MB and do nothing else. Errors: READING_MISSING,
    PHOTO_KIND, PHOTO_PIXELS, PHOTO_BROKEN, WORKER_LIMIT, CANCELLED.
    """
    must_be_installed()
    return worker.call(_read, picture, name, seconds=READ_SECONDS, what=name, cancelled=cancelled)


def _missing() -> Fault:
    return Fault(Code.READING_MISSING, fetched=MEGABYTES_TO_FETCH, installed=MEGABYTES_INSTALLED)


# --- in the child ----------------------------------------------------------------------------------


def _read(picture: bytes, name: str) -> Page:
    pixels = _decoded(picture, name)
    height, width = pixels.shape[:2]
    told = _engine()(pixels)
    if told.txts is None:
        return Page(width, height, ())
    lines = (
        Line(text[:_LONGEST_TEXT], int(float(score) * 100), tuple((int(x), int(y)) for x, y in box))
        for text, score, box in zip(told.txts, told.scores, told.boxes, strict=True)
        if float(score) >= _LEAST_SURE
    )
    return Page(width, height, tuple(lines)[:_MOST_LINES])


def _decoded(picture: bytes, name: str) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    seen = outline(picture, recognise(picture, name))
    if seen.width * seen.height > MAX_PIXELS:
        claimed, limit = seen.width * seen.height // 1_000_000, MAX_PIXELS // 1_000_000
        raise Fault(Code.PHOTO_PIXELS, where=name, file=name, megapixels=claimed, limit=limit)
    found = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        raise Fault(Code.PHOTO_BROKEN, where=name, file=name)
    scale = _LONGEST_SIDE / max(found.shape[:2])
    if scale < 1:
        found = cv2.resize(found, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(found, dtype=np.uint8)


@cache
def _engine() -> Any:
    """The reader, made once in a child. One line at a time and a limited search keep it below 400 MB, and quicker."""
    try:
        import onnxruntime
        from rapidocr import RapidOCR
    except ImportError as error:  # the extra is half there, or its machine code does not suit this system
        raise _missing() from error
    onnxruntime.set_default_logger_severity(3)  # it warns of graphics cards that it does not find
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            "Rec.rec_batch_num": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": 960,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )

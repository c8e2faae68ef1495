"""The texts of QR codes in a picture. Only ever called in a child process: the picture may be anybody's."""

from __future__ import annotations

from typing import Final

from officer_app.base.errors import Code, Fault

_UP_TO: Final = 4096  # pixels along the longer side of what is searched


def read_texts(picture: bytes, name: str, begins: str) -> tuple[str, ...]:
    """The texts that begin so, sorted; other codes are nobody's business here. Errors: PHOTO_BROKEN."""
    import cv2
    import numpy as np

    try:
        grey = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:  # nothing at all, or more pixels than it takes
        raise Fault(Code.PHOTO_BROKEN, where=name, file=name) from error
    if grey is None:
        raise Fault(Code.PHOTO_BROKEN, where=name, file=name)
    # The two find the corners in different ways: where one of them stumbles, the other mostly does not.
    detectors = (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco())
    height, width = grey.shape[:2]
    for scale in (1.0, 2.0, 0.5):
        if scale > 1 and max(height, width) * scale > _UP_TO:
            continue
        looked_at = grey if scale == 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for detector in detectors:
            _, texts, _, _ = detector.detectAndDecodeMulti(looked_at)
            found = {text for text in texts if text.startswith(begins)}
            if found:
                return tuple(sorted(found))
    return ()

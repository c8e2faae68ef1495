"""The closer look at two pictures whose fingerprints met: laid upon one another, do they show the same things?

Corners of the one are found again in the other (ORB), one movement must carry them over (RANSAC), and then every
patch of the common part is compared. Two branches of a chain share corners; only copies agree patch by patch.
Runs in the worker only: this module loads OpenCV.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from officer_app.evidence.borders import without_border
from officer_app.evidence.derived import Look, Looked

_Greys: TypeAlias = NDArray[np.uint8]
_Matrix: TypeAlias = NDArray[np.float64]

_SIDE: Final = 640  # pixels of the longer side that is looked at
_CORNERS: Final = 1_000
_NEAREST: Final = 0.8  # a corner's best partner must be so much closer than the next best
_LEAST_CARRIED: Final = 12  # corners that one movement carries over
_ASTRAY: Final = 4.0  # pixels a carried corner may miss by
_LEAST_COMMON: Final = 0.35  # of the smaller picture that must lie within the other
_PATCH: Final = 40  # pixels
_PATCH_ALIKE: Final = 0.55  # correlation of two patches that show one thing
_PLAIN_PATCH: Final = 5.0  # spread of greys below which a patch shows nothing
_LEAST_PATCHES: Final = 12
_MANY_CARRIED: Final = 60  # look-alikes of one shell were seen to carry 30 at most
_SAME_PATCHES: Final = 0.62  # share of the telling patches, where many corners were carried
_SAME_PATCHES_OF_FEW: Final = 0.75


def look(first: bytes, others: Sequence[bytes]) -> tuple[Look, ...]:
    """Lay each of the others over the first, as it is and mirrored. All are JPEGs that were derived here.

    What is worked out of the first serves for all of them.
    """
    ours = _Inner.of(_greys(first))
    return tuple(_looked(ours, _greys(other)) for other in others)


def _looked(ours: _Inner, theirs: _Greys) -> Look:
    straight = _compared(ours, _Inner.of(theirs))
    if straight.verdict is Looked.COPY:
        return straight
    backwards = _compared(ours, _Inner.of(theirs[:, ::-1]), mirrored=True)
    return max(straight, backwards, key=lambda seen: (seen.verdict is Looked.COPY, seen.alike))


def _greys(data: bytes) -> _Greys:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.draft("L", (_SIDE, _SIDE))
        fitted = ImageOps.contain(picture.convert("L"), (_SIDE, _SIDE))
        return np.asarray(fitted, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Inner:
    """What a picture shows within its plain border; where its upper left lies, and the size with the border.

    `corners` are the places of what can be found again, `signs` what each is known by (a row a corner).
    """

    greys: _Greys
    left: int
    top: int
    wide: int
    high: int
    corners: NDArray[np.float32]
    signs: NDArray[np.uint8] | None

    @classmethod
    def of(cls, whole: _Greys) -> _Inner:
        left, top, right, bottom = without_border(whole.astype(np.float32))
        greys = np.ascontiguousarray(whole[top:bottom, left:right])
        found, signs = cv2.ORB.create(nfeatures=_CORNERS, fastThreshold=7).detectAndCompute(greys, None)
        corners = np.array([corner.pt for corner in found], dtype=np.float32).reshape(-1, 2)
        told = None if signs is None else np.asarray(signs, dtype=np.uint8)
        return cls(greys, left, top, whole.shape[1], whole.shape[0], corners, told)


def _compared(ours: _Inner, theirs: _Inner, *, mirrored: bool = False) -> Look:
    movement, carried = _movement(ours, theirs)
    if movement is None:
        return Look(Looked.DIFFERENT, carried, mirrored=mirrored)
    alike, patches = _patches_alike(ours.greys, theirs.greys, movement)
    needed = _SAME_PATCHES if carried >= _MANY_CARRIED else _SAME_PATCHES_OF_FEW
    copy = patches >= _LEAST_PATCHES and alike >= needed
    return Look(
        Looked.COPY if copy else Looked.DIFFERENT,
        carried,
        round(alike * 1000),
        mirrored,
        _region(ours, theirs, movement, mirrored=mirrored),
    )


def _movement(ours: _Inner, theirs: _Inner) -> tuple[_Matrix | None, int]:
    """The movement that carries most of their corners to ours, and how many; None when it is none a copy makes."""
    told, asked = ours.signs, theirs.signs
    if told is None or asked is None or len(told) < 2 or len(asked) < 2:
        return None, 0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(asked, told, k=2)
    sure = [best for best, next_best in pairs if best.distance < _NEAREST * next_best.distance]
    if len(sure) < _LEAST_CARRIED:
        return None, len(sure)
    source = theirs.corners[[one.queryIdx for one in sure]]
    target = ours.corners[[one.trainIdx for one in sure]]
    matrix, kept = cv2.findHomography(source, target, cv2.RANSAC, _ASTRAY, maxIters=1_000)
    carried = 0 if kept is None else int(kept.sum())
    if matrix is None or carried < _LEAST_CARRIED:
        return None, carried
    movement = np.asarray(matrix, dtype=np.float64)
    return (movement if _is_plausible(movement, theirs.greys.shape) else None), carried


def _is_plausible(matrix: _Matrix, shape: tuple[int, ...]) -> bool:
    """Whether a frame stays a frame: nothing folded over, no side shrunk to a fifth or grown fivefold."""
    corners = _moved(matrix, shape)
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    lengths = np.hypot(sides[:, 0], sides[:, 1]) / np.array([shape[1], shape[0], shape[1], shape[0]])
    return bool((turns > 0).all() and lengths.min() > 0.2 and lengths.max() < 5 * max(lengths.min(), 0.2))


def _moved(matrix: _Matrix, shape: tuple[int, ...]) -> NDArray[np.float64]:
    high, wide = shape[0], shape[1]
    frame = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], dtype=np.float64)
    return np.asarray(cv2.perspectiveTransform(frame, matrix)[0], dtype=np.float64)


def _patches_alike(ours: _Greys, theirs: _Greys, movement: _Matrix) -> tuple[float, int]:
    """The share of telling patches that agree, and how many there are; 0 when too little lies on one another."""
    size = (ours.shape[1], ours.shape[0])
    laid = cv2.warpPerspective(theirs, movement, size)
    inside = cv2.warpPerspective(np.full_like(theirs, 255), movement, size) == 255
    common = float(inside.sum())
    if common < _LEAST_COMMON * min(ours.size, _frame_area(theirs, movement)):
        return 0.0, 0
    a, b = (_patches(cv2.GaussianBlur(greys, (0, 0), 2.0)) for greys in (ours, laid))
    covered = _patches(inside).all(axis=(1, 3))
    spreads = a.std(axis=(1, 3)), b.std(axis=(1, 3))
    telling = covered & (np.maximum(*spreads) >= _PLAIN_PATCH)
    apart = [part - part.mean(axis=(1, 3), keepdims=True) for part in (a, b)]
    together = (apart[0] * apart[1]).mean(axis=(1, 3))
    # A patch that is all of one grey goes along with none.
    agree = telling & (np.minimum(*spreads) > 0) & (together >= _PATCH_ALIKE * spreads[0] * spreads[1])
    count = int(telling.sum())
    return (int(agree.sum()) / count if count else 0.0), count


def _patches(whole: NDArray[np.generic]) -> NDArray[np.float32]:
    """A picture as rows and columns of patches: axes row, y, column, x; what fills no patch is left out."""
    rows, columns = whole.shape[0] // _PATCH, whole.shape[1] // _PATCH
    cut = whole[: rows * _PATCH, : columns * _PATCH]
    return np.asarray(cut, dtype=np.float32).reshape(rows, _PATCH, columns, _PATCH)


def _frame_area(theirs: _Greys, movement: _Matrix) -> float:
    """How many of our pixels their whole frame would cover."""
    corners = _moved(movement, theirs.shape)
    x, y = corners[:, 0], corners[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _region(ours: _Inner, theirs: _Inner, movement: _Matrix, *, mirrored: bool) -> tuple[tuple[int, int], ...]:
    """Corners of the whole picture in thousandths of the whole of ours; a mirrored one's own upper left first."""
    inner = np.array([[1, 0, -theirs.left], [0, 1, -theirs.top], [0, 0, 1]], dtype=np.float64)
    outer = np.array([[1, 0, ours.left], [0, 1, ours.top], [0, 0, 1]], dtype=np.float64)
    corners = _moved(outer @ movement @ inner, (theirs.high, theirs.wide))
    shares = [(round(x / ours.wide * 1000), round(y / ours.high * 1000)) for x, y in corners.tolist()]
    if mirrored:
        shares = [shares[1], shares[0], shares[3], shares[2]]
    return tuple((int(x), int(y)) for x, y in shares)

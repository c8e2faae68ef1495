"""The closer look at two pictures whose fingerprints met: laid upon one another, do they show the same things?

Corners of the one are found again in the other (ORB), one movement must carry them over (RANSAC), and then every
patch of the common part is compared. Two branches of a chain share corners; only copies agree patch by patch.
Runs in the worker only: this module loads OpenCV.
"""

from __future__ import annotations

import io
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


def look(first: bytes, second: bytes) -> Look:
    """Lay the second picture over the first, as it is and mirrored. Both are JPEGs that were derived here."""
    ours, theirs = _greys(first), _greys(second)
    straight = _compared(_Inner.of(ours), _Inner.of(theirs))
    if straight.verdict is Looked.COPY:
        return straight
    backwards = _compared(_Inner.of(ours), _Inner.of(theirs[:, ::-1]), mirrored=True)
    return max(straight, backwards, key=lambda seen: (seen.verdict is Looked.COPY, seen.alike))


def _greys(data: bytes) -> _Greys:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.draft("L", (_SIDE, _SIDE))
        fitted = ImageOps.contain(picture.convert("L"), (_SIDE, _SIDE))
        return np.asarray(fitted, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Inner:
    """What a picture shows within its plain border; where its upper left lies, and the size with the border."""

    greys: _Greys
    left: int
    top: int
    wide: int
    high: int

    @classmethod
    def of(cls, whole: _Greys) -> _Inner:
        left, top, right, bottom = without_border(whole.astype(np.float32))
        return cls(np.ascontiguousarray(whole[top:bottom, left:right]), left, top, whole.shape[1], whole.shape[0])


def _compared(ours: _Inner, theirs: _Inner, *, mirrored: bool = False) -> Look:
    movement, carried = _movement(ours.greys, theirs.greys)
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


def _movement(ours: _Greys, theirs: _Greys) -> tuple[_Matrix | None, int]:
    """The movement that carries most of their corners to ours, and how many; None when it is none a copy makes."""
    finder = cv2.ORB.create(nfeatures=_CORNERS, fastThreshold=7)
    here, told = finder.detectAndCompute(ours, None)
    there, asked = finder.detectAndCompute(theirs, None)
    if told is None or asked is None or len(here) < 2 or len(there) < 2:
        return None, 0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(asked, told, k=2)
    sure = [best for best, next_best in pairs if best.distance < _NEAREST * next_best.distance]
    if len(sure) < _LEAST_CARRIED:
        return None, len(sure)
    source = np.array([there[one.queryIdx].pt for one in sure], dtype=np.float32)
    target = np.array([here[one.trainIdx].pt for one in sure], dtype=np.float32)
    matrix, kept = cv2.findHomography(source, target, cv2.RANSAC, _ASTRAY, maxIters=1_000)
    carried = 0 if kept is None else int(kept.sum())
    if matrix is None or carried < _LEAST_CARRIED:
        return None, carried
    movement = np.asarray(matrix, dtype=np.float64)
    return (movement if _is_plausible(movement, theirs.shape) else None), carried


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
    soft, there = cv2.GaussianBlur(ours, (0, 0), 2.0), cv2.GaussianBlur(laid, (0, 0), 2.0)
    agree = telling = 0
    for top in range(0, size[1] - _PATCH + 1, _PATCH):
        for left in range(0, size[0] - _PATCH + 1, _PATCH):
            cell = np.s_[top : top + _PATCH, left : left + _PATCH]
            if not inside[cell].all():
                continue
            a, b = soft[cell].astype(np.float32), there[cell].astype(np.float32)
            spread = float(a.std()), float(b.std())
            if max(spread) < _PLAIN_PATCH:
                continue
            telling += 1
            agree += _correlation(a, b, spread) >= _PATCH_ALIKE
    return (agree / telling if telling else 0.0), telling


def _frame_area(theirs: _Greys, movement: _Matrix) -> float:
    """How many of our pixels their whole frame would cover."""
    corners = _moved(movement, theirs.shape)
    x, y = corners[:, 0], corners[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _correlation(a: NDArray[np.float32], b: NDArray[np.float32], spread: tuple[float, float]) -> float:
    if min(spread) == 0:
        return 0.0
    return float(((a - a.mean()) * (b - b.mean())).mean()) / (spread[0] * spread[1])


def _region(ours: _Inner, theirs: _Inner, movement: _Matrix, *, mirrored: bool) -> tuple[tuple[int, int], ...]:
    """Corners of the whole picture in thousandths of the whole of ours; a mirrored one's own upper left first."""
    inner = np.array([[1, 0, -theirs.left], [0, 1, -theirs.top], [0, 0, 1]], dtype=np.float64)
    outer = np.array([[1, 0, ours.left], [0, 1, ours.top], [0, 0, 1]], dtype=np.float64)
    corners = _moved(outer @ movement @ inner, (theirs.high, theirs.wide))
    shares = [(round(x / ours.wide * 1000), round(y / ours.high * 1000)) for x, y in corners.tolist()]
    if mirrored:
        shares = [shares[1], shares[0], shares[3], shares[2]]
    return tuple((int(x), int(y)) for x, y in shares)

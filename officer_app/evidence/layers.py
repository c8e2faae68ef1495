"""What is laid over a sealed original: turns, cuts and blurs, kept as instructions and applied when it is shown.

Layers apply one after another to the upright picture. Parts are boxes in thousandths of the picture as it stands
when the layer's turn comes, so that they mean the same at any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from officer_app.base.canonical import Json
from officer_app.base.errors import Code, Fault

MOST_LAYERS: Final = 50
_WHOLE: Final = 1_000
_LEAST_SIDE: Final = 20  # thousandths: what is smaller was a slip of the hand


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture: left, top, right, bottom in thousandths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_valid(self) -> bool:
        """Whether it lies in the picture and is worth a look."""
        inside = self.left >= 0 and self.top >= 0 and self.right <= _WHOLE and self.bottom <= _WHOLE
        return inside and self.right - self.left >= _LEAST_SIDE and self.bottom - self.top >= _LEAST_SIDE

    def of(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """The same in pixels of a picture of that width and height, at least one pixel each way."""
        left, top = self.left * size[0] // _WHOLE, self.top * size[1] // _WHOLE
        right, bottom = -(-self.right * size[0] // _WHOLE), -(-self.bottom * size[1] // _WHOLE)
        return left, top, max(right, left + 1), max(bottom, top + 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """Quarters clockwise, 1 to 3."""

    quarters: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Only this part is shown."""

    box: Box


@dataclass(frozen=True, slots=True)
class Blur:
    """A part that cannot be made out: a bystander, somebody else's paper."""

    box: Box


Layer: TypeAlias = "Turn | Cut | Blur"


def layers_to_json(layers: tuple[Layer, ...]) -> Json:
    """The instructions as they are kept and signed; None for none."""
    return [_to_json(layer) for layer in layers] or None


def layers_from_json(kept: Json, name: str = "") -> tuple[Layer, ...]:
    """What `layers_to_json` wrote. Errors: PHOTO_LAYER with the step that cannot be applied."""
    if kept is None:
        return ()
    if not isinstance(kept, list) or len(kept) > MOST_LAYERS:
        raise _wrong(name, 0)
    return tuple(_from_json(one, name, step) for step, one in enumerate(kept, start=1))


def checked(layers: tuple[Layer, ...], name: str) -> tuple[Layer, ...]:
    """The layers, each of which can be applied. Errors: PHOTO_LAYER."""
    return layers_from_json(layers_to_json(layers), name)


def _to_json(layer: Layer) -> Json:
    match layer:
        case Turn(quarters):
            return {"turn": quarters}
        case Cut(box):
            return {"cut": _sides(box)}
        case Blur(box):
            return {"blur": _sides(box)}


def _sides(box: Box) -> Json:
    return [box.left, box.top, box.right, box.bottom]


def _from_json(one: Json, name: str, step: int) -> Layer:
    match one:
        case {"turn": int(quarters), **rest} if quarters in (1, 2, 3) and not rest:
            return Turn(quarters)
        case {"cut": sides, **rest} if not rest:
            return Cut(_box(sides, name, step))
        case {"blur": sides, **rest} if not rest:
            return Blur(_box(sides, name, step))
        case _:
            raise _wrong(name, step)


def _box(sides: Json, name: str, step: int) -> Box:
    match sides:
        case [int(left), int(top), int(right), int(bottom)] if Box(left, top, right, bottom).is_valid:
            return Box(left, top, right, bottom)
        case _:
            raise _wrong(name, step)


def _wrong(name: str, step: int) -> Fault:
    return Fault(Code.PHOTO_LAYER, where=name, file=name, step=step)

"""How objects are named and framed in a store, whatever the store is.

`o/<2 hex>/<64 hex>`  a sealed piece of a delivery, named by the SHA-256 of its sealed bytes; at most 1 MiB.
`i/<16 hex>/<12 digits>`  the sealed index of a delivery: the sender's device and its counter, from 1 without gaps.
An index begins with the SHA-256 of what follows, in hexadecimal, and a line feed: so a damaged index is told apart
from one that is sealed for others. Names are lower-case and short, without colons: an exFAT stick takes them.
"""

from __future__ import annotations

import re
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault

LARGEST_OBJECT: Final = 1 << 20
# age adds some 200 bytes, 200 more for each reader, and 16 for each 64 KiB; the rest is room for 200 readers.
LARGEST_PIECE: Final = LARGEST_OBJECT - 65_536
LARGEST_DELIVERY: Final = 512_000_000
_OBJECT: Final = re.compile(r"o/([0-9a-f]{2})/\1[0-9a-f]{62}", re.ASCII)
_INDEX: Final = re.compile(r"i/[0-9a-f]{16}/[0-9]{12}", re.ASCII)
_DEVICE: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
_COUNTER: Final = re.compile(r"[0-9]{12}", re.ASCII)


def object_name(sealed: bytes) -> str:
    """The name of a sealed piece."""
    found = digest(sealed)
    return f"o/{found[:2]}/{found}"


def is_whole(name: str, data: bytes) -> bool:
    """Whether these are the bytes that a piece is named by; an index has no name that tells."""
    return not is_object(name) or object_name(data) == name


def index_name(device: str, counter: int) -> str:
    """The name of a device's index."""
    return f"i/{device}/{counter:012d}"


def is_object(name: str) -> bool:
    """Whether this names a sealed piece."""
    return _OBJECT.fullmatch(name) is not None


def is_device(name: str) -> bool:
    """Whether this names a device."""
    return _DEVICE.fullmatch(name) is not None


def counter_of(file_name: str) -> int | None:
    """The counter that the last step of an index's name tells; None for anything else."""
    if _COUNTER.fullmatch(file_name) is None:
        return None
    return int(file_name) or None


def check_name(name: str) -> str:
    """A name that a store may be asked for. Errors: STORE_NAME: nothing else ever becomes a path."""
    if not is_object(name) and _INDEX.fullmatch(name) is None:
        raise Fault(Code.STORE_NAME, name=name[:100])
    return name


def check_piece(name: str) -> str:
    """The name of a sealed piece. Errors: STORE_NAME: nothing else is ever removed."""
    if not is_object(name):
        raise Fault(Code.STORE_NAME, name=name[:100])
    return name


def frame_index(sealed: bytes) -> bytes:
    """A sealed index with its digest in front."""
    return digest(sealed).encode("ascii") + b"\n" + sealed


def open_frame(framed: bytes, name: str) -> bytes:
    """The sealed index. Errors: OBJECT_CHANGED when it is not whole."""
    head, sealed = framed[:65], framed[65:]
    if head != digest(sealed).encode("ascii") + b"\n":
        raise Fault(Code.OBJECT_CHANGED, where=name, name=name)
    return sealed

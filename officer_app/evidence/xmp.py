"""Which programs a photo's XMP names. Written by strangers: no document types, no entities, nothing fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_MAX_BYTES: Final = 262_144
_MAX_PROGRAMS: Final = 8
_TOLD: Final = frozenset(
    {"{http://ns.adobe.com/xap/1.0/}CreatorTool", "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}softwareAgent"}
)


@dataclass(frozen=True, slots=True)
class Xmp:
    """Names of programs in the order told. `hostile`: it defines entities or a document type."""

    programs: tuple[str, ...] = ()
    hostile: bool = False


def read_xmp(data: bytes) -> Xmp:
    """What an XMP packet tells. Total: what cannot be read tells nothing."""
    packet = data[: _MAX_BYTES + 1].strip(b"\x00 \r\n\t")
    if not packet or len(packet) > _MAX_BYTES:
        return Xmp()
    try:
        root = fromstring(packet, forbid_dtd=True)
    except DefusedXmlException:
        return Xmp(hostile=True)
    except (ParseError, ValueError, LookupError):  # broken text, or an encoding nobody knows
        return Xmp()
    found: dict[str, None] = {}
    for element in root.iter():
        told = [element.text or ""] if element.tag in _TOLD else []
        told += [value for name, value in element.attrib.items() if name in _TOLD]
        found |= dict.fromkeys(kept for kept in map(_name, told) if kept)
    return Xmp(tuple(found)[:_MAX_PROGRAMS])


def _name(text: str) -> str:
    return "".join(sign for sign in text[:200] if sign.isprintable()).strip()

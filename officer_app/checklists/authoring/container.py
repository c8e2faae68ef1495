"""What kind of file an author sent, by its first bytes, and its parts unpacked within limits."""

from __future__ import annotations

import zipfile
import zlib
from enum import Enum
from io import BytesIO
from typing import Any, Final

from lxml import etree

from officer_app.base.archives import check_archive
from officer_app.base.words import N_, Message, message

# What one part and all parts together may unpack to: an honest checklist has a tenth of it.
MAX_PART: Final = 60_000_000
MAX_UNPACKED: Final = 120_000_000
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")


class FileKind(Enum):
    """What the bytes are, whatever the name says."""

    XLSX = "xlsx"
    XLS = "xls"
    LOCKED = "locked"
    TEXT = "text"


class Unreadable(Exception):  # noqa: N818  becomes a problem of the file, with its sentence
    """A file that cannot be read as a workbook, and why."""

    def __init__(self, sentence: Message) -> None:
        """Take the sentence for the author."""
        super().__init__(sentence.text)
        self.sentence = sentence


class Overweight(Unreadable):
    """A workbook that can be read and holds too much: it must be divided, not saved anew."""


def kind_of(source: bytes) -> FileKind:
    """The kind of a file, by its content."""
    if source.startswith(b"PK"):
        return FileKind.XLSX
    if source.startswith(_OLD):
        return FileKind.LOCKED if _LOCKED in source else FileKind.XLS
    return FileKind.TEXT


class Parts:
    """The parts of a zip. Errors of every method: Unreadable."""

    def __init__(self, source: bytes) -> None:
        """Open it and refuse what would unpack to too much."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(source))
            check_archive(self._archive)
            self._names = set(self._archive.namelist())
            unpacked = sum(entry.file_size for entry in self._archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise damaged() from error
        if unpacked > MAX_UNPACKED:
            raise _too_much(MAX_UNPACKED)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part, within the limit whatever the zip claims."""
        try:
            with self._archive.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, EOFError) as error:
            raise damaged() from error
        except (NotImplementedError, RuntimeError) as error:  # a foreign way of packing; a password
            raise damaged() from error
        if len(data) > MAX_PART:
            raise _too_much(MAX_PART)
        return data

    def tree(self, name: str) -> Any:
        """A part as XML."""
        return xml_of(self.read(name))


def xml_of(data: bytes) -> Any:
    """The root of a part's XML: without entities, network or bottomless depth. Errors: Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise with_document_type()
    return root


def with_document_type() -> Unreadable:
    """The sentence for XML that brings entities of its own."""
    return Unreadable(message(N_("The workbook holds a document type, as no workbook of Excel does.")))


def damaged() -> Unreadable:
    """The sentence for a file that is broken."""
    return Unreadable(message(N_("The file is damaged or not complete: it cannot be read as a workbook.")))


def _too_much(limit: int) -> Overweight:
    return Overweight(message(N_("The workbook unpacks to more than {limit} MB."), limit=limit // 1_000_000))

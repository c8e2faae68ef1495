"""A checklist with the files it names (look-ups in CSV or XML, pictures) as one body that is signed and sent whole.

A form that names no file is its XML, as before. Else it is a zip of stored parts, the same bytes for the same
content: `form.xml`, and `media/` with a file each.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from officer_app.base.archives import check_archive
from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.checklists.documents import MAX_BYTES

# All files of a form together: what is sent to every laptop over a slow line.
MAX_BUNDLE: Final = 50_000_000
MAX_FILES: Final = 200
_FORM: Final = "form.xml"
_MEDIA: Final = "media/"
_ZIP: Final = b"PK\x03\x04"
_NAMED: Final = re.compile(rb"jr://(?:file|file-csv|images|audio|video)/([^\"'<>]+)")
_MADE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A form's XML and the files beside it, by name."""

    xml: bytes
    files: Mapping[str, bytes]

    def listed(self) -> Iterator[tuple[str, int, str]]:
        """Each file: name, bytes, SHA-256."""
        return ((name, len(data), digest(data)) for name, data in sorted(self.files.items()))


def named_files(xml: bytes) -> tuple[str, ...]:
    """The files that a form names, without any folder."""
    names = (unquote(found.decode("utf-8", "replace")).rpartition("/")[2].strip() for found in _NAMED.findall(xml))
    return tuple(dict.fromkeys(name for name in names if _is_plain(name)))


def is_bundle(body: bytes) -> bool:
    """Whether a pack's body holds files beside the form."""
    return body.startswith(_ZIP)


def bundled(bundle: Bundle) -> bytes:
    """One body of form and files. Errors: FORM_TOO_LARGE."""
    if not bundle.files:
        return bundle.xml
    _refuse_size(bundle)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        parts = {_FORM: bundle.xml, **{f"{_MEDIA}{name}": data for name, data in sorted(bundle.files.items())}}
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), data)
    return target.getvalue()


def opened(body: bytes) -> Bundle:
    """Form and files of a body. Errors: FORM_DAMAGED, FORM_TOO_LARGE."""
    if not is_bundle(body):
        return Bundle(body, {})
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            check_archive(archive)
            bundle = _unpacked(archive)
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Fault(Code.FORM_DAMAGED, detail=type(error).__name__) from error
    _refuse_size(bundle)
    return bundle


def _unpacked(archive: zipfile.ZipFile) -> Bundle:
    """Only what `bundled` writes: stored parts, so that nothing unpacks to more than was sent."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    media = [name.removeprefix(_MEDIA) for name in names if name != _FORM]
    strange = any(not name.startswith(_MEDIA) for name in names if name != _FORM) or not all(map(_is_plain, media))
    if strange or len(set(names)) != len(names) or any(entry.compress_type for entry in entries):
        raise Fault(Code.FORM_DAMAGED, detail="zip")
    return Bundle(archive.read(_FORM), {name: archive.read(f"{_MEDIA}{name}") for name in media})


def _is_plain(name: str) -> bool:
    """Whether a name leads nowhere else."""
    return bool(name.strip(".")) and not re.search(r"[/\\:\x00-\x1f]", name) and len(name) <= 120


def _refuse_size(bundle: Bundle) -> None:
    whole = sum(map(len, bundle.files.values()))
    largest = next((name for name, data in bundle.files.items() if len(data) > MAX_BYTES), "")
    if largest:
        raise Fault(Code.FORM_TOO_LARGE, where=largest, limit_mb=MAX_BYTES // 1_000_000)
    if whole > MAX_BUNDLE or len(bundle.files) > MAX_FILES:
        raise Fault(Code.FORM_TOO_LARGE, limit_mb=MAX_BUNDLE // 1_000_000)

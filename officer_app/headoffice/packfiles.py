"""Files that head office publishes: each read and judged whole before anything is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.paths import norms_folder
from officer_app.checklists.bundles import Bundle, bundled, named_files
from officer_app.checklists.compile import compile_form
from officer_app.credit.norms import SIZE_LIMIT, norms_with, read_norms
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import products_text, read_products
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.dossier.photolist import parse
from officer_app.dossier.records import PackKind
from officer_app.evidence.shotlists import SIZE_LIMIT as SHOTS_LIMIT
from officer_app.evidence.shotlists import read_shots
from officer_app.headoffice.peoplelists import hashed
from officer_app.workbooks.products import SIZE_LIMIT as WORKBOOK_LIMIT
from officer_app.workbooks.products import products_from

_LARGEST: Final = 16_000_000
_ZIP: Final = b"PK"
# What there is one of is always called the same; a checklist is called like its file.
_NAMES: Final = {
    PackKind.POLICY: "default",
    PackKind.PEOPLE: "people",
    PackKind.NORMS: "norms",
    PackKind.FINGERPRINTS: "photos",
    PackKind.SHOTS: "shots",
    PackKind.PRODUCTS: "products",
}
FROM_FILES: Final = (PackKind.FORM, *_NAMES)


def pack_from(kind: PackKind, path: Path) -> tuple[str, bytes]:
    """Name and content of the pack that a file makes.

    Errors: POLICY_…, FORM_REFUSED, FORM_TOO_LARGE, PEOPLE_FILE, NORMS_…, NORM_WRONG, PHOTO_LIST, SHOT_LIST_WRONG,
    PRODUCTS_…, PRODUCT_WRONG, WORKBOOK_UNREADABLE, FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE.
    """
    match kind:
        case PackKind.POLICY:
            content = policy(path)
        case PackKind.PEOPLE:
            content = hashed(read_limited(path, _LARGEST * 2))
        case PackKind.NORMS:
            content = norms(path)
        case PackKind.FINGERPRINTS:
            content = photos(path)
        case PackKind.SHOTS:
            content = shots(path)
        case PackKind.PRODUCTS:
            content = products(path)
        case _:
            return path.stem, bundled(checklist(path))
    return _NAMES[kind], content


def policy(path: Path) -> bytes:
    """A policy that this program understands. Errors: POLICY_…, FILE_MISSING, FILE_UNREADABLE."""
    data = read_limited(path, _LARGEST)
    read_policy(_text(data, path))
    return data


def norms(path: Path) -> bytes:
    """Norms that fit over the shipped ones. Errors: NORMS_…, NORM_WRONG, FILE_MISSING, FILE_UNREADABLE."""
    data = read_limited(path, SIZE_LIMIT)
    shipped = {file.name: read_limited(file, SIZE_LIMIT).decode() for file in sorted(norms_folder().glob("*.toml"))}
    norms_with(read_norms(shipped), _text(data, path))
    return data


def photos(path: Path) -> bytes:
    """A list of photos' fingerprints. Errors: PHOTO_LIST, FILE_MISSING, FILE_TOO_LARGE."""
    content = read_limited(path, _LARGEST * 8)
    parse(content)
    return content


def shots(path: Path) -> bytes:
    """Which pictures a visit needs, as every laptop understands it. Errors: SHOT_LIST_WRONG, FILE_…"""
    content = read_limited(path, SHOTS_LIMIT)
    read_shots(content)
    return content


def products(path: Path) -> bytes:
    """What is lent, from a workbook or as the pack itself is written; no product twice, at least one.

    Errors: PRODUCTS_…, PRODUCT_WRONG, WORKBOOK_UNREADABLE, FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE.
    """
    data = read_limited(path, WORKBOOK_LIMIT)
    found = products_from(data) if data[:2] == _ZIP else read_products(data)
    content = products_text(found).encode()
    read_products(content)
    return content


def checklist(path: Path) -> Bundle:
    """A checklist that compiles, with the files it names, which lie in a folder called like it.

    `visit.xlsx`, `visit-media/`. Errors: FORM_REFUSED, FILE_MISSING, FORM_TOO_LARGE.
    """
    xml = compile_form(read_limited(path, _LARGEST), path.name, VOCABULARY).xml
    folder = media_of(path)
    files = {name: read_limited(folder / name, _LARGEST) for name in named_files(xml) if (folder / name).is_file()}
    return Bundle(xml, files)


def media_of(path: Path) -> Path:
    """The folder of the files that a checklist names."""
    return path.with_name(f"{path.stem}-media")


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Fault(Code.FILE_UNREADABLE, file=path.name) from error

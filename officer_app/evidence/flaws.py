"""What is wrong with a file itself, apart from what its picture shows or its tags claim."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.evidence.skeletons import Outline
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict

_SENTENCES: Final = {
    FindingCode.DAMAGED: N_("The file is damaged: a part of the picture is missing."),
    FindingCode.FOREIGN_DATA: N_(
        "Behind the picture the file holds something else, such as an archive or a program."
    ),
    FindingCode.SEVERAL_PICTURES: N_("The file holds several pictures; only the first is shown and compared."),
    FindingCode.HOSTILE_TEXT: N_(
        "The text beside the picture is built to harm programs that read it. It was not read."
    ),
}

# Cameras append previews and short films of their own; these are none of theirs.
_FOREIGN: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
    b"<",
    b"#!",
    b"\x1f\x8b",
)


def flaw(code: FindingCode) -> Finding:
    """One of the flaws, as it is said of a file. Errors: KeyError for a code that is none."""
    return Finding(code, Verdict.LOOK_CLOSER, message(_SENTENCES[code]))


def kept_flaws(codes: list[str]) -> tuple[Finding, ...]:
    """The flaws among codes that were kept with a photo."""
    return tuple(flaw(code) for code in _SENTENCES if code.value in codes)


def flaws_of(data: bytes, seen: Outline, *, whole: bool, hostile: bool) -> tuple[Finding, ...]:
    """Every flaw of a file: `whole` when all of it could be decoded, `hostile` when its XMP was built to harm."""
    behind = b"" if seen.end is None else data[seen.end : seen.end + 64].lstrip(b"\x00\r\n\t ")
    there = {
        FindingCode.DAMAGED: not whole or seen.end is None or not seen.width,
        FindingCode.FOREIGN_DATA: behind.startswith(_FOREIGN),
        FindingCode.SEVERAL_PICTURES: seen.several,
        FindingCode.HOSTILE_TEXT: hostile,
    }
    return tuple(flaw(code) for code, is_there in there.items() if is_there)

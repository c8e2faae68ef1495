"""By which way a picture came, and what may be asked of one that came live."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict
from officer_app.evidence.visitcode import CodeSeen


class Source(StrEnum):
    """How a picture came in; "" stands for pictures from before this was kept."""

    UNKNOWN = ""
    FILE = "file"
    FOLDER = "folder"
    DROP = "drop"
    CLIPBOARD = "clipboard"
    CARD = "card"
    CAMERA = "camera"
    PHONE = "phone"

    @property
    def is_live(self) -> bool:
        """Straight from a camera into the visit; no file lay anywhere before."""
        return self in (Source.CAMERA, Source.PHONE)


SOURCE_WORDS: Final = {
    Source.UNKNOWN: Message(N_("not kept")),
    Source.FILE: Message(N_("a file on this laptop")),
    Source.FOLDER: Message(N_("a folder on this laptop")),
    Source.DROP: Message(N_("dropped on the window")),
    Source.CLIPBOARD: Message(N_("the clipboard")),
    Source.CARD: Message(N_("a camera or its card")),
    Source.CAMERA: Message(N_("this laptop's camera, live")),
    Source.PHONE: Message(N_("the phone's camera, live")),
}
CODE_WORDS: Final = {
    CodeSeen.THIS: Message(N_("in the picture")),
    CodeSeen.ANOTHER: Message(N_("that of another visit")),
    CodeSeen.NONE: Message(N_("not in the picture")),
}
_BY_WORD: Final = {source.value: source for source in Source}
_PLACE: Final = frozenset(
    {FindingCode.IMPOSSIBLE_POSITION, FindingCode.FAR_FROM_PREMISES, FindingCode.REPEATED_POSITION}
)


def source_of(text: str) -> Source:
    """What was kept with a picture; an unknown word of a newer program counts as not kept."""
    return _BY_WORD.get(text, Source.UNKNOWN)


def code_finding(code: CodeSeen) -> tuple[Finding, ...]:
    """What the visit code in one picture says; a picture without one says nothing."""
    match code:
        case CodeSeen.THIS:
            words = message(N_("The visit code is in the picture: matches."))
            return (Finding(FindingCode.VISIT_CODE, Verdict.PASS, words),)
        case CodeSeen.ANOTHER:
            words = message(N_("The picture shows the code of another visit: does not match."))
            return (Finding(FindingCode.VISIT_CODE, Verdict.STOP, words),)
        case _:
            return ()


def as_received(findings: tuple[Finding, ...], tags: Tags, source: Source, code: CodeSeen) -> tuple[Finding, ...]:
    """The findings on a picture, mindful of the way it came.

    Browsers and cameras built into laptops write neither time nor place. A live picture with the visit code was taken
    in the visit, so its missing tags are nobody's fault: time matches, place cannot be told. Without the code they
    cannot be told either of them. What the tags do claim is judged as ever.
    """
    if not source.is_live:
        return findings
    return tuple(_live(finding, tags, code) for finding in findings)


def _live(finding: Finding, tags: Tags, code: CodeSeen) -> Finding:
    shows = code is CodeSeen.THIS
    timeless = tags.taken_local is None and tags.satellite_at is None
    if finding.code is FindingCode.OUTSIDE_VISIT and timeless:
        if shows:
            words = message(N_("Received live with the visit code in it: taken in this visit."))
            return Finding(finding.code, Verdict.PASS, words)
        words = message(N_("Received live, but without the visit code: when it was taken cannot be told."))
        return Finding(finding.code, Verdict.CANNOT_TELL, words)
    if finding.code is FindingCode.TAGS_MISSING and (timeless or not tags.has_place):
        words = message(N_("Received live: such pictures come without time or place, so the place cannot be told."))
        return Finding(finding.code, Verdict.CANNOT_TELL, words)
    if finding.code in _PLACE and not tags.has_place:
        words = message(N_("Received live: where it was taken cannot be told."))
        return Finding(finding.code, Verdict.CANNOT_TELL, words)
    return finding

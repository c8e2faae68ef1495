"""Lines of a text: breaks Chinese and Latin as printers do, and lets no sign stand alone on a last line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.memos.faces import Face, Faces
from officer_app.plots.primitives import Role

# Signs that may not begin a line, and signs that may not end one (GB/T 15834, 行首行尾禁则).
_NOT_FIRST: Final = frozenset("、。，．：；！？）》」』】〉〕’”…—·～%‰℃,.:;!?)]}%°")
_NOT_LAST: Final = frozenset("（《「『【〈〔‘“([{￥¥#№")
_ELLIPSIS: Final = "…"
_WIDOW_EM: Final = 1.9
_TOKEN: Final = re.compile(r"\n| +|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one weight and colour; no colour means that of its block."""

    text: str
    bold: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together on a line: a word, a Han character with its punctuation, a space."""

    spans: tuple[Span, ...]
    width: float

    @property
    def blank(self) -> bool:
        return all(not span.text.strip() for span in self.spans)


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line as it will be drawn."""

    spans: tuple[Span, ...]
    width: float


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """The text without what cannot be seen: control and format signs, odd spaces; line feeds stay.

    Private signs and those that Python does not know yet stay too: a rare name is printed or refused, never cut.
    """
    kept = (
        sign if sign == "\n" or not (unicodedata.category(sign) in _UNSEEN or sign in "\ufe0e\ufe0f") else " "
        for sign in text.replace("\r\n", "\n").replace("\u200b", "").replace("\ufeff", "")
    )
    return "".join(" " if sign.isspace() and sign not in "\n\u00a0" else sign for sign in kept).strip()


_LATIN_QUOTES: Final = (
    (re.compile("“(?=[\x21-\x7e])|(?<=[\x21-\x7e])”"), '"'),
    (re.compile("‘(?=[\x21-\x7e])|(?<=[\x21-\x7e])’"), "'"),
    (re.compile("(?<=[\x21-\x7e])…"), "..."),
)


def latin(text: str) -> str:
    """Quotes and dots beside Latin letters made narrow: a Chinese font draws them as wide as a character."""
    for sign, narrow in _LATIN_QUOTES:
        text = sign.sub(narrow, text)
    return text


def set_lines(spans: Sequence[Span], faces: Faces, size: float, width: float) -> tuple[SetLine, ...]:
    """The spans broken into lines of at most `width`; there is always one line. Errors: GLYPH_MISSING."""
    lines: list[SetLine] = []
    for paragraph in _paragraphs(spans):
        pieces = [part for piece in _pieces(paragraph, faces, size) for part in _cut_long(piece, faces, size, width)]
        lines.extend(_joined(row) for row in _no_widow(_filled(pieces, width), size, width))
    return tuple(lines) or (SetLine((), 0.0),)


def cut_lines(
    lines: tuple[SetLine, ...], most: int | None, faces: Faces, size: float, width: float
) -> tuple[SetLine, ...]:
    """At most so many lines, an ellipsis at the end of the last one where some are left out."""
    if most is None or len(lines) <= most:
        return lines
    *spans, last = lines[most - 1].spans or (Span(""),)
    text = last.text
    while (
        text
        and lines[most - 1].width
        - _width(last, faces, size)
        + _width(Span(f"{text}{_ELLIPSIS}", last.bold), faces, size)
        > width
    ):
        text = text[:-1]
    ended = (*spans, Span(f"{text.rstrip()}{_ELLIPSIS}", last.bold, last.role))
    return (*lines[: most - 1], SetLine(ended, sum(_width(span, faces, size) for span in ended)))


def _paragraphs(spans: Sequence[Span]) -> Iterator[list[Span]]:
    current: list[Span] = []
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number:
                yield current
                current = []
            current.append(Span(part, span.bold, span.role))
    yield current


def _pieces(spans: Sequence[Span], faces: Faces, size: float) -> Iterator[Piece]:
    """Sayable and characters, glued where a line may not break between them."""
    held: list[Span] = []
    for span in spans:
        for found in _TOKEN.findall(span.text):
            if held and _may_break(held[-1].text, found):
                yield _piece(held, faces, size)
                held = []
            held.append(Span(found, span.bold, span.role))
    if held:
        yield _piece(held, faces, size)


def _may_break(before: str, after: str) -> bool:
    if before[-1] in _NOT_LAST:
        return False
    return before.isspace() or after[0] not in _NOT_FIRST


def _piece(spans: Sequence[Span], faces: Faces, size: float) -> Piece:
    return Piece(tuple(spans), sum(_width(span, faces, size) for span in spans))


def _width(span: Span, faces: Faces, size: float) -> float:
    return faces.weight(bold=span.bold).width(span.text, size)


def _cut_long(piece: Piece, faces: Faces, size: float, width: float) -> Iterator[Piece]:
    """A word longer than the line (a digest, a path) is cut where the line ends."""
    if piece.width <= width:
        yield piece
        return
    for span in piece.spans:
        yield from _cut_span(span, faces.weight(bold=span.bold), size, width)


def _cut_span(span: Span, face: Face, size: float, width: float) -> Iterator[Piece]:
    begun, used = 0, 0.0
    for place, sign in enumerate(span.text):
        wide = face.width(sign, size)
        if used + wide > width and place > begun:
            yield Piece((Span(span.text[begun:place], span.bold, span.role),), used)
            begun, used = place, 0.0
        used += wide
    yield Piece((Span(span.text[begun:], span.bold, span.role),), used)


def _filled(pieces: Sequence[Piece], width: float) -> list[list[Piece]]:
    rows: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        if rows[-1] and used + piece.width > width + 0.01 and not piece.blank:
            rows.append([])
            used = 0.0
        if piece.blank and not rows[-1] and len(rows) > 1:
            continue
        rows[-1].append(piece)
        used += piece.width
    return rows


def _trimmed(row: list[Piece]) -> list[Piece]:
    while row and row[-1].blank:
        row = row[:-1]
    return row


def _no_widow(rows: list[list[Piece]], size: float, width: float) -> list[list[Piece]]:
    """A last line of one character takes company from the line above."""
    if len(rows) > 1:
        above, last = rows[-2], rows[-1]
        while len(above) > 2 and _wide(last) < _WIDOW_EM * size and _wide(last) + above[-1].width <= width:
            above, last = above[:-1], [above[-1], *last]
        rows = [*rows[:-2], above, last[1:] if last[0].blank else last]
    return [_trimmed(row) for row in rows]


def _wide(row: Sequence[Piece]) -> float:
    return sum(piece.width for piece in row)


def _joined(row: Sequence[Piece]) -> SetLine:
    spans: list[Span] = []
    for span in (span for piece in row for span in piece.spans):
        if spans and (spans[-1].bold, spans[-1].role) == (span.bold, span.role):
            spans[-1] = Span(spans[-1].text + span.text, span.bold, span.role)
        else:
            spans.append(span)
    return SetLine(tuple(spans), _wide(row))

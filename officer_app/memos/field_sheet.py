"""A checklist on paper, for a visit where no laptop can be opened: blanks and boxes, typed in the evening.

Source: DOMAIN, e.18.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table, TableStyle

from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual, Language, Sayable, Verbatim, message
from officer_app.checklists.onpaper import Answering, Asked, Part, Several
from officer_app.memos.blocks import BODY, HEADING, SMALL, SUBHEADING, Pen, Style
from officer_app.memos.faces import shipped_faces
from officer_app.memos.lines import Span
from officer_app.memos.palette import COLOURS
from officer_app.memos.sheet import WIDTH, Headings, typeset
from officer_app.plots.primitives import Role

# Both languages in one sheet, Chinese above English.
BOTH: Final = "both"
_QUESTION: Final = 0.46  # of the width; the rest is for the answer
_ENTRIES: Final = 3
_LINE: Final = 19.0
_LABEL: Final = Style(size=8.6, leading=1.32)
_BOXES: Final = Style(size=8.4, leading=1.55)
_PLACES: Final = {
    "shop": N_("At the shop"),
    "home": N_("At the home"),
    "desk": N_("At the table"),
    "": N_("Anywhere"),
}


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """What is printed: the checklist's title and version, who hands it out, and of which visit it is, if of one.

    `code` is the six digits that the laptop shows and that are photographed at the place; `visit` names the file.
    """

    title: str
    version: str
    institution: str
    parts: tuple[Part, ...]
    code: str = ""
    visit: str = ""


def field_sheet(sheet: FieldSheet, language: str) -> bytes:
    """The sheet as PDF, in zh_CN, en or BOTH. Errors: GLYPH_MISSING."""
    writer = _Writer(sheet, language)
    headings = Headings(
        message(N_("Field sheet")),
        sheet.institution,
        writer.of_visit(),
        "en" if language == ENGLISH else "zh-CN",
        translation=False,
        first_foot=message(N_("checklist {title}, version {version}"), title=sheet.title, version=sheet.version),
    )
    return typeset(list(writer.story()), headings, writer.pen, _nothing_more)


def _nothing_more(_canvas: Canvas) -> None:
    """The first page has only its text."""


class _Blank(Flowable):
    """Room to write in, on one line or several."""

    def __init__(self, lines: int = 1) -> None:
        super().__init__()
        self._count = lines

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = _LINE * self._count
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(COLOURS[Role.MUTED])
        self.canv.setLineWidth(0.5)
        for number in range(self._count):
            y = 3 + number * _LINE
            self.canv.line(0, y, self.width, y)


def _blanks(lines: int = 1) -> list[_Blank]:
    return [_Blank(lines) for _ in range(_ENTRIES)]


class _Writer:
    def __init__(self, sheet: FieldSheet, language: str) -> None:
        spoken: Language = ENGLISH if language == ENGLISH else CHINESE
        self.pen = Pen(spoken, shipped_faces())
        self._sheet = sheet
        self._both = language == BOTH

    def of_visit(self) -> Sayable:
        """The visit's code, or room for it."""
        return message(N_("visit code {code}"), code=self._sheet.code or "_________________")

    def story(self) -> Iterator[Flowable]:
        """Everything, in order."""
        pen = self.pen
        yield pen.block(self._sheet.title, Style(size=15, leading=1.25, bold=True))
        told = message(N_("Field sheet, version {version}"), version=self._sheet.version)
        yield pen.block(told, replace(BODY, role=Role.MUTED))
        if self._sheet.institution:
            yield pen.block(Verbatim(self._sheet.institution), BODY)
        yield self._head()
        place: str | None = None
        for part in self._sheet.parts:
            if part.place != place:
                place = part.place
                yield pen.block(message(_PLACES.get(place, _PLACES[""])), HEADING)
            yield self._words(part.section, SUBHEADING)
            yield from self._items(part)

    def _head(self) -> Flowable:
        asked: tuple[Sayable, ...] = (
            self.of_visit(),
            message(N_("Customer")),
            message(N_("Officer")),
            message(N_("Date and time")),
        )
        rows: list[list[Flowable | str]] = [[self.pen.block(one, _LABEL), _Blank()] for one in asked[1:]]
        of_file = (
            message(N_("Visit {visit}"), visit=Verbatim(self._sheet.visit)) if self._sheet.visit else Verbatim("")
        )
        cells: list[list[Flowable | str]] = [[self.pen.block(one, _LABEL) for one in (asked[0], of_file)], *rows]
        return Table(cells, colWidths=[WIDTH * 0.3, WIDTH * 0.7], style=self._style(), hAlign="LEFT")

    def _items(self, part: Part) -> Iterator[Flowable]:
        waiting: list[Asked] = []
        for item in part.items:
            if isinstance(item, Asked):
                waiting.append(item)
                continue
            yield from self._single(waiting)
            waiting = []
            yield from self._several(item)
        yield from self._single(waiting)

    def _single(self, questions: list[Asked]) -> Iterator[Flowable]:
        if not questions:
            return
        cells = [[self._asked(one), self._room(one)] for one in questions]
        widths = [WIDTH * _QUESTION, WIDTH * (1 - _QUESTION)]
        yield Table(cells, colWidths=widths, style=self._style(), hAlign="LEFT")

    def _several(self, several: Several) -> Iterator[Flowable]:
        """Once for each of them: the questions down, the entries across."""
        head = [self._words(several.label, replace(SUBHEADING, keep=False, before=0))]
        numbers = [self.pen.block(str(number), replace(SMALL, bold=True)) for number in range(1, _ENTRIES + 1)]
        rows = [[self._asked(one, choices=True), *_blanks()] for one in several.questions]
        if several.more:
            rows.append([self.pen.block(message(N_("What is counted here, and how much")), _LABEL), *_blanks(3)])
        each = WIDTH * (1 - _QUESTION) / _ENTRIES
        yield Table(
            [[*head, *numbers], *rows],
            colWidths=[WIDTH * _QUESTION, *([each] * _ENTRIES)],
            repeatRows=1,
            style=self._style(),
            hAlign="LEFT",
        )

    def _asked(self, asked: Asked, *, choices: bool = False) -> Flowable:
        """The question; with what can be written where there is no room for boxes."""
        pen = self.pen
        spans = [Span(f"{asked.number}.\u2002", role=Role.MUTED), pen.span(asked.label)]
        if asked.sometimes:
            spans.append(pen.span(message(N_(" (if it applies)")), role=Role.MUTED))
        small: list[str] = [asked.label.english] if self._both and asked.label.english != asked.label.chinese else []
        hint = pen.say(asked.hint)
        small += [hint] if hint else []
        small += [" / ".join(pen.say(one) for one in asked.choices)] if choices and asked.choices else []
        spans += [span for line in small for span in (Span("\n"), pen.span(line, role=Role.MUTED))]
        return pen.spans(spans, _LABEL)

    def _room(self, asked: Asked) -> Flowable:
        match asked.answering:
            case Answering.BOXES:
                return self.pen.block("    ".join(f"□ {self._choice(one)}" for one in asked.choices), _BOXES)
            case Answering.PICTURE:
                return self.pen.block(message(N_("□ picture taken, number ______")), _BOXES)
            case Answering.TICK:
                return self.pen.block(message(N_("□ done")), _BOXES)
            case Answering.LINES:
                return _Blank(3)
            case Answering.LINE:
                return _Blank()

    def _choice(self, words: Bilingual) -> str:
        both = self._both and words.english and words.english != words.chinese
        return f"{words.chinese} {words.english}" if both else self.pen.say(words)

    def _words(self, words: Bilingual, style: Style) -> Flowable:
        both = self._both and words.english and words.english != words.chinese
        return self.pen.block(f"{words.chinese}  {words.english}" if both else words, style)

    def _style(self) -> TableStyle:
        return TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), self.pen.faces.regular.name),
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )

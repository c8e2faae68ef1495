"""The sheet: A4, its margins, what stands on every page, and the document that flows over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Table

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.memos.blocks import Pen, Style, draw_spans
from officer_app.memos.lines import Span
from officer_app.memos.palette import COLOURS
from officer_app.plots.primitives import Role

PAGE_WIDTH: Final = float(A4[0])
PAGE_HEIGHT: Final = float(A4[1])
LEFT: Final = 42.0
BOTTOM: Final = 48.0
TOP: Final = 52.0
WIDTH: Final = PAGE_WIDTH - 2 * LEFT
_FIRST_TOP: Final = 34.0
_FOOT: Final = 28.0
_FIRST_ROWS: Final = 110.0

_PAGE: Final = N_("Page {page:count} of {pages:count}")
_UNSIGNED: Final = N_("Translation, not signed. Only the signed original counts.")
_SMALL: Final = Style(size=7.2, role=Role.MUTED)
_MARK: Final = Style(size=8.4, role=Role.STOP, bold=True)

FIRST_HEIGHT: Final = PAGE_HEIGHT - _FIRST_TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands on every page, and in the file's properties."""

    title: Message
    institution: str
    case: Sayable
    language_tag: str
    translation: bool
    first_foot: Sayable


def typeset(story: Sequence[Flowable], headings: Headings, pen: Pen, first_page: Callable[[Canvas], None]) -> bytes:
    """The PDF of a story. The first page has no running head; `first_page` draws under its text.

    The same story gives the same bytes: no clock, no random file identifier. Errors: GLYPH_MISSING.
    """
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        invariant=1,
        initialFontName=pen.faces.regular.name,
        title=pen.say(headings.title),
        author=headings.institution,
        subject=pen.say(headings.case),
        creator="Firsthand",
        producer="Firsthand",
        lang=headings.language_tag,
        displayDocTitle=1,
    )
    document.addPageTemplates(_templates(headings, pen, first_page))
    document.build(loosened(story), canvasmaker=_canvas_maker(headings, pen))
    return target.getvalue()


def loosened(story: Sequence[Flowable]) -> list[Flowable]:
    """A heading stays with the first rows of a table that may be split, not with all of it.

    ReportLab keeps a heading with the whole of what follows, and so leaves half a page white before a long table.
    """
    flowing: list[Flowable] = []
    held: list[Flowable] = []
    for flowable in story:
        if getattr(flowable, "keepWithNext", False):
            held.append(flowable)
            continue
        if held and type(flowable) is Table:
            flowing.append(CondPageBreak(_FIRST_ROWS + sum(part.wrap(WIDTH, PAGE_HEIGHT)[1] for part in held)))
            for part in held:
                part.keepWithNext = False
        flowing += [*held, flowable]
        held = []
    return flowing + held


def _templates(headings: Headings, pen: Pen, first_page: Callable[[Canvas], None]) -> list[PageTemplate]:
    def on_first(canvas: Canvas, _document: BaseDocTemplate) -> None:
        _foot(canvas)
        first_page(canvas)

    def on_later(canvas: Canvas, _document: BaseDocTemplate) -> None:
        _foot(canvas)
        _running_head(canvas, headings, pen)

    first = _frame(FIRST_HEIGHT)
    later = _frame(PAGE_HEIGHT - TOP - BOTTOM)
    return [
        PageTemplate("first", [first], onPage=on_first, autoNextPageTemplate="later"),
        PageTemplate("later", [later], onPage=on_later),
    ]


def _frame(height: float) -> Frame:
    return Frame(LEFT, BOTTOM, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _running_head(canvas: Canvas, headings: Headings, pen: Pen) -> None:
    y = PAGE_HEIGHT - 32
    _write(canvas, pen, pen.say(headings.title), LEFT, y, _SMALL)
    _write(canvas, pen, pen.say(headings.case), PAGE_WIDTH - LEFT, y, _SMALL, right=True)
    canvas.setStrokeColor(COLOURS[Role.LINE])
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, y - 6, PAGE_WIDTH - LEFT, y - 6)


def _foot(canvas: Canvas) -> None:
    """A form that is filled when the number of pages is known."""
    canvas.doForm(_form(canvas.getPageNumber()))


def _form(page: int) -> str:
    return f"foot{page}"


def _canvas_maker(headings: Headings, pen: Pen) -> Callable[..., Canvas]:
    class Paged(Canvas):
        """Writes every page's foot at the end."""

        def save(self) -> None:
            pages = self.getPageNumber() - 1
            for page in range(1, pages + 1):
                self.beginForm(_form(page), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
                _fill_foot(self, headings, pen, page, pages)
                self.endForm()
            super().save()

    return Paged


def _fill_foot(canvas: Any, headings: Headings, pen: Pen, page: int, pages: int) -> None:
    number = pen.say(message(_PAGE, page=page, pages=pages))
    _write(canvas, pen, number, PAGE_WIDTH - LEFT, _FOOT, _SMALL, right=True)
    if not headings.translation:
        left = headings.first_foot if page == 1 else headings.institution
        _write(canvas, pen, pen.say(left), LEFT, _FOOT, _SMALL)
    else:
        mark = pen.say(message(_UNSIGNED))
        for y in (_FOOT, PAGE_HEIGHT - 21):
            _marked(canvas, pen, mark, y)


def _marked(canvas: Any, pen: Pen, mark: str, y: float) -> None:
    wide = pen.faces.bold.width(mark, _MARK.size)
    left = (PAGE_WIDTH - wide) / 2
    canvas.setFillColor(COLOURS[Role.STOP_SOFT])
    canvas.roundRect(left - 8, y - 4.5, wide + 16, 15, 2, stroke=0, fill=1)
    _write(canvas, pen, mark, left, y, _MARK)


def _write(canvas: Any, pen: Pen, text: str, x: float, y: float, style: Style, *, right: bool = False) -> None:
    wide = pen.faces.weight(bold=style.bold).width(text, style.size) if right else 0.0
    draw_spans(canvas, [Span(text, style.bold)], x - wide, y, style, pen.faces)

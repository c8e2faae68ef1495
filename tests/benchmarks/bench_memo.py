"""A memo of at least 15 pages and 24 photos against bare ReportLab with the same pictures and as many words.

    python tests/benchmarks/bench_memo.py [--smoke]

Bare: ReportLab's own paragraphs, tables and drawImage, in the same fonts, the same 24 pictures, as many pages. Bar:
≤ 1.5 × bare and ≤ 2 s, median of three in one run, pictures of about 400 kB each. Ends with 1 when the bar is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from officer_app.base.words import CHINESE
from officer_app.memos.faces import shipped_faces
from officer_app.memos.inputs import MemoInputs, Note
from officer_app.memos.memo import credit_memo
from tests.support.memo_cases import memo_inputs, photo

PHOTOS, PAGES, RATIO, SECONDS = 24, 15, 1.5, 2.0
TEXT = "调查员在现场看到的情况与借款人自述核对，差额部分已经逐项询问并记录依据，进货单与手写账一致。" * 2


def pictures(count: int) -> list[bytes]:
    """JPEGs of 1600 × 1200 with the grain of a photo, about 400 kB each."""
    chance = np.random.default_rng(7)
    made = []
    for _ in range(count):
        coarse = chance.integers(0, 255, (60, 80, 3), dtype=np.uint8)
        image = Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC)
        grain = chance.normal(0, 9, (1200, 1600, 1))
        noisy = np.clip(np.asarray(image, dtype=np.float64) + grain, 0, 255).astype(np.uint8)
        target = BytesIO()
        Image.fromarray(noisy).save(target, "JPEG", quality=72)
        made.append(target.getvalue())
    return made


def inputs_with(jpegs: list[bytes]) -> MemoInputs:
    """The barbecue shop with so many photos and enough notes."""
    shots = tuple(
        photo(number, jpeg=jpeg, sha256=sha256(jpeg).hexdigest()) for number, jpeg in enumerate(jpegs, start=1)
    )
    notes = tuple(Note(f"证人 {number}", TEXT, TEXT, "当面问", "一致", "李慧") for number in range(24))
    return replace(memo_inputs(shots=0), photos=shots, notes=notes)


def bare(jpegs: list[bytes], pages: int, figures: list[list[str]]) -> bytes:
    """As many pages with ReportLab alone: six pictures a page, then text and a table on each of the rest."""
    font = shipped_faces().regular.name
    target = BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), initialFontName=font, invariant=1)
    for start in range(0, len(jpegs), 6):
        for place, jpeg in enumerate(jpegs[start : start + 6]):
            left, bottom = 42 + (place % 2) * 260, 580 - (place // 2) * 250
            canvas.drawImage(ImageReader(BytesIO(jpeg)), left, bottom, 248, 186)
            canvas.setFont(font, 8)
            canvas.drawString(left, bottom - 12, "存货 · 2026年10月8日 10:05 · 距登记地址 18 米")
        canvas.showPage()
    style = ParagraphStyle("body", fontName=font, fontSize=8.6, leading=12, wordWrap="CJK")
    for _ in range(pages - -(-len(jpegs) // 6)):
        _bare_page(canvas, style, font, figures)
    canvas.save()
    return target.getvalue()


def _bare_page(canvas: Canvas, style: ParagraphStyle, font: str, figures: list[list[str]]) -> None:
    top = 800.0
    for _ in range(6):
        paragraph = Paragraph(TEXT, style)
        _, tall = paragraph.wrap(511, 800)
        top -= tall + 4
        paragraph.drawOn(canvas, 42, top)
    cells = [[Paragraph(text, style) for text in row] for row in figures]
    table = Table(cells, colWidths=[120, 97, 97, 97, 100], style=TableStyle([("FONTNAME", (0, 0), (-1, -1), font)]))
    _, tall = table.wrap(511, 800)
    table.drawOn(canvas, 42, top - tall - 10)
    canvas.showPage()


def seconds(work: Callable[[], bytes]) -> float:
    """Seconds of the processor, which other programs do not stretch."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Measure and compare."""
    smoke = "--smoke" in sys.argv
    jpegs = pictures(4 if smoke else PHOTOS)
    inputs = inputs_with(jpegs)
    figures = [["木炭 675 公斤", "82,000", "55,350", "−32.5%", "不符"] for _ in range(22)]
    credit_memo(memo_inputs(shots=0), CHINESE)  # fonts are loaded once in a program's life
    pages = len(PdfReader(BytesIO(credit_memo(inputs, CHINESE))).pages)
    runs = 1 if smoke else 3
    ours = statistics.median(seconds(lambda: credit_memo(inputs, CHINESE)) for _ in range(runs))
    plain = statistics.median(seconds(lambda: bare(jpegs, pages, figures)) for _ in range(runs))
    size = sum(len(jpeg) for jpeg in jpegs) / len(jpegs) / 1000
    print(f"{pages} pages, {len(jpegs)} photos of {size:.0f} kB")
    print(f"memo {ours:.3f} s; bare {plain:.3f} s; ratio {ours / plain:.2f}")
    if smoke:
        return 0
    return 0 if ours <= RATIO * plain and ours <= SECONDS and pages >= PAGES else 1


if __name__ == "__main__":
    sys.exit(main())

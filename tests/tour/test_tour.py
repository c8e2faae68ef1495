"""The tour plays to the end, and what it leaves behind is what it says: read back by others' libraries."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from officer_app.exchange.bundle import verify_bundle
from officer_app.trust.papers import verify_pdf

STEPS = ("visit: fruit stall", "hand over: hair salon", "manager decides: fruit stall", "head office takes in")


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one that was just played, by the folder that FIRSTHAND_TOUR names; else one is played, in English."""
    if played_before := os.environ.get("FIRSTHAND_TOUR"):
        return Path(played_before)
    out = tmp_path_factory.mktemp("tour") / "en"
    program = Path(sys.executable).with_name("officer-app")
    played = subprocess.run(
        [str(program), "tour", "--out", str(out), "--lang", "en"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert played.returncode == 0, played.stderr[-3000:]
    return out


def _told(tour: Path) -> dict[str, Any]:
    told = json.loads((tour / "tour.json").read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def test_every_step_is_listed_with_its_duration_and_events(tour: Path) -> None:
    told = _told(tour)
    names = [step["step"] for step in told["steps"]]
    assert set(STEPS) <= set(names)
    assert all(Decimal(step["seconds"]) > 0 and step["events"] >= 0 for step in told["steps"])
    assert sum(step["events"] for step in told["steps"]) > 2000


def test_head_office_has_the_figures_of_the_analysis(tour: Path) -> None:
    figures = _told(tour)["head_office"]
    assert figures["loan_sizing.recommended_max_loan"] == {"assess": "75000.00", "head_office": "75000.00"}
    assert all(row["assess"] == row["head_office"] for row in figures.values())


def test_the_memo_is_signed_twice_and_breaks_on_a_changed_byte(tour: Path) -> None:
    memo, root = (tour / "memo.pdf").read_bytes(), (tour / "root.pem").read_bytes()
    verdict = verify_pdf(memo, root)
    assert verdict.ok
    assert [one.field for one in verdict.signatures] == ["officer_a", "branch_manager"]
    changed = bytearray(memo)
    changed[len(memo) // 3] ^= 1
    assert not verify_pdf(bytes(changed), root).ok


@pytest.mark.parametrize("part", ["memo.pdf", "dossier/parts/memo.en.pdf"])
def test_the_memo_opens_with_the_decision_page_and_no_glyph_is_missing(tour: Path, part: str) -> None:
    pages = pypdf.PdfReader(tour / part).pages
    first = pages[0].extract_text()
    for figure in ("180,000", "75,000", "620,000", "427,900"):
        assert figure in first
    everything = "".join(page.extract_text() for page in pages)
    assert not re.search("[\ufffd□■]{3,}|\ufffd|\x00", everything)
    assert "罗建民" in first


def test_the_translation_is_marked_on_every_page_and_the_signed_memo_is_not(tour: Path) -> None:
    translation = pypdf.PdfReader(tour / "dossier" / "parts" / "memo.en.pdf").pages
    assert all("not signed" in page.extract_text() for page in translation)
    assert "not signed" not in pypdf.PdfReader(tour / "memo.pdf").pages[0].extract_text()


def test_the_workbook_reopens_with_numbers_of_cases_as_text(tour: Path) -> None:
    book = openpyxl.load_workbook(tour / "workbook.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    numbers = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("2026-0")]
    assert {cell.value for cell in cells if cell.value in {"2026-0001", "2026-0002"}} or numbers
    assert all(cell.data_type == "s" for cell in numbers)


def test_the_evidence_holds_against_the_root_alone(tour: Path) -> None:
    verdict = verify_bundle(tour / "dossier", (tour / "root.pem").read_bytes())
    assert verdict.ok, verdict.wrong
    assert verdict.amount == Decimal(60_000)


def test_every_picture_of_the_page_is_there_with_its_caption(tour: Path) -> None:
    page = (tour / "index.html").read_text(encoding="utf-8")
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert len(pictures) == len(list((tour / "pictures").iterdir())) >= 10
    assert all((tour / name).stat().st_size > 10_000 for name in pictures)
    assert all((tour / name).is_file() for name in re.findall(r'<a href="([^"]+)"', page))
    assert "What was claimed" in page or "客户怎么说" in page


def test_nothing_of_a_person_stands_in_a_name_of_the_exchange(tour: Path) -> None:
    names = [
        path.relative_to(tour / "exchange").as_posix() for path in (tour / "exchange").rglob("*") if path.is_file()
    ]
    assert names
    assert all(re.fullmatch(r"o/[0-9a-f]{2}/[0-9a-f]{64}|i/[0-9a-f]{16}/[0-9]{12}", name) for name in names)

"""The book of loans in, reports and samples out: bounded, told cell by cell, and the same every time."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import insert, text

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, say
from officer_app.exchange import outbox
from officer_app.exchange.bundle import verify_bundle
from officer_app.exchange.folders import FolderStore
from officer_app.headoffice import tables
from officer_app.headoffice.book import BookKind, Taken, read_file, take_file
from officer_app.headoffice.exporting import Exporter
from officer_app.headoffice.exports import (
    REPORTS,
    ExportKind,
    export_csv,
    export_report,
    export_workbook,
    exports_made,
)
from officer_app.headoffice.founding import found
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.lift import lifts, wilson
from officer_app.headoffice.portfolio import portfolio
from officer_app.headoffice.regulator import regulator, risk_class, size_band
from officer_app.headoffice.sampling import Filter, draw, write_sample
from officer_app.headoffice.villages import village_of
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Role
from officer_app.workbooks.reading import read_workbook
from tests.headoffice.test_head_office import join
from tests.support.institution import AT, BANK, FixedClock, a_decision, a_dossier

BY = Exporter(BANK, "总部", AT, "0.1.0")
BOOK = """借据编号,案卷号,网点,信贷员,产品,行业,村,贷款金额,放款日期,到期日
0017,2026-0417,城东支行,李明,经营贷,水果零售,青石村,"50,000.00",2026-01-05,2027-01-05
0018,,城东支行,王五,经营贷,理发,城关镇,30000,2025年3月1日,
"""
DAYS = """借据编号,日期,余额,逾期金额,逾期天数,当日还款
0017,2026-10-01,40000,0,0,4500
0017,2026-10-02,40000,4500,31,0
0018,2026-10-02,10000,0,0,
0099,2026-10-02,1,0,0,
"""


def sheet(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(params=["sqlite", "postgresql"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    url = f"sqlite:///{tmp_path / 'w.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new()
    with Warehouse(url) as there:
        yield there


def take(warehouse: Warehouse, data: str | bytes, kind: BookKind, **more: Any) -> Taken:
    read = read_file(data.encode() if isinstance(data, str) else data, kind)
    return take_file(warehouse, read, name="book.csv", person="总部", clock=FixedClock(), **more)


def put_case(warehouse: Warehouse, number: str, verdicts: dict[str, str], **changes: Any) -> None:
    """A case with its checks, as ingesting would leave them."""
    mark = digest(number.encode())
    case = {
        "case_id": mark[:32], "number": number, "branch": "城东支行", "officer_id": "1" * 32, "officer": "李明",
        "applicant": "赵六", "product": "经营贷", "lane": "full", "state": "approved", "version": 1,
        "dossier": mark, "requested": Decimal(60000), "recommended": None, "approved": Decimal(50000),
        "term_months": 12, "grade": "B", "received_at": AT, "decided_at": AT,
        "trade": "水果零售", "village": "青石村",
    }  # fmt: skip
    dossier = {
        "digest": mark, "case_id": mark[:32], "case_number": number, "version": 1, "previous": None,
        "policy_version": "", "form_versions": "", "program": "", "audit_head": "", "frozen_at": AT,
        "received_at": AT, "device": "0" * 16, "counter": 1, "key_id": "", "manifest": b"", "signature": b"",
    }  # fmt: skip
    checks = [
        {"dossier": mark, "id": name, "position": n, "title": name, "title_zh": f"{name}（中）", "verdict": verdict}
        for n, (name, verdict) in enumerate(verdicts.items())
    ]
    with warehouse.transaction() as connection:
        connection.execute(insert(tables.CASES).values(**(case | changes)))
        connection.execute(insert(tables.DOSSIERS).values(**dossier))
        if checks:
            connection.execute(insert(tables.CHECKS), checks)


def test_the_book_and_a_day_are_taken_once(warehouse: Warehouse) -> None:
    assert take(warehouse, BOOK, BookKind.BOOK, dry=True) == Taken(rows=2, new=2)
    assert take(warehouse, BOOK, BookKind.BOOK) == Taken(rows=2, new=2)
    assert take(warehouse, BOOK, BookKind.BOOK) == Taken(rows=2, again=True)
    assert take(warehouse, DAYS, BookKind.DAYS) == Taken(rows=4, new=4, unknown=("0099",))
    assert take(warehouse, DAYS.replace("4500,31", "4000,31"), BookKind.DAYS) == Taken(4, 0, 1, unknown=("0099",))
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text("SELECT contract, trade, amount, paid_out_on FROM book_loan ORDER BY contract")
        )
        assert rows.all() == [("0017", "水果零售", "50000.00", "2026-01-05"), ("0018", "理发", "30000", "2025-03-01")]
        arrears = connection.execute(text("SELECT contract, balance, days_past_due FROM v_arrears ORDER BY contract"))
        assert [(row[0], int(row[1]), row[2]) for row in arrears] == [("0017", 40000, 31), ("0018", 10000, 0)]


def test_a_book_from_excel_keeps_its_numbers() -> None:
    rows: list[list[object]] = [
        ["借据编号", "网点", "信贷员", "产品", "贷款金额", "放款日期"],
        ["440106199001011234567", "城东", "李明", "经营贷", 50000, AT.replace(tzinfo=None)],
    ]
    read = read_file(sheet(rows), BookKind.BOOK)
    assert not read.troubles
    assert read.rows[0]["contract"] == "440106199001011234567"
    assert (read.rows[0]["amount"], read.rows[0]["paid_out_on"]) == ("50000", "2026-10-08")
    (trouble,) = read_file(sheet([rows[0], [4.40106e20, *rows[1][1:]]]), BookKind.BOOK).troubles
    assert say(trouble.what, ENGLISH) == "a spreadsheet shortened the number 4.40106e+20"


def test_every_bad_cell_is_named_with_its_row_and_nothing_is_taken(warehouse: Warehouse) -> None:
    bad = BOOK.replace("0018,,城东支行", "0017,,").replace("30000,2025年3月1日", "三万,2025-02-30")
    read = read_file(bad.encode("gb18030"), BookKind.BOOK)
    assert [(one.row, one.column) for one in read.troubles] == [
        (3, "网点"), (3, "贷款金额"), (3, "放款日"), (3, "借据编号"),
    ]  # fmt: skip
    for language in LANGUAGES:
        assert all(say(part, language) for one in read.troubles for part in (one.what, one.remedy))
    with pytest.raises(Fault) as caught:
        take_file(warehouse, read, name="x", person="y", clock=FixedClock())
    assert caught.value.code is Code.BOOK_ROWS
    assert "三万" in say(read.troubles[1].what, CHINESE)
    with warehouse.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM book_loan")).scalar_one() == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00\x80\xff",
        b"a,b\n1,2\n",
        "合同号,日期,余额\n1,2026-01-01,5\n".encode(),
        b'x"\x00,\r"',
        b"PK\x03\x04",
    ],
)
def test_files_that_are_no_book(data: bytes) -> None:
    with pytest.raises(Fault) as caught:
        read_file(data, BookKind.DAYS)
    assert caught.value.code in {Code.BOOK_FILE, Code.WORKBOOK_UNREADABLE}


def test_lift_sets_the_bad_among_the_failed_beside_the_bad_of_all(warehouse: Warehouse) -> None:
    """10 loans, 4 bad; the check failed on 4, 3 of them bad: lift (3/4) / (4/10) = 1.875. Wilson's ends by hand."""
    book, days = [BOOK.partition("\n")[0]], [DAYS.partition("\n")[0]]
    for n in range(10):
        put_case(warehouse, f"2026-{n:04d}", {"sales": "failed" if n < 4 else "passed", "other": "missing"})
        book.append(f"C{n},2026-{n:04d},城东支行,李明,经营贷,,,50000,2026-01-05,")
        late = 45 if n in {0, 1, 2, 9} else 3
        days += [f"C{n},2026-09-30,40000,100,{late},0", f"C{n},2026-10-01,40000,0,0,0"]
    take(warehouse, "\n".join(book), BookKind.BOOK)
    take(warehouse, "\n".join(days), BookKind.DAYS)
    (sales,) = lifts(warehouse)
    assert (sales.check, sales.loans, sales.bad, sales.failed, sales.failed_bad) == ("sales", 10, 4, 4, 3)
    assert sales.lift == Decimal("1.875")
    assert [round(end, 4) for end in wilson(3, 4)] == [Decimal("0.3006"), Decimal("0.9544")]


def test_reports_add_up(warehouse: Warehouse, tmp_path: Path) -> None:
    put_case(warehouse, "2026-0417", {"sales": "failed"})
    put_case(warehouse, "2026-0418", {}, state="refused", approved=None, trade="", village="")
    take(warehouse, BOOK, BookKind.BOOK)
    take(warehouse, DAYS, BookKind.DAYS)
    by_trade = next(table for table in portfolio(warehouse) if table.name == "by_trade")
    lines = {
        row[0]: dict(zip([column.key for column in by_trade.columns], row, strict=True)) for row in by_trade.rows
    }
    assert set(lines) == {"水果零售", "理发", "—"}
    fruit = lines["水果零售"]
    assert (fruit["cases"], fruit["approved"], fruit["balance"], fruit["par30_percent"]) == (1, 50_000, 40_000, 100)
    assert (lines["—"]["refused_cases"], lines["—"]["par30_percent"]) == (1, None)
    months, classes, sizes = regulator(warehouse)
    assert list(months.rows) == [("2026-10", 2, Decimal(120_000), 1, Decimal(50_000), 1)]
    assert {row[0]: row[1] for row in classes.rows} == {
        "normal": 1, "special_mention": 1, "substandard": 0, "doubtful": 0, "loss": 0,
    }  # fmt: skip
    assert {row[0]: row[1] for row in sizes.rows if row[1]} == {"≤50000": 2}
    for kind in REPORTS:
        for language in LANGUAGES:
            assert export_report(warehouse, BY, kind, tmp_path / f"{kind}.{language}.xlsx", language) >= 0
            assert read_workbook((tmp_path / f"{kind}.{language}.xlsx").read_bytes())
    rows = export_csv(warehouse, BY, tmp_path / "twins", CHINESE)
    assert (rows["loans.csv"], rows["monitoring.csv"], rows["checks.csv"]) == (2, 2, 1)
    assert export_workbook(warehouse, BY, tmp_path / "w.xlsx", CHINESE)
    monitoring = read_workbook((tmp_path / "w.xlsx").read_bytes())["贷后"].rows
    assert [(row[0], row[-1]) for row in monitoring] == [("0017", "31"), ("0018", "0")]
    made = exports_made(warehouse)
    assert {one.kind for one in made} == {"workbook", "csv", *REPORTS}
    last = next(one for one in made if one.kind == ExportKind.WORKBOOK)
    assert last.sha256 == digest((tmp_path / "w.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("days", "name"), [(0, "normal"), (1, "special_mention"), (90, "special_mention"), (91, "substandard"),
                       (270, "substandard"), (271, "doubtful"), (360, "doubtful"), (361, "loss")],
)  # fmt: skip
def test_classes_by_days(days: int, name: str) -> None:
    assert risk_class(days) == name


def test_bands_of_amounts() -> None:
    told = [size_band(Decimal(amount)) for amount in (50_000, "50000.01", 100_000, 1_000_000, 1_000_001)]
    assert told == ["≤50000", "50000-100000", "50000-100000", "500000-1000000", ">1000000"]


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("青石县城关镇东街社区 18 号", "青石县城关镇东街社区"),
        ("下河村三组", "下河村"),
        ("城关镇东街18号", "城关镇"),
        ("18 号", ""),
    ],
)
def test_an_address_gives_its_village_and_no_door(address: str, village: str) -> None:
    assert village_of(address) == village


def test_a_sample_is_drawn_by_its_seed_and_brings_the_whole_evidence(tmp_path: Path) -> None:
    clock, store = FixedClock(), tmp_path / "exchange"
    store.mkdir()
    desk = found(tmp_path / "office", BANK, "correct horse battery", clock=clock, policy=b"", forms={})
    officer = join(desk, clock, "李明", Role.OFFICER, 0)
    manager = join(desk, clock, "王芳", Role.MANAGER, 300_000)
    readers = [desk.identity.person.reader]
    for n in range(1, 5):
        ids = {"dossier_id": f"{n:032x}", "case_id": f"{n:032x}", "case_number": f"2026-{n:04d}"}
        dossier = a_dossier(officer.identity, **ids)
        sealed = outbox.prepare(dossier, officer.identity, readers=readers, counter=n, at=AT)
        outbox.send(FolderStore(store), sealed)
        decision = a_decision(
            manager.identity, dossier, record_id=f"{n:032x}", **{key: ids[key] for key in ("case_id", "case_number")}
        )
        outbox.send(FolderStore(store), outbox.prepare(decision, manager.identity, readers=readers, counter=n, at=AT))
    url = f"sqlite:///{tmp_path / 'w.db'}"
    ingest(desk, str(store), url, clock=clock)
    with Warehouse(url) as warehouse:
        first, of = draw(warehouse, "十月审计", 2, Filter())
        assert (len(first), of) == (2, 4)
        assert [one.case.number for one in first] == [
            one.case.number for one in draw(warehouse, "十月审计", 2, Filter())[0]
        ]
        told = sorted(
            (digest(f"十月审计:{one.case.dossier}".encode()), one.case.number)
            for one in draw(warehouse, "x", 4, Filter())[0]
        )
        assert [one.case.number for one in first] == [number for _, number in told[:2]]
        assert draw(warehouse, "x", 9, Filter(state="refused")) == ((), 0)
        out = tmp_path / "sample"
        write_sample(desk, str(store), warehouse, out, seed="十月审计", count=2, which=Filter(state="approved"))
        with pytest.raises(Fault) as caught:
            draw(warehouse, " ", 2, Filter())
        assert caught.value.code is Code.SAMPLE_SEED
        (store / "i" / officer.identity.person.device).rename(store / "gone")
        with pytest.raises(Fault) as caught:
            write_sample(desk, str(store), warehouse, tmp_path / "again", seed="a", count=1, which=Filter())
        assert caught.value.code is Code.SAMPLE_AWAY
    assert json.loads((out / "rule.json").read_text())["of"] == 4
    with (out / "sample.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["case_number"] for row in listed] == [one.case.number for one in first]
    for folder in (path for path in out.iterdir() if path.is_dir()):
        verdict = verify_bundle(folder, desk.root_pem)
        assert verdict.ok, verdict.wrong
        assert len(verdict.outcomes) == 1

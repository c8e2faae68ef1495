"""Lists beside a form: CSV, XML, GeoJSON, entities, and the instance that was saved last."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.checklists.external import file_name
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.replaying import Step
from officer_app.checklists.session import FormSession
from officer_app.checklists.workbook import Workbook, xform_of
from officer_app.cli.main import run
from tests.support.forms import StillClock, opened, table, value
from tests.support.odk_peer import compared, lacking, replayed

FILES: Mapping[str, bytes] = {
    "fruits.csv": b'name,label,price,region\r\nmango,Mango,3,south\r\n"apple","Apple, red",2,north\r\n'
    b"pear,Pear,,north\r\n",
    # As Excel saves it where the comma is the decimal sign: a mark in front, semicolons between.
    "semi.csv": "\ufeffname;label\nx1;第一\nx2;Second, and last\n".encode(),
    "people.csv": b"name,label,__version,village\ne-1,Chen,3,v1\ne-2,Li,1,v2\n",
    "units.xml": b"<root><item><name>u</name><label>Uno</label></item>"
    b"<item><name>d</name><label>Dos</label></item></root>",
    "places.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": "f1",
                    "geometry": {"type": "Point", "coordinates": [121.5, 31.25]},
                    "properties": {"title": "Shop", "size": 3, "open": True},
                },
                {
                    "type": "Feature",
                    "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [1, 3], [2, 3], [1, 2]]]},
                    "properties": {"id": "f2", "title": "Field"},
                },
            ],
        }
    ).encode(),
}
SURVEY = """
| type | name | label | calculation | choice_filter | parameters | default |
| text | region | R | | | | |
| select_one_from_file fruits.csv | fruit | F | | region = ${region} | | |
| select_one_from_file fruits.csv | cost | C | | | value=price label=region | |
| select_multiple_from_file semi.csv | semi | S | | | | |
| select_one_from_file units.xml | unit | U | | | | |
| select_one_from_file places.geojson | place | P | | | | |
| select_one_from_file people.csv | person | E | | village = 'v2' | | |
| csv-external | absent | | | | | |
| text | key | K | | | | |
| calculate | price | | pulldata('fruits', 'price', 'name', ${key}) | | | |
| calculate | shape | | instance('places')/root/item[id = ${place}]/geometry | | | |
| calculate | version | | instance('people')/root/item[name = ${person}]/__version | | | |
| calculate | sum | | sum(instance('fruits')/root/item[price != '']/price) | | | |
| calculate | missing | | count(instance('absent')/root/item) | | | |
| calculate | called | | jr:choice-name(${fruit}, '${fruit}') | | | |
| text | again | A | | | | ${last-saved#region} |
"""
STEPS = (
    Step("set", "/data/region", "north", 1),
    Step("set", "/data/fruit", "apple", 2),
    Step("set", "/data/key", "mango", 3),
    Step("set", "/data/place", "f2", 4),
    Step("set", "/data/semi", "x1 x2", 5),
    Step("set", "/data/person", "e-2", 6),
)


def _xml() -> bytes:
    return xform_of(Workbook.read(table(SURVEY), "lists.md"))[0]


def _form(files: Mapping[str, bytes] = FILES) -> Form:
    return read_form(_xml(), files.get)


def _played(form: Form, last_saved: bytes | None = None) -> FormSession:
    chance = random.Random(7)  # noqa: S311  the same in every run
    session = FormSession(form, StillClock(), chance, last_saved=last_saved)
    for step in STEPS:
        session.set(step.ref, step.text)
    return session


def _names(session: FormSession, name: str) -> list[str]:
    return [choice.name for choice in session.choices(f"/data/{name}", "en")]


def test_files_give_choices_columns_and_shapes() -> None:
    session = _played(_form())
    assert _names(session, "fruit") == ["apple", "pear"]
    assert _names(session, "cost") == ["3", "2", ""], "the columns that the question's parameters name"
    assert _names(session, "semi") == ["x1", "x2"]
    assert _names(session, "unit") == ["u", "d"]
    assert _names(session, "place") == ["f1", "f2"]
    assert _names(session, "person") == ["e-2"], "entities are a list like any other"
    assert [choice.label for choice in session.choices("/data/semi", "en")] == ["第一", "Second, and last"]
    found = {
        name: value(session, f"/data/{name}") for name in ("price", "shape", "version", "sum", "missing", "called")
    }
    assert found == {
        "price": "3",
        "shape": "2 1 0 0; 3 1 0 0; 3 2 0 0; 2 1 0 0",
        "version": "1",
        "sum": "5",
        "missing": "0",
        "called": "Apple, red",
    }


def test_a_form_without_its_files_opens_with_empty_lists() -> None:
    session = opened(_form({}))
    assert _names(session, "fruit") == []
    assert value(session, "/data/sum") == "0"


def test_a_default_takes_the_instance_that_was_saved_last() -> None:
    form = _form()
    saved = _played(form).finalised()
    assert value(_played(form), "/data/again") == ""
    assert value(_played(form, saved), "/data/again") == "north"
    with pytest.raises(Fault) as fault:
        _played(form, b"<data>")
    assert fault.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("fruits.csv", b"name,label\n\xff\xfe,x"),
        ("fruits.csv", b'name,label\n"open,x'),
        ("places.geojson", b"{}"),
        ("places.geojson", b'{"features": [{"geometry": 3}]}'),
        ("places.geojson", b"[" * 5_000),
        ("units.xml", b"<root><item>"),
        ("units.xml", b'<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>'),
    ],
)
def test_a_damaged_file_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Fault) as fault:
        _form({**FILES, name: data})
    assert fault.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize(
    ("src", "name"),
    [
        ("jr://file-csv/fruits.csv", "fruits.csv"),
        ("jr://file/%E5%86%9C.xml", "农.xml"),
        ("jr://file/../../etc/passwd", "passwd"),
        ("jr://file/..%5C..%5Csecret.csv", "secret.csv"),
        ("jr://file/..", ""),
        ("file:///etc/passwd", ""),
        ("https://example.org/a.csv", ""),
    ],
)
def test_a_file_is_looked_for_by_its_name_alone(src: str, name: str) -> None:
    assert file_name(src) == name


def test_the_command_line_takes_files_from_a_folder_or_from_beside_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "media").mkdir()
    form, media = tmp_path / "lists.md", tmp_path / "media"
    form.write_bytes(table(SURVEY))
    (tmp_path / "steps.tsv").write_text("set\t/data/region\tsouth\n", encoding="utf-8")
    words = ["form", "run", str(form), "--steps", str(tmp_path / "steps.tsv"), "--json"]
    assert _options(words, capsys) == []
    for name, data in FILES.items():
        (media / name).write_bytes(data)
    assert _options([*words, "--media", str(media)], capsys) == ["mango"]
    (tmp_path / "fruits.csv").write_bytes(b"name,label,region\nkaki,Kaki,south\n")
    assert _options(words, capsys) == ["kaki"]
    saved = tmp_path / "saved.xml"
    saved.write_bytes(_played(_form()).finalised())
    assert run([*words, "--last-saved", str(saved)]) == 0
    assert json.loads(capsys.readouterr().out)["values"]["/data/again"]["value"] == "north"


def _options(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run(words) == 0
    found: list[str] = json.loads(capsys.readouterr().out)["options"]["/data/fruit"]
    return found


def test_files_read_as_in_web_forms(tmp_path: Path) -> None:
    missing = lacking()
    if missing:
        pytest.skip(missing)
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    form = tmp_path / "lists.xml"
    form.write_bytes(_xml())
    assert compared(form, replayed(form, STEPS, tmp_path)).differences == []

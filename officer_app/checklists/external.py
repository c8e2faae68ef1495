"""Lists that lie beside a form: CSV, XML and GeoJSON files that its `<instance src>` names.

Source: ODK XForms, secondary instances, external. A file that is not there is an empty list, as in ODK's engines.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from officer_app.base.errors import Code, Fault
from officer_app.checklists.documents import MAX_BYTES
from officer_app.checklists.gleaning import gleaned
from officer_app.checklists.xpath.nodes import Node, NodeKind
from officer_app.checklists.xpath.values import number_text

# The bytes of a file that stands beside the form, None when it does not.
Media = Callable[[str], "bytes | None"]
LAST_SAVED: Final = "__last-saved"
_LOCAL: Final = "jr://"
# The mark that Excel puts before the first heading.
_UTF8: Final = "utf-8-sig"


def no_media(_name: str) -> bytes | None:
    """Nothing stands beside the form."""
    return None


def file_name(src: str) -> str:
    """The file behind jr://file-csv/fruits.csv, without any folder; "" for what names none."""
    name = unquote(src).replace("\\", "/").rpartition("/")[2] if src.startswith(_LOCAL) else ""
    return name if name.strip(".") else ""


def external_list(identifier: str, src: str, media: Media) -> Node:
    """The `<instance>` of a file. Errors: FORM_DAMAGED with the file's name, FORM_TOO_LARGE."""
    instance = Node(NodeKind.ELEMENT, "instance")
    for name, value in (("id", identifier), ("src", src)):
        instance.add_attribute(Node(NodeKind.ATTRIBUTE, name, value))
    name = file_name(src)
    data = media(name) if name else None
    if data is None:
        return instance
    if len(data) > MAX_BYTES:
        raise Fault(Code.FORM_TOO_LARGE, where=name, limit_mb=MAX_BYTES // 1_000_000)
    instance.attach(_root_of(name, data))
    return instance


def _root_of(name: str, data: bytes) -> Node:
    try:
        if name.lower().endswith(".csv"):
            return _table(_rows(data.decode(_UTF8)))
        if name.lower().endswith(".geojson"):
            return _table(_features(json.loads(data)))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error, RecursionError) as error:
        raise Fault(Code.FORM_DAMAGED, where=name, detail=type(error).__name__) from error
    return _tree(data)


def _tree(data: bytes) -> Node:
    source = gleaned(data)
    return source.list_of(source.root)


def list_of_rows(rows: Iterable[Mapping[str, str]]) -> Node:
    """The `<instance>` of rows that lie in no file."""
    instance = Node(NodeKind.ELEMENT, "instance")
    instance.attach(_table(rows))
    return instance


def saved_before(xml: bytes) -> Node:
    """The `<instance>` of the form as it was last sent, for ${last-saved#question}. Errors: FORM_DAMAGED."""
    instance = Node(NodeKind.ELEMENT, "instance")
    instance.attach(_tree(xml))
    return instance


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    """One mapping a line; the first line names the columns, and shows whether commas or semicolons part them."""
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [name.strip() for name in next(lines, [])]
    for line in lines:
        if any(line):
            yield {name: line[place] if place < len(line) else "" for place, name in enumerate(names) if name}


def _table(rows: Iterable[Mapping[str, str]]) -> Node:
    root = Node(NodeKind.ELEMENT, "root")
    for row in rows:
        item = Node(NodeKind.ELEMENT, "item")
        for name, text in row.items():
            item.attach(Node(NodeKind.ELEMENT, name, text))
        root.attach(item)
    return root


def _features(collection: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The properties of each feature, its id, and its geometry as ODK writes places."""
    for feature in collection["features"]:
        row = {name: _plain(value) for name, value in (feature.get("properties") or {}).items()}
        if "id" in feature:
            row["id"] = _plain(feature["id"])
        yield {"geometry": _geometry(feature["geometry"]), **row}


def _geometry(shape: Mapping[str, Any]) -> str:
    places = shape["coordinates"]
    if shape["type"] == "Point":
        return _place(places)
    return "; ".join(_place(each) for each in (places[0] if shape["type"] == "Polygon" else places))


def _place(longitude_latitude: Sequence[float]) -> str:
    longitude, latitude = longitude_latitude[:2]
    return f"{number_text(float(latitude))} {number_text(float(longitude))} 0 0"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(float(value))
    return "" if value is None else str(value)

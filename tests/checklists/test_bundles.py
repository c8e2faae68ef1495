"""A form with its files is one body: the same bytes for the same content, and nothing that leads elsewhere."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.checklists.bundles import MAX_FILES, Bundle, bundled, named_files, opened
from officer_app.checklists.documents import MAX_BYTES

XML = b"<h:html/>"
FILES = {"stalls.csv": "name,label\na,\u7532\n".encode(), "door.jpg": bytes(range(256))}


def test_form_and_files_come_back_as_they_were() -> None:
    body = bundled(Bundle(XML, FILES))
    assert opened(body) == Bundle(XML, FILES)
    assert body == bundled(Bundle(XML, dict(reversed(FILES.items()))))
    assert list(opened(body).listed()) == [(name, len(FILES[name]), digest(FILES[name])) for name in sorted(FILES)]


def test_a_form_without_files_is_its_xml() -> None:
    assert bundled(Bundle(XML, {})) == XML
    assert opened(XML) == Bundle(XML, {})


def test_the_files_that_a_form_names() -> None:
    xml = (
        b'<instance id="a" src="jr://file-csv/stalls.csv"/><value form="image">jr://images/a%20b.png</value>'
        b'<instance id="l" src="jr://instance/last-saved"/><x src="jr://file/../../etc/passwd"/>'
        b'<value form="image">jr://images/a%20b.png</value><x src="jr://file/.."/>'
    )
    assert named_files(xml) == ("stalls.csv", "a b.png", "passwd")


def _zip(parts: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        _zip({"media/a.csv": b""}),
        _zip({"form.xml": XML, "media/../a.csv": b""}),
        _zip({"form.xml": XML, "media/C:a.csv": b""}),
        _zip({"form.xml": XML, "else.txt": b""}),
        _zip({"form.xml": XML, "media/a.csv": b"x" * 1000}, zipfile.ZIP_DEFLATED),
        _zip({"form.xml": XML})[:40],
        bundled(Bundle(XML, FILES))[:-30],
    ],
    ids=["no form", "a way out", "a drive", "something else", "packed", "half of one", "cut short"],
)
def test_what_was_not_made_here_is_refused(body: bytes) -> None:
    with pytest.raises(Fault) as fault:
        opened(body)
    assert fault.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize("files", [{"a.csv": bytes(MAX_BYTES + 1)}, {f"{n}.csv": b"" for n in range(MAX_FILES + 1)}])
def test_too_much_is_refused_before_it_is_sent(files: dict[str, bytes]) -> None:
    with pytest.raises(Fault) as fault:
        bundled(Bundle(XML, files))
    assert fault.value.code is Code.FORM_TOO_LARGE

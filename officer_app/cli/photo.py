"""Photos without a window: what a file claims, and which files of a folder are copies."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from officer_app.base.canonical import Json, digest
from officer_app.base.errors import Fault
from officer_app.base.files import read_limited
from officer_app.base.words import ENGLISH, say

if TYPE_CHECKING:
    from officer_app.base.workers import Worker
    from officer_app.evidence.compare import Pair
    from officer_app.evidence.fingerprints import Fingerprint
    from officer_app.evidence.intake import PhotoOutline

_AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def register(app: typer.Typer) -> None:
    """Add `photo inspect`, `photo compare`, `photo list` and `photo read`."""
    from officer_app.cli.photo_reading import read

    group = typer.Typer(no_args_is_help=True, help="What a photo claims; which photos are copies.")
    group.command("inspect")(_inspect)
    group.command("compare")(_compare)
    group.command("list")(_list)
    group.command("read")(read)
    app.add_typer(group, name="photo")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of the answer: its JSON, its sentences for a reader, and whether it was refused."""

    fields: Mapping[str, Json]
    sentences: tuple[str, ...]
    refused: bool


def _inspect(files: Annotated[list[Path], typer.Argument()], as_json: _AsJson = False) -> None:
    """Tell hash, time, place, camera, size and findings of each photo."""
    from officer_app.base.workers import Worker

    with Worker() as worker:
        found = [_entry(worker, file) for file in files]
    if as_json:
        _write_json([entry.fields for entry in found])
    else:
        for entry in found:
            _write_entry(entry)
    if any(entry.refused for entry in found):
        raise typer.Exit(1)


_NOTHING: Final[Mapping[str, Json]] = {
    "sha256": None,
    "taken_at": None,
    "lat": None,
    "lon": None,
    "orientation": None,
    "make": None,
    "model": None,
    "width": None,
    "height": None,
}


def _entry(worker: Worker, file: Path) -> _Entry:
    """What can be told of a file; a refusal is told in its findings, with the fields that could still be read."""
    from officer_app.evidence.findings import inspect, is_raised
    from officer_app.evidence.intake import read_photo
    from officer_app.evidence.kinds import MAX_BYTES

    fields: dict[str, Json] = {"file": str(file), **_NOTHING}
    try:
        data = read_limited(file, MAX_BYTES)
        fields["sha256"] = digest(data)
        reading = read_photo(data, worker, file.name)
    except Fault as fault:
        if fields["sha256"] is not None:
            fields |= _outline_fields(worker, data, file.name)
        sentence = f"{say(fault.sentence, ENGLISH)} {say(fault.remedy, ENGLISH)}"
        return _Entry({**fields, "findings": [fault.code.name]}, (sentence,), refused=True)
    raised = [finding for finding in (*reading.findings, *inspect(reading.tags)) if is_raised(finding)]
    fields |= _claims(reading)
    codes = [finding.code.value for finding in raised]
    return _Entry({**fields, "findings": codes}, tuple(say(f.sentence, ENGLISH) for f in raised), refused=False)


def _outline_fields(worker: Worker, data: bytes, name: str) -> Mapping[str, Json]:
    """Size and tags of a photo that cannot be decoded, where they can be read."""
    from officer_app.evidence.intake import read_outline

    try:
        return _claims(read_outline(data, worker, name))
    except Fault:  # the refusal that led here is the one to tell
        return {}


def _claims(seen: PhotoOutline) -> dict[str, Json]:
    tags = seen.tags
    return {
        "taken_at": tags.taken_text,
        "lat": _decimal(tags.lat),
        "lon": _decimal(tags.lon),
        "orientation": tags.orientation,
        "make": tags.make,
        "model": tags.model,
        "width": seen.width or None,
        "height": seen.height or None,
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _compare(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False)], as_json: _AsJson = False
) -> None:
    """Tell every pair of photos in a folder that are the same, or made from one another."""
    from officer_app.base.workers import Worker
    from officer_app.evidence.compare import suspected_pairs

    with Worker() as worker:
        pairs = suspected_pairs(_fingerprints(worker, folder))
    if as_json:
        _write_json({"pairs": [_pair(pair) for pair in pairs]})
        return
    for pair in pairs:
        turned = ", mirrored" if pair.mirrored else ""
        sys.stdout.write(f"{pair.a}  {pair.b}  {pair.verdict.value}{turned}  {pair.score}\n")
    if not pairs:
        sys.stdout.write("No two photos look like copies of one another.\n")


def _list(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False)],
    out: Annotated[Path, typer.Option("--out", help="Where to write the list, for `headoffice publish --photos`.")],
) -> None:
    """Write the fingerprints of a folder's photos, labelled by file name: no pictures, for every laptop to search."""
    from officer_app.base.files import write_whole
    from officer_app.base.workers import Worker
    from officer_app.dossier.photolist import ListedPhoto, to_bytes

    with Worker() as worker:
        listed = tuple(
            ListedPhoto(name[:200], sha256, fingerprint.encode())
            for name, sha256, fingerprint in _fingerprints(worker, folder)
        )
    write_whole(out, to_bytes(listed))
    sys.stdout.write(f"{len(listed)} photos\n")


def _fingerprints(worker: Worker, folder: Path) -> Iterator[tuple[str, str, Fingerprint]]:
    """Name, hash and fingerprint of each photo; what is no photo is named on stderr and left out.

    A photo that cannot be decoded still counts by its bytes.
    """
    from officer_app.base.errors import Code
    from officer_app.evidence.fingerprints import Fingerprint
    from officer_app.evidence.intake import read_photo
    from officer_app.evidence.kinds import MAX_BYTES

    files = sorted((file for file in _listed(folder) if file.is_file()), key=lambda file: file.name)
    for done, file in enumerate(files, start=1):
        sys.stderr.write(f"{done}/{len(files)} {file.name}\n")
        try:
            data = read_limited(file, MAX_BYTES)
            reading = read_photo(data, worker, file.name)
        except Fault as fault:
            sys.stderr.write(f"{fault.code.name}: {say(fault.sentence, ENGLISH)}\n")
            if fault.code in {Code.PHOTO_BROKEN, Code.PHOTO_PIXELS, Code.WORKER_LIMIT}:
                yield file.name, digest(data), Fingerprint(())
        else:
            yield file.name, reading.sha256, reading.fingerprint


def _listed(folder: Path) -> list[Path]:
    from officer_app.base.errors import Code

    try:
        return list(folder.iterdir())
    except FileNotFoundError as error:
        raise Fault(Code.FILE_MISSING, where=folder.name, file=folder.name) from error
    except OSError as error:
        raise Fault(Code.FILE_UNREADABLE, where=folder.name, file=folder.name) from error


def _pair(pair: Pair) -> Mapping[str, Json]:
    return {"a": pair.a, "b": pair.b, "score": str(pair.score), "verdict": pair.verdict.value}


def _write_json(value: Json) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write_entry(entry: _Entry) -> None:
    """One file for a reader. Names from the file are shown as text: control signs would move the terminal."""
    for name, value in entry.fields.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        sys.stdout.write(f"{name:12} {_harmless('—' if shown in (None, '') else str(shown))}\n")
    for sentence in entry.sentences:
        sys.stdout.write(f"  {_harmless(sentence)}\n")
    sys.stdout.write("\n")


def _harmless(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)

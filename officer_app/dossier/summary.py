"""The summary: what head office counts and compares, as plain rows, so that it needs no analysis of its own.

The numbers are the assessment's, written as text; a figure's name is its path in the block that `assess` prints.
Sentences stand in English and, under `_zh`, in Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.errors import Code, Fault
from officer_app.dossier.fields import Fields, open_versions

_SCHEMA: Final = "firsthand/summary/2"
# Before: no fingerprints of photos. What has none is still written so: every program in use can read it.
_FIRST: Final = "firsthand/summary/1"
_LARGEST: Final = 4_000_000
_MOST: Final = 5_000
_SHORT: Final = 200
_FINGERPRINT: Final = re.compile(r"([0-9a-f]{2}){1,500}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One cross-check: what was told, what was found, and the verdict."""

    id: str
    title: str
    title_zh: str
    verdict: str
    told: str | None = None
    found: str | None = None
    deviation: str | None = None
    tolerance: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number of the assessment."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo of the dossier and what was found about it.

    `fingerprint` is what head office finds its copies by, in hexadecimal digits; None where an older program wrote.
    """

    part: str
    sha256: str
    shot: str
    taken_at: str | None
    taken_in_at: str
    metres: str | None
    findings: tuple[str, ...]
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One red flag; a hard one forbids approval."""

    code: str
    sentence: str
    sentence_zh: str
    hard: bool


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """One contradiction and its exit: open, explained, corrected or stands."""

    code: str
    sentence: str
    sentence_zh: str
    standing: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All rows of one dossier."""

    checks: tuple[CheckRow, ...]
    figures: tuple[FigureRow, ...]
    photos: tuple[PhotoRow, ...]
    flags: tuple[FlagRow, ...]
    contradictions: tuple[ContradictionRow, ...] = ()


def to_bytes(summary: Summary) -> bytes:
    """The canonical bytes of the part `summary.json`. Errors: DOSSIER_UNREADABLE when they could not be read back."""
    first = all(row.fingerprint is None for row in summary.photos)
    told: Json = {
        "schema": _FIRST if first else _SCHEMA,
        "checks": [_check_told(row) for row in summary.checks],
        "figures": [{"name": row.name, "value": row.value} for row in summary.figures],
        "photos": [_photo_told(row, first=first) for row in summary.photos],
        "flags": [_flag_told(row) for row in summary.flags],
        "contradictions": [_contradiction_told(row) for row in summary.contradictions],
    }
    data = encode(told)
    if parse(data) != summary:
        raise Fault(Code.DOSSIER_UNREADABLE, where="round trip", field="round trip")
    return data


def parse(data: bytes) -> Summary:
    """The summary in a stranger's bytes. Errors: DOSSIER_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    schema, fields = open_versions(data, _SCHEMA, (_FIRST,), _LARGEST, Code.DOSSIER_UNREADABLE)
    first = schema == _FIRST
    summary = Summary(
        checks=tuple(_check(entry) for entry in fields.each("checks", _MOST)),
        figures=tuple(_figure(entry) for entry in fields.each("figures", _MOST)),
        photos=tuple(_photo(entry, first=first) for entry in fields.each("photos", _MOST)),
        flags=tuple(_flag(entry) for entry in fields.each("flags", _MOST)),
        contradictions=tuple(_contradiction(entry) for entry in fields.each("contradictions", _MOST)),
    )
    fields.done()
    for name, keys in (
        ("checks", [row.id for row in summary.checks]),
        ("figures", [row.name for row in summary.figures]),
        ("photos", [row.part for row in summary.photos]),
    ):
        if len(set(keys)) != len(keys):
            raise fields.refused(name)
    return summary


def _check_told(row: CheckRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "title_zh": row.title_zh,
        "verdict": row.verdict,
        "told": row.told,
        "found": row.found,
        "deviation": row.deviation,
        "tolerance": row.tolerance,
    }


def _photo_told(row: PhotoRow, *, first: bool) -> Json:
    told: dict[str, Json] = {
        "part": row.part,
        "sha256": row.sha256,
        "shot": row.shot,
        "taken_at": row.taken_at,
        "taken_in_at": row.taken_in_at,
        "metres": row.metres,
        "findings": list(row.findings),
    }
    return told if first else told | {"fingerprint": row.fingerprint}


def _flag_told(row: FlagRow) -> Json:
    return {"code": row.code, "sentence": row.sentence, "sentence_zh": row.sentence_zh, "hard": row.hard}


def _contradiction_told(row: ContradictionRow) -> Json:
    return {
        "code": row.code,
        "sentence": row.sentence,
        "sentence_zh": row.sentence_zh,
        "standing": row.standing,
        "explanation": row.explanation,
    }


def _contradiction(fields: Fields) -> ContradictionRow:
    row = ContradictionRow(
        code=fields.text("code", _SHORT),
        sentence=fields.text("sentence"),
        sentence_zh=fields.text("sentence_zh"),
        standing=fields.text("standing", _SHORT),
        explanation=fields.text("explanation"),
    )
    fields.done()
    return row


def _check(fields: Fields) -> CheckRow:
    def maybe_text(name: str) -> str | None:
        return fields.maybe(name, lambda field: fields.text(field, _SHORT))

    row = CheckRow(
        id=fields.text("id", _SHORT),
        title=fields.text("title"),
        title_zh=fields.text("title_zh"),
        verdict=fields.text("verdict", _SHORT),
        told=maybe_text("told"),
        found=maybe_text("found"),
        deviation=maybe_text("deviation"),
        tolerance=maybe_text("tolerance"),
    )
    fields.done()
    return row


def _figure(fields: Fields) -> FigureRow:
    row = FigureRow(fields.text("name", _SHORT), fields.text("value"))
    fields.done()
    return row


def _photo(fields: Fields, *, first: bool) -> PhotoRow:
    row = PhotoRow(
        part=fields.text("part", _SHORT),
        sha256=fields.digest("sha256"),
        shot=fields.text("shot", _SHORT),
        taken_at=fields.maybe("taken_at", lambda name: fields.text(name, 40)),
        taken_in_at=fields.text("taken_in_at", 40),
        metres=fields.maybe("metres", lambda name: fields.text(name, 40)),
        findings=fields.texts("findings", 100, _SHORT),
        fingerprint=None if first else fields.maybe("fingerprint", lambda name: _fingerprint(fields, name)),
    )
    fields.done()
    return row


def _fingerprint(fields: Fields, name: str) -> str:
    """Bytes in hexadecimal digits; what they mean, their home knows."""
    text = fields.text(name, 1_000)
    if _FINGERPRINT.fullmatch(text) is None:
        raise fields.refused(name)
    return text


def _flag(fields: Fields) -> FlagRow:
    row = FlagRow(
        code=fields.text("code", _SHORT),
        sentence=fields.text("sentence"),
        sentence_zh=fields.text("sentence_zh"),
        hard=fields.truth("hard"),
    )
    fields.done()
    return row

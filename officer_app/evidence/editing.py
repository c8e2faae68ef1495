"""Marks of editing: what a file says of programs, and what does not fit within it. Weak alone, cheap together."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.evidence.skeletons import Outline
from officer_app.evidence.tags import EditSign, Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict

_SAVING: Final = timedelta(minutes=1)  # a phone on a slow card writes its last tag a while after the shot
_COARSE: Final = 1_900  # below quality 75, to which no camera saves
_TOGETHER: Final = 2

# Names that editing programs write into Software or XMP; a camera's own firmware never carries them.
_EDITORS: Final = (
    "photoshop",
    "lightroom",
    "gimp",
    "snapseed",
    "picsart",
    "vsco",
    "meitu",
    "美图",
    "醒图",
    "affinity",
    "pixelmator",
    "paint.net",
    "photopea",
    "canva",
    "faceapp",
    "picasa",
)


def signs_of(tags: Tags, seen: Outline, *, thumbnail_differs: bool) -> tuple[EditSign, ...]:
    """The weak marks in a file. The stored size may stand on its side: some phones turn pixels and not the tag."""
    found = []
    if tags.modified_local and tags.taken_local and tags.modified_local - tags.taken_local > _SAVING:
        found.append(EditSign.MODIFIED_LATER)
    stored = (seen.width, seen.height)
    if tags.told_size and seen.width and tags.told_size not in (stored, stored[::-1]):
        found.append(EditSign.SIZE_DIFFERS)
    if thumbnail_differs:
        found.append(EditSign.THUMBNAIL_DIFFERS)
    if tags.make and seen.coarseness > _COARSE:
        found.append(EditSign.SAVED_COARSELY)
    return tuple(found)


def edited_rule(tags: Tags, _context: object, _thresholds: Thresholds) -> Finding:
    """The same beside a visit, which does not matter here."""
    return edited(tags)


def edited(tags: Tags) -> Finding:
    """An editing program's name, or two weak marks together."""
    code = FindingCode.EDITED
    programs = [name for name in (tags.software, *tags.programs) if name]
    editor = next((name for name in programs if any(known in name.lower() for known in _EDITORS)), None)
    if editor is not None:
        told = message(N_("Written by a program that edits pictures: {program}."), program=editor)
        return Finding(code, Verdict.LOOK_CLOSER, told)
    if len(tags.signs) >= _TOGETHER:
        told = message(
            N_("Things that together look like editing: {signs}."),
            signs=tuple(Message(_SIGNS[sign]) for sign in tags.signs),
        )
        return Finding(code, Verdict.LOOK_CLOSER, told)
    if not programs:
        return Finding(code, Verdict.CANNOT_TELL, message(N_("The photo does not name the program that wrote it.")))
    return Finding(code, Verdict.PASS, message(N_("No editing program is named.")))


_SIGNS: Final = {
    EditSign.MODIFIED_LATER: N_("saved again after the shot"),
    EditSign.SIZE_DIFFERS: N_("not of the size its camera noted"),
    EditSign.THUMBNAIL_DIFFERS: N_("the camera's own small picture shows something else"),
    EditSign.SAVED_COARSELY: N_("saved more coarsely than cameras do"),
}

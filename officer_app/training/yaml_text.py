"""YAML from strangers as nested maps and lists of texts: nothing is guessed, nothing is built, nothing is doubled.

Scalars stay the text that was written, so 12.50 keeps its digits and `no` stays a word. Anchors, aliases and tags
are refused: the first two can blow a small file up, the last can ask for more than text.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from officer_app.base.errors import Code, Fault
from officer_app.credit.reading import FactNode

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEPTH: Final = 20
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(data: bytes, file_name: str) -> FactNode:
    """The one document of a file. Errors: CASE_NOT_YAML, CASE_KEY_DOUBLED; `where` is the line."""
    try:
        text = data.decode("utf-8")
        reader = _Reader(file_name)
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except UnicodeDecodeError as error:
        raise _refused(file_name, "UTF-8", "") from error
    except yaml.YAMLError as error:
        raise _refused(file_name, *_told(error)) from error
    return reader.whole()


def _told(error: yaml.YAMLError) -> tuple[str, str]:
    mark = getattr(error, "problem_mark", None)
    return str(getattr(error, "problem", None) or "YAML"), f"line {mark.line + 1}" if mark else ""


def _refused(file_name: str, detail: str, where: str) -> Fault:
    return Fault(Code.CASE_NOT_YAML, where=where, file=file_name, detail=f"{detail} {where}".strip())


def _line_of(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else ""


class _Reader:
    """Builds maps and lists out of the parser's events."""

    def __init__(self, file_name: str) -> None:
        self._file = file_name
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []
        self._documents: list[Any] = []

    def whole(self) -> FactNode:
        if len(self._documents) != 1:
            raise _refused(self._file, "one document", "")
        found: FactNode = self._documents[0]
        return found

    def take(self, event: yaml.Event) -> None:
        line = _line_of(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _refused(self._file, "anchor, alias or tag", line)
        match event:
            case yaml.ScalarEvent():
                self._put(self._scalar(event), line)
            case yaml.MappingStartEvent():
                self._begin({}, line)
            case yaml.SequenceStartEvent():
                self._begin([], line)
            case yaml.CollectionEndEvent():
                self._open.pop()
                self._keys.pop()
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        """The text as written; a bare null is nothing."""
        return "" if not event.style and event.value in _NOTHING else str(event.value)

    def _begin(self, thing: dict[str, Any] | list[Any], line: str) -> None:
        if len(self._open) >= _DEPTH:
            raise _refused(self._file, "nested too deep", line)
        self._put(thing, line)
        self._open.append(thing)
        self._keys.append(None)

    def _put(self, thing: Any, line: str) -> None:
        if not self._open:
            self._documents.append(thing)
            return
        container = self._open[-1]
        if isinstance(container, list):
            container.append(thing)
        elif self._keys[-1] is None:
            self._key(container, thing, line)
        else:
            container[self._keys[-1]] = thing
            self._keys[-1] = None

    def _key(self, container: dict[str, Any], thing: Any, line: str) -> None:
        if not isinstance(thing, str):
            raise _refused(self._file, "a key that is no text", line)
        if thing in container:
            raise Fault(Code.CASE_KEY_DOUBLED, where=line, file=self._file, key=thing)
        container[thing] = ""
        self._keys[-1] = thing

"""A form's XML taken in while it is parsed, so that long lists never stand in memory as a whole tree.

Five thousand villages in two languages make a tree of 15 MB out of a megabyte of XML. Entries of lists and texts of
translations that hold nothing but texts become what the form keeps as soon as they are read, and their elements go.
What has more in it stays and is read with the rest of the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from officer_app.checklists.documents import list_document, parser_options, refuse_harm, refuse_size, unsound
from officer_app.checklists.xpath.nodes import Node

_X: Final = "{http://www.w3.org/2002/xforms}"
_TEXT: Final = f"{_X}text"
_TAGS: Final = (f"{_X}item", "item", _TEXT)
# So much is read before what was found in it is taken out.
_PIECE: Final = 65_536


@dataclass(slots=True)
class Gleaned:
    """The tree that is left, and by element what stood at its beginning: entries of a list, texts of a language.

    `texts` are by form ("" is the text itself; image, guidance …), then by id.
    """

    root: Any = None
    items: dict[Any, list[Node]] = field(default_factory=dict)
    texts: dict[Any, dict[str, dict[str, str]]] = field(default_factory=dict)

    def list_of(self, element: Any) -> Node:
        """The list below an element of the tree, with what was taken out of it."""
        return list_document(element, self.items)


def gleaned(data: bytes) -> Gleaned:
    """Parse a form or a list. Errors: FORM_TOO_LARGE, FORM_DAMAGED."""
    refuse_size(data)
    parser = etree.XMLPullParser(events=("end",), tag=_TAGS, **parser_options())
    found, done = Gleaned(), _Done({})
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            for _, element in parser.read_events():
                _take(element, found, done)
        found.root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unsound(error) from error
    done.leave()
    refuse_harm(found.root)
    return found


@dataclass(frozen=True, slots=True)
class _Done:
    """Of each parent the child that was taken last: the parser may still hold on to it, so it goes with the next."""

    last: dict[Any, Any]

    def follows(self, element: Any, parent: Any) -> bool:
        """Whether nothing that stays stands before it: else the order would be lost."""
        before = element.getprevious()
        return before is None or before is self.last.get(parent)

    def put(self, element: Any, parent: Any) -> None:
        before = self.last.get(parent)
        if before is not None:
            parent.remove(before)
        self.last[parent] = element

    def leave(self) -> None:
        for parent, element in self.last.items():
            parent.remove(element)


def _take(element: Any, found: Gleaned, done: _Done) -> None:
    parent = element.getparent()
    if parent is None or any(len(child) for child in element) or not done.follows(element, parent):
        return
    if _in_translation(element, parent):
        _take_text(element, found.texts.setdefault(parent, {}))
    elif _in_list(parent):
        found.items.setdefault(parent, []).append(list_document(element))
    else:
        return
    done.put(element, parent)


def _in_translation(element: Any, parent: Any) -> bool:
    return bool(element.tag == _TEXT and parent.tag == f"{_X}translation")


def _in_list(parent: Any) -> bool:
    """Whether it is the root of a list: of one inside the form, or of a file beside it."""
    above = parent.getparent()
    return above is None or bool(above.tag == f"{_X}instance" and above.get("id") is not None)


def _take_text(element: Any, texts: dict[str, dict[str, str]]) -> None:
    identifier = element.get("id") or ""
    for value in element:
        texts.setdefault(value.get("form") or "", {}).setdefault(identifier, (value.text or "").strip())

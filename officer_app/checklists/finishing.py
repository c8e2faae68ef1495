"""The instance as XML, as it would be sent: without what is not relevant."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from officer_app.checklists.answers import Answer
from officer_app.checklists.entities import ATTRIBUTE
from officer_app.checklists.form import Form

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def instance_xml(form: Form, root: Answer, end: str) -> bytes:
    """UTF-8 bytes of the primary instance; `end` is the moment for questions that ask when the visit ended."""
    element = etree.Element(root.definition.tag, nsmap=dict(form.namespaces))
    for name, text in form.attributes.items():
        element.set(name, text)
    _fill(element, root, end)
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))


def _fill(element: Any, node: Answer, end: str) -> None:
    for child in node.below():
        if child.relevant and child.definition.name.startswith(ATTRIBUTE):
            element.set(child.definition.name[1:], _xml_text(child.stored) or "")
        elif child.relevant:
            below = etree.SubElement(element, child.definition.tag)
            if child.definition.is_leaf:
                below.text = _xml_text(end if _asks_for_the_end(child) else child.stored)
            else:
                _fill(below, child, end)


def _asks_for_the_end(node: Answer) -> bool:
    bind = node.definition.bind
    return bind.preload == "timestamp" and bind.preload_parameters == "end"


def _xml_text(text: str) -> str | None:
    """Text that XML can hold: signs that no document may have are left out."""
    return _NOT_XML.sub("", text) or None

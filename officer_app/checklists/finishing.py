"""The instance as XML, as it would be sent: without what is not relevant."""

from __future__ import annotations

from typing import Any

from lxml import etree

from officer_app.checklists.answers import Answer
from officer_app.checklists.form import Form


def instance_xml(form: Form, root: Answer) -> bytes:
    """UTF-8 bytes of the primary instance."""
    element = etree.Element(root.definition.tag, nsmap=dict(form.namespaces))
    for name, text in form.attributes.items():
        element.set(name, text)
    _fill(element, root)
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))


def _fill(element: Any, node: Answer) -> None:
    for child in node.below():
        if child.relevant:
            below = etree.SubElement(element, child.definition.tag)
            if child.definition.is_leaf:
                below.text = _xml_text(child.stored)
            else:
                _fill(below, child)


def _xml_text(text: str) -> str | None:
    """Text that XML can hold: control signs that no document may have are left out."""
    return "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ") or None

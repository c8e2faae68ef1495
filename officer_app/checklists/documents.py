"""XML from strangers: parsed once, without entities, network or bottomless depth, into light nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from officer_app.base.errors import Code, Fault
from officer_app.checklists.xpath.nodes import Node, NodeKind
from officer_app.checklists.xpath.steps import qualified_key

MAX_BYTES: Final = 30_000_000
MAX_DEPTH: Final = 64
_TOO_DEEP: Final = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NOTHING: Final[Mapping[Any, Iterable[Node]]] = MappingProxyType({})


def parse_xml(data: bytes, *, keep_spaces: bool = False) -> Any:
    """The root element (lxml). Errors: FORM_TOO_LARGE, FORM_DAMAGED."""
    refuse_size(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(**parser_options(keep_spaces=keep_spaces)))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unsound(error) from error
    refuse_harm(root)
    return root


def parser_options(*, keep_spaces: bool = False) -> dict[str, bool]:
    """How XML from strangers is parsed, by any of the parsers."""
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": False,
        "remove_blank_text": not keep_spaces,
        "remove_comments": not keep_spaces,
        "remove_pis": not keep_spaces,
    }


def refuse_size(data: bytes) -> None:
    """Refuse what is too long to be a form. Errors: FORM_TOO_LARGE."""
    if len(data) > MAX_BYTES:
        raise Fault(Code.FORM_TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)


def unsound(error: Exception) -> Fault:
    """What is said of XML that the parser cannot read."""
    line, column = getattr(error, "position", (0, 0)) or (0, 0)
    return Fault(Code.FORM_DAMAGED, where=f"{line}:{column}" if line else "", detail=type(error).__name__)


def refuse_harm(root: Any) -> None:
    """Refuse entities and bottomless depth. Errors: FORM_DAMAGED."""
    _refuse_entities(root)
    _refuse_depth(root)


def _refuse_entities(root: Any) -> None:
    """An internal subset exists to define entities; no form needs one."""
    info = root.getroottree().docinfo
    internal = info.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise Fault(Code.FORM_DAMAGED, where="DOCTYPE", detail="entity")


def _refuse_depth(root: Any) -> None:
    if _TOO_DEEP(root):
        raise Fault(Code.FORM_DAMAGED, where="", detail="depth")


def whole_document(root: Any) -> Node:
    """A document node over everything: texts, comments, instructions, attributes, namespaces."""
    document = Node(NodeKind.DOCUMENT)
    for before in reversed(list(root.itersiblings(preceding=True))):
        document.attach(_other(before))
    document.attach(_whole(root, None))
    for after in root.itersiblings():
        document.attach(_other(after))
    return document


def _whole(element: Any, parent_namespaces: Mapping[Any, str] | None) -> Node:
    node = named_node(element)
    namespaces: Mapping[Any, str] = element.nsmap
    if namespaces != parent_namespaces:
        _declare(node, namespaces, parent_namespaces or {})
    _take_attributes(node, element)
    _text_into(node, element.text)
    for child in element:
        node.attach(_whole(child, namespaces) if isinstance(child.tag, str) else _other(child))
        _text_into(node, child.tail)
    if not node.children:
        node.value = ""
    return node


def _text_into(node: Node, text: str | None) -> None:
    if text:
        last = node.children[-1] if node.children else None
        if last is not None and last.kind is NodeKind.TEXT:
            last.value = (last.value or "") + text
        else:
            node.attach(Node(NodeKind.TEXT, "", text))


def _other(item: Any) -> Node:
    if item.tag is etree.ProcessingInstruction:
        return Node(NodeKind.INSTRUCTION, item.target, item.text or "")
    return Node(NodeKind.COMMENT, "", item.text or "")


def _declare(node: Node, namespaces: Mapping[Any, str], known: Mapping[Any, str]) -> None:
    for prefix, uri in namespaces.items():
        if known.get(prefix) != uri:
            node.add_attribute(Node(NodeKind.NAMESPACE, prefix or "", uri))
    for prefix in known:
        if prefix not in namespaces:
            node.add_attribute(Node(NodeKind.NAMESPACE, prefix or "", ""))


def _take_attributes(node: Node, element: Any) -> None:
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
    for name, value in element.attrib.items():
        uri, local = split_name(name)
        attribute = Node(NodeKind.ATTRIBUTE, f"{{{uri}}}{local}" if uri else local, value)
        attribute.local, attribute.uri = local, uri
        attribute.prefix = "xml" if uri == _XML else prefixes.get(uri, "")
        node.add_attribute(attribute)


def named_node(element: Any, value: str | None = None) -> Node:
    """An element node with the element's name, without content."""
    key, local, uri = _names(element.tag)
    node = Node(NodeKind.ELEMENT, key, value)
    node.local, node.uri, node.prefix = local, uri, element.prefix or ""
    return node


@lru_cache(maxsize=4_096)
def _names(tag: str) -> tuple[str, str, str]:
    """Key, local name and namespace of a tag: one set of texts for all the elements that are called so."""
    uri, local = split_name(tag)
    return qualified_key(uri, local), local, uri


def split_name(name: str) -> tuple[str, str]:
    """Namespace and local name of a name in Clark notation."""
    if name.startswith("{"):
        uri, _, local = name[1:].partition("}")
        return uri, local
    return "", name


def list_document(element: Any, taken: Mapping[Any, Iterable[Node]] = _NOTHING) -> Node:
    """A secondary instance: leaves hold their text themselves, white space between elements is dropped.

    `taken` are the entries that were read before, by the element at whose beginning they stood.
    """
    node = named_node(element)
    for entry in taken.get(element, ()):
        node.attach(entry)
    children: Iterable[Any] = element.iterchildren(tag=etree.Element)
    for child in children:
        node.attach(list_document(child, taken))
    if not node.children:
        node.value = element.text or ""
    if element.attrib:
        _take_attributes(node, element)
    return node

"""Expressions judged one by one on small documents, for the suites that hold engines to the specification."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from math import isinf, isnan
from zoneinfo import ZoneInfo

from officer_app.base.clock import CHINA, Clock
from officer_app.base.words import ENGLISH, say
from officer_app.checklists.documents import parse_xml, whole_document
from officer_app.checklists.xpath.compiler import compile_text
from officer_app.checklists.xpath.context import Context, Surroundings
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node, NodeKind
from officer_app.checklists.xpath.values import Value, to_boolean, to_number, to_text

Outcome = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """One expression, where it stands and what its value is to be cast to."""

    expression: str
    kind: str
    node: str = "/"
    root: str = ""
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A document to judge expressions on, with the prefixes they may use."""

    document: Node
    namespaces: Mapping[str, str]


def setting_of(xml: str | None, namespaces: Mapping[str, str]) -> Setting:
    """The document of a text; an empty one for None. Errors: FORM_DAMAGED."""
    if xml is None:
        return Setting(Node(NodeKind.DOCUMENT), namespaces)
    root = parse_xml(xml.strip().encode(), keep_spaces=True)
    declared = {prefix: uri for element in root.iter() for prefix, uri in element.nsmap.items() if prefix}
    return Setting(whole_document(root), {**declared, **namespaces})


def judged(case: Case, setting: Setting, clock: Clock) -> Outcome:
    """{"value": …} in the case's kind, or {"error": sentence}."""
    try:
        return {"value": _cast(_evaluated(case, setting, clock), case.kind, _zone(case))}
    except XPathError as error:
        return {"error": say(error.message, ENGLISH)}
    except RecursionError:
        return {"error": "recursion"}


def _zone(case: Case) -> tzinfo:
    return ZoneInfo(case.zone) if case.zone else CHINA


def _evaluated(case: Case, setting: Setting, clock: Clock) -> Value:
    document = setting.document
    around = Surroundings(clock, random.Random(0), _zone(case), _instances(document))  # noqa: S311  no secret
    around.translate = lambda identifier: _translations(document, identifier, case.language)
    start = _node_at(case.node, document, setting, around)
    root = document if case.root in ("", "/") else _node_at(case.root, document, setting, around)
    run = compile_text(case.expression, setting.namespaces)
    return run(start, Context(root, start, around))


def _node_at(path: str, document: Node, setting: Setting, around: Surroundings) -> Node:
    found = compile_text(path, setting.namespaces)(document, Context(document, document, around))
    return found[0] if isinstance(found, list) and found else document


def _cast(value: Value, kind: str, zone: tzinfo) -> object:
    if kind == "number":
        return _number(to_number(value, zone))
    if kind == "boolean":
        return to_boolean(value)
    if kind == "nodeset":
        return [place_of(node) for node in value] if isinstance(value, list) else [to_text(value)]
    if kind == "string-length":
        return len(to_text(value))
    return to_text(value)


def _number(number: float) -> float | str:
    if isnan(number):
        return "NaN"
    if isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def place_of(node: Node) -> str:
    """The positional path of a node: /*[1]/*[2]/@id."""
    steps: list[str] = []
    while node.parent is not None:
        steps.append(_step_of(node, node.parent))
        node = node.parent
    return "/" + "/".join(reversed(steps))


def _step_of(node: Node, parent: Node) -> str:
    if node.kind is NodeKind.ATTRIBUTE:
        return f"@{node.qualified}"
    if node.kind is NodeKind.NAMESPACE:
        return f"namespace::{node.local}"
    family = [sibling for sibling in parent.child_nodes() if sibling.kind is node.kind]
    place = next((at for at, sibling in enumerate(family, start=1) if sibling is node), 1)
    names = {NodeKind.TEXT: "text()", NodeKind.COMMENT: "comment()", NodeKind.INSTRUCTION: "processing-instruction()"}
    return f"{names.get(node.kind, '*')}[{place}]"


def _all_named(node: Node, name: str) -> list[Node]:
    found: list[Node] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.kind is NodeKind.ELEMENT and each.local == name:
            found.append(each)
        waiting.extend(reversed(each.children))
    return found


def _attribute(node: Node, name: str) -> str | None:
    return next((each.value for each in node.attributes if each.local == name), None)


def _instances(document: Node) -> dict[str, Node]:
    found = {_attribute(each, "id") or "": each for each in _all_named(document, "instance")}
    found.pop("", None)
    return found


def _translations(document: Node, identifier: str, wanted: str) -> list[Node]:
    """The values of a text in a language; without one in the default: the one marked so, else the first."""
    languages = _all_named(document, "translation")
    named = [each for each in languages if wanted and _attribute(each, "lang") == wanted]
    marked = [each for each in languages if _attribute(each, "default") is not None]
    for language in (named or marked or languages)[:1]:
        for text in _all_named(language, "text"):
            if _attribute(text, "id") == identifier:
                return _all_named(text, "value")
    return []

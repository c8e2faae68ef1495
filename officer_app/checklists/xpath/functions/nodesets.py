"""Node-sets: count, place, name, other instances."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import eager, lazy, on_node
from officer_app.checklists.xpath.lookup import children_by
from officer_app.checklists.xpath.nodes import Node, NodeKind
from officer_app.checklists.xpath.shuffling import shuffled
from officer_app.checklists.xpath.syntax import Call
from officer_app.checklists.xpath.values import Value, to_number, to_text


def _nodes(value: Value) -> list[Node]:
    if isinstance(value, list):
        return value
    raise XPathError(message(N_("A list of answers is needed here, not a number or a text.")))


@lazy("last", 0)
def _last(_call: Call, _arguments: Sequence[Evaluator]) -> Evaluator:
    return lambda _node, context: float(context.size)


@lazy("position", 0, 1)
def _position(_call: Call, arguments: Sequence[Evaluator]) -> Evaluator:
    """Without an argument the place in the list; with a node, its place among its namesakes."""
    if not arguments:
        return lambda _node, context: float(context.position)
    (argument,) = arguments

    def run(node: Node, context: Context) -> Value:
        nodes = _nodes(argument(node, context))
        return float(place_among_namesakes(nodes[0])) if nodes else 0.0

    return run


def place_among_namesakes(node: Node) -> int:
    """1 for the first sibling of that name."""
    if node.number:
        return node.number
    family = node.parent.named.get(node.key, [node]) if node.parent is not None else [node]
    return next((place for place, member in enumerate(family, start=1) if member is node), 1)


@eager("count", 1)
def _count(_context: Context, value: Value) -> float:
    return float(len(_nodes(value)))


@eager("count-non-empty", 1)
def _count_non_empty(_context: Context, value: Value) -> float:
    return float(sum(1 for node in _nodes(value) if node.text() != ""))


@lazy("current", 0)
def _current(_call: Call, _arguments: Sequence[Evaluator]) -> Evaluator:
    return lambda _node, context: [context.current]


@eager("instance", 1)
def _instance(context: Context, value: Value) -> list[Node]:
    found = context.around.instances.get(to_text(value))
    return [] if found is None else [found]


@eager("pulldata", 4)
def _pulldata(context: Context, name: Value, column: Value, key: Value, wanted: Value) -> str:
    """A column of the first item of a list whose key column has the wanted text."""
    found = context.around.instances.get(to_text(name))
    if found is None:
        return ""
    for root in found.children:
        for item in children_by(root, "item", to_text(key)).get(to_text(wanted), ()):
            return to_text(item.named.get(to_text(column), []))
    return ""


@on_node("local-name", 0, 1)
def _local_name(_context: Context, node: Node, value: Value | None = None) -> str:
    found = _first(node, value)
    return "" if found is None else found.local


@on_node("name", 0, 1)
def _name(_context: Context, node: Node, value: Value | None = None) -> str:
    found = _first(node, value)
    return "" if found is None else found.qualified


@on_node("namespace-uri", 0, 1)
def _namespace_uri(_context: Context, node: Node, value: Value | None = None) -> str:
    found = _first(node, value)
    return "" if found is None else found.uri


def _first(node: Node, value: Value | None) -> Node | None:
    if value is None:
        return node
    nodes = _nodes(value)
    return nodes[0] if nodes else None


@on_node("lang", 1)
def _lang(_context: Context, node: Node, value: Value) -> bool:
    wanted = to_text(value).lower()
    above: Node | None = node
    while above is not None:
        for attribute in above.attributes:
            if attribute.qualified == "xml:lang":
                found = (attribute.value or "").lower()
                return found == wanted or found.startswith(wanted + "-")
        above = above.parent
    return False


@on_node("id", 1)
def _id(_context: Context, node: Node, value: Value) -> list[Node]:
    """Elements whose attribute `id` is one of the words."""
    texts = [found.text() for found in value] if isinstance(value, list) else [to_text(value)]
    words = {word for text in texts for word in text.split()}
    top = node
    while top.parent is not None:
        top = top.parent
    return [found for found in _elements(top) if _identity(found) in words]


def _identity(node: Node) -> str:
    return next((attribute.value or "" for attribute in node.attributes if attribute.qualified == "id"), "")


def _elements(top: Node) -> list[Node]:
    found: list[Node] = []
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.kind is NodeKind.ELEMENT:
            found.append(node)
        waiting.extend(reversed(node.children))
    return found


@eager("randomize", 1, 2)
def _randomize(context: Context, value: Value, seed: Value | None = None) -> list[Node]:
    nodes = _nodes(value)
    if seed is None:
        mixed = list(nodes)
        context.around.random.shuffle(mixed)
        return mixed
    return shuffled(nodes, to_number(seed, context.zone))


@eager("indexed-repeat", 3, inf, step=2)
def _indexed_repeat(context: Context, value: Value, *pairs: Value) -> list[Node]:
    """The answer in the instance that the indices name: indexed-repeat(/d/a/b/x, /d/a, 2, /d/a/b, 1).

    A blank index means the first instance, as in JavaRosa.
    """
    found = _nodes(value)
    for instances, index in zip(pairs[::2], pairs[1::2], strict=True):
        number = to_number(index, context.zone)
        place = int(number) if number >= 1 else 1
        inside = _numbered(found, _nodes(instances), place)
        found = [node for node in found if _among_ancestors(node, inside)]
    return found


def _numbered(found: list[Node], instances: list[Node], place: int) -> set[int]:
    """Those instances that hold a node still in play and are the so-manieth of their siblings."""
    held = {id(above) for node in found for above in _ancestors(node)}
    return {
        id(instance) for instance in instances if id(instance) in held and place_among_namesakes(instance) == place
    }


def _ancestors(node: Node) -> list[Node]:
    above: list[Node] = []
    parent = node.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    return above


def _among_ancestors(node: Node, wanted: set[int]) -> bool:
    return any(id(above) in wanted for above in _ancestors(node))


@on_node("jr:itext", 1)
def _itext(context: Context, _node: Node, value: Value) -> list[Node]:
    translate = context.around.translate
    return [] if translate is None else translate(to_text(value))


@on_node("jr:choice-name", 2)
def _choice_name(context: Context, _node: Node, value: Value, path: Value) -> str:
    """The label of a choice; the path of its question is given as a text, with spaces around it."""
    label = context.around.choice_label
    return "" if label is None else label(context.current, to_text(value), to_text(path).strip())

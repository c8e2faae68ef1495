"""What a filled form makes of things that outlive it: shops, wells, households, as rows of lists for later forms.

Source: ODK XForms, entities 2024.1. A form has `meta/entity` with the list's name, the entity's id and whether it is
made or changed; answers with `entities:saveto` become its properties. The attributes are reckoned as questions are,
so they are children of the node here, called @id, @create, @update …
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from officer_app.checklists.answers import Answer, below
from officer_app.checklists.definitions import Definition
from officer_app.checklists.external import list_of_rows
from officer_app.checklists.xpath.nodes import Node

ATTRIBUTE: Final = "@"
_YES: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What a form makes of one entity: `name` is its id, `properties` are those that were asked."""

    list_name: str
    name: str
    label: str
    properties: Mapping[str, str]
    creates: bool
    updates: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as it stands: what the forms before made of it."""

    name: str
    label: str
    version: int
    properties: Mapping[str, str]


def attribute_names(element: Any, definition: Definition) -> list[str]:
    """The attributes of an element that are reckoned: those of meta/entity."""
    is_entity = definition.name == "entity" and definition.parent is not None and definition.parent.name == "meta"
    return [f"{ATTRIBUTE}{name}" for name in element.attrib] if is_entity else []


def entity_changes(root: Answer) -> tuple[EntityChange, ...]:
    """What a filling makes of entities. One without an id, or that is neither made nor changed, is none."""
    found = (_change(node) for node in below(root) if _is_entity(node) and node.relevant)
    return tuple(each for each in found if each is not None)


def _is_entity(node: Answer) -> bool:
    return f"{ATTRIBUTE}dataset" in node.definition.children and node.definition.name == "entity"


def _change(node: Answer) -> EntityChange | None:
    scope = node.parent.parent if node.parent is not None else None
    told = {child.definition.name: child.stored.strip() for child in node.below() if child.relevant}
    creates = told.get("@create", "").lower() in _YES
    updates = told.get("@update", "").lower() in _YES
    if scope is None or not told.get("@id") or not (creates or updates):
        return None
    properties = {leaf.definition.bind.save_to: leaf.stored for leaf in _saved(scope)}
    return EntityChange(told["@dataset"], told["@id"], told.get("label", ""), properties, creates, updates)


def _saved(scope: Answer) -> Iterator[Answer]:
    """The answers of an entity: not those of a row that makes an entity of its own."""
    return (node for node in below(scope) if node.definition.bind.save_to and node.relevant and _scope(node) is scope)


def _scope(node: Answer) -> Answer:
    while isinstance(node.parent, Answer) and not _makes_entity(node.definition):
        node = node.parent
    return node


def _makes_entity(definition: Definition) -> bool:
    meta = definition.child_named("meta")
    return meta is not None and meta.child_named("entity") is not None


def standing(changes: Iterable[EntityChange]) -> tuple[Entity, ...]:
    """The entities of a list after some changes, oldest first; a change of what is not here makes it.

    What an update does not ask stays as it was, and so does a label that it leaves blank.
    """
    found: dict[str, Entity] = {}
    for change in changes:
        old = found.get(change.name, Entity(change.name, "", 0, {}))
        properties = {**old.properties, **change.properties}
        found[change.name] = Entity(change.name, change.label or old.label, old.version + 1, properties)
    return tuple(found.values())


def list_with(known: Node | None, entities: Iterable[Entity]) -> Node:
    """The list that a form reads: the rows it came with, and the entities made here, also instead of them.

    The version of a row that came with the form is what it had when it came (its trunk), and one more a change.
    """
    rows = {row.get("name", ""): row for row in _rows(known)}
    rows |= {each.name: _row(rows.get(each.name), each) for each in entities}
    return list_of_rows(rows.values())


def _row(came: Mapping[str, str] | None, entity: Entity) -> dict[str, str]:
    own = {"name": entity.name, "label": entity.label, "__version": str(entity.version), **entity.properties}
    if came is None:
        return own
    trunk = came.get("__version", "")
    version = entity.version + (int(trunk) if trunk.isdecimal() else 0)
    label = entity.label or came.get("label", "")
    return {**came, **own, "label": label, "__version": str(version), "__trunkVersion": trunk}


def _rows(known: Node | None) -> Iterator[dict[str, str]]:
    for root in known.children if known is not None else ():
        for item in root.children:
            yield {child.key: child.text() for child in item.children}

"""What a select offers, and how a choice is called."""

from __future__ import annotations

from collections.abc import Iterator

from officer_app.checklists.answers import Answer
from officer_app.checklists.controls import Control, ItemSet
from officer_app.checklists.definitions import Definition
from officer_app.checklists.wordings import NO_TEXTS, Phrase, Texts, Translations, said
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.lookup import children_by
from officer_app.checklists.xpath.nodes import NO_CHILDREN, Node


def items(itemset: ItemSet, node: Node, context: Context, *, everything: bool = False) -> list[Node]:
    """The items on offer for a question now, or all of the list."""
    context.current = node
    formula = itemset.everything if everything else itemset.nodes
    try:
        found = formula.run(node, context)
    except XPathError:
        return []
    return found if isinstance(found, list) else []


def text_of(item: Node, child: str) -> str:
    """The text of an item's child; a path with steps is followed."""
    direct = item.named.get(child)
    if direct:
        leaf = direct[0]
        return leaf.text() if leaf.value is None else leaf.value
    for name in child.split("/"):
        family = item.named.get(name, NO_CHILDREN)
        if not family:
            return ""
        item = family[0]
    return item.text()


def offered_names(control: Control, node: Answer, context: Context) -> frozenset[str]:
    """The names that can be chosen now."""
    static = {choice.name for choice in control.choices}
    if control.itemset is None:
        return frozenset(static)
    itemset = control.itemset
    return frozenset(static | {text_of(item, itemset.name) for item in items(itemset, node, context)})


def called(item: Node, itemset: ItemSet, texts: Texts, form: str = "") -> Phrase:
    """What an item is called; in the form "image" its picture. `texts` are those of one language."""
    if itemset.label_is_identifier:
        return texts.phrase(text_of(item, itemset.label), form)
    return "" if form else text_of(item, itemset.label)


class ChoiceLabels:
    """jr:choice-name(): the label of a choice of some question, by the question's path."""

    def __init__(self, top: Definition, translations: Translations) -> None:
        """Take the document above the form's root and its texts."""
        self._top = top
        self._translations = translations

    def label(self, node: Node, name: str, path: str, context: Context) -> str:
        """The label in the context's language, "" when there is no such choice."""
        control = self._control(node, path)
        if control is None or not name:
            return ""
        for choice in control.choices:
            if choice.name == name:
                return said(self._texts(context).of(choice.label), node, context)
        return self._from_list(control, node, name, context)

    def _texts(self, context: Context) -> Texts:
        return self._translations.get(context.around.language, NO_TEXTS)

    def _from_list(self, control: Control, node: Node, name: str, context: Context) -> str:
        itemset = control.itemset
        if itemset is None:
            return ""
        kept = context.current
        try:
            every = items(itemset, node, context, everything=True)
            item = next(_named(every, itemset, name), None)
            if item is None:
                return ""
            return said(called(item, itemset, self._texts(context)), node, context)
        finally:
            context.current = kept

    def _control(self, node: Node, path: str) -> Control | None:
        definition: Definition | None = self._top
        if not path.startswith("/"):
            definition = node.definition if isinstance(node, Answer) else None
        for step in path.strip("/").split("/"):
            if definition is None:
                return None
            if step == "..":
                definition = definition.parent
            elif step not in (".", ""):
                definition = definition.child_named(step.partition("[")[0].strip())
        return definition.control if definition is not None else None


def _named(every: list[Node], itemset: ItemSet, name: str) -> Iterator[Node]:
    """Items of a name; by the index where all stand under one parent of a list that never changes."""
    if every and every[0].parent is not None and type(every[0]) is Node and "/" not in itemset.name:
        parent = every[0].parent
        yield from children_by(parent, every[0].key, itemset.name).get(name, ())
        return
    yield from (item for item in every if text_of(item, itemset.name) == name)

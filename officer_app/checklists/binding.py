"""Which fact a question fills: `bind::fact` resolved to a path of the vocabulary, and answers gathered by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from officer_app.base.words import N_, Message, message
from officer_app.checklists.answers import Answer
from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.problems import Complaint, ProblemCode

FactNode: TypeAlias = "str | dict[str, FactNode] | list[FactNode]"
FactTree: TypeAlias = dict[str, FactNode]
_NOT_A_VALUE = frozenset({"", "NaN", "Infinity", "-Infinity"})


@dataclass(frozen=True, slots=True)
class BoundAnswer:
    """One answer that is a fact: the question's ref, the fact's path (list places from 0), the stored text."""

    ref: str
    path: str
    text: str


def bound_facts(root: Definition) -> tuple[tuple[str, ...], list[Complaint]]:
    """Give each bound definition its absolute generic path; all paths, and what is bound where it cannot be."""
    paths: dict[str, None] = {}
    complaints: list[Complaint] = []
    for definition in root.down():
        if definition.bind.fact:
            wrong = _misplaced(definition)
            if wrong is not None:
                complaints.append(Complaint(ProblemCode.FACT_PLACE, wrong, definition.path, "fact"))
            else:
                definition.fact_path = _absolute(definition)
                paths[definition.fact_path] = None
                for above in definition.up():
                    above.holds_facts = True
    return tuple(paths), complaints


def _list_around(definition: Definition) -> Definition | None:
    """The nearest bound repeat outside a definition."""
    above = definition.parent
    while above is not None and not (above.sort is Sort.REPEAT and above.bind.fact):
        above = above.parent
    return above


def _absolute(definition: Definition) -> str:
    fact, around = definition.bind.fact, _list_around(definition)
    if fact.startswith("/"):
        return fact[1:]
    if around is None:
        return fact
    base = around.fact_path or _absolute(around)
    if fact == "." or (fact == base and definition.sort is Sort.QUESTION):
        return base
    # Authors may choose the whole path from the list of facts.
    return fact if fact.startswith(f"{base}.") else f"{base}.{fact}"


def _misplaced(definition: Definition) -> Message | None:
    fact, name = definition.bind.fact, definition.name
    if definition.sort is Sort.GROUP:
        return message(N_("{question} is a group; only questions and repeats are facts."), question=name)
    if definition.sort is Sort.REPEAT and not fact.endswith("[]"):
        return message(N_("{question} repeats, but {fact} is no list."), question=name, fact=fact)
    if definition.sort is Sort.QUESTION and not fact.startswith("/"):
        return _misplaced_question(definition)
    return None


def _misplaced_question(definition: Definition) -> Message | None:
    inner = next((above for above in definition.up() if above.sort is Sort.REPEAT), None)
    if inner is not None and not inner.bind.fact:
        return message(
            N_("{question} stands in the repeat {repeat}, which is bound to no list."),
            question=definition.name,
            repeat=inner.name,
        )
    if definition.bind.fact == "." and inner is None:
        return message(N_("{question} stands in no repeat, so it is no entry of a list."), question=definition.name)
    return None


def fact_tree(root: Answer) -> FactTree:
    """The facts of all relevant answers that are not blank."""
    return _Gatherer(noting=False).gathered(root)


class _Gatherer:
    """Walks the answers in document order; a bound repeat opens an entry of its list around its children."""

    def __init__(self, *, noting: bool) -> None:
        """`noting` keeps which question gave each fact."""
        self._noting = noting
        self.bound: list[BoundAnswer] = []

    def gathered(self, root: Answer) -> FactTree:
        tree: FactTree = {}
        self._walk(root, tree, "", tree, "")
        return tree

    def _walk(self, node: Answer, entry: FactTree, base: str, top: FactTree, place: str) -> None:
        for child in node.below():
            definition = child.definition
            if not definition.holds_facts or not child.relevant:
                continue
            if definition.sort is Sort.QUESTION:
                if child.stored not in _NOT_A_VALUE:
                    self._take(child, entry, base, top, place)
            elif definition.sort is Sort.REPEAT and definition.fact_path:
                self._open(child, entry, base, top, place)
            else:
                self._walk(child, entry, base, top, place)

    def _open(self, instance: Answer, entry: FactTree, base: str, top: FactTree, place: str) -> None:
        """One instance of a bound repeat: an entry when anything in it is answered."""
        path = instance.definition.fact_path
        own = not instance.definition.bind.fact.startswith("/")
        holder, prefix, at = (entry, base, place) if own else (top, "", "")
        relative = path[len(prefix) + 1 :] if prefix else path
        here = f"{_joined(at, relative[:-2])}[{_length(holder, relative[:-2])}]"
        inner: FactTree = {}
        self._walk(instance, inner, path, top, here)
        value = inner.pop(_ITEM, inner)
        if value:
            _list_at(holder, relative[:-2]).append(value)

    def _take(self, answer: Answer, entry: FactTree, base: str, top: FactTree, place: str) -> None:
        path, text = answer.definition.fact_path, answer.stored
        if path == base:
            entry[_ITEM] = text
            self._note(answer, place)
            return
        absolute = answer.definition.bind.fact.startswith("/") or not base
        holder, relative, at = (top, path, "") if absolute else (entry, path[len(base) + 1 :], place)
        if relative.endswith("[]"):
            if text == "no":
                _list_at(holder, relative[:-2])
            return
        if _put(holder, relative, text):
            self._note(answer, _joined(at, relative))

    def _note(self, answer: Answer, path: str) -> None:
        if self._noting:
            self.bound.append(BoundAnswer(answer.ref(), path, answer.stored))


_ITEM = "."


def _joined(place: str, relative: str) -> str:
    return f"{place}.{relative}" if place else relative


def _holder(tree: FactTree, path: str) -> tuple[FactTree, str]:
    *names, last = path.split(".")
    for name in names:
        below = tree.setdefault(name, {})
        tree = below if isinstance(below, dict) else {}
    return tree, last


def _list_at(tree: FactTree, path: str) -> list[FactNode]:
    holder, last = _holder(tree, path)
    found = holder.setdefault(last, [])
    return found if isinstance(found, list) else []


def _length(tree: FactTree, path: str) -> int:
    """How many entries a list has so far."""
    node: FactNode = tree
    for name in path.split("."):
        if not isinstance(node, dict) or name not in node:
            return 0
        node = node[name]
    return len(node) if isinstance(node, list) else 0


def _put(tree: FactTree, path: str, text: str) -> bool:
    """Set a fact unless an earlier question did."""
    holder, last = _holder(tree, path)
    if last in holder:
        return False
    holder[last] = text
    return True


def bound_answers(root: Answer) -> tuple[BoundAnswer, ...]:
    """Each answer that is a fact, in document order."""
    gatherer = _Gatherer(noting=True)
    gatherer.gathered(root)
    return tuple(gatherer.bound)

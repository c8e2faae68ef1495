"""One change and all that follows from it, each rule at most once, in the order of the graph."""

from __future__ import annotations

import heapq
import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from math import isfinite
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.checklists.answers import Answer, below, grown, instances
from officer_app.checklists.choosing import offered_names
from officer_app.checklists.definitions import MAX_INSTANCES, Action, Definition, Formula, Seed
from officer_app.checklists.graph import Reader, Rule, Vertex
from officer_app.checklists.journal import SOFT, Entry, Journal, Placing, Slot, Write, put
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.values import Value, number_text, to_boolean, to_number, to_text

_log: Final = logging.getLogger(__name__)
# Actions may set each other off; real forms need two rounds.
_MAX_ACTIONS: Final = 10_000
_WHOLE: Final = frozenset({"int", "integer"})


class Recalculation:
    """Writes go through here; `settle` then brings everything that depends on them up to date."""

    def __init__(self, context: Context, journal: Journal) -> None:
        """Work on the answers below the context's root."""
        self._context = context
        self.journal = journal
        self._ranks: list[int] = []
        self._waiting: dict[int, tuple[Vertex, dict[Answer, None]]] = {}
        self._actions: deque[tuple[Action, Answer]] = deque()
        self._filters: dict[Answer, None] = {}
        self._actions_done = 0

    # --- writes --------------------------------------------------------------------------------------

    def store(self, node: Answer, text: str) -> None:
        """Set a value; nothing happens when it has it already."""
        if node.aside:
            self.journal.write(node, Slot.ASIDE, "")
        self._store(node, text)

    def _store(self, node: Answer, text: str) -> None:
        if node.stored == text:
            return
        self.journal.write_text(node, text)
        definition = node.definition
        if definition.listeners:
            self._actions.extend((action, node) for action in definition.listeners)
        if text and definition.control is not None:
            self._recheck_choice(node)
        if node.relevant and definition.readers:
            self._changed(node, definition.readers)

    def add(self, parent: Answer, definition: Definition, place: int | None = None) -> Answer:
        """A new instance of a repeat, at the end unless a place (from 0) is given.

        Errors: FORM_TOO_MANY_INSTANCES.
        """
        family = parent.named.get(definition.key, [])
        if len(family) >= MAX_INSTANCES:
            raise Fault(Code.FORM_TOO_MANY_INSTANCES, where=definition.path, ref=definition.name, limit=MAX_INSTANCES)
        node = grown(definition.template or Seed(definition))
        self.journal.place(parent, node, len(family) if place is None else place, inserted=True)
        _inherit(node, parent)
        for action in definition.new_instance:
            for target in _targets(action, node):
                self._act(action, target)
        self.expect(below(node))
        self._structure_changed(parent, definition)
        return node

    def remove(self, node: Answer) -> None:
        """Take a repeat instance out."""
        parent, definition = node.parent, node.definition
        if parent is None:
            return
        self.journal.place(parent, node, node.number - 1, inserted=False)
        self._structure_changed(parent, definition)

    def _structure_changed(self, parent: Answer, definition: Definition) -> None:
        """Who counts the instances, who asks for a place, who reads any answer inside from outside."""
        self._changed(parent, definition.structure_readers)
        for inner in definition.down():
            for reader in inner.readers:
                above = inner.depth - parent.definition.depth
                if reader.up >= above:
                    self._expect_reader(parent, Reader(reader.vertex, reader.up - above, reader.down))

    def expect(self, nodes: Iterable[Answer]) -> None:
        """Evaluate every rule of these nodes."""
        for node in nodes:
            for vertex in node.definition.vertices:
                self._expect(vertex, node)

    # --- what follows --------------------------------------------------------------------------------

    def _changed(self, node: Answer, readers: list[Reader]) -> None:
        for reader in readers:
            self._expect_reader(node, reader)

    def _expect_reader(self, node: Answer, reader: Reader) -> None:
        start: Node | None = node
        for _ in range(reader.up):
            start = start.parent if start is not None else None
        if start is not None:
            self._expect_all(reader.vertex, instances(start, reader.down))

    def _expect(self, vertex: Vertex, target: Answer) -> None:
        self._expect_all(vertex, (target,))

    def _expect_all(self, vertex: Vertex, targets: Sequence[Answer]) -> None:
        if not targets:
            return
        if vertex.rule is Rule.LABEL:
            self.journal.relabelled.update(dict.fromkeys(targets))
        elif vertex.rule is Rule.CHOICES:
            self.journal.rechosen.update(dict.fromkeys(targets))
            self._filters.update({target: None for target in targets if target.stored or target.aside})
        else:
            waiting = self._waiting.get(vertex.rank)
            if waiting is None:
                self._waiting[vertex.rank] = (vertex, dict.fromkeys(targets))
                heapq.heappush(self._ranks, vertex.rank)
            else:
                waiting[1].update(dict.fromkeys(targets))

    def settle(self) -> None:
        """Run until nothing waits: rules in order, then actions, then choices that are offered no longer."""
        while self._ranks or self._actions or self._filters:
            while self._ranks:
                vertex, targets = self._waiting.pop(heapq.heappop(self._ranks))
                if vertex.rule is Rule.CALCULATE and vertex.formula is not None:
                    self._calculate(vertex.formula, targets, vertex.target.bind.type)
                else:
                    for target in targets:
                        self._evaluate(vertex, target)
            if self._actions and self._actions_done < _MAX_ACTIONS:
                self._actions_done += 1
                self._run_action()
            elif self._filters:
                target = next(iter(self._filters))
                del self._filters[target]
                self._drop_what_is_not_offered(target)
            else:
                self._actions.clear()

    def _run_action(self) -> None:
        action, source = self._actions.popleft()
        for target in _targets(action, source):
            self._act(action, target)

    def act(self, action: Action, root: Answer) -> None:
        """Run an action on every instance of its target."""
        for target in _targets(action, root):
            self._act(action, target)

    def _act(self, action: Action, target: Answer) -> None:
        if action.formula is None:
            self.store(target, action.text)
            return
        value = self._value(action.formula, target)
        if value is not None:
            self.store(target, self._as_text(value, target.definition.bind.type))

    # --- rules ---------------------------------------------------------------------------------------

    def _calculate(self, formula: Formula, targets: Collection[Answer], kind: str) -> None:
        """One calculation in some instances. It never reads what it writes, so what they share is reckoned once."""
        self._context.kept = {} if len(targets) > 1 else None
        try:
            for target in targets:
                value = self._value(formula, target)
                text = "" if value is None else self._as_text(value, kind)
                if target.aside:
                    self.store(target, text)
                elif text != target.stored:
                    self._store(target, text)
        finally:
            self._context.kept = None

    def _evaluate(self, vertex: Vertex, target: Answer) -> None:
        value = None if vertex.formula is None else self._value(vertex.formula, _seated(vertex, target))
        match vertex.rule:
            case Rule.RELEVANT:
                # A rule that fails hides nothing: an officer must not lose a question to a slip of the author.
                self._set_relevant(target, value is None or to_boolean(value))
            case Rule.COUNT:
                self._set_count(target, vertex.target, value)
            case Rule.READONLY:
                self._set_flag(target, Slot.READONLY, value is not None and to_boolean(value))
            case Rule.REQUIRED:
                self._set_flag(target, Slot.REQUIRED, value is not None and to_boolean(value))
            case _:
                wrong = target.value != "" and value is not None and not to_boolean(value)
                self._set_flag(target, Slot.INVALID, wrong)

    def _value(self, formula: Formula, target: Answer) -> Value | None:
        """The value of an expression, None when it cannot be reckoned."""
        context = self._context
        context.current = target
        try:
            return formula.run(target, context)
        except XPathError:
            # Typical cause: a date that is not finished. The path is the author's word, the answer is not told.
            _log.info("cannot evaluate for %s", target.definition.path)
            return None
        except RecursionError:
            _log.info("too deep for %s", target.definition.path)
            return None

    def _as_text(self, value: Value, kind: str) -> str:
        """A result as it is stored: NaN is blank, whole-number questions take the whole part."""
        if value.__class__ is float:
            return _number_as_text(value, kind)
        text = to_text(value)
        if kind in _WHOLE and "." in text:
            number = to_number(text, self._context.zone)
            return _number_as_text(number, kind) if isfinite(number) else text
        return text

    def _set_flag(self, target: Answer, slot: Slot, new: bool) -> None:
        if getattr(target, slot) == new:
            return
        if slot is Slot.READONLY:
            self.journal.touch_lock(target)
        self.journal.write(target, slot, new)

    def _set_relevant(self, target: Answer, own: bool) -> None:
        if target.own_relevant == own:
            return
        self.journal.write(target, Slot.OWN, own)
        for node in respread(target, self.journal.touch):
            if node.definition.is_leaf and node.stored:
                self._changed(node, node.definition.readers)
            if node.relevant and (node.stored or node.aside):
                self._recheck_choice(node)

    def _recheck_choice(self, node: Answer) -> None:
        """What was chosen may have gone from the list while the question was away."""
        for vertex in node.definition.vertices:
            if vertex.rule is Rule.CHOICES:
                self._filters[node] = None

    def _set_count(self, parent: Answer, definition: Definition, value: Value | None) -> None:
        """Grow or shrink at the end; a blank count leaves the instances alone, a negative one is 0."""
        number = float("nan") if value is None else to_number(value, self._context.zone)
        if number != number or number == float("inf"):  # noqa: PLR0124  NaN
            return
        wanted = max(0, min(int(number), MAX_INSTANCES))
        while len(parent.family(definition.key)) < wanted:
            self.add(parent, definition)
        while len(parent.family(definition.key)) > wanted:
            self.remove(parent.family(definition.key)[-1])

    def _drop_what_is_not_offered(self, node: Answer) -> None:
        """Take away selected names that the list no longer has, and bring them back when it has them again.

        They are told, so that the officer can undo: this is how a village gets lost.
        """
        control = node.definition.control
        if control is None or not (node.stored or node.aside) or not node.relevant:
            return
        offered = offered_names(control, node, self._context)
        chosen = (node.aside or node.stored).split()
        kept = " ".join(name for name in chosen if name in offered)
        gone = " ".join(name for name in node.stored.split() if name not in offered)
        if gone:
            self.journal.dropped.append((node, gone))
        aside = "" if kept == " ".join(chosen) else " ".join(chosen)
        if aside != node.aside:
            self.journal.write(node, Slot.ASIDE, aside)
        if kept != " ".join(node.stored.split()):
            self._store(node, kept)

    # --- taking back ---------------------------------------------------------------------------------

    def replay(self, entries: list[Entry], *, backwards: bool) -> None:
        """Set every property as an earlier change left it (or, backwards, found it); nothing is reckoned anew."""
        for entry in reversed(entries) if backwards else entries:
            if isinstance(entry, Placing):
                self._place_again(entry, inserted=entry.inserted is not backwards)
            else:
                self._put_again(entry, entry.old if backwards else entry.new)

    def _place_again(self, entry: Placing, *, inserted: bool) -> None:
        self.journal.place(entry.parent, entry.node, entry.place, inserted=inserted)
        definition = entry.node.definition
        for inner in (definition, *definition.down()):
            for reader in (*inner.structure_readers, *inner.readers):
                if reader.vertex.rule in SOFT:
                    for target in instances(_top(entry.parent), _path_keys(reader.vertex.target)):
                        self._expect(reader.vertex, target)

    def _put_again(self, entry: Write, text: str | bool) -> None:
        node = entry.node
        self.journal.touch(node)
        if entry.slot is Slot.READONLY:
            self.journal.touch_lock(node)
        put(node, entry.slot, text)
        flipped = respread(node, self.journal.touch) if entry.slot is Slot.OWN else []
        for each in flipped if entry.slot is Slot.OWN else [node] if entry.slot is Slot.STORED else []:
            self._changed(each, [reader for reader in each.definition.readers if reader.vertex.rule in SOFT])
        self._filters.clear()


def _top(node: Answer) -> Answer:
    while isinstance(node.parent, Answer):
        node = node.parent
    return node


def _path_keys(definition: Definition) -> tuple[str, ...]:
    """The way from the root down to a definition."""
    keys = [above.key for above in definition.up() if above.depth > 1]
    return tuple(reversed(keys))


def _number_as_text(value: float, kind: str) -> str:
    if value != value:  # noqa: PLR0124  NaN
        return ""
    return number_text(float(int(value)) if kind in _WHOLE and isfinite(value) else value)


def _targets(action: Action, source: Answer) -> list[Answer]:
    """The instances of the target that share the source's innermost common repeat."""
    common = source
    above = set(map(id, action.target.up()))
    while id(common.definition) not in above and isinstance(common.parent, Answer):
        common = common.parent
    keys: list[str] = []
    node: Definition | None = action.target
    while node is not None and node is not common.definition:
        keys.append(node.key)
        node = node.parent
    return instances(common, tuple(reversed(keys)))


def _inherit(node: Answer, parent: Answer) -> None:
    """A new instance is as relevant and as read-only as what it is put into."""
    if not parent.relevant:
        for each in below(node):
            each.relevant = False
            if each.definition.is_leaf:
                each.value = ""


def _seated(vertex: Vertex, target: Answer) -> Answer:
    """A count is evaluated where an instance stands, and there may be none: a stand-in takes its place."""
    if vertex.rule is not Rule.COUNT:
        return target
    stand_in = Answer(vertex.target)
    stand_in.parent = target
    return stand_in


def respread(start: Answer, touch: Callable[[Answer], None]) -> list[Answer]:
    """Bring `relevant` below a node in line with its own flags; gives the nodes that flipped.

    `touch` sees each of them before it does.
    """
    flipped: list[Answer] = []
    waiting = [start]
    while waiting:
        node = waiting.pop()
        parent = node.parent
        new = node.own_relevant and (not isinstance(parent, Answer) or parent.relevant)
        if new == node.relevant:
            continue
        touch(node)
        node.relevant = new
        flipped.append(node)
        if node.definition.is_leaf:
            node.value = node.stored if new else ""
        waiting.extend(node.below())
    return flipped

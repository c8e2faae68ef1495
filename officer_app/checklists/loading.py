"""From an XForm's XML to definitions, rules and body; what is wrong with it is collected, not raised."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, message
from officer_app.checklists.controls import Control, GroupPart, Part, RepeatPart
from officer_app.checklists.definitions import Action, Bind, Definition, Formula, Seed, Sort
from officer_app.checklists.documents import named_node
from officer_app.checklists.entities import attribute_names
from officer_app.checklists.external import Media, external_list, no_media
from officer_app.checklists.gleaning import Gleaned, gleaned
from officer_app.checklists.graph import Rule, Vertex, linked, vertex_of
from officer_app.checklists.loading_body import BodyReader
from officer_app.checklists.loading_texts import message_of, translations_of
from officer_app.checklists.problems import Complaint, ProblemCode, expression_problem
from officer_app.checklists.wordings import Translations, Wording, formulas_in
from officer_app.checklists.xpath.compiler import compile_tree
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.parser import parse
from officer_app.checklists.xpath.patterns import compiled_pattern
from officer_app.checklists.xpath.syntax import Call, Expression, Path, Text, parts, relocated

_X: Final = "{http://www.w3.org/2002/xforms}"
_H: Final = "{http://www.w3.org/1999/xhtml}"
_JR: Final = "{http://openrosa.org/javarosa}"
_ORX: Final = "{http://openrosa.org/xforms}"
_ENTITIES: Final = "{http://www.opendatakit.org/xforms/entities}"


@dataclass(slots=True)
class Loaded:
    """Everything read from a form."""

    top: Definition
    root: Definition
    seed: Seed
    title: str
    attributes: Mapping[str, str]
    namespaces: Mapping[str | None, str]
    lists: dict[str, Node]
    translations: Translations
    default_language: str
    body: list[Part] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


def load(xml: bytes, media: Media = no_media) -> Loaded:
    """Read a form. Errors: FORM_DAMAGED, FORM_TOO_LARGE; everything milder is a complaint in the result."""
    with _collector_paused():
        return _Loader(gleaned(xml), media).load()


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """A hundred thousand lasting objects are made and no rubbish; the collector's rounds cost a third of the time.

    One round at the end makes them old: else the first answers would each wait for one.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()


class _Loader:
    def __init__(self, source: Gleaned, media: Media) -> None:
        root = source.root
        self._source = source
        self._media = media
        model = root.find(f".//{_X}model")
        if model is None:
            raise Fault(Code.FORM_DAMAGED, detail="model")
        self._model = model
        self._prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        self._complaints: list[Complaint] = []
        self._formulas: dict[str, Formula | None] = {}
        self._paths: dict[str, Definition] = {}
        self._top = Definition("", "", None)

    def load(self) -> Loaded:
        primary, lists = self._instances()
        root = self._definition(primary, self._top)
        self._binds(root)
        body = self._source.root.find(f"{_H}body")
        reader = BodyReader(self._find, self._make, self._prefixes)
        shown = [] if body is None else reader.parts(body, root)
        self._model_actions(reader, root)
        _settle_sorts(root)
        itext = self._model.find(f"{_X}itext")
        translations, language = translations_of(itext, self._source.texts, self._make_in_text)
        loaded = Loaded(
            top=self._top,
            root=root,
            seed=self._seed(primary, root),
            title=self._source.root.findtext(f".//{_H}title") or "",
            attributes=dict(primary.attrib),
            namespaces=dict(primary.nsmap),
            lists=lists,
            translations=translations,
            default_language=language,
            body=shown,
            actions=reader.actions,
        )
        self._templates(primary, root)
        _list_choices(reader.controls, lists)
        for part in reader.repeats:
            part.inside = self._inside(part, loaded)
        self._complaints.extend(_linked(loaded))
        loaded.complaints = self._complaints
        return loaded

    # --- instances -----------------------------------------------------------------------------------

    def _instances(self) -> tuple[Any, dict[str, Node]]:
        primary: Any | None = None
        lists: dict[str, Node] = {}
        for instance in self._model.iterchildren(f"{_X}instance"):
            content = next(instance.iterchildren(), None)
            if primary is None and content is not None and instance.get("id") is None:
                primary = content
                continue
            name, src = instance.get("id") or "", instance.get("src")
            outside = src is not None and content is None
            lists[name] = external_list(name, src, self._media) if outside else self._source.list_of(instance)
        if primary is None:
            raise Fault(Code.FORM_DAMAGED, detail="instance")
        return primary, lists

    def _definition(self, element: Any, parent: Definition) -> Definition:
        """The definition of an element; namesakes (instances of a repeat) share one."""
        key = named_node(element).key
        found = parent.children.get(key)
        if found is None:
            found = Definition(key, element.tag, parent)
            parent.children[key] = found
            self._paths.setdefault(found.path, found)
        if element.get(f"{_JR}template") is not None:
            found.sort = Sort.REPEAT
        for name in attribute_names(element, found):
            attribute = found.children.setdefault(name, Definition(name, name, found))
            self._paths.setdefault(attribute.path, attribute)
        for child in element.iterchildren():
            self._definition(child, found)
        return found

    def _seed(self, element: Any, definition: Definition) -> Seed:
        children = (
            *_attribute_seeds(element, definition),
            *(
                self._seed(child, definition.children[named_node(child).key])
                for child in element.iterchildren()
                if child.get(f"{_JR}template") is None
            ),
        )
        text = "" if definition.children else element.text or ""
        definition.default = definition.default or text
        return Seed(definition, text, children)

    def _templates(self, element: Any, definition: Definition) -> None:
        """What a new instance of each repeat starts as: its jr:template, else its first instance."""
        for child in element.iterchildren():
            below = definition.children[named_node(child).key]
            if below.sort is Sort.REPEAT and below.template is None:
                below.template = self._template_seed(child, below)
            self._templates(child, below)

    def _template_seed(self, element: Any, definition: Definition) -> Seed:
        """A template's own inner templates are no instances: a repeat inside a new instance starts empty."""
        children = (
            *_attribute_seeds(element, definition),
            *(
                self._template_seed(child, definition.children[named_node(child).key])
                for child in element.iterchildren()
                if child.get(f"{_JR}template") is None
            ),
        )
        text = "" if definition.children else element.text or ""
        definition.default = definition.default or text
        return Seed(definition, text, children)

    # --- rules ---------------------------------------------------------------------------------------

    def _find(self, ref: str, around: Definition) -> Definition | None:
        """The definition of a ref such as /data/asset/qty; None for an empty ref or a foreign one."""
        plain = re.sub(r"\[[^\]]*\]", "", ref).replace(" ", "")
        if not plain:
            return None
        if not plain.startswith("/"):
            return _relative(plain, around)
        local = "/" + "/".join(step.rpartition(":")[2] for step in plain[1:].split("/"))
        return self._paths.get(local)

    def _binds(self, root: Definition) -> None:
        for element in self._model.iterchildren(f"{_X}bind"):
            definition = self._find(element.get("nodeset") or "", root)
            if definition is not None:
                definition.bind = self._bind(element, definition)

    def _bind(self, element: Any, definition: Definition) -> Bind:
        def rule(attribute: str) -> Formula | None:
            source = element.get(attribute)
            return self._make(source, definition, attribute) if source and source.strip() else None

        readonly = (element.get("readonly") or "").strip()
        return Bind(
            type=(element.get("type") or "string").rpartition(":")[2],
            relevant=_unless(rule("relevant"), "true()"),
            calculate=rule("calculate"),
            readonly=_unless(rule("readonly"), "false()"),
            required=_unless(rule("required"), "false()"),
            constraint=rule("constraint"),
            constraint_message=message_of(element.get(f"{_JR}constraintMsg")),
            required_message=message_of(element.get(f"{_JR}requiredMsg")),
            preload=element.get(f"{_JR}preload") or "",
            preload_parameters=element.get(f"{_JR}preloadParams") or "",
            fact=(element.get("fact") or "").strip(),
            place=(element.get("place") or "").strip(),
            again=rule("again"),
            save_to=element.get(f"{_ENTITIES}saveto") or "",
            always_readonly=readonly == "true()",
            parameters={name[len(_ORX) :]: text for name, text in element.attrib.items() if name.startswith(_ORX)},
        )

    def _model_actions(self, reader: BodyReader, root: Definition) -> None:
        for element in self._model.iterchildren(f"{_X}setvalue"):
            reader.parts([element], root)

    # --- expressions ---------------------------------------------------------------------------------

    def _make(self, source: str, definition: Definition, attribute: str) -> Formula | None:
        """Compile once per text; a complaint names the first place that used it."""
        if source not in self._formulas:
            self._formulas[source] = self._compiled(source, definition, attribute)
        formula = self._formulas[source]
        if formula is not None:
            self._check_paths(formula, definition, attribute)
        return formula

    def _compiled(self, source: str, definition: Definition, attribute: str) -> Formula | None:
        try:
            tree = parse(source)
            _check_patterns(tree)
            return Formula(source, tree, compile_tree(tree, self._prefixes))
        except XPathError as error:
            function = "function" in error.message.text
            self._complaints.append(expression_problem(definition.path, attribute, error.message, function=function))
            return None

    def _make_in_text(self, source: str, identifier: str) -> Formula | None:
        """A formula inside a translated text; the id begins with the path of its node."""
        definition = self._paths.get(identifier.partition(":")[0], self._top)
        return self._make(source, definition, identifier.partition(":")[2])

    def _inside(self, part: RepeatPart, loaded: Loaded) -> dict[str, Formula]:
        """The formulas of a repeat's label as each instance reads them."""
        names = tuple(reversed([above.name for above in part.definition.up() if above.depth > 0]))
        found: dict[str, Formula] = {}
        for formula in _spoken(part.label, loaded):
            with contextlib.suppress(RecursionError):  # a monster stays as it was written
                tree = relocated(formula.tree, names)
                found[formula.source] = Formula(formula.source, tree, compile_tree(tree, self._prefixes))
        return found

    def _check_paths(self, formula: Formula, definition: Definition, attribute: str) -> None:
        """An absolute path that leads nowhere is a name misspelt: it would be blank for ever."""
        for part in parts(formula.tree):
            missing = _dead_path(part, self._top)
            if missing:
                sentence = message(
                    N_("{question}: there is no question {missing}."), question=definition.name, missing=missing
                )
                complaint = Complaint(ProblemCode.MISSING_QUESTION, sentence, definition.path, attribute)
                if complaint not in self._complaints:
                    self._complaints.append(complaint)


def _attribute_seeds(element: Any, definition: Definition) -> Iterator[Seed]:
    for name in attribute_names(element, definition):
        attribute, text = definition.children[name], element.get(name[1:]) or ""
        attribute.default = attribute.default or text
        yield Seed(attribute, text)


def _check_patterns(tree: Expression) -> None:
    """A pattern written into the form is compiled now, so that its author hears of it. Errors: XPathError."""
    for part in parts(tree):
        if isinstance(part, Call) and part.name == "regex" and len(part.arguments) == 2:
            pattern = part.arguments[1]
            if isinstance(pattern, Text):
                compiled_pattern(pattern.value)


def _relative(path: str, around: Definition) -> Definition | None:
    node: Definition | None = around
    for step in path.split("/"):
        if node is None:
            return None
        if step == "..":
            node = node.parent
        elif step != ".":
            node = node.child_named(step.rpartition(":")[2])
    return node


def _unless(formula: Formula | None, idle: str) -> Formula | None:
    """A rule that always says what holds without it is none."""
    return None if formula is None or formula.source.replace(" ", "") == idle else formula


def _dead_path(part: Expression, top: Definition) -> str:
    if not isinstance(part, Path) or not part.absolute:
        return ""
    node = top
    for step in part.steps:
        if step.axis != "child" or step.test.kind != "name" or "*" in step.test.name:
            return ""
        name = step.test.name.rpartition(":")[2]
        found = node.child_named(name)
        if found is None:
            return f"{node.path}/{name}"
        node = found
    return ""


def _settle_sorts(root: Definition) -> None:
    for definition in root.down():
        if definition.children and definition.sort is Sort.QUESTION:
            definition.sort = Sort.GROUP


def _list_choices(controls: list[Control], lists: Mapping[str, Node]) -> None:
    """Give each select the items of instance('list')/root/item, to be checked against facts."""
    for control in controls:
        tree = control.itemset.everything.tree if control.itemset is not None else None
        if isinstance(tree, Path) and isinstance(tree.start, Call) and tree.start.name == "instance":
            (name,) = tree.start.arguments
            nodes = [lists[name.value]] if isinstance(name, Text) and name.value in lists else []
            for step in tree.steps:
                nodes = [child for node in nodes for child in node.named.get(step.test.name, ())]
            control.listed = tuple(nodes)


# --- rules to vertices -------------------------------------------------------------------------------


def _linked(loaded: Loaded) -> list[Complaint]:
    return linked(list(_vertices(loaded)))


def _vertices(loaded: Loaded) -> Iterable[Vertex]:
    top = loaded.top
    for definition in loaded.root.down():
        bind = definition.bind
        rules = (
            (Rule.COUNT, definition.count),
            (Rule.RELEVANT, bind.relevant),
            (Rule.CALCULATE, bind.calculate),
            (Rule.READONLY, bind.readonly),
            (Rule.REQUIRED, bind.required),
            (Rule.CONSTRAINT, bind.constraint),
        )
        for rule, formula in rules:
            if formula is not None and (definition.is_leaf or rule not in (Rule.CALCULATE, Rule.CONSTRAINT)):
                yield vertex_of(rule, definition, [formula], top)
        yield from _shown(definition, loaded)
    for part in _headings(loaded.body):
        formulas = [*part.inside.values()] if isinstance(part, RepeatPart) else _spoken(part.label, loaded)
        if formulas:
            yield vertex_of(Rule.LABEL, part.definition, formulas, top)


def _headings(parts: Iterable[Part]) -> Iterable[GroupPart | RepeatPart]:
    for part in parts:
        if not isinstance(part, Control):
            yield part
            yield from _headings(part.parts)


def _shown(definition: Definition, loaded: Loaded) -> Iterable[Vertex]:
    """What only the person sees: texts with answers in them, filtered choices."""
    control = definition.control
    wordings: list[Wording | None] = [definition.bind.constraint_message, definition.bind.required_message]
    if control is not None:
        wordings += [control.label, control.hint, *(choice.label for choice in control.choices)]
        if control.itemset is not None and control.itemset.filtered:
            yield vertex_of(Rule.CHOICES, definition, [control.itemset.nodes], loaded.top)
    formulas = [formula for wording in wordings if wording is not None for formula in _spoken(wording, loaded)]
    if formulas:
        yield vertex_of(Rule.LABEL, definition, formulas, loaded.top)


def _spoken(wording: Wording, loaded: Loaded) -> list[Formula]:
    found = list(formulas_in(wording.phrase))
    if wording.identifier:
        for texts in loaded.translations.values():
            for phrase in texts.every(wording.identifier):
                found.extend(formulas_in(phrase))
    return found

"""Reads a form's body: what is asked, in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from officer_app.checklists.controls import (
    Control,
    GroupPart,
    ItemSet,
    Part,
    QuestionType,
    RepeatPart,
    StaticChoice,
)
from officer_app.checklists.definitions import Action, Definition, Formula, Sort
from officer_app.checklists.loading_texts import wording_of
from officer_app.checklists.wordings import Wording
from officer_app.checklists.xpath.compiler import compile_tree
from officer_app.checklists.xpath.syntax import Call, Expression, Filter, Path

_X: Final = "{http://www.w3.org/2002/xforms}"
_JR: Final = "{http://openrosa.org/javarosa}"
_ODK: Final = "{http://www.opendatakit.org/xforms}"
_ITEM_TEXT: Final = re.compile(r"\s*jr:itext\(\s*([\w.\-]+)\s*\)\s*")
_BY_BIND: Final = {
    "int": QuestionType.INTEGER,
    "integer": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "dateTime": QuestionType.DATE_TIME,
    "geopoint": QuestionType.GEOPOINT,
    "geotrace": QuestionType.GEOTRACE,
    "geoshape": QuestionType.GEOSHAPE,
    "barcode": QuestionType.BARCODE,
}
_BY_TAG: Final = {
    f"{_X}select1": QuestionType.SELECT_ONE,
    f"{_X}select": QuestionType.SELECT_MULTIPLE,
    f"{_ODK}rank": QuestionType.RANK,
    f"{_X}range": QuestionType.RANGE,
    f"{_X}trigger": QuestionType.ACKNOWLEDGE,
    f"{_X}secret": QuestionType.TEXT,
}
_BY_MEDIA: Final = {"image": QuestionType.IMAGE, "audio": QuestionType.AUDIO, "video": QuestionType.VIDEO}
_GROUP, _REPEAT = f"{_X}group", f"{_X}repeat"
_CONTROL_TAGS: Final = frozenset({*_BY_TAG, f"{_X}input", f"{_X}upload"})
_OWN: Final = frozenset({"ref", "bind", "nodeset", "appearance", "mediatype", "query", "class"})

# source, definition, attribute -> formula (None when it is refused)
MakeFormula = Callable[[str, Definition, str], "Formula | None"]


class BodyReader:
    """Walks the body once; asks the loader for definitions and formulas."""

    def __init__(
        self,
        find: Callable[[str, Definition], Definition | None],
        make: MakeFormula,
        prefixes: Mapping[str, str],
    ) -> None:
        """`find` resolves a ref below a definition; `make` compiles an expression of one."""
        self._prefixes = prefixes
        self._find = find
        self._make = make
        self.actions: list[Action] = []
        self.controls: list[Control] = []
        self.repeats: list[RepeatPart] = []

    def parts(self, element: Any, around: Definition) -> list[Part]:
        """What stands inside a body, group or repeat."""
        found: list[Part] = []
        for child in element:
            if child.tag == _GROUP:
                found.append(self._group(child, around))
            elif child.tag == _REPEAT:
                part = self._repeat(child, around, Wording(), ())
                if part is not None:
                    found.append(part)
            elif child.tag in _CONTROL_TAGS:
                control = self._control(child, around)
                if control is not None:
                    found.append(control)
            elif child.tag == f"{_X}setvalue":
                self._action(child, around)
        return found

    def _wording(self, element: Any, tag: str, definition: Definition) -> Wording:
        return wording_of(
            element.find(f"{_X}{tag}"), lambda source, _where: self._make(source, definition, tag), definition.path
        )

    def _group(self, element: Any, around: Definition) -> Part:
        definition = self._find(element.get("ref") or "", around) or around
        label = self._wording(element, "label", definition)
        appearance = tuple((element.get("appearance") or "").split())
        repeats = [child for child in element if child.tag == _REPEAT]
        others = [child for child in element if child.tag in _CONTROL_TAGS or child.tag == _GROUP]
        if len(repeats) == 1 and not others:
            part = self._repeat(repeats[0], around, label, appearance)
            if part is not None:
                return part
        group = GroupPart(definition, label, appearance)
        group.parts = self.parts(element, definition)
        return group

    def _repeat(
        self, element: Any, around: Definition, label: Wording, appearance: tuple[str, ...]
    ) -> RepeatPart | None:
        definition = self._find(element.get("nodeset") or "", around)
        if definition is None:
            return None
        definition.sort = Sort.REPEAT
        count = element.get(f"{_JR}count")
        if count:
            definition.count = self._make(count, definition, "count")
        own = tuple((element.get("appearance") or "").split())
        part = RepeatPart(definition, label, appearance + own)
        part.parts = self.parts(element, definition)
        self.repeats.append(part)
        return part

    def _control(self, element: Any, around: Definition) -> Control | None:
        definition = self._find(element.get("ref") or element.get("bind") or "", around)
        if definition is None:
            return None
        control = Control(
            definition,
            _type_of(element, definition),
            self._wording(element, "label", definition),
            self._wording(element, "hint", definition),
            tuple((element.get("appearance") or "").split()),
            self._static_choices(element, definition),
            self._itemset(element.find(f"{_X}itemset"), definition),
            {name.rpartition("}")[2]: text for name, text in element.attrib.items() if name not in _OWN},
        )
        for action in element.iterchildren(f"{_X}setvalue"):
            self._action(action, definition)
        definition.control = definition.control or control
        self.controls.append(control)
        return control

    def _static_choices(self, element: Any, definition: Definition) -> tuple[StaticChoice, ...]:
        return tuple(
            StaticChoice((item.findtext(f"{_X}value") or "").strip(), self._wording(item, "label", definition))
            for item in element.iterchildren(f"{_X}item")
        )

    def _itemset(self, element: Any | None, definition: Definition) -> ItemSet | None:
        if element is None:
            return None
        nodes = self._make(element.get("nodeset") or "''", definition, "choices")
        if nodes is None:
            return None
        label = element.find(f"{_X}label")
        reference = "" if label is None else label.get("ref") or ""
        by_id = _ITEM_TEXT.fullmatch(reference)
        value = element.find(f"{_X}value")
        whole = _unfiltered(nodes.tree)
        return ItemSet(
            nodes=nodes,
            everything=nodes if whole is nodes.tree else Formula("", whole, compile_tree(whole, self._prefixes)),
            name="name" if value is None else value.get("ref") or "name",
            label=by_id[1] if by_id else reference,
            label_is_identifier=by_id is not None,
            filtered=whole is not nodes.tree,
        )

    def _action(self, element: Any, around: Definition) -> None:
        """A setvalue: at first load and in new instances by its own event, else when its control changes."""
        target = self._find(element.get("ref") or "", around)
        if target is None:
            return
        value = element.get("value")
        formula = self._make(value, target, "setvalue") if value else None
        events = frozenset((element.get("event") or "").split())
        action = Action(target, formula, (element.text or "").strip(), events)
        if "xforms-value-changed" in events:
            around.listeners.append(action)
        if "odk-new-repeat" in events:
            around.new_instance.append(action)
        self.actions.append(action)


def _type_of(element: Any, definition: Definition) -> QuestionType:
    if element.tag in _BY_TAG:
        return _BY_TAG[element.tag]
    if element.tag == f"{_X}upload":
        kind = (element.get("mediatype") or "").partition("/")[0]
        return _BY_MEDIA.get(kind, QuestionType.FILE)
    bind = definition.bind
    if bind.always_readonly and bind.calculate is None and bind.type == "string":
        return QuestionType.NOTE
    return _BY_BIND.get(bind.type, QuestionType.TEXT)


def _unfiltered(tree: Expression) -> Expression:
    """The same list without predicates; the tree itself when it has none."""
    if isinstance(tree, Call) and tree.name == "randomize" and tree.arguments:
        return _unfiltered(tree.arguments[0])
    if isinstance(tree, Filter):
        return _unfiltered(tree.base)
    if isinstance(tree, Path) and any(step.predicates for step in tree.steps):
        steps = tuple(type(step)(step.axis, step.test) for step in tree.steps)
        return Path(tree.absolute, tree.start, steps)
    return tree

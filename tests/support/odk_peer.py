"""ODK's own engine (@getodk/xforms-engine, which ODK Web Forms runs on) beside ours, on the same steps.

It is not part of this project and nothing here fetches it. A folder for it is made once, with node 20 or newer:

    mkdir PEER && cp SHARED/peers/package.json SHARED/peers/peer_odk.mjs PEER && (cd PEER && npm install)
    export ODK_PEER_DIR=PEER

Without it the tests that compare skip, and say what is missing.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from lxml import etree

from officer_app.checklists.definitions import Definition
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.replaying import Outcome, Step, outcome, play
from officer_app.checklists.session import FormSession
from tests.support.forms import StillClock, asked_in

PROPERTIES: Final = {"deviceid": "dev", "username": "user", "email": "e@x.org", "phonenumber": "1"}
# The peer's clock stands still as ours does, so that today() and now() can be compared too.
_STILL: Final = "data:text/javascript," + urllib.parse.quote(
    "const R=Date,T=Date.UTC(2026,9,8,4);"
    "globalThis.Date=class extends R{constructor(...a){a.length?super(...a):super(T)}static now(){return T}};"
)
_UUID: Final = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

RANDOM: Final = "random() and what hangs on it differ by nature"
NO_TRANSLATION: Final = "pyxform writes '-' where a translation lacks; we show nothing rather than a dash"
UNFIRED: Final = "web-forms fires no value-changed action in a row that moved up after a removal; JavaRosa does"
SUM_OF_NOTHING: Final = "web-forms gives NaN for the sum of nothing; XPath 1.0 and JavaRosa give 0"


def lacking() -> str:
    """What is missing for running the peer, "" when nothing is."""
    if shutil.which("node") is None:
        return "node is not installed"
    folder = os.environ.get("ODK_PEER_DIR", "")
    if not folder:
        return "ODK_PEER_DIR names no folder with the peer engine (tests/support/odk_peer.py tells how to make it)"
    for needed in ("peer_odk.mjs", "node_modules/@getodk/xforms-engine", "node_modules/jsdom"):
        if not (Path(folder) / needed).exists():
            return f"{needed} is missing in the folder that ODK_PEER_DIR names"
    return ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an engine shows of one node."""

    relevant: bool
    value: str | None  # None for a group
    violation: str | None
    label: str | None
    options: tuple[str, ...] | None
    readonly: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Dump:
    """All nodes of a filled form by ref, the steps that filled it, and the instance that would be sent."""

    steps: tuple[Step, ...]
    nodes: Mapping[str, Told]
    sent: bytes


@dataclass(slots=True)
class Comparison:
    """How many nodes were compared, where the engines differ, and which differences are excused by what."""

    nodes: int = 0
    differences: list[str] = field(default_factory=list)
    excused: dict[str, str] = field(default_factory=dict)


def random_filling(form: Path, seed: int, steps: int, folder: Path) -> Dump:
    """Let the peer fill a form with its seeded random answers."""
    return _dump(_run(form, ["--auto", str(seed), "--steps", str(steps)], folder))


def replayed(form: Path, steps: Iterable[Step], folder: Path) -> Dump:
    """Let the peer play some steps."""
    file = folder / "steps.tsv"
    lines = (f"{step.verb}\t{step.ref}\t{step.text}".rstrip("\t") for step in steps)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    played = _run(form, [str(file)], folder)
    return _dump({**played, "ops": [each["op"] for each in played["steps"]]})


def _run(form: Path, words: list[str], folder: Path) -> dict[str, Any]:
    peer, out = Path(os.environ["ODK_PEER_DIR"]), folder / "peer.json"
    command = ["node", "--import", _STILL, str(peer / "peer_odk.mjs"), str(form), *words]
    media = ["--media", str(form.parent)]
    surroundings = {**os.environ, "TZ": "UTC"}
    words_of_peer = [*command, *media, "--out", str(out)]
    subprocess.run(words_of_peer, check=True, env=surroundings, capture_output=True, timeout=250)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _dump(found: Mapping[str, Any]) -> Dump:
    steps = tuple(
        Step(op[0], op[1], str(op[2]) if len(op) > 2 else "", number) for number, op in enumerate(found["ops"], 1)
    )
    options = found["options"]
    nodes = {
        ref: Told(
            relevant=entry["relevant"],
            value=entry.get("value"),
            violation=entry.get("violation"),
            label=entry.get("label"),
            options=tuple(options[ref]) if ref in options else None,
            readonly=entry["readonly"],
            required=entry["required"],
        )
        for ref, entry in found["values"].items()
    }
    return Dump(steps, nodes, str(found.get("instance_xml") or "").encode())


def ours(form: Form, steps: Iterable[Step]) -> tuple[FormSession, Outcome]:
    """The same steps in our engine, in the zone that the peer runs in."""
    chance = random.Random(7)  # noqa: S311  the same in every run
    session = FormSession(form, StillClock(), chance, zone=UTC, properties=PROPERTIES)
    return session, outcome(session, play(session, steps))


def compared(xml: Path, peer: Dump) -> Comparison:
    """Play the peer's steps and hold both ends beside each other."""
    beside = {file.name: file.read_bytes() for file in xml.parent.iterdir() if file.is_file()}
    form = read_form(xml.read_bytes(), beside.get)
    session, mine = ours(form, peer.steps)
    found = Comparison(nodes=len(peer.nodes))
    questions = {question.ref: question for question in asked_in(session)}
    values = {ref: value for ref, value in mine["values"].items() if ref != form.root.path}
    found.differences += [f"{ref}: only there" for ref in peer.nodes if ref not in values]
    found.differences += [f"{ref}: only here" for ref in values if ref not in peer.nodes]
    excuses = _Excuses(form, peer, mine)
    for ref, told in peer.nodes.items():
        if ref not in values:
            continue
        entry = values[ref]
        question = questions.get(ref)
        pairs: list[tuple[str, object, object]] = [
            ("relevant", told.relevant, entry["relevant"]),
            ("violation", told.violation, entry["violation"]),
        ]
        if told.relevant and told.value is not None:
            pairs.append(("value", told.value, entry["value"]))
        if told.label is not None:
            pairs.append(("label", told.label, mine["labels"].get(ref, "")))
        if told.options is not None:
            pairs.append(("options", told.options, tuple(mine["options"].get(ref, ()))))
        if question is not None and not excuses.reckoned(ref):
            pairs += [("readonly", told.readonly, question.readonly), ("required", told.required, question.required)]
        wrong = [
            f"{ref}: {what} {theirs!r} there, {us!r} here" for what, theirs, us in pairs if not _same(theirs, us)
        ]
        excuse = excuses.of(ref) if wrong else ""
        if wrong and told.label == "-" and len(wrong) == 1 and not mine["labels"].get(ref):
            excuse = NO_TRANSLATION
        if excuse:
            found.excused[ref] = excuse
        else:
            found.differences += wrong
    found.differences += _sent_differently(peer.sent, session.finalised(), excuses)
    return found


def _same(theirs: object, us: object) -> bool:
    """Equal as numbers, as moments, as uuids, or as texts but for their white space."""
    if not isinstance(theirs, str) or not isinstance(us, str):
        return theirs == us
    if theirs.split() == us.split() or (_UUID.fullmatch(theirs) and _UUID.fullmatch(us)):
        return True
    return _numbers_agree(theirs, us) or _moments_agree(theirs, us)


def _numbers_agree(theirs: str, us: str) -> bool:
    try:
        return abs(float(theirs) - float(us)) <= 1e-9 * max(1.0, abs(float(us)))
    except ValueError:
        return False


def _moments_agree(theirs: str, us: str) -> bool:
    try:
        return datetime.fromisoformat(theirs) == datetime.fromisoformat(us)
    except (ValueError, TypeError):
        return False


def _sent_differently(theirs: bytes, us: bytes, excuses: _Excuses) -> Iterator[str]:
    """The instances to be sent: the same elements in the same order with the same texts."""
    if not theirs:
        return
    there, here = list(_leaves(etree.fromstring(theirs), "")), list(_leaves(etree.fromstring(us), ""))
    if [path for path, _ in there] != [path for path, _ in here]:
        yield f"sent: other elements, {set(there) ^ set(here)}"
        return
    for (path, one), (_, other) in zip(there, here, strict=True):
        if not _same(one, other) and not excuses.of(path):
            yield f"sent: {path} {one!r} there, {other!r} here"


def _leaves(element: Any, above: str) -> Iterator[tuple[str, str]]:
    path = f"{above}/{etree.QName(element).localname}"
    if len(element) == 0:
        yield path, element.text or ""
    for child in element:
        yield from _leaves(child, path)


class _Excuses:
    """Which definitions are tainted by something that two right engines may show differently."""

    def __init__(self, form: Form, peer: Dump, mine: Outcome) -> None:
        self._definitions = {each.path: each for each in form.root.down()}
        random_ones = {each for each in self._definitions.values() if _calls(each, ("random(", "uuid("))}
        sums = {self._at(ref) for ref in self._blank_there(peer, mine) if _calls(self._at(ref), ("sum(",))}
        shortened = {step.ref for step in peer.steps if step.verb == "remove"}
        fired = {action.target for each in self._definitions.values() for action in each.listeners}
        in_moved = {each for each in fired if any(_generic(ref) in _repeats_of(each) for ref in shortened)}
        unfired = {self._at(ref) for ref in self._blank_there(peer, mine) if self._at(ref) in in_moved}
        self._tainted = {
            RANDOM: self._spread(random_ones),
            SUM_OF_NOTHING: self._spread(sums),
            UNFIRED: self._spread(unfired),
        }

    @staticmethod
    def _blank_there(peer: Dump, mine: Outcome) -> list[str]:
        """What is blank in the peer and not here."""
        values = mine["values"]
        return [ref for ref, told in peer.nodes.items() if told.value == "" and values.get(ref, {}).get("value")]

    def _at(self, ref: str) -> Definition:
        return self._definitions[_generic(ref)]

    def of(self, ref: str) -> str:
        """Why a difference at a ref is excused, "" when it is not."""
        definition = self._definitions.get(_generic(ref))
        return next((reason for reason, tainted in self._tainted.items() if definition in tainted), "")

    def reckoned(self, ref: str) -> bool:
        """Whether a calculation fills it: web-forms lets a person type there, ours and Collect do not."""
        return self._at(ref).bind.calculate is not None

    def _spread(self, seeds: set[Definition]) -> set[Definition]:
        """The seeds and all whose rules, or whose groups' rules, read one of them."""
        tainted = set(seeds)
        while True:
            more = {each for each in self._definitions.values() if each not in tainted and _reads(each, tainted)}
            if not more:
                return tainted
            tainted |= more


def _reads(definition: Definition, tainted: set[Definition]) -> bool:
    return any(
        reading.definition in tainted
        for above in definition.up()
        for vertex in above.vertices
        for reading in vertex.readings
    )


def _calls(definition: Definition, names: Sequence[str]) -> bool:
    calculate = definition.bind.calculate
    sources = [calculate.source if calculate is not None else ""]
    sources += [action.formula.source for action in definition.new_instance if action.formula is not None]
    return any(name in source for name in names for source in sources)


def _repeats_of(definition: Definition) -> set[str]:
    return {repeat.path for repeat in definition.repeats()}


def _generic(ref: str) -> str:
    return re.sub(r"\[\d+\]", "", ref)

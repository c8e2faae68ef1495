"""Worked cases: a YAML file with a policy in sentences and numbers, the facts of a case, and the answer.

Source: cases/README, sections 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.credit.policy import EFFECTIVE_FROM, NAME, SCHEMA_VERSION, VERSION, Policy, policy_from_tree
from officer_app.credit.reading import FactNode, FactTree
from officer_app.training.prose import SENTENCES, read_sentence
from officer_app.training.yaml_text import read_yaml

SIZE_LIMIT: Final = 1_000_000

_LABELS: Final = frozenset(
    {
        "case_id", "title_zh", "title_en", "currency", "valuation_date", "synthetic", "deliberate_inconsistencies",
        "story_for_testers", "method", "expected",
    }
)  # fmt: skip
_DAY: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")
_BLOCKS: Final = ("policy", "application", "borrower", "facts")


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One worked case; `expected` is the answer in the file, never an input."""

    case_id: str
    title_zh: str
    title_en: str
    currency: str
    story: str
    facts: FactTree
    policy: Policy
    expected: FactNode


def read_worked_case(data: bytes, file_name: str) -> WorkedCase:
    """A worked case from the bytes of its file.

    Errors: FILE_TOO_LARGE, CASE_NOT_YAML, CASE_KEY_DOUBLED, CASE_KEY_MISSING, CASE_KEY_UNKNOWN,
    CASE_SENTENCE_UNKNOWN, POLICY_*; the facts themselves are read by `credit.reading.read_facts`.
    """
    if len(data) > SIZE_LIMIT:
        raise Fault(Code.FILE_TOO_LARGE, file=file_name, limit_mb=SIZE_LIMIT // 1_000_000)
    root = read_yaml(data, file_name)
    if not isinstance(root, Mapping):
        raise Fault(Code.CASE_NOT_YAML, file=file_name, detail="no map")
    blocks = {name: _block(root, name, file_name) for name in _BLOCKS}
    odd = sorted(set(root) - _LABELS - set(_BLOCKS))
    if odd:
        raise Fault(Code.CASE_KEY_UNKNOWN, where=", ".join(odd), file=file_name, keys=", ".join(odd))
    return WorkedCase(
        case_id=_label(root, "case_id"),
        title_zh=_label(root, "title_zh"),
        title_en=_label(root, "title_en"),
        currency=_label(root, "currency"),
        story=_label(root, "story_for_testers"),
        facts=_facts(blocks, file_name),
        policy=read_policy_prose(
            blocks["policy"], _label(root, "case_id"), _label(root, "valuation_date"), file_name
        ),
        expected=root.get("expected", ""),
    )


def _block(root: Mapping[str, FactNode], name: str, file_name: str) -> Mapping[str, FactNode]:
    found = root.get(name)
    if not isinstance(found, Mapping):
        raise Fault(Code.CASE_KEY_MISSING, where=name, file=file_name, keys=name)
    return found


def _label(root: Mapping[str, FactNode], name: str) -> str:
    found = root.get(name, "")
    return found if isinstance(found, str) else ""


def _facts(blocks: Mapping[str, Mapping[str, FactNode]], file_name: str) -> FactTree:
    """One tree: application and borrower beside the rest of the facts."""
    doubled = sorted({"application", "borrower"} & set(blocks["facts"]))
    if doubled:
        raise Fault(Code.CASE_KEY_UNKNOWN, where=f"facts.{doubled[0]}", file=file_name, keys=f"facts.{doubled[0]}")
    return {"application": blocks["application"], "borrower": blocks["borrower"], **blocks["facts"]}


def read_policy_prose(tree: Mapping[str, FactNode], name: str, day: str, file_name: str) -> Policy:
    """A policy whose rules are sentences. Errors: CASE_KEY_MISSING, CASE_SENTENCE_UNKNOWN, POLICY_*."""
    absent = [f"policy.{key}" for key in SENTENCES if not isinstance(_at(tree, key), str)]
    if absent:
        raise Fault(Code.CASE_KEY_MISSING, where=", ".join(absent), file=file_name, keys=", ".join(absent))
    said = {key: read_sentence(key, str(_at(tree, key))) for key in SENTENCES}
    own = {NAME.path: name or file_name, VERSION.path: "1", SCHEMA_VERSION.path: "1"}
    dated = {EFFECTIVE_FROM.path: day} if _DAY.fullmatch(day) else {}
    return policy_from_tree({**dict(_filled(tree, "", said)), **own, **dated})


def _at(tree: Mapping[str, FactNode], key: str) -> FactNode | None:
    found: FactNode | None = tree
    for name in key.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _filled(tree: Mapping[str, FactNode], prefix: str, said: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The tree with each sentence replaced by what it says."""
    for name, node in tree.items():
        path = prefix + name
        if path in said:
            yield name, said[path]
        elif isinstance(node, Mapping):
            yield name, dict(_filled(node, f"{path}.", said))
        else:
            yield name, node

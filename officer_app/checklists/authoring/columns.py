"""What a header means: the column by its usual name, and the language behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Columns of the survey sheet whose cells are expressions from end to end.
EXPRESSIONS: Final = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "read_only",
    "choice_filter",
    "repeat_count",
    "bind::again",
)
# Columns that are said to a person, once for each language.
SPOKEN: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
SURVEY: Final = (
    "type",
    "name",
    *SPOKEN,
    *EXPRESSIONS,
    "default",
    "trigger",
    "appearance",
    "parameters",
    "bind::fact",
    "bind::place",
    "image",
    "big-image",
    "audio",
    "video",
    "media",
    "autoplay",
    "save_to",
    "note",
    "disabled",
    "intent",
    "rows",
)
CHOICES: Final = ("list_name", "name", "label", "image", "big-image", "audio", "video", "media")
SETTINGS: Final = (
    "form_title",
    "form_id",
    "version",
    "default_language",
    "instance_name",
    "style",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "allow_choice_duplicates",
    "namespaces",
    "name",
    "instance_id",
    "omit_instanceid",
    "clean_text_values",
    "client_editable",
    "prefix",
    "delimiter",
    "sms_keyword",
    "sms_separator",
    "compact_prefix",
    "compact_delimiter",
    "attribute",
)
_SAME: Final[Mapping[str, str]] = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "calculate": "calculation",
    "bind::calculate": "calculation",
    "readonly": "read_only",
    "bind::readonly": "read_only",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "control::jr:count": "repeat_count",
    "body::jr:count": "repeat_count",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
_GROUPED: Final = ("bind", "control", "body", "instance", "media", "entities")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: as written, by its usual name, and in which language ("" when it has none)."""

    header: str
    name: str
    language: str = ""


@lru_cache(maxsize=4096)
def column_of(header: str) -> Column:
    """The column behind a header: "Constraint message::中文 (zh)" is constraint_message in 中文 (zh)."""
    parts = [part.strip() for part in header.split("::" if "::" in header else ":")]
    first = _snake(parts[0])
    if first in _GROUPED and len(parts) > 1:
        joined = f"{first}::{':'.join(parts[1:]).lower()}"
        if first == "media":
            return Column(header, _snake(parts[1]), parts[2] if len(parts) > 2 else "")
        return Column(header, _SAME.get(joined, joined))
    if first == "jr" and len(parts) > 1:
        return Column(header, _SAME.get(f"jr:{parts[1].lower()}", f"jr:{parts[1].lower()}"))
    return Column(header, _SAME.get(first, first), parts[1] if len(parts) > 1 else "")


def _snake(text: str) -> str:
    return "_".join(text.split()).lower()


@lru_cache(maxsize=256)
def language_code(language: str) -> str:
    """The code in a language's name: "中文 (zh)" is zh, "English (en)" is en; what carries none is itself."""
    inside = language.rpartition("(")[2].rstrip(") ").lower()
    plain = inside.replace("_", "-").partition("-")[0].strip()
    return {"中文": "zh", "chinese": "zh", "简体中文": "zh", "english": "en", "英文": "en"}.get(plain, plain)


def columns_named(headers: Iterable[str], name: str) -> tuple[Column, ...]:
    """The columns of one name, whatever their language."""
    return tuple(column for column in map(column_of, headers) if column.name == name)

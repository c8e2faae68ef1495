"""Every question type and appearance of XLSForm: how it is asked on a desktop, and what authors of other tools mean.

Three standings: it works; it opens as a plain input, and the question says how to type the answer; it is not given
here at all, and the author is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Message


class Standing(Enum):
    """How far something is given here."""

    WORKS = N_("works")
    PLAIN = N_("plain input")
    ABSENT = N_("not given")

    @property
    def label(self) -> Message:
        """In words."""
        return Message(self.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """A type or an appearance: its name, how it is asked (a marked text), how far it is given.

    `others`: further names of the same, as older tools write them. `of`: the types an appearance is meant for.
    """

    name: str
    asked: str
    standing: Standing = Standing.WORKS
    others: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


_LINE: Final = N_("one line of text")
_NUMBER: Final = N_("a field for numbers")
_FILLED: Final = N_("filled by the program, not asked")
_OFF_DEVICE: Final = N_("left blank, since the program does not know it")
_TYPED_FILE: Final = N_("one line for the name of the file")
_TYPED_PLACES: Final = N_("one line for the points")
_FROM_FILE: Final = N_("choices from a file that lies beside the workbook and travels with the checklist")
_LOOKED_UP: Final = N_("a list to look things up in, not asked; its file travels with the checklist")
_AS_WITHOUT: Final = N_("as without it")
_BY_PAGE: Final = N_("a section is one page anyway")
_TYPED_CHOICE: Final = N_("a list that is searched by typing")
_BY_ROOM: Final = N_("choices stand beside each other as far as there is room")
_AS_PLACE: Final = N_("a field for the place, without a map")
_AS_PICTURE: Final = N_("a field for a picture, without drawing")

TYPES: Final[tuple[Entry, ...]] = (
    Entry("text", _LINE, others=("string", "q string", "add text prompt")),
    Entry("integer", _NUMBER, others=("int", "q int", "add integer prompt")),
    Entry("decimal", _NUMBER, others=("q decimal", "add decimal prompt", "percentage")),
    Entry("range", _NUMBER),
    Entry("note", N_("a text to read"), others=("q note", "add note prompt")),
    Entry("date", N_("a field for dates with a calendar"), others=("q date", "add date prompt")),
    Entry("time", N_("one line for the time"), Standing.PLAIN),
    Entry(
        "dateTime",
        N_("one line for date and time"),
        Standing.PLAIN,
        ("datetime", "date time", "q dateTime", "q date time", "add dateTime prompt", "add date time prompt"),
    ),
    Entry(
        "select_one",
        N_("choices to click, or a list that is searched by typing"),
        others=("select one", "select1", "select one from", "add select one prompt using", "q select1"),
    ),
    Entry(
        "select_multiple",
        N_("choices to tick"),
        others=(
            "select all that apply",
            "select all that apply from",
            "add select multiple prompt using",
            "q select",
        ),
    ),
    Entry("select_one_from_file", _FROM_FILE, others=("select one from file",)),
    Entry("select_multiple_from_file", _FROM_FILE, others=("select multiple from file",)),
    Entry(
        "select_one_external",
        N_("no choices: select_one_from_file asks the same, with a file beside the workbook"),
        Standing.ABSENT,
        ("select one external",),
    ),
    Entry("rank", N_("one line for the names in order"), Standing.PLAIN),
    Entry(
        "geopoint",
        N_("a field for the place"),
        others=("location", "gps", "q geopoint", "q location", "add location prompt"),
    ),
    Entry("geotrace", _TYPED_PLACES, Standing.PLAIN, ("q geotrace",)),
    Entry("geoshape", _TYPED_PLACES, Standing.PLAIN, ("q geoshape",)),
    Entry(
        "image",
        N_("a field for a picture"),
        others=("photo", "q picture", "q image", "add image prompt", "add photo prompt"),
    ),
    Entry("audio", _TYPED_FILE, Standing.PLAIN, ("q audio", "add audio prompt")),
    Entry("video", _TYPED_FILE, Standing.PLAIN, ("q video", "add video prompt")),
    Entry("file", _TYPED_FILE, Standing.PLAIN, ("add file prompt",)),
    Entry(
        "barcode",
        N_("one line of text, typed or read by a scanner on the keyboard's line"),
        others=("q barcode", "add barcode prompt"),
    ),
    Entry("acknowledge", N_("one box to tick"), others=("trigger", "q acknowledge", "add acknowledge prompt")),
    Entry("calculate", _FILLED, others=("q calculate", "add calculate prompt")),
    Entry("hidden", _FILLED),
    Entry("start", _FILLED, others=("get start time", "start time")),
    Entry("end", _FILLED, others=("get end time", "end time")),
    Entry("today", _FILLED, others=("get today",)),
    Entry("deviceid", _OFF_DEVICE, Standing.ABSENT, ("imei", "device id", "get device id", "uri:deviceid")),
    Entry("username", _FILLED, others=("uri:username",)),
    Entry("phonenumber", _OFF_DEVICE, Standing.ABSENT, ("phone number", "get phone number", "uri:phonenumber")),
    Entry("email", _OFF_DEVICE, Standing.ABSENT, ("uri:email",)),
    Entry("simserial", _OFF_DEVICE, Standing.ABSENT, ("sim id", "get sim id", "uri:simserial")),
    Entry("subscriberid", _OFF_DEVICE, Standing.ABSENT, ("subscriber id", "get subscriber id", "uri:subscriberid")),
    Entry("audit", N_("the program keeps its own history of every answer"), Standing.ABSENT),
    Entry("background-audio", N_("nothing is recorded in the background"), Standing.ABSENT),
    Entry("background-geopoint", N_("no place is taken in the background"), Standing.ABSENT),
    Entry("start-geopoint", N_("no place is taken in the background"), Standing.ABSENT),
    Entry("csv-external", _LOOKED_UP),
    Entry("xml-external", _LOOKED_UP),
    Entry("osm", _LINE, Standing.PLAIN),
)

_TEXTS: Final = ("text",)
_NUMBERS: Final = ("integer", "decimal", "range")
_CHOICES: Final = ("select_one", "select_multiple", "rank")
_DATES: Final = ("date", "dateTime", "time")
_PLACES: Final = ("geopoint", "geotrace", "geoshape")
_PICTURES: Final = ("image",)
_MEDIA: Final = ("image", "audio", "video", "file")
_GROUPS: Final = ("group", "repeat")

APPEARANCES: Final[tuple[Entry, ...]] = (
    Entry("multiline", N_("several lines of text"), of=_TEXTS),
    Entry("numbers", _AS_WITHOUT, of=(*_TEXTS, "barcode")),
    Entry("thousands-sep", N_("digits in groups of three"), of=_NUMBERS),
    Entry("masked", N_("the text stays readable"), Standing.PLAIN, of=_TEXTS),
    Entry("bearing", _AS_WITHOUT, Standing.PLAIN, of=_NUMBERS),
    Entry("counter", N_("a field for numbers, without plus and minus"), Standing.PLAIN, of=_NUMBERS),
    Entry("vertical", _AS_WITHOUT, Standing.PLAIN, of=_NUMBERS),
    Entry("no-ticks", _AS_WITHOUT, Standing.PLAIN, of=_NUMBERS),
    Entry("picker", _AS_WITHOUT, Standing.PLAIN, of=_NUMBERS),
    Entry("rating", N_("a field for numbers, without stars"), Standing.PLAIN, of=_NUMBERS),
    Entry("distress", _AS_WITHOUT, Standing.PLAIN, of=_NUMBERS),
    Entry("my-location", _AS_WITHOUT, of=_NUMBERS),
    Entry("url", _AS_WITHOUT, Standing.PLAIN, of=("text", "note")),
    Entry(
        "printer", _AS_WITHOUT, Standing.PLAIN, of=("text",), others=("printer:org.opendatakit.sensors.zebraprinter",)
    ),
    Entry("minimal", _TYPED_CHOICE, of=_CHOICES),
    Entry("search", _TYPED_CHOICE, of=_CHOICES),
    Entry("autocomplete", _TYPED_CHOICE, of=_CHOICES),
    Entry("quick", _TYPED_CHOICE, of=_CHOICES, others=("quickcompact",)),
    Entry(
        "columns",
        _BY_ROOM,
        of=_CHOICES,
        others=("columns-n", "columns-pack", "columns-flex", "compact", "horizontal", "horizontal-compact"),
    ),
    Entry("no-buttons", _AS_WITHOUT, of=_CHOICES),
    Entry("label", N_("each question carries its own choices, without a grid"), Standing.PLAIN, of=_CHOICES),
    Entry(
        "list-nolabel",
        N_("each question carries its own choices, without a grid"),
        Standing.PLAIN,
        of=_CHOICES,
        others=("list",),
    ),
    Entry("likert", N_("choices to click, without a scale"), Standing.PLAIN, of=_CHOICES),
    Entry("image-map", N_("choices to click, without the picture"), Standing.PLAIN, of=_CHOICES),
    Entry("map", _AS_PLACE, Standing.PLAIN, of=(*_CHOICES, *_PLACES), others=("maps",)),
    Entry("placement-map", _AS_PLACE, Standing.PLAIN, of=_PLACES),
    Entry("hide-input", _AS_PLACE, Standing.PLAIN, of=_PLACES),
    Entry("month-year", N_("a month without a day"), of=_DATES),
    Entry("year", N_("a whole date, since the year alone is not enough"), Standing.PLAIN, of=_DATES),
    Entry("no-calendar", _AS_WITHOUT, of=_DATES),
    Entry(
        "ethiopian",
        N_("dates of the usual calendar"),
        Standing.PLAIN,
        ("coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"),
        _DATES,
    ),
    Entry("signature", _AS_PICTURE, Standing.PLAIN, of=_PICTURES),
    Entry("draw", _AS_PICTURE, Standing.PLAIN, of=_PICTURES),
    Entry("annotate", _AS_PICTURE, Standing.PLAIN, of=_PICTURES),
    Entry(
        "new",
        N_("a picture from a camera or a file, whose age is checked"),
        of=_MEDIA,
        others=("new-front", "new-rear"),
    ),
    Entry("front", _AS_WITHOUT, of=("barcode",)),
    Entry("selfie", _AS_WITHOUT, of=_MEDIA),
    Entry(
        "voice-only",
        _AS_WITHOUT,
        Standing.PLAIN,
        of=("audio",),
        others=("low", "normal", "voice", "external", "internal"),
    ),
    Entry("field-list", _BY_PAGE, of=_GROUPS, others=("page", "pages")),
    Entry(
        "table-list",
        N_("each question carries its own choices, without a grid"),
        Standing.PLAIN,
        of=_GROUPS,
        others=("table",),
    ),
    Entry("compact-group", _AS_WITHOUT, of=_GROUPS, others=("summary", "logo", "page-break", "noscroll")),
    Entry("ex", N_("no other program is opened"), Standing.ABSENT, of=_TEXTS, others=("ex:", "intent")),
    Entry("w1", _BY_ROOM, of=_GROUPS, others=("w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10")),
)

# What authors of other tools write, and the type that is meant here; None: there is nothing like it.
DIALECTS: Final[Mapping[str, str | None]] = {
    # SurveyCTO
    "text audit": "audit",
    "audio audit": "background-audio",
    "speed violations count": None,
    "speed violations list": None,
    "speed violations audit": None,
    "sensor_statistic": None,
    "sensor_stream": None,
    "calculate_here": "calculate",
    "caseid": "hidden",
    "comments": "text",
    "enumerator": "select_one",
    "devicephonenum": "phonenumber",
    "geopoint map": "geopoint",
    "add_group": "begin_group",
    # CHT
    "tel": "text",
    "db:person": "hidden",
    "db-object": "hidden",
    "user_contact_id": "hidden",
    "contact": "hidden",
    # Kobo and Enketo
    "begin_score": "select_one",
    "score__row": "select_one",
    "begin_rank": "rank",
    "rank__level": "rank",
    "begin_kobomatrix": "begin_group",
    "background_audio": "background-audio",
    "xml_external": "xml-external",
    "csv_external": "csv-external",
    # Excel authors and other survey programs
    "number": "integer",
    "numeric": "decimal",
    "float": "decimal",
    "double": "decimal",
    "money": "decimal",
    "currency": "decimal",
    "boolean": "select_one",
    "bool": "select_one",
    "yes_no": "select_one",
    "yesno": "select_one",
    "radio": "select_one",
    "dropdown": "select_one",
    "checkbox": "select_multiple",
    "multiselect": "select_multiple",
    "picture": "image",
    "textarea": "text",
    "paragraph": "text",
    "label": "note",
    "date_time": "dateTime",
    "phone": "text",
    "signature": "image",
    "table": "begin_repeat",
    "section": "begin_group",
    "formula": "calculate",
    "文本": "text",
    "文字": "text",
    "整数": "integer",
    "小数": "decimal",
    "数字": "decimal",
    "金额": "decimal",
    "日期": "date",
    "时间": "time",
    "单选": "select_one",
    "多选": "select_multiple",
    "图片": "image",
    "照片": "image",
    "说明": "note",
    "备注": "note",
    "计算": "calculate",
    "分组": "begin_group",
}

_TYPE_OF: Final = {name: entry for entry in TYPES for name in (entry.name, *entry.others)}
_LOOK_OF: Final = {name: entry for entry in APPEARANCES for name in (entry.name, *entry.others)}
TYPE_NAMES: Final = tuple(entry.name for entry in TYPES)
LOOK_NAMES: Final = tuple(_LOOK_OF)


def type_entry(name: str) -> Entry | None:
    """The type behind one of its names, written as the compiler takes it."""
    return _TYPE_OF.get(name)


def look_entry(name: str) -> Entry | None:
    """The appearance behind a word; columns-3, w2 and ex:… are found by how they begin."""
    plain = name.lower()
    if plain.startswith("columns-"):
        plain = "columns"
    if plain.startswith(("ex:", "intent:")):
        plain = "ex"
    if plain.startswith("printer:"):
        plain = "printer"
    return _LOOK_OF.get(plain)

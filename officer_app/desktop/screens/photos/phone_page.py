"""What the phone shows: the page that takes pictures, and the page that says why not, in both languages."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Fault
from officer_app.base.paths import resource_folder
from officer_app.base.words import CHINESE, ENGLISH, N_, Language, Sayable, message, say
from officer_app.casework.shots import Frame
from officer_app.evidence.shotlists import PLACES
from officer_app.exchange.phone import PhoneFrame

# Language tags of the web, with ours.
_TAGS: Final = {"zh-CN": CHINESE, "en": ENGLISH}
_WORDS: Final = {
    "title": N_("Pictures for the visit"),
    "lead": N_(
        "Each picture goes straight into the visit on the laptop. Hold the visit code into one picture at each place."
    ),
    "shoot": N_("Take a picture"),
    "note": N_("If the camera can say where it is, allow it. Pictures taken earlier belong on the cable, not here."),
    "frame": N_("Take: %name%"),
    "frames": N_("What are you taking?"),
    "needed": N_("Needed"),
    "wished": N_("If you can"),
    "have": N_("Taken: %number%"),
    "other": N_("Something else"),
    "other_hint": N_("Waits on the laptop to be filed"),
    "of": N_("%name%: %told%"),
    "sending": N_("Sending …"),
    "taken": N_("Taken in, number %number%"),
    "lost": N_("The laptop did not answer. Look whether its phone page is still open, then take the picture again."),
}
# A language is offered by its own name.
_OTHER: Final = {"zh-CN": "English", "en": "中文"}
_CAMERA: Final = """
<p data-word="lead"></p>
<fieldset id="frames" hidden><legend data-word="frames"></legend></fieldset>
<p class="muted" data-word="note"></p>
<ol id="sent"></ol>
<div class="foot">
<p id="latest" aria-live="polite"></p>
<input type="file" id="picture" accept="image/*" capture="environment">
<label class="shoot" id="shoot" for="picture"></label>
</div>
"""
_REFUSED: Final = '<div class="card"><p class="refused" data-word="why"></p><p data-word="remedy"></p></div>'


def key_of(frame: Frame) -> str:
    """A name of a shot that says nothing of the checklist and stays while the visit lasts."""
    return digest(frame.ref.encode())[:16]


def offered_frames(frames: Iterable[Frame]) -> tuple[PhoneFrame, ...]:
    """The shots of a visit as the phone may choose them."""
    return tuple(
        PhoneFrame(
            key_of(frame),
            _both(frame.label),
            _both(frame.hint),
            _both(PLACES[frame.place]),
            frame.required,
            len(frame.photos),
        )
        for frame in frames
    )


def _both(words: Sayable) -> dict[str, str]:
    return {tag: say(words, ours) for tag, ours in _TAGS.items()}


class PhonePage:
    """The words come from the catalogues; the phone's own wish decides which language is shown first."""

    def __init__(self, language: Language) -> None:
        """`language` is the laptop's, for a phone that asks for neither."""
        self._language = language

    def camera(self, nonce: str, languages: str) -> str:
        """The page that takes pictures."""
        return self._filled(_CAMERA, _spoken({}), nonce, languages)

    def refusal(self, fault: Fault, nonce: str, languages: str) -> str:
        """A page that says why not, and what to do."""
        told = {
            tag: {"why": say(fault.sentence, ours), "remedy": say(fault.remedy, ours)} for tag, ours in _TAGS.items()
        }
        return self._filled(_REFUSED, _spoken(told), nonce, languages)

    def sentences(self, fault: Fault) -> Mapping[str, str]:
        """Why not and what to do, by the web's language tag."""
        return {tag: f"{say(fault.sentence, ours)} {say(fault.remedy, ours)}" for tag, ours in _TAGS.items()}

    def _filled(self, body: str, words: Mapping[str, Mapping[str, str]], nonce: str, languages: str) -> str:
        tag = self._first(languages)
        # "</" would end the script's element whatever stands around it.
        spoken = json.dumps(words, ensure_ascii=False).replace("</", "<\\/")
        values = {
            "lang": tag,
            "title": html.escape(words[tag]["title"]),
            "nonce": nonce,
            "body": body,
            "words": spoken,
        }
        text = _template()
        for name, value in values.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        return text

    def _first(self, languages: str) -> str:
        """The first of the phone's languages that we speak, else the laptop's."""
        for wish in languages.split(","):
            asked = wish.partition(";")[0].strip().lower()
            if asked.startswith(("zh", "en")):
                return "zh-CN" if asked.startswith("zh") else "en"
        return "zh-CN" if self._language == CHINESE else "en"


def _spoken(more: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    words = {tag: {key: say(message(text), ours) for key, text in _WORDS.items()} for tag, ours in _TAGS.items()}
    return {tag: {**words[tag], "other_language": _OTHER[tag], **more.get(tag, {})} for tag in _TAGS}


@cache
def _template() -> str:
    return (resource_folder() / "phone" / "camera.html").read_text(encoding="utf-8")

"""What the tour leaves behind: numbered pictures with one caption each, the steps with their durations, and links."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from pathlib import Path

from officer_app.base.canonical import Json
from officer_app.base.files import write_whole
from officer_app.base.words import N_, Language, Sayable, message, say


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour: what was done, in how many seconds, by how many input events."""

    name: str
    seconds: float
    events: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot and what it shows."""

    file: str
    caption: Sayable


@dataclass(slots=True)
class Album:
    """Collects steps and pictures; `close` writes them down."""

    folder: Path
    language: Language
    title: Sayable
    steps: list[Step] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[tuple[str, Sayable]] = field(default_factory=list)
    facts: list[tuple[Sayable, Sayable]] = field(default_factory=list)

    def next_file(self, name: str) -> Path:
        """Where the next numbered picture goes."""
        return self.folder / "pictures" / f"{len(self.pictures) + 1:02d}-{name}.png"

    def add_picture(self, file: Path, caption: Sayable) -> None:
        """A picture that was taken."""
        self.pictures.append(Picture(f"pictures/{file.name}", caption))

    def close(self, result: dict[str, Json]) -> None:
        """Write index.html and tour.json."""
        told: dict[str, Json] = {
            "language": self.language,
            "steps": [
                {"step": step.name, "seconds": f"{step.seconds:.3f}", "events": step.events} for step in self.steps
            ],
            "seconds": f"{sum(step.seconds for step in self.steps):.3f}",
            "events": sum(step.events for step in self.steps),
            **result,
        }
        write_whole(self.folder / "tour.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        write_whole(self.folder / "index.html", self._page().encode())

    def _page(self) -> str:
        title = self._say(self.title)
        links = "".join(f'<a href="{html.escape(file)}">{self._say(word)}</a>' for file, word in self.links)
        rows = [(self._say(name), self._say(value)) for name, value in self.facts]
        facts = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
        figures = "".join(self._figure(number, picture) for number, picture in enumerate(self.pictures, start=1))
        heading = self._say(message(N_("In one look")))
        return _PAGE.format(
            language=html.escape(self.language.replace("_", "-")),
            title=title,
            heading=heading,
            links=links,
            facts=facts,
            figures=figures,
        )

    def _figure(self, number: int, picture: Picture) -> str:
        caption = self._say(picture.caption)
        image = f'<img src="{picture.file}" alt="{caption}" loading="lazy">'
        return (
            f'<figure id="p{number}"><figcaption><b>{number}</b> {caption}</figcaption>'
            f'<a href="{picture.file}">{image}</a></figure>'
        )

    def _say(self, what: Sayable) -> str:
        return html.escape(say(what, self.language))


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.5 system-ui, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei UI", sans-serif;
  color: #1c2628; background: #f6f7f7; margin: 0; }}
main {{ max-width: 1100px; margin: 0 auto; padding: 32px 24px 64px; }}
h1 {{ font-size: 24px; margin: 0 0 16px; }} h2 {{ font-size: 17px; margin: 0 0 8px; color: #0f6b66; }}
section {{ background: #fff; border: 1px solid #dfe3e4; border-radius: 6px;
  padding: 20px 24px; margin: 0 0 32px; }}
table {{ border-collapse: collapse; width: 100%; }}
th {{ text-align: left; font-weight: 600; padding: 6px 16px 6px 0; width: 11em; vertical-align: top;
  color: #66757a; }}
td {{ padding: 6px 0; }}
nav {{ margin: 16px 0 0; display: flex; gap: 12px; flex-wrap: wrap; }}
nav a {{ background: #0f6b66; color: #fff; text-decoration: none; border-radius: 6px;
  padding: 8px 14px; }}
figure {{ margin: 0 0 40px; }}
figcaption {{ margin: 0 0 8px; }}
figcaption b {{ display: inline-block; min-width: 28px; color: #0f6b66; font-size: 20px; }}
img {{ width: 100%; border: 1px solid #dfe3e4; border-radius: 6px; display: block; }}
</style></head><body><main>
<h1>{title}</h1>
<section><h2>{heading}</h2><table>{facts}</table><nav>{links}</nav></section>
{figures}
</main></body></html>
"""

"""The phone page in a real browser without a screen: pictures go in, everything else is turned away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.evidence.shotlists import PLACES, PlaceOfShot
from officer_app.exchange.phone import Offered, PhoneFrame
from tests.support.browser import Browser, browser
from tests.support.phone_server import Running, running

DEMO = resource_folder() / "demo"
_STATES = "return [...document.querySelectorAll('li')].map((row) => row.className + ': ' + row.innerText).reverse()"


def _settled(count: int) -> str:
    return (
        "const rows = [...document.querySelectorAll('li')].filter((row) => row.className);"
        f"return rows.length === {count}"
    )


def test_two_pictures_go_in_one_is_refused_and_nobody_else_comes_in(tmp_path: Path) -> None:
    """A phone scans the code, takes pictures, and turns the language; a second phone and another name get nothing."""
    got: list[bytes] = []

    def take(offered: Offered) -> None:
        got.append(offered.data)
        offered.taken = True

    paper = tmp_path / "looks_like.jpg"
    paper.write_bytes(b"%PDF-1.7 not a picture at all")
    with running(take) as server, browser(tmp_path / "first") as first:
        first.go(server.url)
        assert first.run("return location.pathname") == "/camera", "the token does not stay in the address"
        assert first.run("return document.querySelector('h1').textContent") == "走访拍照"
        field = first.run(
            "const f = document.getElementById('picture'); return [f.accept, f.getAttribute('capture')]"
        )
        assert field == ["image/*", "environment"]
        first.put("#picture", DEMO / "fruit_front.jpg")
        first.until(_settled(1))
        first.put("#picture", DEMO / "fruit_inside.jpg")
        first.until(_settled(2))
        first.put("#picture", paper)
        first.until(_settled(3))
        states = first.run(_STATES)
        assert states[0] == "taken: 已收下，第 1 张"
        assert states[1] == "taken: 已收下，第 2 张"
        assert states[2].startswith("refused: ")
        first.click("#language")
        assert first.run(_STATES)[0] == "taken: Taken in, number 1"
        assert first.run("return document.documentElement.scrollWidth <= window.innerWidth")
        assert got == [(DEMO / "fruit_front.jpg").read_bytes(), (DEMO / "fruit_inside.jpg").read_bytes()]
        first.click("#language")
        (tmp_path / "page.png").write_bytes(first.picture())

        with browser(tmp_path / "second") as second:
            second.go(server.url)
            assert "这个二维码已经用过了" in second.run("return document.body.innerText")
            second.go(f"https://{server.host}/camera")
            assert "另一部手机" in second.run("return document.body.innerText")
            second.go(f"https://localhost:{server.port}/camera")
            assert "走访" not in second.run("return document.body.innerText")
        assert len(got) == 2


def _frame(key: str, names: tuple[str, str], *, needed: bool = True, home: bool = False) -> PhoneFrame:
    place = PLACES[PlaceOfShot.HOME if home else PlaceOfShot.SHOP]
    group = {"zh-CN": say(place, CHINESE), "en": say(place, ENGLISH)}
    words = dict(zip(("zh-CN", "en"), names, strict=True))
    return PhoneFrame(key, words, {"zh-CN": "", "en": ""}, group, needed)


_TILES = (
    "return [...document.querySelectorAll('.frame')].map((tile) => "
    "[tile.querySelector('b').innerText, tile.querySelector('.state').innerText, tile.classList.contains('chosen')])"
)
_BIG = (
    "return [...document.querySelectorAll('.frame, .shoot')].every((tile) => "
    "tile.getBoundingClientRect().height >= 56 && tile.getBoundingClientRect().width >= 300)"
)
_FOOT = "return document.querySelector('.shoot').getBoundingClientRect().bottom <= window.innerHeight"
_SHOOT = "return document.getElementById('shoot').innerText"
_LATEST = "return document.getElementById('latest').innerText"
PLATE, FRONT = _frame("aa", ("门牌", "Door plate")), _frame("bb", ("店面正面", "Front"))
METER, HOME = _frame("cc", ("电表", "Meter"), needed=False), _frame("dd", ("客厅", "Living room"), home=True)


class Visit:
    """Takes every picture in, or refuses the next with a fault."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.fault: Fault | None = None

    def take(self, offered: Offered) -> None:
        self.got.append((offered.frame, offered.data))
        offered.fault, self.fault = self.fault, None
        offered.taken = offered.fault is None


@contextmanager
def _offering(tmp_path: Path, visit: Visit, *frames: PhoneFrame) -> Iterator[tuple[Running, Browser]]:
    with running(visit.take) as server, browser(tmp_path / "phone") as phone:
        server.camera.frames = frames
        phone.go(server.url)
        phone.until(f"return document.querySelectorAll('.frame').length === {len(frames) + 1}")
        yield server, phone


def test_the_person_at_the_phone_says_what_is_being_taken(tmp_path: Path) -> None:
    """The shots of the visit as big targets; a picture goes to the chosen one, and the next empty one is offered."""
    visit = Visit()
    with _offering(tmp_path, visit, PLATE, FRONT, METER, HOME) as (_server, phone):
        first = [
            ["门牌", "必拍", True],
            ["店面正面", "必拍", False],
            ["电表", "有条件就拍", False],
            ["客厅", "必拍", False],
            ["其他", "", False],
        ]
        assert phone.run(_TILES) == first
        groups = phone.run("return [...document.querySelectorAll('.group')].map((part) => part.innerText)")
        assert groups == ["店里", "家里"]
        assert phone.run(_BIG)
        assert phone.run(_FOOT), "the button is at hand wherever the page is scrolled to"
        assert phone.run(_SHOOT) == "拍：门牌"
        (tmp_path / "frames.png").write_bytes(phone.picture())

        phone.put("#picture", DEMO / "fruit_front.jpg")
        phone.until(_settled(1))
        assert phone.run(_STATES) == ["taken: 门牌：已收下，第 1 张"]
        assert phone.run(_TILES)[:2] == [["门牌", "已收 1 张", False], ["店面正面", "必拍", True]]
        phone.run("document.querySelector('input[value=cc]').click()")
        assert phone.run(_SHOOT) == "拍：电表"
        phone.click("#language")
        assert phone.run(_SHOOT) == "Take: Meter"
        visit.fault = Fault(Code.DISK_FULL, needed_mb=40)
        phone.put("#picture", DEMO / "fruit_inside.jpg")
        phone.until(_settled(2))
        told = phone.run(_STATES)[1]
        assert told.startswith("refused: Meter: ")
        assert told.removeprefix("refused: Meter: ").strip()
        assert phone.run(_TILES)[2] == ["Meter", "If you can", True], "what was refused is still to be taken"
        assert phone.run(_LATEST) == told.removeprefix("refused: "), "it is read without looking for it"
        (tmp_path / "refused.png").write_bytes(phone.picture())
        phone.put("#picture", DEMO / "fruit_inside.jpg")
        phone.until(_settled(3))
        assert [frame for frame, _ in visit.got] == ["aa", "cc", "cc"]
        assert visit.got[0][1] == (DEMO / "fruit_front.jpg").read_bytes()
        assert phone.run("return document.documentElement.scrollWidth <= window.innerWidth")
        (tmp_path / "after.png").write_bytes(phone.picture())


def test_a_shot_that_is_asked_for_no_more_takes_no_picture(tmp_path: Path) -> None:
    """An answer on the laptop changed the list while the person was about to shoot; the tray takes anything."""
    visit = Visit()
    with _offering(tmp_path, visit, PLATE, FRONT) as (server, phone):
        server.camera.frames = (PLATE, HOME)
        phone.run("document.querySelector('input[value=bb]').click()")
        phone.put("#picture", DEMO / "salon_front.jpg")
        phone.until(_settled(1))
        assert phone.run(_STATES)[0].startswith("refused: 店面正面：这次走访已经不要这张照片了。")
        assert visit.got == []
        phone.until("return [...document.querySelectorAll('.frame b')].some((name) => name.innerText === '客厅')")
        assert phone.run(_SHOOT) == "拍：门牌"
        phone.run("document.querySelector('input[value=\"\"]').click()")
        phone.put("#picture", DEMO / "salon_front.jpg")
        phone.until(_settled(2))
        assert [frame for frame, _ in visit.got] == [""]

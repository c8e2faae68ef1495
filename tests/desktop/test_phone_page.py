"""The phone page in a real browser without a screen: pictures go in, everything else is turned away."""

from __future__ import annotations

from pathlib import Path

from officer_app.base.paths import resource_folder
from officer_app.exchange.phone import Offered
from tests.support.browser import browser
from tests.support.phone_server import running

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

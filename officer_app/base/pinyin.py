"""Chinese names by the letters people type."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def spellings(text: str) -> tuple[str, str]:
    """Full pinyin and initials in lower case: 张桂芬 gives ("zhangguifen", "zgf").

    Latin letters and digits stand for themselves; everything else falls out.
    """
    from pypinyin import Style, lazy_pinyin

    full = "".join(lazy_pinyin(text, style=Style.NORMAL)).lower()
    first = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
    return _plain(full), _plain(first)


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum())

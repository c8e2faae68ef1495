"""The program: a window without arguments, a command line with them."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, or run one command. The window never loads the command line, and the reverse."""
    words = sys.argv[1:]
    if not words:
        from officer_app.desktop.app.start import open_window

        return open_window()
    from officer_app.cli.main import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
